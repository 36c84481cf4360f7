import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { later } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { currentPart, partFact } from '../tenders/envelopes.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { nothingToRead, orderNotDrawn, stillSealed } from './problems.ts';
import { awaitsOrder, inReadingOrder, readingDrawOf } from './reading-state.ts';
import { bidFigures } from './record.ts';
import { OpeningItem } from './schema.ts';
import { earlierCanBeRead, itsTurn } from './sitting.ts';
import { lastWentOn, notSuspended, platformStop } from './suspension.ts';

/** Reads the next bid out (唱标): in the order that the notice names, one at a time; its price and figures are public from this event on. */
export const readBid = act({
  name: 'read-bid',
  by: ['agent', 'tenderee', 'system'],
  says: { zh: '唱标', en: 'Read the next bid' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    await hostedBy(call, lot);
    allow('read-bid', lot.phase);
    await notSuspended(call, lot.id);
    await itsTurn(call, lot.id);
    const part = currentPart(lot);
    const items = await itemsOf(call, lot.id, part);
    if (items.some((item) => item.state === 'sealed')) throw stillSealed();
    const inOrder = inReadingOrder(lot, items, await readingDrawOf(call.em, lot));
    if (!inOrder) throw orderNotDrawn();
    const item = inOrder.find((each) => each.readAt === null);
    if (!item) throw nothingToRead();
    const order = items.filter((each) => each.readAt !== null).length + 1;
    item.readOrder = order;
    item.readAt = call.now;
    const terms = termsOf(lot);
    const { price, figures } = bidFigures(item.bid, terms.bidForm);
    const { submission, bidder, bidderName: name } = item;
    return {
      result: { submission, order },
      facts: [fact('bid.read', { lot: lot.id }, { submission, bidder, name, ...partFact(terms.parts, part), order, figures, price })],
    };
  },
});

const itemsOf = (call: Call, lot: string, part: string): Promise<OpeningItem[]> =>
  call.em.find(OpeningItem, { lot, part }, { orderBy: { id: 'asc' } });

/** The pause is the hall's: what was read of another lot of the session counts. */
const sameSession = `select other.lot from session_lot own join session_lot other on other.session = own.session where own.lot = lot.id`;

/** A host who does not read does not hold the hall: after the longest pause the platform reads the next bid itself. */
export const readings = clockwork({
  name: 'readings',
  act: readBid,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const idleMinutes = parameter('op.reading.maxIdle', dayOf(now));
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot where lot.phase = 'opening' and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null)
       and not exists (select from opening_item i where i.lot = lot.id and i.part = lot.part and i.state = 'sealed')
       and exists (select from opening_item i where i.lot = lot.id and i.part = lot.part and i.state = 'opened' and i.read_at is null)
       and not ${awaitsOrder('lot')} and not ${earlierCanBeRead}
       and greatest((${lastWentOn}), (select max(read_at) from opening_item i where (i.lot = lot.id and i.part = lot.part) or i.lot in (${sameSession})), (select max(combined_at) from council_task t where t.lot = lot.id), lot.opened_at) <= ?`,
      [later(now, -idleMinutes * 60_000)],
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
