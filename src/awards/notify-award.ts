import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { OpeningItem } from '../openings/schema.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { alreadyNotified } from './problems.ts';
import { Award } from './schema.ts';

/**
 * Sends the letter of award and, in the same moment, tells every bidder of the session the result (Bidding Law art. 45). It binds both
 * sides from here on; the time for the contract starts, and the panel's names become public.
 */
export const notifyAward = act({
  name: 'notify-award',
  by: ['agent', 'tenderee'],
  says: { zh: '发出中标通知书', en: 'Notify the award' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('notify-award', lot.phase);
    const award = await call.em.findOneOrFail(Award, { lot: lot.id });
    if (award.notifiedAt) throw alreadyNotified();
    const { due } = editionOf(lot, project, call.now).limits.signContract.by(groundOf(lot, call.now)).due(call.now);
    award.notifiedAt = call.now;
    lot.resultedAt = call.now;
    lot.contractUntil = due;
    const items = await call.em.find(OpeningItem, { lot: lot.id }, { orderBy: { id: 'asc' } });
    const bidders = [...new Set(items.map((item) => item.bidder))];
    const { submission, bidder: winner, bidderName: name } = award;
    const price = yuan(fen(award.price));
    const letter = fact('award.notified', { lot: lot.id, party: winner }, { submission, bidder: winner, name, price, contractUntil: due });
    const notices = bidders.map((bidder) => fact('result.notified', { lot: lot.id, party: bidder }, { bidder, winner, price }));
    return { result: { contractUntil: due, notified: bidders.length }, facts: [letter, ...notices] };
  },
});
