import { problem } from '../kernel/problem.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { cite, platformRule } from '../rulebook/law.ts';

/** A verdict that follows from facts and is nobody's opinion: each member's sheet says the same. */
export interface FixedVerdict {
  readonly bid: string;
  readonly item: string;
  readonly pass: boolean;
  readonly reason: Words;
}

export const fixedKey = (bid: string, item: string): string => `${bid}/${item}`;

const verdictComputed = problem(
  'verdict-computed',
  'refused',
  '本项由系统按事实计算，为客观项，不能另作判断。',
  'This item is computed from facts: it is not for anybody to judge otherwise.',
);

interface VerdictGiven {
  readonly fixed: FixedVerdict | undefined;
  readonly pass: boolean;
  /** the field in which it was given */
  readonly field: string;
}

export const fixedVerdictKept: Rule<VerdictGiven> = rule({
  id: 'SEC-ITEM',
  acts: ['review-bid', 'change-sheet', 'conclude-evaluation', 'conclude-part'],
  certainty: 'D',
  source: cite(platformRule),
  says: {
    zh: '通过平台缴纳的保证金是否按时、足额、由规定账户缴纳，按银行流水计算；评审该项时各成员的意见与计算一致。',
    en: 'Whether a security lodged with the platform came in time, in full and from the account that counts is computed from the bank’s statements; each member’s verdict on that item is as computed.',
  },
  problem: verdictComputed,
  refuses: ({ fixed, pass, field }) => fixed !== undefined && fixed.pass !== pass && { says: fixed.reason, field },
});
