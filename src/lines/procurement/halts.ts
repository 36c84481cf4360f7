import { cite, procurementOrder } from '../../rulebook/law.ts';
import type { HaltGround } from '../../tenders/line.ts';

/** When a panel stops because of the documents (Order 87 art. 65). */
export const halts: readonly HaltGround[] = [
  {
    id: 'ambiguous',
    source: cite(procurementOrder, '65'),
    says: { zh: '采购文件存在歧义，导致评标工作无法进行', en: 'the documents are ambiguous, so that nobody can evaluate by them' },
  },
  {
    id: 'defective',
    source: cite(procurementOrder, '65'),
    says: {
      zh: '采购文件存在重大缺陷，导致评标工作无法进行',
      en: 'the documents are gravely defective, so that nobody can evaluate by them',
    },
  },
  {
    id: 'unlawful',
    source: cite(procurementOrder, '65'),
    says: { zh: '采购文件内容违反国家有关强制性规定', en: 'the documents break a binding rule of the state' },
  },
];
