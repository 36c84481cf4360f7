import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { bytesUntil } from '../sealing/grace.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { graceRuns, noBid } from './problems.ts';
import { arrivals, stillAwaited } from './reads.ts';
import { Submission } from './schema.ts';

/**
 * A committed bid whose bytes are not there at the end of its grace lapses, by the bidder's own doing (撤销): it is not opened and does not
 * count. Bytes that came in time are never lost by the order in which two clockworks run: `complete-bid` comes first then.
 */
export const lapseBid = act({
  name: 'lapse-bid',
  by: ['system'],
  says: { zh: '投标逾期未传完', en: 'Let a committed bid lapse' },
  takes: z.object({ lot: idField, submission: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('lapse-bid', lot.phase);
    const bid = await call.em.findOne(Submission, { id: command.submission, lot: lot.id, status: 'current', completedAt: null });
    if (!bid || bid.graceMinutes === null || bid.graceMinutes === undefined || !lot.deadline) throw noBid();
    const until = bytesUntil(lot.deadline, bid.graceMinutes);
    const came = await arrivals(call.em, { submission: bid.id });
    const inTime = came.filter((each) => each.completedAt < until);
    if (call.now < until || inTime.length === (bid.statement as { parts: readonly unknown[] }).parts.length) throw graceRuns();
    bid.status = 'lapsed';
    const lapsed = fact('bid.lapsed', { lot: lot.id, party: bid.bidder }, { submission: bid.id, until, attributedTo: 'bidder' });
    return { result: { submission: bid.id }, facts: [lapsed] };
  },
});

export const lapses = clockwork({
  name: 'lapses',
  act: lapseBid,
  due: async (em: EntityManager, now: Instant) =>
    (await stillAwaited(em, now)).map(({ submission, lot }) => ({ submission: submission as Id, lot: lot as Id })),
});
