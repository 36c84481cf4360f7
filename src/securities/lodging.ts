import type { Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { type Fen, fen } from '../kernel/money.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, tenderingRegulation } from '../rulebook/law.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { lockPublishedLot } from '../tenders/reads.ts';
import type { Lot } from '../tenders/schema.ts';
import type { Lodging } from '../tenders/security.ts';
import { notLodgedHere, securityDeadlinePassed } from './problems.ts';

export const securityBefore: Rule<{ readonly now: Instant; readonly deadline: Instant | null | undefined }> = rule({
  id: 'SEC-DEADLINE',
  acts: ['ask-account', 'lodge-guarantee'],
  certainty: 'V',
  source: cite(tenderingRegulation, '26'),
  says: {
    zh: '投标保证金应当在投标截止时间前到账或者提交。',
    en: 'A security is credited or lodged before the deadline.',
  },
  problem: securityDeadlinePassed,
  refuses: ({ now, deadline }) => !deadline || now >= deadline,
});

/** What a lot asks of those who lodge a security with the platform. */
export interface Asked {
  readonly lot: Lot;
  readonly terms: LotTerms;
  readonly lodging: Lodging;
  readonly amount: Fen;
  readonly deadline: Instant;
}

/** A published lot whose securities are lodged here, as long as they are taken. */
export async function lodgingAt(call: Call, act: 'ask-account' | 'lodge-guarantee', id: string): Promise<Asked> {
  const lot = await lockPublishedLot(call, id);
  uphold([securityBefore], { now: call.now, deadline: lot.deadline });
  allow(act, lot.phase);
  const asked = askedBy(lot);
  if (!asked) throw notLodgedHere();
  return asked;
}

/** Of a lot whose securities are lodged here; null of every other. */
export function askedBy(lot: Lot): Asked | null {
  if (!lot.publishedAt || !lot.deadline || !lot.security) return null;
  const terms = termsOf(lot);
  return terms.lodging ? { lot, terms, lodging: terms.lodging, amount: fen(lot.security), deadline: lot.deadline } : null;
}
