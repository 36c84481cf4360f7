import { problem } from '../kernel/problem.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import { cite, worksOrder } from '../rulebook/law.ts';
import type { SecondFailureWay } from './line.ts';

/** What may follow when a lot that was tendered again fails again (二次招标失败). */
export interface EndFacts {
  /** why each tender of the chain failed, from the first to this one */
  readonly grounds: readonly string[];
  /** the way chosen; undefined where the line has none such */
  readonly way: SecondFailureWay | undefined;
  readonly approvedBy: string | null;
  readonly approvalNumber: string | null;
}

export const tooFewBids = 'too-few-bids';

/** Failed for too few bids, and for too few again when it was tendered again. */
export const failedTwice = (grounds: readonly string[]): boolean =>
  grounds.length > 1 && grounds.slice(-2).every((ground) => ground === tooFewBids);

const law38 = cite(worksOrder, '38');
const notTwice = problem(
  'no-second-failure',
  'refused',
  '尚未因投标人不足而两次招标失败，应当重新招标。',
  'The tender has not failed twice for too few bidders: it is to be done again.',
);
const wayUnknown = problem('second-failure-way-unknown', 'invalid', '本门类没有这种处理方式。', 'This line of trade has no such way.');
const notApproved = problem(
  'second-failure-not-approved',
  'refused',
  '必须审批的项目，须经原审批部门批准后才可不再招标。',
  'A project that needs approval may end its tendering with the approval of the body that approved it.',
);

export const secondFailureRules: readonly Rule<EndFacts>[] = [
  rule<EndFacts>({
    id: 'SF-1',
    acts: ['end-tendering'],
    source: law38,
    certainty: 'M',
    says: {
      zh: '重新招标后投标人仍少于三个的，方可不再进行招标；此前应当重新招标。',
      en: 'Tendering may end only where bidders are fewer than three again after a re-tender; before that it is done again.',
    },
    problem: notTwice,
    refuses: ({ grounds }) => !failedTwice(grounds),
  }),
  rule<EndFacts>({
    id: 'SF-2',
    acts: ['end-tendering'],
    source: law38,
    certainty: 'M',
    says: {
      zh: '不再招标的处理方式按本门类的规定选择。',
      en: 'How tendering ends is one of the ways of the line.',
    },
    problem: wayUnknown,
    refuses: ({ way }) => way === undefined && { field: 'way' },
  }),
  rule<EndFacts>({
    id: 'SF-3',
    acts: ['end-tendering'],
    source: law38,
    certainty: 'M',
    says: {
      zh: '属于必须审批的工程建设项目，报经原审批部门批准后可以不再进行招标：须载明批准部门和批准文号。',
      en: 'A project that needs approval may end its tendering with that of the body that approved it, which is named with its number.',
    },
    problem: notApproved,
    refuses: ({ way, approvedBy, approvalNumber }) =>
      way?.needsApproval === true && (!approvedBy || !approvalNumber) && { field: approvedBy ? 'approvalNumber' : 'approvedBy' },
  }),
];
