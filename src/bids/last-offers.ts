import { type Rule, rule } from '../kernel/rule.ts';
import { cite, nonTenderOrder } from '../rulebook/law.ts';
import { notAskedForOffer } from './problems.ts';

/** Last offers are made by those alone who were asked for one. Asked about the bidder's own organisation only. */
export const thoseWhoStayed: Rule<{ readonly mayOffer: boolean }> = rule({
  id: 'BID-OFFER',
  acts: ['collect-documents', 'submit-bid'],
  certainty: 'V',
  source: cite(nonTenderOrder, '33'),
  says: {
    zh: '最后报价只由继续参加谈判、磋商的供应商提交。',
    en: 'Last offers are made by those alone who stayed in the negotiation.',
  },
  problem: notAskedForOffer,
  refuses: ({ mayOffer }) => !mayOffer,
});
