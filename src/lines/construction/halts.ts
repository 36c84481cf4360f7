import { cite, procurementOrder, tenderingRegulation } from '../../rulebook/law.ts';
import type { HaltGround } from '../../tenders/line.ts';

/** When a panel stops because of the documents. Goods bound to works follow the order on procurement in what the rules of tendering leave open. */
export const halts: readonly HaltGround[] = [
  {
    id: 'ambiguous',
    source: cite(procurementOrder, '65'),
    says: { zh: '招标文件存在歧义，导致评标无法进行', en: 'the documents are ambiguous, so that nobody can evaluate by them' },
  },
  {
    id: 'defective',
    source: cite(procurementOrder, '65'),
    says: { zh: '招标文件存在重大缺陷，导致评标无法进行', en: 'the documents are gravely defective, so that nobody can evaluate by them' },
  },
  {
    id: 'unlawful',
    source: cite(tenderingRegulation, '23'),
    says: { zh: '招标文件内容违反法律、行政法规的强制性规定', en: 'the documents break a binding rule of law' },
  },
];
