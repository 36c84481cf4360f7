import type { EntityManager } from '@mikro-orm/postgresql';
import { type Instant, instantOf, later } from '../kernel/clock.ts';
import { fen, yuan } from '../kernel/money.ts';
import { platformStopNow } from '../openings/suspension-reads.ts';
import { regionName } from '../parties/region.ts';
import { lineOf } from '../tenders/line.ts';
import type { OpeningsAnswer, ShownLot } from './answers.ts';

interface LotLine {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly phase: string;
  readonly line: string;
  readonly region: string;
  readonly ceiling: string | null;
  readonly deadline: string;
  readonly opened_at: string | null;
  readonly total: string;
}

const columns = 'l.id, l.number, l.name, l.phase, p.line, p.region, l.ceiling, l.deadline, l.opened_at, count(*) over () as total';
const published = 'from lot l join project p on p.id = l.project where l.published_at is not null';

const shownLot = ({ id, number, name, phase, line, region, ceiling }: LotLine): ShownLot => ({
  id,
  number,
  name,
  phase,
  line: lineOf(line).title,
  region: regionName(region),
  ceiling: ceiling === null ? null : yuan(fen(BigInt(ceiling))),
});

const moment = (text: string): Instant => instantOf(new Date(text));
const totalOf = (rows: readonly { readonly total: string }[]): number => Number(rows[0]?.total ?? 0);

/** Open for bids now, the first deadline first. */
export async function openLots(em: EntityManager, now: Instant, limit: number) {
  const rows = await em.execute<LotLine[]>(
    `select ${columns} ${published} and l.phase = 'bidding' and l.deadline > ? order by l.deadline, l.id limit ?`,
    [now, limit],
  );
  return { lots: rows.map((row) => ({ ...shownLot(row), deadline: moment(row.deadline) })), total: totalOf(rows) };
}

const day = 24 * 3_600_000;
const mostSessions = 60;

/** Opening sessions: those in the hall now, those to come within so many days, and those of the last days. */
export async function openingsOf(em: EntityManager, now: Instant, ahead: number, back: number): Promise<OpeningsAnswer> {
  const find = (where: string, order: string, ...values: unknown[]): Promise<LotLine[]> =>
    em.execute<LotLine[]>(`select ${columns} ${published} and ${where} order by ${order}, l.id limit ${mostSessions}`, values);
  const now_ = await find(`(l.phase in ('closed', 'opening') or (l.phase = 'bidding' and l.deadline <= ?))`, 'l.deadline', now);
  const coming = await find(`l.phase = 'bidding' and l.deadline > ? and l.deadline < ?`, 'l.deadline', now, later(now, ahead * day));
  const past = await find(
    `l.opened_at > ? and l.phase not in ('bidding', 'closed', 'opening')`,
    'l.opened_at desc',
    later(now, -back * day),
  );
  const session = (row: LotLine) => ({ ...shownLot(row), at: moment(row.deadline) });
  const stop = await platformStopNow(em, now);
  return { inSession: now_.map(session), coming: coming.map(session), past: past.map(session), stop };
}
