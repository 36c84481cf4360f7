import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { type Instant, instantOf, later } from '../kernel/clock.ts';
import { instantField } from '../kernel/clock-fields.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { lastWentOn, notSuspended, platformStop } from '../openings/suspension.ts';
import { figureRule } from '../rulebook/figure-rule.ts';
import { type Dated, parameter } from '../rulebook/parameters.ts';
import { nextPart } from '../tenders/envelopes.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { judgedPart } from './part-work.ts';
import { notThisPart, sessionTooSoon, stillTheHostsSession } from './problems.ts';
import { PartResult } from './schema.ts';

interface SessionFacts extends Dated {
  readonly now: Instant;
  readonly at: Instant;
}

/** Announced ahead, so that those who go on, those who do not, and the public can be there; the earliest moment is the same day's. */
export const sessionAhead = figureRule<SessionFacts, 'op.session.ahead'>({
  id: 'PART-SESSION',
  acts: ['schedule-session'],
  key: 'op.session.ahead',
  field: 'at',
  problem: sessionTooSoon,
  refuses: ({ now, at }, minutes) => at < later(now, minutes * 60_000),
});

export const sessionFields = z.object({
  /** empty: as soon as the rule allows */
  at: z.preprocess((given) => (given === '' || given === null ? undefined : given), instantField.optional()),
});

/**
 * Announces when the next envelopes are opened. Announced again, it may only be put off: nobody may miss a session that was moved forward. A host who says
 * nothing holds nobody up: when its time is over the platform announces the session itself, well ahead.
 */
export const scheduleSession = act({
  name: 'schedule-session',
  by: ['agent', 'tenderee', 'system'],
  says: { zh: '公布下一信封的开标时间', en: 'Announce when the next envelopes are opened' },
  takes: sessionFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    await hostedBy(call, lot);
    allow('schedule-session', lot.phase);
    const part = nextPart(termsOf(lot).parts, judgedPart(lot));
    const result = await call.em.findOne(PartResult, { lot: lot.id, part: judgedPart(lot) });
    if (part === null || !result?.reportedAt) throw notThisPart();
    const on = dayOf(call.now);
    const bySystem = call.by.role === 'system';
    if (bySystem) await hostsTimeIsOver(call, lot, result.reportedAt);
    const ahead = bySystem ? parameter('op.session.own', on) * hour : parameter('op.session.ahead', on) * 60_000;
    const at = command.at ?? later(call.now, ahead);
    uphold([sessionAhead], { on, now: call.now, at: at as Instant });
    if (lot.sessionAt && at < lot.sessionAt) throw sessionTooSoon();
    lot.sessionAt = at as Instant;
    const own = bySystem ? { by: 'system' } : {};
    return { result: { part, at }, facts: [fact('session.scheduled', { lot: lot.id }, { part, at, ...own })] };
  },
});

const hour = 3_600_000;

/** The platform announces only what the host has not, and only when its time is over; an order, or a stop of all openings, makes it run anew. */
async function hostsTimeIsOver(call: Call, lot: Lot, reportedAt: Instant): Promise<void> {
  await notSuspended(call, lot.id);
  if (lot.sessionAt) throw stillTheHostsSession();
  const [row] = await call.em.execute<{ from: string }[]>(
    `select greatest(?::timestamptz, (select max(s.lifted_at) from suspension_order s where s.lot = ?), (${lastWentOn})) as from`,
    [reportedAt, lot.id],
  );
  const from = row ? instantOf(new Date(row.from)) : reportedAt;
  if (call.now < sessionLimit(from)) throw stillTheHostsSession();
}

/** Half open: from this moment on it is the platform's. */
export const sessionLimit = (reportedAt: Instant): Instant => later(reportedAt, parameter('op.session.limit', dayOf(reportedAt)) * hour);

export const sessionSchedules = clockwork({
  name: 'session-schedules',
  act: scheduleSession,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot join part_result r on r.lot = lot.id and r.part = lot.judged_part
       where lot.phase = 'waiting' and lot.session_at is null
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null)
       and greatest(r.reported_at, (select max(s.lifted_at) from suspension_order s where s.lot = lot.id), (${lastWentOn})) <= ? limit 200`,
      [later(now, -parameter('op.session.limit', dayOf(now)) * hour)],
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
