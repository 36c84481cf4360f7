import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { later } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { drawNotDone, notAllRead, objectionsWait, stillTheHosts } from './problems.ts';
import { hallObjections } from './reads.ts';
import { OpeningItem } from './schema.ts';
import { silentInHall, standingRecord, thoseThereConfirm } from './standing-record.ts';
import { lastWentOn, notSuspended, platformStop } from './suspension.ts';

/** Confirms the opening record: from here on the session cannot change. Its digest is the one that the bidders signed (openings/record.ts). */
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
    const unread = { lot: lot.id, $or: [{ state: 'sealed' }, { state: 'opened', readAt: null }] };
    if ((await call.em.count(OpeningItem, unread)) > 0) throw notAllRead();
    // answered on the spot, before the session closes (regulations art. 44); a host that stays silent is overtaken by the time limit
    const waiting = (await hallObjections(call.em, lot.id)).filter((objection) => objection.answer === null);
    if (waiting.length > 0 && call.by.role !== 'system') throw objectionsWait();
    const standing = await standingRecord(call.em, lot);
    if (standing === null) throw drawNotDone();
    const { digest, until } = standing;
    if (call.by.role === 'system' && call.now < until) throw stillTheHosts();
    uphold([thoseThereConfirm], { now: call.now, until, silent: (await silentInHall(call.em, lot.id)).length });
    lot.recordClosedAt = call.now;
    lot.phase = next(lot.phase, 'record.closed');
    const by = call.by.role === 'system' ? 'system' : (call.by.code ?? '');
    return { result: { closedAt: call.now }, facts: [fact('record.closed', { lot: lot.id }, { sha256: digest, by })] };
  },
});

/** Nobody can block an opening: a record that nobody confirms within its limit is confirmed by the platform. */
export const recordClosings = clockwork({
  name: 'record-closings',
  act: closeOpeningRecord,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const minutes = parameter('op.record.confirm.limit', dayOf(now));
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot join draw_request d on d.lot = lot.id and d.purpose = 'parameters'
       where lot.phase = 'opening' and greatest(d.completed_at, (select max(s.lifted_at) from suspension_order s where s.lot = lot.id), (${lastWentOn})) <= ?
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null)`,
      [later(now, -minutes * 60_000)],
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
