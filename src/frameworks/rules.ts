import type { Instant } from '../kernel/clock.ts';
import { type Fen, yuan } from '../kernel/money.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import { cite, frameworkOrder } from '../rulebook/law.ts';
import { aboveAgreementPrice, agreementOver, agreementRuns, notEntered, notItsTurn, reasonForChoice, removalUnknown } from './problems.ts';

export const amongEntrants: Rule<{ readonly standing: boolean }> = rule({
  id: 'FRAME-IN',
  acts: ['award-call-off', 'remove-entrant'],
  certainty: 'V',
  source: cite(frameworkOrder, '17, 19'),
  says: {
    zh: '第二阶段的采购合同授予入围供应商；已被清退的，不再授予',
    en: 'contracts go to those who entered, and to nobody who was removed',
  },
  problem: notEntered,
  refuses: ({ standing }) => !standing && { field: 'bidder' },
});

export const withinTerm: Rule<{ readonly now: Instant; readonly until: Instant }> = rule({
  id: 'FRAME-TERM',
  acts: ['award-call-off'],
  certainty: 'V',
  source: cite(frameworkOrder, '14, 15'),
  says: { zh: '合同在框架协议有效期内授予', en: 'contracts are awarded within the term of the agreement' },
  problem: agreementOver,
  refuses: ({ now, until }) => now >= until,
});

export const endedAfterTerm: Rule<{ readonly now: Instant; readonly until: Instant; readonly standing: number }> = rule({
  id: 'FRAME-END',
  acts: ['end-agreement'],
  certainty: 'V',
  source: cite(frameworkOrder, '11, 35'),
  says: {
    zh: '框架协议有效期满，或者没有剩余入围供应商的，方可终止并汇总公告成交结果',
    en: 'an agreement ends, and its awards are summed up, when its term is over or nobody is left in it',
  },
  problem: agreementRuns,
  refuses: ({ now, until, standing }) => now < until && standing > 0,
});

export const atMostAgreed: Rule<{ readonly price: Fen; readonly agreed: Fen }> = rule({
  id: 'FRAME-PRICE',
  acts: ['award-call-off'],
  certainty: 'V',
  source: cite(frameworkOrder, '13'),
  says: { zh: '协议价格是确定第二阶段成交供应商的最高限价', en: 'nothing is awarded above the price of the agreement' },
  problem: aboveAgreementPrice,
  refuses: ({ price, agreed }) =>
    (price > agreed || price <= 0n) && {
      field: 'unitPrice',
      says: { zh: `协议价格为${yuan(agreed)}元。`, en: `The price of the agreement is ${yuan(agreed)}.` },
    },
});

export const inItsTurn: Rule<{ readonly bidder: string; readonly turn: { readonly bidder: string; readonly name: string } | null }> = rule({
  id: 'FRAME-TURN',
  acts: ['award-call-off'],
  certainty: 'V',
  source: cite(frameworkOrder, '34'),
  says: {
    zh: '每个入围供应商在一个顺序轮候期内只有一次获得合同授予的机会，授予顺序不得调整',
    en: 'each supplier has its turn once in a round, and the order is not changed',
  },
  problem: notItsTurn,
  refuses: ({ bidder, turn }) =>
    turn !== null &&
    turn.bidder !== bidder && { field: 'bidder', says: { zh: `现在轮到${turn.name}。`, en: `It is the turn of ${turn.name}.` } },
});

export const choiceExplained: Rule<{ readonly reason: string | null; readonly inTurn: boolean }> = rule({
  id: 'FRAME-WHY',
  acts: ['award-call-off'],
  certainty: 'V',
  source: cite(frameworkOrder, '32'),
  says: {
    zh: '直接选定的，依据入围产品价格、质量以及服务便利性、用户评价等因素，并写明理由',
    en: 'who is chosen directly is chosen by price, quality, convenience or what users say, and the reason is stated',
  },
  problem: reasonForChoice,
  refuses: ({ reason, inTurn }) => !inTurn && reason === null && { field: 'reason' },
});

export const removedOnGround: Rule<{ readonly ground: string; readonly known: readonly string[] }> = rule({
  id: 'FRAME-OUT',
  acts: ['remove-entrant'],
  certainty: 'V',
  source: cite(frameworkOrder, '19'),
  says: {
    zh: '入围供应商只有出现规定或者协议约定的情形，才能清退',
    en: 'a supplier is removed only on a ground of the rules or of the agreement',
  },
  problem: removalUnknown,
  refuses: ({ ground, known }) => !known.includes(ground) && { field: 'ground' },
});
