import { cite, nonTenderOrder, procurementOrder, procurementRegulation } from '../../rulebook/law.ts';
import type { SecurityPlan } from '../../tenders/security.ts';

/** Order 87 leaves the grounds to the documents; these are the ones that Order 74 lists for the other methods, which documents take over. */
const grounds = cite(nonTenderOrder, '20');

/** Bid securities of government procurement (Regulation §33; Order 87 §38). */
export const security: SecurityPlan = {
  base: { zh: '采购项目预算金额', en: 'the budget' },
  forms: ['transfer', 'guarantee'],
  payer: 'own',
  payerSource: cite(procurementRegulation, '33'),
  item: 'security',
  losersFrom: 'notice',
  interest: null,
  late: { loan: 'security.late.loan', factor: 'security.late.factor' },
  forfeits: [
    {
      id: 'revoked',
      of: 'bidder',
      says: { zh: '投标截止后撤销投标文件', en: 'revoked the bid after the deadline' },
      source: cite(procurementOrder, '38'),
    },
    {
      id: 'false-material',
      of: 'bidder',
      says: { zh: '投标文件中提供虚假材料', en: 'gave false material in the bid' },
      source: grounds,
    },
    { id: 'collusion', of: 'bidder', says: { zh: '与采购人、其他供应商或者代理机构恶意串通', en: 'colluded' }, source: grounds },
    {
      id: 'no-contract',
      of: 'winner',
      says: { zh: '除不可抗力外，不与采购人签订合同', en: 'did not sign the contract, but for force majeure' },
      source: grounds,
    },
  ],
};
