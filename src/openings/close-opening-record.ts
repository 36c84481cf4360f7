import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { sha256 } from '../sealing/digest.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { drawNotDone, notAllRead, objectionsWait, stillTheHosts } from './problems.ts';
import { hallObjections } from './reads.ts';
import { DrawRequest as DrawRow, OpeningItem } from './schema.ts';
import { notSuspended } from './suspension.ts';

/** Confirms the opening record: from here on the session cannot change. The hash binds list, figures, invalid bids and the drawn values. */
export const closeOpeningRecord = act({
  name: 'close-opening-record',
  by: ['agent', 'tenderee', 'system'],
  says: { zh: '确认开标记录', en: 'Close the opening record' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    await hostedBy(call, lot);
    allow('close-opening-record', lot.phase);
    await notSuspended(call, lot.id);
    const items = await call.em.find(OpeningItem, { lot: lot.id }, { orderBy: { id: 'asc' } });
    if (items.some((item) => item.state === 'sealed' || (item.state === 'opened' && item.readAt === null))) throw notAllRead();
    // answered on the spot, before the session closes (regulations art. 44); a host that stays silent is overtaken by the time limit
    const waiting = (await hallObjections(call.em, lot.id)).filter((objection) => objection.answer === null);
    if (waiting.length > 0 && call.by.role !== 'system') throw objectionsWait();
    const draw = await call.em.findOne(DrawRow, { lot: lot.id, purpose: 'parameters' });
    if (!draw?.completedAt) throw drawNotDone();
    if (call.by.role === 'system' && call.now < confirmUntil(draw.completedAt)) throw stillTheHosts();
    lot.recordClosedAt = call.now;
    lot.phase = next(lot.phase, 'record.closed');
    const recorded = {
      lot: lot.id,
      items: items.map(({ submission, bidder, state, reason, readOrder, bid }) => ({
        submission,
        bidder,
        state,
        reason: reason ?? null,
        readOrder: readOrder ?? null,
        bid: bid ?? null,
      })),
      draw: draw.transcript,
    };
    const by = call.by.role === 'system' ? 'system' : (call.by.code ?? '');
    return { result: { closedAt: call.now }, facts: [fact('record.closed', { lot: lot.id }, { sha256: recordHash(recorded), by })] };
  },
});

const recordHash = (recorded: unknown): string => base64url(sha256(canonicalBytes(recorded)));

/** Until then the record is the host's to confirm. */
const confirmUntil = (drawn: Instant): Instant => later(drawn, parameter('op.record.confirm.limit', dayOf(drawn)) * 60_000);

/** Nobody can block an opening: a record that nobody confirms within its limit is confirmed by the platform. */
export const recordClosings = clockwork({
  name: 'record-closings',
  act: closeOpeningRecord,
  async due(em, now) {
    const minutes = parameter('op.record.confirm.limit', dayOf(now));
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot join draw_request d on d.lot = lot.id and d.purpose = 'parameters' where lot.phase = 'opening' and d.completed_at <= ?
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null)`,
      [later(now, -minutes * 60_000)],
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
