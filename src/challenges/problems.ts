import { problem } from '../kernel/problem.ts';

export const notConcerned = problem(
  'not-concerned-by-lot',
  'refused',
  '仅本标段投标人可在此环节提出异议。',
  'At this stage only bidders of the lot may object.',
);
export const objectionAnswered = problem(
  'objection-already-answered',
  'conflict',
  '该异议已经答复。',
  'This objection has been answered already.',
);
