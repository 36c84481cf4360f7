import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { later } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { currentPart, partFact } from '../tenders/envelopes.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
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
    const part = currentPart(lot);
    const unread = { lot: lot.id, part, $or: [{ state: 'sealed' }, { state: 'opened', readAt: null }] };
    if ((await call.em.count(OpeningItem, unread)) > 0) throw notAllRead();
    // answered on the spot, before the session closes (regulations art. 44); a host that stays silent is overtaken by the time limit
    const waiting = (await hallObjections(call.em, lot.id)).filter((objection) => objection.answer === null);
    if (waiting.length > 0 && call.by.role !== 'system') throw objectionsWait();
    const standing = await standingRecord(call.em, lot);
    if (standing === null) throw drawNotDone();
    const { digest, until } = standing;
    if (call.by.role === 'system' && call.now < until) throw stillTheHosts();
    uphold([thoseThereConfirm], { now: call.now, until, silent: (await silentInHall(call.em, lot.id, part)).length });
    lot.recordClosedAt = call.now;
    lot.phase = next(lot.phase, 'record.closed');
    const by = call.by.role === 'system' ? 'system' : (call.by.code ?? '');
    return {
      result: { closedAt: call.now },
      facts: [fact('record.closed', { lot: lot.id }, { sha256: digest, ...partFact(termsOf(lot).parts, part), by })],
    };
  },
});

/** In SQL, over `lot`: when its session had nothing more to show: the draw with the last envelopes, the last reading with earlier ones. */
const sessionDone = `case when lot.part = lot.terms -> 'parts' ->> -1
  then (select d.completed_at from draw_request d where d.lot = lot.id and d.purpose = 'parameters')
  else (select coalesce(max(i.read_at), (select max(t.combined_at) from council_task t where t.lot = lot.id))
    from opening_item i where i.lot = lot.id and i.part = lot.part having bool_and(i.state = 'invalid' or i.read_at is not null))
  end`;

/** Nobody can block an opening: a record that nobody confirms within its limit is confirmed by the platform. */
export const recordClosings = clockwork({
  name: 'record-closings',
  act: closeOpeningRecord,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const minutes = parameter('op.record.confirm.limit', dayOf(now));
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot where lot.phase = 'opening'
       and greatest(${sessionDone}, (select max(s.lifted_at) from suspension_order s where s.lot = lot.id), (${lastWentOn})) <= ?
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null)`,
      [later(now, -minutes * 60_000)],
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
