import type { EntityManager } from '@mikro-orm/postgresql';
import type { JournalEvent } from '../journal/event.ts';
import { type Outage, type OutageRule, outageBefore } from '../journal/outage.ts';
import { minuteMilliseconds } from '../journal/probe.ts';
import { statedBefore } from '../journal/probe-reads.ts';
import { probeReports, type StoredEvent } from '../journal/reads.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { termsOf } from '../tenders/lot.ts';
import { Lot } from '../tenders/schema.ts';
import { notRemoved } from './layer.ts';
import { layersLimit } from './layer-state.ts';

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
  const notice = own.find(({ event }) => event.type === 'notice.published')?.event.data as
    | { outage?: OutageRule; layerOutage?: unknown }
    | undefined;
  if (!notice?.outage) return [];
  const known = own.flatMap(({ event }) => (dated.has(event.type) ? [(event.data as { deadline: Instant }).deadline] : [])).sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const reports = await probeReports(em, later(first, -notice.outage.windowMinutes * minuteMilliseconds), last);
  const ended = own.find(({ event }) => event.type === 'layers.closed')?.event.data as { until: Instant } | undefined;
  const started = own.find(({ event }) => event.type === 'opening.started')?.event.at as Instant | undefined;
  if (!ended || !started || !notice.layerOutage) return reports;
  // those about the bidders' time: whose doing it was that a layer stayed on rests on them
  const there = new Set(reports.map(({ id }) => id));
  return [...reports, ...(await probeReports(em, started, ended.until)).filter(({ id }) => !there.has(id))];
}
const dated = new Set(['notice.published', 'addendum.published', 'deadline.moved', 'deadline.resumed']);

/** Moments at which a probe should speak at once: deadlines of lots in bidding under the rule, and ends of the bidders' time in openings; just passed, or of the next hours. */
export async function awaitedDeadlines(em: EntityManager, now: Instant): Promise<readonly Instant[]> {
  const rows = await em.execute<{ deadline: Date | string }[]>(
    `select distinct deadline from lot where phase = 'bidding' and terms -> 'outage' is not null
       and deadline < ?::timestamptz + interval '1 day' order by deadline limit 100`,
    [now],
  );
  const ends: Instant[] = [];
  for (const lot of await layeredLots(em)) ends.push(await layersLimit(em, lot));
  return [...rows.map(({ deadline }) => new Date(deadline).toISOString() as Instant), ...ends].sort();
}

/** Lots whose bidders remove their layers now, or of whose bids some are still to be attributed, where probes have a word in it. */
async function layeredLots(em: EntityManager): Promise<readonly Lot[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select lot.id from lot where lot.terms -> 'layerOutage' is not null and lot.opened_at is not null and exists (
       select from opening_item i where i.lot = lot.id and ((i.state = 'sealed' and i.layer_removed_at is null and lot.phase = 'opening')
         or (i.reason = ? and i.attributed_to is null and i.ruling_asked_at is null))) limit 100`,
    [notRemoved],
  );
  return rows.length === 0 ? [] : em.find(Lot, { id: { $in: rows.map(({ id }) => id) } });
}
