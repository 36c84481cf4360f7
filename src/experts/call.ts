import type { Words } from '../kernel/words.ts';

/**
 * Why an expert cannot come. A closed list: the ground stands in the public journal while the name is still secret, and a free text could
 * give it away.
 */
export const declineGrounds = {
  busy: { zh: '时间冲突', en: 'Engaged at that time' },
  ill: { zh: '健康原因', en: 'Health' },
  away: { zh: '不在本地', en: 'Away' },
  conflict: { zh: '应当回避', en: 'Has to withdraw' },
  other: { zh: '其他原因', en: 'Another reason' },
} as const satisfies Record<string, Words>;
export type DeclineGround = keyof typeof declineGrounds;
export const declineGroundKeys = Object.keys(declineGrounds) as [DeclineGround, ...DeclineGround[]];

/** Grounds that the platform writes: silence, a declaration of recusal before or during the evaluation, and a standing in the pool that was lost. */
export const platformGrounds = {
  'no-answer': { zh: '逾期未答复', en: 'No answer in time' },
  recused: { zh: '声明回避', en: 'Declared recusal' },
  'no-sheet': { zh: '逾期未递交评审表，依法更换', en: 'Handed in no score sheet in its time; replaced' },
  'no-signature': { zh: '逾期未签署信封评审结果，依法更换', en: 'Said nothing on the result of an envelope in its time; replaced' },
  'flawed-sheet': { zh: '递交的评审表无效，依法更换', en: 'Its score sheet was void; replaced' },
  standing: { zh: '专家库状态变更', en: 'No longer in standing' },
} as const satisfies Record<string, Words>;

/** The words of a ground as it stands in the journal. */
export const groundWords = (ground: string): Words =>
  (declineGrounds as Readonly<Record<string, Words>>)[ground] ??
  (platformGrounds as Readonly<Record<string, Words>>)[ground] ?? { zh: ground, en: ground };

/** How a called expert is shown to everyone until the names are out: 专家A, 专家B … 专家AA. */
export function letterOf(index: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const rest = Math.floor(index / letters.length);
  return `${rest === 0 ? '' : letterOf(rest - 1)}${letters[index % letters.length] ?? ''}`;
}
/** The mask of the n-th expert called for a lot, from 1. */
export const maskOf = (call: number): Words => ({ zh: `专家${letterOf(call - 1)}`, en: `Expert ${letterOf(call - 1)}` });
