import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { z } from 'zod';
import { withoutMarks } from '../bids/strip-marks.ts';
import { endpoint, type Visit } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { csvTable, limits, type SheetTable, workbookTable } from '../kernel/workbook.ts';
import { concat } from '../sealing/digest.ts';
import { fileSource } from '../sealing/package-node.ts';
import { readPackedFile } from '../sealing/package-reader.ts';
import type { ShownFile } from './answers.ts';
import { attachmentOf } from './desk-reads.ts';
import { noteOpened } from './desk-routes.ts';
import { headBytes, howShown, policyFor } from './showable.ts';

const none = z.object({});
const members = ['expert', 'tenderee', 'agent'] as const;
const fileParams = z.object({ lot: idField, submission: idField, index: z.coerce.number().int().min(0).max(1000) });
interface FileAsked {
  readonly lot: string;
  readonly submission: string;
  readonly index: number;
}

type Attachment = Awaited<ReturnType<typeof attachmentOf>>;
/** What it takes to read a file out of a bid's package. */
type Packed = Omit<Attachment, 'submission' | 'shownAs'>;

/** The content of an attachment, checked against its digest as it goes, and how long it is. */
export async function contentOf(visit: Visit, file: Packed): Promise<{ readonly stream: Readable; readonly bytes: number }> {
  if (file.blind && file.size <= mostBlind) return blindContent(visit, file);
  const source = await fileSource(await visit.files.localPath(file.packageKey));
  const stream = Readable.fromWeb((await readPackedFile(source, file)) as unknown as NodeStream<Uint8Array>);
  stream.once('close', () => void source.close());
  return { stream, bytes: file.size };
}

/** A blind file without its properties and metadata (strip-marks.ts), whatever its bidder left in them. One too large to be held is sent as it is. */
async function blindContent(visit: Visit, file: Packed): Promise<{ readonly stream: Readable; readonly bytes: number }> {
  const { bytes } = await beginningOf(visit, file, mostBlind);
  const shown = Buffer.from(await withoutMarks(bytes));
  return { stream: Readable.from([shown]), bytes: shown.length };
}
const mostBlind = 64_000_000;

/** Its first bytes; what follows them is not read. */
async function headOf(visit: Visit, file: Packed): Promise<Uint8Array> {
  return (await beginningOf(visit, file, headBytes)).bytes;
}

async function beginningOf(visit: Visit, file: Packed, most: number): Promise<{ bytes: Uint8Array; whole: boolean }> {
  const source = await fileSource(await visit.files.localPath(file.packageKey));
  try {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of (await readPackedFile(source, file)) as unknown as NodeStream<Uint8Array>) {
      pieces.push(piece);
      length += piece.length;
      if (length > most) break;
    }
    return { bytes: concat(...pieces).subarray(0, most), whole: length <= most };
  } finally {
    await source.close();
  }
}

/** The file that a member has chosen, as far as it can be shown beside its sheet: by an address of our own, or as a table. */
export async function shownFile(visit: Visit, asked: FileAsked, sheet: number): Promise<ShownFile> {
  const file = await attachmentOf(visit.em, visit.by, asked.lot, asked.submission, asked.index);
  await noteOpened(visit, asked.lot, { ...file, named: asked.submission });
  const how = howShown(file.shownAs, await headOf(visit, file));
  const shown = { index: asked.index, name: file.shownAs };
  if (how.kind === null) return { ...shown, kind: 'other', why: how.why, table: null };
  if (how.kind === 'pdf' || how.kind === 'image') return { ...shown, kind: how.kind, why: null, table: null };
  const table = await tableOf(visit, file, how.kind, sheet);
  return table ? { ...shown, kind: 'table', why: null, table } : { ...shown, kind: 'other', why: unreadable, table: null };
}

const unreadable: Words = {
  zh: '这个表格不能在页面内显示（过大或格式不符），请下载查看。',
  en: 'This spreadsheet cannot be shown here: it is too large or no workbook. Download it.',
};

async function tableOf(visit: Visit, file: Attachment, kind: 'workbook' | 'csv', sheet: number): Promise<SheetTable | null> {
  if (kind === 'workbook' && file.size > limits.fileBytes) return null;
  const { bytes, whole } = await beginningOf(visit, file, kind === 'csv' ? limits.csvBytes : limits.fileBytes);
  return kind === 'csv' ? csvTable(bytes, whole) : workbookTable(bytes, sheet);
}

endpoint({
  name: 'bid-attachment',
  method: 'get',
  path: '/lots/:lot/bids/:submission/files/:index',
  says: { zh: '投标文件附件（限评标委员会成员）', en: 'An attachment of a bid, for members of the panel' },
  by: members,
  params: fileParams,
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async (visit, { params }) => {
    const file = await attachmentOf(visit.em, visit.by, params.lot, params.submission, params.index);
    await noteOpened(visit, params.lot, { ...file, named: params.submission });
    return { ...(await contentOf(visit, file)), name: file.shownAs, type: 'application/octet-stream' };
  },
});

endpoint({
  name: 'show-attachment',
  method: 'get',
  path: '/lots/:lot/bids/:submission/files/:index/view',
  says: { zh: '在评标台内显示的附件（仅PDF和图片）', en: 'An attachment as the desk shows it: PDF and images only' },
  by: members,
  params: fileParams,
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async (visit, { params }) => {
    const file = await attachmentOf(visit.em, visit.by, params.lot, params.submission, params.index);
    const how = howShown(file.shownAs, await headOf(visit, file));
    await noteOpened(visit, params.lot, { ...file, named: params.submission });
    if (how.kind !== 'pdf' && how.kind !== 'image') throw notFound();
    return { ...(await contentOf(visit, file)), name: file.shownAs, type: how.type, inline: true, policy: policyFor(how.kind) };
  },
});
