import { cite, tenderingRegulation } from '../../rulebook/law.ts';
import type { SecurityPlan } from '../../tenders/security.ts';

const regulation74 = cite(tenderingRegulation, '74');

/** Bid securities of construction tenders (实施条例 §26, 35, 57, 74). */
export const security: SecurityPlan = {
  base: { zh: '招标项目估算价', en: 'the estimated price' },
  forms: ['transfer', 'guarantee'],
  payer: 'basic',
  payerSource: cite(tenderingRegulation, '26'),
  item: 'security',
  losersFrom: 'contract',
  interest: 'security.interest.demand',
  late: null,
  forfeits: [
    {
      id: 'revoked',
      of: 'bidder',
      says: { zh: '投标截止后撤销投标文件', en: 'revoked the bid after the deadline' },
      source: cite(tenderingRegulation, '35'),
    },
    {
      id: 'no-contract',
      of: 'winner',
      says: { zh: '中标后无正当理由不与招标人订立合同', en: 'did not sign the contract, without good reason' },
      source: regulation74,
    },
    {
      id: 'terms',
      of: 'winner',
      says: { zh: '签订合同时向招标人提出附加条件', en: 'set further terms when the contract was to be signed' },
      source: regulation74,
    },
    {
      id: 'no-performance-security',
      of: 'winner',
      says: { zh: '不按照招标文件要求提交履约保证金', en: 'did not furnish the performance security the documents ask for' },
      source: regulation74,
    },
  ],
};
