import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { notRemoved } from './layer.ts';
import { noRulingAsked } from './problems.ts';
import { OpeningItem } from './schema.ts';

/**
 * A person says, with reason and on record, whose doing it was that a bid was not decrypted: 撤销 or 撤回 (E-tendering Measures art. 31). It decides about the
 * security and about damages, not about the bid, which stays out: the others were opened without it.
 */
export const ruleAttribution = act({
  name: 'rule-attribution',
  by: ['regulator', 'centre'],
  says: { zh: '认定未解密的原因', en: 'Rule whose doing it was' },
  takes: z.object({
    lot: idField,
    submission: idField,
    attributedTo: z.enum(['bidder', 'platform']),
    ground: z.string().trim().min(5, '请写明理由。 | Give the reason.').max(500),
  }),
  async run(call, { lot: id, submission: of, attributedTo, ground }) {
    const lot = await lock(call, Lot, id as Id);
    allow('rule-attribution', lot.phase);
    const item = await call.em.findOne(OpeningItem, { lot: lot.id, submission: of });
    if (!item?.rulingAskedAt || item.ruledAt) throw noRulingAsked();
    item.attributedTo = attributedTo;
    item.ruledAt = call.now;
    const { submission, bidder, bidderName: name } = item;
    const by = call.by.code ?? '';
    const ruled = fact(
      'attribution.ruled',
      { lot: lot.id },
      { submission, bidder, attributedTo, ground, by, authority: call.by.organisationName ?? by },
    );
    const outcome = { submission, bidder, name, reason: notRemoved, ground };
    const followed =
      attributedTo === 'bidder'
        ? fact('bid.revoked', { lot: lot.id }, { ...outcome, attributedTo, evidence: null })
        : fact('bid.withdrawn-by-platform', { lot: lot.id }, { ...outcome, attributedTo });
    return { result: { submission, attributedTo, ruledAt: call.now }, facts: [ruled, followed] };
  },
});
