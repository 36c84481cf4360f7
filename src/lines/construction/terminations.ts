import { cite, tenderingRegulation } from '../../rulebook/law.ts';
import type { TerminationGround } from '../../tenders/termination.ts';

const source = cite(tenderingRegulation, '31');

/** When a tenderee may end a tender: not at its pleasure, but where the works cannot be built as tendered any more. */
export const terminations: readonly TerminationGround[] = [
  { id: 'force-majeure', source, says: { zh: '因不可抗力，项目不能继续实施', en: 'force majeure: the project cannot go on' } },
  {
    id: 'approval-changed',
    source,
    says: {
      zh: '项目审批、核准或者规划作出重大调整，原招标内容不再适用',
      en: 'approval or planning has changed so much that what is tendered no longer fits',
    },
  },
  { id: 'funds-lost', source, says: { zh: '资金来源不再落实', en: 'the funds are no longer there' } },
];
