import type { EntityManager } from '@mikro-orm/postgresql';
import type { JournalEvent } from '../journal/event.ts';
import { type Outage, type OutageRule, outageBefore } from '../journal/outage.ts';
import { minuteMilliseconds } from '../journal/probe.ts';
import { statedBefore } from '../journal/probe-reads.ts';
import { probeReports, type StoredEvent } from '../journal/reads.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { termsOf } from '../tenders/lot.ts';
import { Lot } from '../tenders/schema.ts';

/** What the probes' statements say about a lot's deadline now; null where its notice has no rule. */
export interface OutageNow {
  readonly rule: OutageRule;
  readonly deadline: Instant;
  readonly outage: Outage;
}

export async function outageOf(em: EntityManager, lot: Lot): Promise<OutageNow | null> {
  const rule = lot.publishedAt && lot.terms ? termsOf(lot).outage : undefined;
  if (!rule || !lot.deadline) return null;
  const stated = await statedBefore(em, rule, lot.deadline);
  return { rule, deadline: lot.deadline, outage: outageBefore(rule, lot.deadline, stated, lot.deadlineMoves) };
}

/** Lots in bidding, near enough to their deadline, about which some probe has stated a minute down: few, and mostly none. */
export async function troubledLots(em: EntityManager, now: Instant): Promise<readonly Lot[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select l.id from lot l where l.phase = 'bidding' and l.terms -> 'outage' is not null
       and l.deadline - ((l.terms #>> '{outage,windowMinutes}')::int * interval '1 minute') < ?
       and exists (select from probe_report r where r.down > 0 and r."from" < l.deadline
         and r.until > l.deadline - ((l.terms #>> '{outage,windowMinutes}')::int * interval '1 minute')) limit 200`,
    [now],
  );
  return rows.length === 0 ? [] : em.find(Lot, { id: { $in: rows.map(({ id }) => id) } });
}

/** The statements on which a lot's deadline rests, and perhaps some more: of the windows of every deadline it has had. None without a rule. */
export async function reportsBearing(em: EntityManager, own: readonly { readonly event: JournalEvent }[]): Promise<readonly StoredEvent[]> {
  const notice = own.find(({ event }) => event.type === 'notice.published')?.event.data as { outage?: OutageRule } | undefined;
  if (!notice?.outage) return [];
  const known = own.flatMap(({ event }) => (dated.has(event.type) ? [(event.data as { deadline: Instant }).deadline] : [])).sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  return probeReports(em, later(first, -notice.outage.windowMinutes * minuteMilliseconds), last);
}
const dated = new Set(['notice.published', 'addendum.published', 'deadline.moved']);

/** Deadlines at which a probe should speak at once: of lots in bidding under the rule, those that just passed and those of the next hours. */
export async function awaitedDeadlines(em: EntityManager, now: Instant): Promise<readonly Instant[]> {
  const rows = await em.execute<{ deadline: Date | string }[]>(
    `select distinct deadline from lot where phase = 'bidding' and terms -> 'outage' is not null
       and deadline < ?::timestamptz + interval '1 day' order by deadline limit 100`,
    [now],
  );
  return rows.map(({ deadline }) => new Date(deadline).toISOString() as Instant);
}
