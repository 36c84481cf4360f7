import { ZipReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import Papa from 'papaparse';
import { readSheet } from 'read-excel-file/universal';
import type { Words } from '../kernel/words.ts';

/** A file that is no table; says what to do instead. */
export class NoSheet extends Error {
  readonly says: Words;
  constructor(zh: string, en: string) {
    super(en);
    this.name = 'NoSheet';
    this.says = { zh, en };
  }
}

const mostBytes = 20 * 1024 * 1024;

/** The cells of a CSV file or of the first sheet of an Excel workbook, as texts. Nothing leaves the browser. Throws `NoSheet`. */
export async function cellsOf(file: File): Promise<string[][]> {
  if (file.size > mostBytes) throw new NoSheet('文件超过 20 MB。', 'The file is larger than 20 MB.');
  if (/\.csv$/i.test(file.name)) return csvCells(new Uint8Array(await file.arrayBuffer()));
  if (/\.xlsx$/i.test(file.name)) return workbookCells(file);
  throw new NoSheet('请使用 .csv 或 .xlsx 文件（旧版 .xls 请另存为 .xlsx）。', 'Use a .csv or .xlsx file (save an old .xls as .xlsx).');
}

function csvCells(bytes: Uint8Array): string[][] {
  const text = textOfCsv(bytes).replace(/^\uFEFF/, '');
  if (text.includes('\0')) throw new NoSheet('这不是 CSV 文本文件。', 'This is no CSV text.');
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: false });
  return data;
}

/** Excel in China writes CSV in GB 18030, everything else writes UTF-8. */
function textOfCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function workbookCells(file: File): Promise<string[][]> {
  try {
    // Numbers as the workbook stores them: a float in between would be a second opinion.
    const rows = await readSheet(await unpacked(file), { parseNumber: (text: string) => text } as never);
    return rows.map((row) => row.map((cell) => textOfCell(cell)));
  } catch {
    throw new NoSheet(
      '无法读取这个 Excel 文件，请另存为 .xlsx 或 CSV 后再试。',
      'This workbook cannot be read; save it as .xlsx or CSV and try again.',
    );
  }
}

/**
 * The same archive without compression. The library inflates large sheets in workers that it makes from strings, which the page's security policy
 * forbids, and would wait for them for ever.
 */
async function unpacked(file: File): Promise<ArrayBuffer> {
  const plain = new ZipReader(file.stream(), { useWebWorkers: false });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const sink = new WritableStream<Uint8Array>({
    write(piece) {
      pieces.push(new Uint8Array(piece));
    },
  });
  const out = new ZipWriter(sink, { level: 0, useWebWorkers: false });
  let bytes = 0;
  for (const entry of await plain.getEntries()) {
    if (entry.directory || !/\.(xml|rels)$/.test(entry.filename)) continue;
    bytes += entry.uncompressedSize;
    if (bytes > 20 * mostBytes) throw new RangeError('a bomb');
    const content = new TransformStream<Uint8Array, Uint8Array>();
    const reading = entry.getData(content.writable, { useWebWorkers: false });
    await Promise.all([
      reading,
      out.add(entry.filename, { readable: content.readable }, { level: 0, dataDescriptor: false, bufferedWrite: true }),
    ]);
  }
  await out.close();
  return new Blob(pieces).arrayBuffer();
}

/** What is left of a cell that is no text: numbers come as their digits; floats that Excel computed lose the noise of their last bits. */
function textOfCell(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  const text = String(cell);
  return /^-?\d+(\.\d+)?e[+-]?\d+$/i.test(text) || /^-?\d+\.\d{8,}$/.test(text) ? plainNumber(text) : text;
}

/** 1234.5600000000002 → 1234.56, 1E-3 → 0.001: fifteen digits are what a double can tell. */
function plainNumber(text: string): string {
  const value = Number(Number(text).toPrecision(15));
  return Number.isFinite(value) ? value.toFixed(12).replace(/\.?0+$/, '') : text;
}
