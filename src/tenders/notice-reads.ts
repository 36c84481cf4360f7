import type { EntityManager } from '@mikro-orm/postgresql';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { anywhere } from '../kernel/like.ts';
import { fen, yuan } from '../kernel/money.ts';
import { regionName, withinRegion } from '../parties/region.ts';
import type { NoticesAnswer } from './answers.ts';
import { lineOf, linesInUse } from './line.ts';
import { phaseOf, phases } from './phases.ts';
import { lineChoices, phaseChoices, regionChoices } from './project-reads.ts';
import { isMistyped, typedTradeCode } from './trade-code.ts';
import { inTradeOf } from './vocabulary-reads.ts';

export interface NoticeQuery {
  readonly region?: string | undefined;
  readonly line?: string | undefined;
  readonly phase?: string | undefined;
  readonly text?: string | undefined;
  readonly page?: number | undefined;
}

interface NoticeLine {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly line: string;
  readonly procedure: string;
  readonly edition: string | null;
  readonly region: string;
  readonly tenderee: string;
  readonly phase: string;
  readonly published_at: string;
  readonly documents_until: string | null;
  readonly deadline: string;
  readonly ceiling: string | null;
  readonly total: string;
}

const tradeClasses = () => linesInUse().map((line) => line.tradeClass);

/** Published notices, newest first; everything in them is public. */
export async function noticesOf(em: EntityManager, query: NoticeQuery, now: Instant, size = 20): Promise<NoticesAnswer> {
  const wheres: string[] = ['l.published_at is not null'];
  const values: unknown[] = [];
  const put = (where: string, ...given: unknown[]): void => {
    wheres.push(where);
    values.push(...given);
  };
  if (query.region) put('p.region like ?', withinRegion(query.region));
  if (query.line) put('p.line = ?', query.line);
  if (query.phase) put('l.phase = ?', query.phase);
  const typed = typedTradeCode(query.text ?? '');
  if (typed) {
    const like = `%${typed}`;
    put('(l.trade_code like ? or p.trade_code like ?)', like, like);
  } else if (query.text) {
    const like = anywhere(query.text);
    put('(l.name ilike ? or l.number ilike ? or p.name ilike ? or p.number ilike ? or o.name ilike ?)', like, like, like, like, like);
  }
  const page = Math.max(1, query.page ?? 1);
  const rows = await em.execute<NoticeLine[]>(
    `select l.id, l.number, l.name, l.edition, p.line, p.procedure, p.region, coalesce(o.name, p.tenderee) as tenderee, l.phase, l.published_at, l.documents_until, l.deadline, l.ceiling,
            count(*) over () as total
     from lot l join project p on p.id = l.project left join organisation o on o.code = p.tenderee
     where ${wheres.join(' and ')} order by l.published_at desc, l.id desc limit ? offset ?`,
    [...values, size, (page - 1) * size],
  );
  const total = Number(rows[0]?.total ?? 0);
  return {
    prequalifications: await openPrequalifications(em, query, now),
    rows: rows.map((row) => noticeRow(row, now)),
    page,
    pages: Math.max(1, Math.ceil(total / size)),
    total,
    query: { region: query.region ?? '', line: query.line ?? '', phase: query.phase ?? '', text: query.text ?? '' },
    mistyped: typed !== undefined && isMistyped(typed, tradeClasses()),
    choices: { regions: regionChoices(), lines: lineChoices(), phases: phaseChoices() },
  };
}

/** Where suppliers may apply now, the first to close first; a list searched by words or phase is of tenders. */
async function openPrequalifications(em: EntityManager, { region, line, text, phase }: NoticeQuery, now: Instant) {
  if (text || phase) return [];
  const rows = await em.execute<(Pick<NoticeLine, 'id' | 'number' | 'name' | 'line' | 'region' | 'tenderee'> & { until: string })[]>(
    `select l.id, l.number, l.name, p.line, p.region, coalesce(o.name, p.tenderee) as tenderee, q.until
     from prequalification q join lot l on l.id = q.lot join project p on p.id = l.project left join organisation o on o.code = p.tenderee
     where l.phase = 'applying' and q.until > ? and p.region like ? and (?::text is null or p.line = ?) order by q.until, l.id limit 50`,
    [now, region ? withinRegion(region) : '%', line || null, line || null],
  );
  return rows.map(({ id, number, name, tenderee, until, ...row }) => ({
    id,
    number,
    name,
    lineName: lineOf(row.line).title,
    regionName: regionName(row.region),
    tenderee,
    until: instantOf(new Date(until)),
  }));
}

function noticeRow(row: NoticeLine, now: Instant): NoticesAnswer['rows'][number] {
  const phase = phaseOf(row.phase);
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    line: row.line,
    lineName: lineOf(row.line).title,
    region: row.region,
    regionName: regionName(row.region),
    tenderee: row.tenderee,
    phase,
    phaseTitle: inTradeOf(row, now)(phases[phase].title),
    publishedAt: instantOf(new Date(row.published_at)),
    documentsUntil: row.documents_until === null ? null : instantOf(new Date(row.documents_until)),
    deadline: instantOf(new Date(row.deadline)),
    ceiling: row.ceiling === null ? null : yuan(fen(BigInt(row.ceiling))),
  };
}
