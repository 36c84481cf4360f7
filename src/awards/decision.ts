import type { Instant } from '../kernel/clock.ts';
import { type Fen, yuan } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { type FieldRule, fieldRule } from '../rulebook/figure-rule.ts';
import { cite, platformRule, tenderingLaw, tenderingRegulation } from '../rulebook/law.ts';
import type { PendingFacts } from '../tenders/line.ts';
import type { Hold } from './holds.ts';
import { contractDiffers, lotOnHold, rankNeedsGround, signedOnImpossible } from './problems.ts';

/** On which grounds a better-ranked candidate may be passed over (实施条例 §55). The list is closed. */
export const grounds = {
  'gave-up': { zh: '放弃中标', en: 'gave up the award' },
  'force-majeure': { zh: '因不可抗力不能履行合同', en: 'cannot perform because of force majeure' },
  'no-performance-security': {
    zh: '不按照招标文件要求提交履约保证金',
    en: 'did not furnish the performance security the documents ask for',
  },
  'unlawful-act': {
    zh: '被查实存在影响中标结果的违法行为，不符合中标条件',
    en: 'was found to have acted unlawfully in a way that affects the result',
  },
} as const satisfies Record<string, Words>;
export type Ground = keyof typeof grounds;

/** A candidate passed over, as the host states it. */
export interface PassedOver {
  readonly rank: number;
  readonly name: string;
  readonly ground: Ground;
  readonly explanation: string;
}

export interface ChoiceFacts {
  /** rank of the candidate to be awarded */
  readonly rank: number;
  /** ranks for which a ground is given */
  readonly grounds: readonly number[];
}

/**
 * Candidates are taken in their order. The law binds projects with state funds in control; the platform holds every tender to it,
 * because it knows of no project here that is not one.
 */
export const takenInOrder = fieldRule<ChoiceFacts>({
  id: 'AWARD-1',
  acts: ['determine-award'],
  certainty: 'V',
  source: cite(tenderingRegulation, '55'),
  says: {
    zh: '应当确定排名第一的中标候选人为中标人；其不符合中标条件的，按排序依次确定，并逐名载明法定理由',
    en: 'the first-ranked candidate is awarded; if it falls away, the next in order, each on a ground the law knows',
  },
  problem: rankNeedsGround,
  field: 'passed',
  refuses({ rank, grounds: given }) {
    for (let better = 1; better < rank; better += 1) {
      if (!given.includes(better))
        return {
          says: {
            zh: `未载明第${better}名候选人不能中标的法定理由`,
            en: `No ground is given why the candidate ranked ${better} falls away.`,
          },
          field: `passed.${better - 1}.ground`,
        };
    }
    const stray = given.find((each) => each >= rank);
    if (stray === undefined) return false;
    return {
      says: {
        zh: `第${stray}名候选人并未被越过，却载明了不能中标的理由`,
        en: `A ground is given against the candidate ranked ${stray}, who is not passed over.`,
      },
      field: `passed.${stray - 1}.ground`,
    };
  },
});

/** Why this winner: for the journal and the letter of award, in the legally effective language. */
export function reasonOf(rank: number, passed: readonly PassedOver[]): string {
  if (rank === 1) return '排名第一的中标候选人';
  const over = passed.map((each) => `第${each.rank}名${each.name}${grounds[each.ground].zh}（${each.explanation}）`);
  return `${over.join('；')}，依次确定第${rank}名中标候选人`;
}

export const nothingHolds = fieldRule<{ readonly holds: readonly Hold[] }>({
  id: 'AWARD-2',
  acts: ['determine-award'],
  certainty: 'V',
  source: cite(tenderingRegulation, '22, 54'),
  says: {
    zh: '异议未答复或者有其他未办结事项的，暂停招标投标活动，不得确定中标人',
    en: 'while an objection is unanswered or something else is pending the tender stands still and nobody is awarded',
  },
  problem: lotOnHold,
  field: 'winner',
  refuses({ holds: [first, ...more] }) {
    if (first === undefined) return false;
    const others = more.length;
    return {
      says: {
        zh: others === 0 ? first.says.zh : `${first.says.zh}（另有${others}项）`,
        en: others === 0 ? first.says.en : `${first.says.en} (and ${others} more)`,
      },
      field: 'winner',
    };
  },
});

/** While questions that may affect the result are unanswered, no contract is signed. Whose law says so, the line says. */
export const nothingPendsAtSigning = (id: string, source: Words): FieldRule<PendingFacts> =>
  fieldRule<PendingFacts>({
    id,
    acts: ['register-contract', 'sign-deed'],
    source,
    certainty: 'V',
    says: {
      zh: '质疑未答复或者有其他未办结事项的，暂停签订合同',
      en: 'while a question is unanswered or something else is pending no contract is signed',
    },
    problem: lotOnHold,
    field: 'document',
    refuses: ({ holds: [first] }) => first !== undefined && { says: first.says, field: 'document' },
  });

export const contractAtAwardPrice = fieldRule<{ readonly price: Fen; readonly awarded: Fen }>({
  id: 'AWARD-3',
  acts: ['register-contract'],
  certainty: 'V',
  source: cite(tenderingLaw, '46'),
  says: {
    zh: '按照招标文件和中标人的投标文件订立合同，价款等主要条款应当一致，不得另行订立背离合同实质性内容的协议',
    en: 'the contract follows the tender documents and the winner’s bid; price and other main terms are the same',
  },
  problem: contractDiffers,
  field: 'price',
  refuses({ price, awarded }) {
    if (price === awarded) return false;
    return {
      says: {
        zh: `合同价${yuan(price)}元与中标价${yuan(awarded)}元不一致。`,
        en: `The contract says ${yuan(price)}, the award ${yuan(awarded)}.`,
      },
      field: 'price',
    };
  },
});

export interface SigningFacts {
  readonly signedOn: DayString;
  readonly notifiedAt: Instant;
  readonly now: Instant;
}

export const signedAfterNotice = fieldRule<SigningFacts>({
  id: 'AWARD-4',
  acts: ['register-contract'],
  source: cite(platformRule),
  says: {
    zh: '合同签订日期在中标通知书发出当日或之后、登记当日或之前',
    en: 'the contract is signed after the notice and before it is registered',
  },
  problem: signedOnImpossible,
  field: 'signedOn',
  refuses: ({ signedOn, notifiedAt, now }) => (signedOn < dayOf(notifiedAt) || signedOn > dayOf(now)) && { field: 'signedOn' },
});
