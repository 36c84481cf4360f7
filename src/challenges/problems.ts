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
export const groundNotNow = problem(
  'ground-not-now',
  'refused',
  '以此理由重新评审，不能在本阶段提出：法定的评审错误须在候选人公示前纠正，异议在公示期间提出。',
  'Not on this ground in this phase: errors of the evaluation are put right before the candidates are public, objections come while they are.',
);
export const unknownReference = problem(
  'unknown-reference',
  'invalid',
  '请写明据以重新评审的决定文号或者异议。',
  'Name the decision, or the objection, on which it is evaluated again.',
);
export const scopeEmpty = problem(
  'scope-unclear',
  'invalid',
  '请选择受影响的投标，以及受影响的评审项或评分项。',
  'Choose the bids that are affected, and the items or criteria.',
);
