import { problem } from '../kernel/problem.ts';

export const notAProbeKey = problem(
  'not-a-probe-key',
  'invalid',
  '不是有效的探测方公钥（名称+散列+base64，类型 0x01）。',
  'This is not the verifier key of a probe (name+hash+base64, type 0x01).',
);
export const probeKnown = problem(
  'probe-already-known',
  'conflict',
  '已有同名的探测方；名称不能再用于另一把密钥。',
  'There is or was a probe of that name; a name is not used again for another key.',
);
export const probeUnknown = problem('probe-unknown', 'not-found', '没有登记这个探测方。', 'No such probe is registered here.');
export const reportNotBelieved = problem(
  'probe-report-not-believed',
  'refused',
  '陈述未由该探测方签署，或不是关于本平台的。',
  'The statement is not signed by this probe, or is about another platform.',
);
export const reportAhead = problem(
  'probe-report-ahead',
  'refused',
  '陈述涉及尚未过去的分钟。',
  'The statement speaks of minutes that have not passed yet.',
);
export const reportRepeats = problem(
  'probe-report-repeats',
  'conflict',
  '这些分钟该探测方已经陈述过。',
  'The probe has spoken of these minutes before.',
);
