import type { EntityManager } from '@mikro-orm/postgresql';
import { instantOf } from '../kernel/clock.ts';
import { anywhere } from '../kernel/like.ts';
import { fen, yuan } from '../kernel/money.ts';
import { regionName, withinRegion } from '../parties/region.ts';
import { lineOf } from '../tenders/line.ts';
import { lineChoices, regionChoices } from '../tenders/project-reads.ts';
import { typedTradeCode } from '../tenders/trade-code.ts';
import type { ResultsAnswer } from './answers.ts';
import { choices, failureWords, kindTitles, type ResultKind } from './result.ts';

export interface ResultQuery {
  readonly kind?: ResultKind | undefined;
  readonly region?: string | undefined;
  readonly line?: string | undefined;
  readonly text?: string | undefined;
  readonly page?: number | undefined;
}

interface ResultLine {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly line: string;
  readonly region: string;
  readonly tenderee: string;
  readonly kind: ResultKind;
  readonly winner: string | null;
  readonly price: string | null;
  readonly candidates: string;
  readonly publicity_until: string | null;
  readonly failed_for: string | null;
  readonly at: string;
  readonly total: string;
}

/** Everything a lot's result is made of is public here: candidates from their publication on, awards, contracts, failures; newest first. */
const published = `
  select l.id, l.number, l.trade_code, l.name, p.line, p.region, coalesce(o.name, p.tenderee) as tenderee,
         case when l.failed_at is not null then 'failed' when l.contracted_at is not null then 'contracted'
              when l.awarded_at is not null then 'awarded' else 'publicity' end as kind,
         a.bidder_name as winner, a.price, l.publicity_until, l.failed_for,
         (select count(*) from candidate c where c.lot = l.id) as candidates,
         coalesce(l.failed_at, l.contracted_at, l.awarded_at, l.candidates_at) as at, p.name as project
  from lot l join project p on p.id = l.project left join organisation o on o.code = p.tenderee left join award a on a.lot = l.id
  where l.candidates_at is not null or l.failed_at is not null`;

/** One page of the public list of candidates, awards, contracts and failures. */
export async function results(em: EntityManager, query: ResultQuery = {}, size = 20): Promise<ResultsAnswer> {
  const wheres: string[] = ['true'];
  const values: unknown[] = [];
  const put = (where: string, ...given: unknown[]): void => {
    wheres.push(where);
    values.push(...given);
  };
  if (query.kind) put('r.kind = ?', query.kind);
  if (query.region) put('r.region like ?', withinRegion(query.region));
  if (query.line) put('r.line = ?', query.line);
  const typed = typedTradeCode(query.text ?? '');
  if (typed) put('r.trade_code like ?', `%${typed}`);
  else if (query.text) {
    const like = anywhere(query.text);
    put(
      '(r.name ilike ? or r.number ilike ? or r.project ilike ? or r.tenderee ilike ? or r.winner ilike ?)',
      like,
      like,
      like,
      like,
      like,
    );
  }
  const page = Math.max(1, query.page ?? 1);
  const rows = await em.execute<ResultLine[]>(
    `select r.*, count(*) over () as total from (${published}) r where ${wheres.join(' and ')} order by r.at desc, r.id desc limit ? offset ?`,
    [...values, size, (page - 1) * size],
  );
  const total = Number(rows[0]?.total ?? 0);
  return {
    rows: rows.map(resultRow),
    page,
    pages: Math.max(1, Math.ceil(total / size)),
    total,
    query: { kind: query.kind ?? '', region: query.region ?? '', line: query.line ?? '', text: query.text ?? '' },
    choices: {
      kinds: choices.kinds.map((value) => ({ value, label: kindTitles[value] })),
      regions: regionChoices(),
      lines: lineChoices(),
    },
  };
}

/** Where each kind of result is told in full. */
const pages: Readonly<Record<ResultKind, string>> = { publicity: '/candidates', awarded: '/award', contracted: '/contract', failed: '' };

function resultRow(row: ResultLine): ResultsAnswer['rows'][number] {
  return {
    lot: row.id,
    number: row.number,
    name: row.name,
    line: row.line,
    lineName: lineOf(row.line).title,
    region: row.region,
    regionName: regionName(row.region),
    tenderee: row.tenderee,
    kind: row.kind,
    kindTitle: kindTitles[row.kind],
    winner: row.winner,
    price: row.price === null ? null : yuan(fen(BigInt(row.price))),
    candidates: Number(row.candidates),
    until: row.publicity_until === null ? null : instantOf(new Date(row.publicity_until)),
    failedFor: failureWords(row.failed_for),
    at: instantOf(new Date(row.at)),
    href: `/lots/${row.id}${pages[row.kind]}`,
  };
}
