import { problem } from '../kernel/problem.ts';

export const paperIssued = problem('paper-already-issued', 'conflict', '该文书已出具。', 'This paper has been issued already.');
export const paperUnfounded = problem(
  'paper-without-ground',
  'refused',
  '没有可据以出具该文书的事件。',
  'There is no event on which this paper could be issued.',
);
export const paperNotReady = problem(
  'paper-not-ready',
  'unavailable',
  '文书正在出具，请稍候再试。',
  'The paper is being made out; try again in a moment.',
);
