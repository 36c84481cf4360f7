import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { notOnTheList } from './problems.ts';
import { OpeningItem } from './schema.ts';

/** A bidder signs in to the session. Only from the opening on: before it, even an empty chair with a name on it would tell who bids. */
export const attendOpening = act({
  name: 'attend-opening',
  by: ['bidder'],
  says: { zh: '开标签到', en: 'Attend the opening' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('attend-opening', lot.phase);
    const items = await call.em.find(OpeningItem, { lot: lot.id, bidder: call.by.code ?? '' });
    const first = items[0];
    if (!first) throw notOnTheList();
    for (const item of items) item.attendedAt ??= call.now;
    return {
      result: { attendedAt: first.attendedAt },
      facts: [fact('opening.attended', { lot: lot.id }, { bidder: first.bidder, name: first.bidderName })],
    };
  },
});
