import { openAsBlob } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { packedNames } from './bids/attachment.ts';
import type { Bid } from './bids/bid.ts';
import { blindFindings } from './bids/blind-findings.ts';
import { type Finding, findingsOf, personText } from './bids/findings.ts';
import { withMembers } from './bids/joint.ts';
import { type ReadSheet, readSheet } from './bids/sheet.ts';
import { withoutMarks } from './bids/strip-marks.ts';
import { ownWords } from './bids/telling-words.ts';
import type { Tender } from './bids/tender-file.ts';
import { cellsOf } from './browser/sheet-file.ts';
import { parseYuan, yuan } from './kernel/money.ts';

/** What a bidder writes for the command `seal`: its answers to the form of the lot, as JSON or as a sheet of two columns, and a folder of files. */

const answers = z.strictObject({
  bidderName: z.string().min(1).max(200).optional(),
  price: z.string().optional(),
  figures: z.record(z.string(), z.union([z.string(), z.strictObject({ name: z.string(), number: z.string() })])).default({}),
  /** by key: a sheet (.xlsx, .csv) in the folder, or its rows */
  tables: z.record(z.string(), z.union([z.string(), z.array(z.record(z.string(), z.string()))])).default({}),
  /** by key: names of files in the folder */
  files: z.record(z.string(), z.array(z.string())).default({}),
  /** more words by which the bidder is known; blind files are searched for them, and they are not sealed */
  words: z.array(z.string().max(100)).max(50).default([]),
});
type Answers = z.infer<typeof answers>;

/** Something about the input that its author must mend; said in one line. */
export class InputWrong extends Error {}

export interface ReadBid {
  readonly bid: Bid;
  readonly files: readonly { readonly name: string; readonly content: Blob }[];
  readonly findings: readonly Finding[];
}

type BidField = Tender['terms']['bidForm'][number];

/** Reads the answers and the files they name, and checks them against the form as the bid desk does. */
export async function readBid(given: {
  readonly file: string;
  readonly folder: string;
  readonly tender: Tender;
  readonly bidder: { readonly code: string; readonly name: string };
  /** takes properties and metadata out of the files that are judged blind */
  readonly stripBlind: boolean;
}): Promise<ReadBid> {
  const { file, folder, tender, bidder } = given;
  const form = tender.terms.bidForm;
  const read = /\.(xlsx|csv)$/i.test(file) ? answersOfSheet(await cellsOf(await sheetFile(file)), form) : await answersOfJson(file);
  const known = new Set(form.map(({ key }) => key));
  const strange = [read.figures, read.tables, read.files].flatMap((each) => Object.keys(each)).find((key) => !known.has(key));
  if (strange !== undefined) throw new InputWrong(`表单没有 “${strange}” · the form has no “${strange}”`);
  const sheets: Record<string, ReadSheet> = {};
  for (const [key, table] of Object.entries(read.tables)) {
    const columns = form.find((field) => field.key === key)?.columns ?? [];
    const cells =
      typeof table === 'string'
        ? await cellsOf(await sheetFile(join(folder, table)))
        : [columns.map((column) => column.key), ...table.map((row) => columns.map((column) => row[column.key] ?? ''))];
    sheets[key] = readSheet(columns, cells);
  }
  const blind = given.stripBlind ? (tender.terms.blind?.documents ?? []) : [];
  const files = await attachments(read, form, { folder, blind });
  const amount = parseYuan(read.price ?? '');
  const figures = Object.fromEntries(
    Object.entries(read.figures).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : personText(value)]),
  );
  const bid = withMembers({
    format: 'yangguang/bid/v1',
    lot: tender.lot.id,
    part: 'whole',
    bidder: bidder.code,
    bidderName: read.bidderName ?? bidder.name,
    price: amount === undefined ? (read.price ?? '') : yuan(amount),
    figures,
    tables: Object.fromEntries(Object.entries(sheets).map(([key, { rows }]) => [key, rows.map((row) => ({ ...row }))])),
    files: files.map(({ field, name, content }) => ({ field, name, sha256: '', bytes: content.size })),
  });
  const findings = [
    ...findingsOf({ bid, sheets, lot: tender.lot.id, bidder: bidder.code, form, limits: tender.terms }),
    ...(await blindFindings({ blind: tender.terms.blind, form, files, own: ownWords(bid, form, { words: read.words }) })),
  ];
  return { bid, files, findings };
}

async function attachments(
  read: Answers,
  form: readonly BidField[],
  { folder, blind }: { readonly folder: string; readonly blind: readonly string[] },
) {
  const chosen = form.flatMap(({ key }) => (read.files[key] ?? []).map((name) => ({ field: key, path: join(folder, name) })));
  const names = packedNames(chosen.map(({ path }) => basename(path)));
  const opened = [];
  for (const [at, { field, path }] of chosen.entries()) {
    await present(path);
    const content = await openAsBlob(path);
    opened.push({ field, name: names[at] ?? '', content: blind.includes(field) ? await stripped(content) : content });
  }
  return opened;
}

const stripped = async (content: Blob): Promise<Blob> =>
  new Blob([new Uint8Array(await withoutMarks(new Uint8Array(await content.arrayBuffer())))]);

async function answersOfJson(path: string): Promise<Answers> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new InputWrong(`${path} 不是 JSON 文件 · is no JSON`);
  }
  const read = answers.safeParse(value);
  if (read.success) return read.data;
  throw new InputWrong(`${path}: ${read.error.issues.map(({ path: at, message }) => `${at.join('.')} ${message}`).join('; ')}`);
}

/** Two columns: the label (or key) of a field, and its value; a person takes a third for the number; files and sheets are named, several with `;`. */
function answersOfSheet(cells: readonly (readonly string[])[], form: readonly BidField[]): Answers {
  const read: Answers = { figures: {}, tables: {}, files: {}, words: [] };
  for (const [label = '', value = '', number = ''] of cells) {
    const field = form.find(({ key, label: { zh, en } }) => [key, zh, en].includes(label.trim()));
    if (field === undefined || value.trim() === '') continue;
    const { key, kind } = field;
    if (kind === 'file') read.files[key] = value.split(/[;；]/).map((name) => name.trim());
    else if (kind === 'table') read.tables[key] = value.trim();
    else if (kind === 'person') read.figures[key] = { name: value, number };
    else if (key === 'price') read.price = value.trim();
    else read.figures[key] = value;
  }
  return read;
}

async function sheetFile(path: string): Promise<File> {
  await present(path);
  return new File([await readFile(path)], basename(path));
}

async function present(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new InputWrong(`读不到文件 ${path} · cannot read ${path}`);
}
