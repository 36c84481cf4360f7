import type { ContractPaper } from '../../src/papers/contract.ts';
import { common, hash } from './samples.ts';
import { bidder } from './samples-opening.ts';

/** A contract that both sides signed here. */
export const contract: ContractPaper = {
  ...common('宜伍合文〔2026〕第 0137 号', '2026-12-15T07:31:00.000Z'),
  change: 0,
  contractNumber: 'YC-WJG-2026-SG-0137',
  contractor: bidder(0),
  subject: '沿江污水管网改造工程一标段施工',
  price: '118000000.00',
  changed: null,
  startsOn: '2027-01-05',
  endsOn: '2028-06-27',
  guarantee: '银行保函，合同价的10%',
  paymentDays: 30,
  terms: [
    { item: { zh: '工期（日历天）', en: 'Period (days)' }, value: '540' },
    { item: { zh: '项目经理', en: 'Manager' }, value: '向学军' },
  ],
  milestones: [
    { title: '管网主体完工', dueOn: '2027-12-31', amount: '80000000.00' },
    { title: '竣工验收', dueOn: '2028-06-27', amount: '38000000.00' },
  ],
  clauses: '缺陷责任期二十四个月，自竣工验收合格之日起算。\n争议由工程所在地人民法院管辖。',
  sha256: hash(71),
  tendereeSignedAt: '2026-12-15T07:31:00.000Z',
  contractorSignedAt: '2026-12-15T03:12:00.000Z',
};
