import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { fen, yuan, yuanField } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { turnOf } from './entrants.ts';
import { agreementOf, lockAgreed } from './locking.ts';
import { amongEntrants, atMostAgreed, choiceExplained, inItsTurn, withinTerm } from './rules.ts';
import { CallOff } from './schema.ts';

const absent = (given: unknown): unknown => (given === '' ? undefined : given);
export const callOffFields = z.object({
  /** in turn the supplier is reckoned, and need not be named */
  bidder: z.preprocess(absent, z.string().max(18).optional()),
  what: z.string().trim().min(2).max(500),
  quantity: z.coerce.number().int().min(1).max(1_000_000_000),
  /** empty: the price of the agreement */
  unitPrice: z.preprocess(absent, yuanField.optional()),
  reason: z.preprocess(absent, z.string().trim().min(4).max(1000).optional()),
});

/** Awards a contract within the agreement: to the supplier whose turn it is, or to one chosen for stated reasons; never above its price. Everyone sees it at once. */
export const awardCallOff = act({
  name: 'award-call-off',
  by: ['agent', 'tenderee'],
  says: { zh: '授予合同（成交）', en: 'Award a contract within the agreement' },
  takes: callOffFields.extend({ lot: idField }),
  async run(call, { lot: id, what, quantity, ...given }) {
    const { lot, terms } = await lockAgreed(call, id, 'award-call-off');
    const { agreement, entrants } = await agreementOf(call, lot.id);
    uphold([withinTerm], { now: call.now, until: agreement.until });
    const before = await call.em.find(CallOff, { lot: lot.id }, { orderBy: { number: 'asc' } });
    const standing = entrants.filter(({ removedAt }) => !removedAt);
    const turn = terms.way.inTurn ? turnOf(standing, before) : null;
    const bidder = given.bidder ?? turn?.bidder ?? '';
    const chosen = standing.find((each) => each.bidder === bidder);
    uphold([amongEntrants], { standing: chosen !== undefined });
    uphold([inItsTurn], { bidder, turn });
    const reason = given.reason ?? null;
    uphold([choiceExplained], { reason, inTurn: terms.way.inTurn });
    const agreed = fen(chosen?.price ?? 0n);
    const unitPrice = given.unitPrice ?? agreed;
    uphold([atMostAgreed], { price: unitPrice, agreed });
    const amount = fen(unitPrice * BigInt(quantity));
    const said = { number: before.length + 1, bidder, name: chosen?.name ?? '', what, quantity, reason };
    call.em.create(CallOff, { lot: lot.id, ...said, unitPrice, amount, awardedAt: call.now });
    const awarded = { ...said, unitPrice: yuan(unitPrice), amount: yuan(amount) };
    return { result: awarded, facts: [fact('calloff.awarded', { lot: lot.id, party: bidder }, awarded)] };
  },
});
