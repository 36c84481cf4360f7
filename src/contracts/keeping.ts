import type { Fen } from '../kernel/money.ts';
import { portion, zeroFen } from '../kernel/money.ts';
import { type FieldRule, fieldRule, figureRule } from '../rulebook/figure-rule.ts';
import type { Ground } from '../rulebook/ground.ts';
import { cite, platformRule, tenderingLaw } from '../rulebook/law.ts';
import type { KeyOf } from '../rulebook/parameters.ts';
import type { ChangeFacts } from '../tenders/timetable.ts';
import { amountOf, inYuan, type Milestone, totalOf } from './deed.ts';
import { addOnTooHigh, contractTimes, milestonesDiffer, notAccepted, paidTooMuch, paymentTooLate } from './problems.ts';

export interface PlanFacts {
  readonly price: Fen;
  readonly milestones: readonly Milestone[];
  readonly startsOn: string;
  readonly endsOn: string;
}

/** The price is the award's and cannot be typed; what can be typed, the plan of performance and payment, must not change it. */
export const planAtThePrice = fieldRule<PlanFacts>({
  id: 'DEED-1',
  acts: ['draft-contract', 'draft-change'],
  certainty: 'V',
  source: cite(tenderingLaw, '46'),
  says: {
    zh: '合同价款等主要条款与中标结果一致：各履约节点金额之和应当等于合同价',
    en: 'the price and other main terms are those of the award: the amounts of the milestones add up to the price',
  },
  problem: milestonesDiffer,
  field: 'milestones',
  refuses({ price, milestones }) {
    const total = totalOf(milestones);
    if (total === price && milestones.every(({ amount }) => amountOf(amount) > zeroFen)) return false;
    return {
      says: {
        zh: `节点金额合计${inYuan(total)}元，合同价${inYuan(price)}元；每个节点的金额应大于零。`,
        en: `The milestones make ${inYuan(total)}, the price is ${inYuan(price)}; each is above zero.`,
      },
      field: 'milestones',
    };
  },
});

export const planInItsTime = fieldRule<PlanFacts>({
  id: 'DEED-2',
  acts: ['draft-contract', 'draft-change'],
  source: cite(platformRule),
  says: {
    zh: '合同在开始之日或之后终了，各履约节点在起止日期之内',
    en: 'a contract ends on or after the day it starts, and its milestones lie between',
  },
  problem: contractTimes,
  field: 'endsOn',
  refuses: ({ startsOn, endsOn, milestones }) =>
    (endsOn < startsOn || milestones.some(({ dueOn }) => dueOn < startsOn || dueOn > endsOn)) && { field: 'endsOn' },
});

/** However long both sides agree on: small firms are not made to wait longer (保障中小企业款项支付条例). Held for every contract: who is small is not asked. */
export const paidInTime = figureRule<Ground & { readonly paymentDays: number }, 'contract.payment.max'>({
  id: 'DEED-3',
  acts: ['draft-contract'],
  key: 'contract.payment.max',
  field: 'paymentDays',
  problem: paymentTooLate,
  refuses: ({ paymentDays }, most) => paymentDays > most,
});

export interface PaymentFacts {
  /** was it inspected, and passed? */
  readonly accepted: boolean;
  readonly amount: Fen;
  readonly owed: Fen;
}

export const paidWhenAccepted = fieldRule<PaymentFacts>({
  id: 'DEED-4',
  acts: ['record-payment'],
  source: cite(platformRule),
  says: { zh: '履约节点验收合格后付款', en: 'a milestone is paid once it is accepted' },
  problem: notAccepted,
  field: 'amount',
  refuses: ({ accepted }) => !accepted && { field: 'amount' },
});

export const paidNoMoreThanOwed = fieldRule<PaymentFacts>({
  id: 'DEED-5',
  acts: ['record-payment'],
  certainty: 'V',
  source: cite(tenderingLaw, '46'),
  says: { zh: '付款不超过该节点的合同金额', en: 'no more is paid for a milestone than the contract says' },
  problem: paidTooMuch,
  field: 'amount',
  refuses({ amount, owed }) {
    if (amount > zeroFen && amount <= owed) return false;
    return { says: { zh: `尚未支付${inYuan(owed)}元。`, en: `${inYuan(owed)} is still owed.` }, field: 'amount' };
  },
});

/** Everything that changes add together is at most such a share of the contract as it was first signed. */
export const addOnAtMost = (id: string, key: KeyOf<'ratio'>): FieldRule<ChangeFacts> =>
  figureRule<ChangeFacts, KeyOf<'ratio'>>({
    id,
    acts: ['draft-change'],
    key,
    field: 'price',
    problem: addOnTooHigh,
    refuses({ original, price }, most) {
      const added = price - original;
      if (added <= portion(original, most)) return false;
      return {
        zh: `原合同${inYuan(original)}元，最多追加${inYuan(portion(original, most))}元，本次变更后累计追加${inYuan(added)}元。`,
        en: `The contract was signed at ${inYuan(original)}; at most ${inYuan(portion(original, most))} may be added, and this makes ${inYuan(added)}.`,
      };
    },
  });
