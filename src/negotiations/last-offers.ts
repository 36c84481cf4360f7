import { type Rule, rule } from '../kernel/rule.ts';
import { cite, nonTenderOrder, platformRule } from '../rulebook/law.ts';
import type { LotTerms } from '../tenders/lot.ts';
import { notAllTalked, offersTooSoon, tooFewSuppliers } from './problems.ts';
import type { SupplierStanding } from './standing.ts';

/** On the same terms with everybody: each supplier that stays was talked to after the last change. */
export const allTalkedTo: Rule<{ readonly suppliers: readonly SupplierStanding[] }> = rule({
  id: 'NEG-ALL',
  acts: ['call-last-offers'],
  certainty: 'V',
  source: cite(nonTenderOrder, '31, 32'),
  says: {
    zh: '小组须与每家继续参加的供应商分别谈判，给予平等的机会；最近一次变动以后还没有谈判的，不能要求最后报价',
    en: 'the group talks to each supplier that stays, all having the same chance; nobody is asked for a last offer before that, after the last change',
  },
  problem: notAllTalked,
  refuses: ({ suppliers }) => suppliers.some(({ state, talked }) => state === 'in' && !talked),
});

/** At least so many make last offers; under an exception of the line fewer. */
export const enoughSuppliers: Rule<{ readonly staying: number; readonly least: number }> = rule({
  id: 'NEG-LEAST',
  acts: ['call-last-offers'],
  figures: ['proc.negotiation.suppliers.min', 'proc.consultation.suppliers.min'],
  source: cite(nonTenderOrder, '33, 37'),
  certainty: 'V',
  says: {
    zh: '提交最后报价的供应商不得少于三家，法律另有规定的情形不得少于两家；不足的，终止采购活动',
    en: 'at least three suppliers make last offers, in the cases that the law names at least two; with fewer it ends',
  },
  problem: tooFewSuppliers,
  refuses: ({ staying, least }) => staying < least,
});

export const offersInTime: Rule<{ readonly minutes: number; readonly least: number }> = rule({
  id: 'NEG-TIME',
  acts: ['call-last-offers'],
  figures: ['proc.lastOffer.time.min'],
  source: cite(platformRule),
  says: {
    zh: '所有继续参加的供应商在同一规定时间内提交最后报价，时间不得短于平台规则',
    en: 'all that stay make last offers by the same time, no sooner than the platform’s rule',
  },
  problem: offersTooSoon,
  refuses: ({ minutes, least }) => minutes < least && { field: 'hours' },
});

/** The terms of the last offers: those of the responses, with a deadline of their own, for those who stay. Securities stay where they lie. */
export function lastOfferTerms(
  terms: LotTerms,
  given: {
    readonly follows: { readonly lot: string; readonly number: string };
    readonly now: string;
    readonly deadline: string;
    readonly least: number;
  },
): LotTerms {
  const { periods: _, lodging: __, ...rest } = terms;
  return {
    ...rest,
    name: `${terms.name}（最后报价）`,
    round: 'offers',
    follows: given.follows,
    security: null,
    documentsFrom: given.now,
    documentsUntil: given.deadline,
    deadline: given.deadline,
    minimumBids: given.least,
    method: { ...terms.method, minimumValid: Math.min(terms.method.minimumValid, given.least) },
  };
}
