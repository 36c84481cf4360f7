import { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, later } from '../kernel/clock.ts';
import type { Download } from '../kernel/endpoint.ts';
import { csvFile, workbookFile } from '../kernel/workbook-file.ts';
import { dayOf } from '../kernel/working-days.ts';
import { poolLines } from './admission.ts';
import { sheetColumns, sheetHead, sheetRowOf, statusWords } from './expert-sheet.ts';
import { nothingKnown } from './identity.ts';
import { maskedIdentitiesOf } from './identity-reads.ts';
import { noSuchSheet } from './problems.ts';
import { Expert, ExpertSheet } from './schema.ts';
import type { SheetAnswer, SheetsAnswer } from './sheet-answers.ts';
import { standingOn, statuses } from './standing.ts';

const headOf = (row: ExpertSheet) => ({
  sheet: row.id,
  name: row.name,
  at: row.at as Instant,
  mode: row.mode ?? '',
  rows: row.rows,
  stored: row.stored,
  known: row.known,
  wrong: row.wrong,
});

/** The page on which tables come and go: what was taken in so far, and the columns of the template. */
export async function sheetsPage(em: EntityManager, by: Actor): Promise<SheetsAnswer> {
  const mayImport = by.role === 'administrator';
  const imports = mayImport ? await em.find(ExpertSheet, { kind: 'import' }, { orderBy: { at: 'desc', id: 'desc' }, limit: 30 }) : [];
  return {
    imports: imports.map(headOf),
    mayImport,
    lines: poolLines().map(({ id, title }) => ({ value: id, label: title })),
    statuses: statuses.map((value) => ({ value, label: statusWords[value] })),
    columns: sheetColumns.map(({ title, needed, says }) => ({ title, needed: needed === true, says })),
  };
}

/** What became of one table: counts, every fault with its row, and the first people it held, masked. */
export async function sheetOf(em: EntityManager, id: string): Promise<SheetAnswer> {
  const row = await em.findOne(ExpertSheet, { id, kind: 'import' });
  if (!row) throw noSuchSheet();
  return {
    ...headOf(row),
    sha256: row.sha256 ?? '',
    faults: (row.faults ?? []).map(({ column, ...fault }) => ({ ...fault, column: column ?? null })),
    preview: (row.preview ?? []).map((each) => ({ ...each, specialties: [...each.specialties] })),
  };
}

type Filters = Readonly<Record<string, string>>;

const matching = ({ line, specialty, region, status }: Filters) => ({
  ...(line ? { memberships: { $contains: [line] } } : {}),
  ...(specialty ? { branches: { $contains: [specialty] } } : {}),
  ...(region ? { region: { $like: `${region}%` } } : {}),
  ...(status ? { status } : {}),
});

export const exportedCount = (em: EntityManager, filters: Filters): Promise<number> => em.count(Expert, matching(filters));

/** For so long the file of an export may be fetched, by whoever asked for it. */
const fetchedWithin = 15 * 60_000;

/** The table that an export asked for, as it stands when it is fetched. */
export async function exportedFile(em: EntityManager, by: Actor, id: string, now: Instant): Promise<Download> {
  const row = await em.findOne(ExpertSheet, { id, kind: 'export' });
  if (!row || row.by !== by.user || now >= later(row.at as Instant, fetchedWithin)) throw noSuchSheet();
  const rows = [sheetHead()];
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const experts = await em.find(Expert, { ...matching(row.filters ?? {}), id: { $gt: last } }, { orderBy: { id: 'asc' }, limit: 1000 });
    const identities = await maskedIdentitiesOf(
      em,
      experts.map((expert) => expert.id),
    );
    for (const expert of experts) rows.push(sheetRowOf(given(expert, identities.get(expert.id) ?? nothingKnown, now)));
    const end = experts.at(-1);
    if (!end || experts.length < 1000) break;
    last = end.id;
    em.clear();
  }
  const csv = row.filters?.format === 'csv';
  return file(csv ? csvFile(rows) : await workbookFile([{ name: '专家', rows }]), `评标专家-${dayOf(now)}`, csv);
}

const given = (expert: Expert, identity: typeof nothingKnown, now: Instant) => ({
  name: expert.name,
  employer: expert.employer,
  employerName: expert.employerName,
  title: expert.title,
  specialties: expert.specialties,
  memberships: expert.memberships,
  region: expert.region,
  status: standingOn(expert, dayOf(now)),
  formerEmployers: (expert.formerEmployers ?? []) as Parameters<typeof sheetRowOf>[0]['formerEmployers'],
  interests: expert.interests,
  relatives: expert.relatives,
  prepared: expert.prepared,
  penalised: expert.penalised,
  bannedUntil: expert.bannedUntil ?? null,
  admittedOn: dayOf(expert.admittedAt as Instant),
  termUntil:
    Object.values(expert.terms ?? {})
      .sort()
      .at(-1) ?? null,
  identity,
});

/** The empty table to fill in, with what each column takes on a second sheet. */
export async function sheetTemplate(): Promise<Download> {
  const says = sheetColumns.map(({ title, needed, says: each }) => [title.zh, needed ? '必填' : '', each.zh, title.en, each.en]);
  const guide = [['列', '', '填写说明', 'Column', 'What it takes'], ...says];
  return file(
    await workbookFile([
      { name: '专家', rows: [sheetHead()] },
      { name: '填写说明', rows: guide },
    ]),
    '评标专家导入模板',
    false,
  );
}

const file = (bytes: Uint8Array, name: string, csv: boolean): Download => ({
  stream: Readable.from([Buffer.from(bytes)]),
  name: `${name}.${csv ? 'csv' : 'xlsx'}`,
  type: csv ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  bytes: bytes.length,
});

/** The faults of a table as a table, to mend it by. */
export async function faultsFile(em: EntityManager, id: string): Promise<Download> {
  const sheet = await sheetOf(em, id);
  const rows = sheet.faults.map(({ row, column, value, says }) => [String(row), column?.zh ?? '', value, says.zh, says.en]);
  return file(csvFile([['行', '列', '内容', '问题', 'Fault'], ...rows]), `导入问题-${sheet.sheet.slice(0, 8)}`, true);
}
