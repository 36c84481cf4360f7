import type { EntityManager } from '@mikro-orm/postgresql';
import { type Instant, instantOf, later, millisecondsBetween } from '../kernel/clock.ts';
import type { OutageRule, Stated } from './outage.ts';
import { minuteMilliseconds, minuteOf } from './probe.ts';

/** The journal's name: what statements must be about. */
export async function originOfNode(em: EntityManager): Promise<string> {
  const rows = await em.execute<{ origin: string }[]>('select origin from node');
  return rows[0]?.origin ?? '';
}

export interface PresentProbe {
  readonly vkey: string;
  readonly institution: string;
}

/** The probes that a notice published now would name. */
export const presentProbes = (em: EntityManager): Promise<PresentProbe[]> =>
  em.execute<PresentProbe[]>('select vkey, institution from probe where removed_at is null order by name');

interface ReportFields {
  probe: string;
  from: Date | string;
  states: string;
  at: Date | string;
}
const statedOf = ({ probe, from, states, at }: ReportFields): Stated => ({
  probe,
  from: new Date(from).toISOString(),
  states,
  at: new Date(at).toISOString(),
});

/** The statements that touch the window before a deadline, in the journal's order. Their signatures were checked when they were taken. */
export async function statedBefore(em: EntityManager, rule: OutageRule, deadline: Instant): Promise<readonly Stated[]> {
  return statedDuring(em, later(deadline, -rule.windowMinutes * minuteMilliseconds), deadline);
}

/** The statements that touch a span, in the journal's order. */
export async function statedDuring(em: EntityManager, from: Instant, until: Instant): Promise<readonly Stated[]> {
  const rows = await em.execute<ReportFields[]>(
    `select probe, "from", states, at from probe_report where until > ? and "from" < ? order by id`,
    [from, until],
  );
  return rows.map(statedOf);
}

/** Until the end of this transaction no statement comes in: what is read now is all that stands before the decision. */
export async function holdProbes(em: EntityManager): Promise<void> {
  await em.execute('select name from probe order by name for share');
}

/** Letters of a probe for the minutes of a span, a blank where it said nothing. */
export async function statesOf(em: EntityManager, probe: string, from: Instant, until: Instant): Promise<string> {
  const rows = await em.execute<ReportFields[]>(
    `select probe, "from", states, at from probe_report where probe = ? and until > ? and "from" < ? order by id`,
    [probe, from, until],
  );
  const letters = new Array<string>(Math.max(0, Math.round(millisecondsBetween(from, until) / minuteMilliseconds))).fill(' ');
  const gone = new Set<number>();
  for (const { from: first, states } of rows.map(statedOf)) {
    const start = Math.round(millisecondsBetween(from, first as Instant) / minuteMilliseconds);
    for (const [step, letter] of [...states].entries()) {
      const at = start + step;
      const before = letters[at];
      if (before === undefined) continue;
      if (before !== ' ' && before !== letter) gone.add(at);
      if (before === ' ') letters[at] = letter;
    }
  }
  return letters.map((letter, at) => (gone.has(at) ? '!' : letter)).join('');
}

/** A probe as everybody may see it. */
export interface ProbeStanding {
  readonly name: string;
  readonly institution: string;
  readonly vkey: string;
  readonly since: Instant;
  readonly removedAt: Instant | null;
  /** it has stated everything up to here */
  readonly until: Instant | null;
  /** the last 24 hours, a letter a minute: u, d, - did not look, ! contradicted itself, blank not stated */
  readonly day: string;
  readonly reports: number;
  readonly contradictions: number;
  /** milliseconds of the slowest look of the day */
  readonly slowest: number | null;
}

interface StandingFields {
  name: string;
  institution: string;
  vkey: string;
  since: Date | string;
  removed_at: Date | string | null;
  until: Date | string | null;
  reports: string;
  contradictions: string;
  slowest: number | null;
}

export const dayMinutes = 24 * 60;

/** Every probe with what it saw in the 24 hours before this minute. */
export async function probeStandings(em: EntityManager, now: Instant): Promise<readonly ProbeStanding[]> {
  const end = minuteOf(now);
  const start = later(end, -dayMinutes * minuteMilliseconds);
  const rows = await em.execute<StandingFields[]>(
    `select p.name, p.institution, p.vkey, p.since, p.removed_at, p.until, count(r.id) as reports, count(r.id) filter (where r.contradicts) as contradictions,
       max(r.slowest) filter (where r.until > ?) as slowest
     from probe p left join probe_report r on r.probe = p.name group by p.name order by p.removed_at is not null, p.name`,
    [start],
  );
  const days = await Promise.all(rows.map(({ name }) => statesOf(em, name, start, end)));
  const moment = (value: Date | string): Instant => instantOf(new Date(value));
  return rows.map(({ name, institution, vkey, since, removed_at, until, reports, contradictions, slowest }, at) => ({
    name,
    institution,
    vkey,
    since: moment(since),
    removedAt: removed_at === null ? null : moment(removed_at),
    until: until === null ? null : moment(until),
    day: days[at] ?? '',
    reports: Number(reports),
    contradictions: Number(contradictions),
    slowest,
  }));
}
