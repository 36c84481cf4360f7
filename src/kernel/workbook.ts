import { type FileEntry, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import Papa from 'papaparse';

/**
 * A table out of somebody's spreadsheet, to be looked at or taken in: the first rows of one sheet, as text. Whoever made the file is not to be trusted. Every
 * step takes so much and no more: what is packed to burst is cut off, formulas are shown and never computed, nothing outside the file is followed.
 */

export interface Cell {
  readonly text: string;
  /** how the bidder's program computed it; shown, never computed again */
  readonly formula?: string;
}
export interface SheetTable {
  readonly sheets: { readonly name: string; readonly hidden: boolean }[];
  /** which of them is shown, from 0 */
  readonly sheet: number;
  readonly rows: Cell[][];
  /** where each of them stands in the sheet, from 1: a sheet may leave rows out */
  readonly numbers: number[];
  /** whether there is more than is shown */
  readonly more: boolean;
}

/** What is read of a file, and what is taken of a sheet. */
export interface Limits {
  readonly fileBytes: number;
  readonly entries: number;
  readonly sheetBytes: number;
  readonly stringBytes: number;
  readonly otherBytes: number;
  readonly csvBytes: number;
  readonly rows: number;
  readonly columns: number;
  readonly sheets: number;
  readonly characters: number;
}
/** Of a sheet that is only looked at. */
export const limits: Limits = {
  fileBytes: 16 * 1024 * 1024,
  entries: 1000,
  sheetBytes: 4 * 1024 * 1024,
  stringBytes: 8 * 1024 * 1024,
  otherBytes: 1024 * 1024,
  csvBytes: 2 * 1024 * 1024,
  rows: 400,
  columns: 60,
  sheets: 60,
  characters: 300,
};

const cut = (text: string, most: Limits): string => (text.length > most.characters ? `${text.slice(0, most.characters)}…` : text);

/** The first rows of a CSV file; of a long one only its beginning is given (`whole` says which). */
export function csvTable(bytes: Uint8Array, whole: boolean, most: Limits = limits): SheetTable {
  const given = bytes.subarray(0, most.csvBytes);
  const text = textOfCsv(given).replace(/^\uFEFF/, '');
  const { data } = Papa.parse<string[]>(text, { preview: most.rows + 1 });
  const written = data.flatMap((row, at) => (row.every((cell) => cell.trim() === '') ? [] : [{ row, number: at + 1 }]));
  const rows = written.slice(0, most.rows).map(({ row }) => row.slice(0, most.columns).map((cell) => ({ text: cut(cell, most) })));
  const more = !whole || data.length > most.rows || data.some((row) => row.length > most.columns);
  return { sheets: [{ name: '', hidden: false }], sheet: 0, rows, numbers: written.map(({ number }) => number), more };
}

/** Excel in China writes CSV in GB 18030, everything else writes UTF-8. A character that the limit cuts in two is no fault. */
function textOfCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** One sheet of an Excel workbook; null for a file that is none. */
export async function workbookTable(bytes: Uint8Array, asked: number, most: Limits = limits): Promise<SheetTable | null> {
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false });
  const files = await entriesOf(reader, most);
  const part = (path: string, bytes: number = most.otherBytes): Promise<Part> => beginningOf(files.get(path), bytes);
  const sheets = sheetsIn(await part('xl/workbook.xml'), await part('xl/_rels/workbook.xml.rels'), most);
  const chosen = sheets[asked] ?? sheets[0];
  if (!chosen) return null;
  const [sheet, strings] = [await part(chosen.path, most.sheetBytes), await part('xl/sharedStrings.xml', most.stringBytes)];
  if (sheet.text === '' || [sheet, strings].some(({ text }) => text.includes('<!DOCTYPE'))) return null;
  const taken = { strings: stringsIn(strings.text, most), dates: datesIn((await part('xl/styles.xml')).text) };
  const { rows, numbers, more } = rowsIn(sheet.text, taken, most);
  return {
    sheets: sheets.map(({ name, hidden }) => ({ name, hidden })),
    sheet: sheets.indexOf(chosen),
    rows,
    numbers,
    more: more || !sheet.whole,
  };
}

/** The entries by their paths; of more than a workbook can have, or of what is no archive, none. */
async function entriesOf(reader: ZipReader<unknown>, most: Limits): Promise<ReadonlyMap<string, FileEntry>> {
  const files = new Map<string, FileEntry>();
  try {
    let seen = 0;
    for await (const entry of reader.getEntriesGenerator()) {
      seen += 1;
      if (seen > most.entries) return new Map();
      if (!entry.directory && !entry.encrypted) files.set(entry.filename, entry);
    }
  } catch {
    return new Map();
  }
  return files;
}

interface Part {
  readonly text: string;
  readonly whole: boolean;
}

/** An entry unpacked as far as the limit, whatever its header claims: a bomb is only ever lit to that length. */
async function beginningOf(entry: FileEntry | undefined, most: number): Promise<Part> {
  if (!entry) return { text: '', whole: true };
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const sink = new WritableStream<Uint8Array>({
    write(piece) {
      const taken = piece.subarray(0, most - bytes);
      bytes += taken.length;
      text += decoder.decode(taken, { stream: true });
      if (taken.length < piece.length) throw new RangeError('longer than is shown');
    },
  });
  const whole = await entry.getData(sink, { useWebWorkers: false }).then(
    () => true,
    () => false,
  );
  return { text, whole };
}

interface Tag {
  readonly name: string;
  readonly attributes: string;
  readonly kind: 'open' | 'close' | 'empty';
  /** the text before it */
  readonly before: string;
}

/** The tags of an XML text one after another. Each character is looked at once, also in a text that is made to be slow. */
function* tagsOf(xml: string): Generator<Tag> {
  let at = 0;
  for (;;) {
    const begin = xml.indexOf('<', at);
    const end = begin < 0 ? -1 : xml.indexOf('>', begin);
    if (end < 0) return;
    const closing = xml[begin + 1] === '/';
    const body = xml.slice(begin + (closing ? 2 : 1), end);
    const blank = body.search(/[\s/]/);
    const name = blank < 0 ? body : body.slice(0, blank);
    yield {
      name: name.slice(name.indexOf(':') + 1),
      attributes: blank < 0 ? '' : body.slice(blank),
      kind: closing ? 'close' : body.endsWith('/') ? 'empty' : 'open',
      before: xml.slice(at, begin),
    };
    at = end + 1;
  }
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });

/** The value of an attribute; a prefix of a namespace may stand before its name. */
function attributeOf({ attributes }: Tag, name: string): string | undefined {
  const found = new RegExp(`[\\s:]${name}="([^"]{0,1000})"`).exec(attributes);
  return found?.[1] === undefined ? undefined : plain(found[1]);
}

function sheetsIn(workbook: Part, relations: Part, most: Limits): { name: string; hidden: boolean; path: string }[] {
  const targets = new Map<string, string>();
  for (const tag of tagsOf(relations.text)) {
    if (tag.name !== 'Relationship' || attributeOf(tag, 'TargetMode') === 'External') continue;
    const target = attributeOf(tag, 'Target') ?? '';
    targets.set(attributeOf(tag, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  const sheets: { name: string; hidden: boolean; path: string }[] = [];
  for (const tag of tagsOf(workbook.text)) {
    const path = tag.name === 'sheet' ? targets.get(attributeOf(tag, 'id') ?? '') : undefined;
    if (path === undefined || sheets.length >= most.sheets) continue;
    sheets.push({ name: cut(attributeOf(tag, 'name') ?? '', most), hidden: (attributeOf(tag, 'state') ?? 'visible') !== 'visible', path });
  }
  return sheets;
}

/** The texts that cells share; how they are said aloud (`rPh`) is no part of them. */
function stringsIn(xml: string, most: Limits): string[] {
  const strings: string[] = [];
  let text = '';
  let aloud = 0;
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'rPh') aloud += tag.kind === 'open' ? 1 : tag.kind === 'close' ? -1 : 0;
    if (tag.name === 't' && tag.kind === 'close' && aloud === 0 && text.length <= most.characters) text += plain(tag.before);
    if (tag.name !== 'si' || tag.kind === 'open') continue;
    strings.push(cut(text, most));
    text = '';
  }
  return strings;
}

/** The formats of Excel that every program knows to be dates; a serial number is nothing to look at. */
const dateFormats = new Set(['14', '15', '16', '17', '22']);

/** By style: whether its numbers are dates. */
function datesIn(xml: string): boolean[] {
  const dates: boolean[] = [];
  let within = false;
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'cellXfs') within = tag.kind === 'open';
    if (within && tag.name === 'xf' && tag.kind !== 'close') dates.push(dateFormats.has(attributeOf(tag, 'numFmtId') ?? ''));
  }
  return dates;
}

function rowsIn(
  xml: string,
  { strings, dates }: { readonly strings: readonly string[]; readonly dates: readonly boolean[] },
  most: Limits,
): { rows: Cell[][]; numbers: number[]; more: boolean } {
  const rows: Cell[][] = [];
  const numbers: number[] = [];
  let more = false;
  let row: Cell[] = [];
  let cell: { at: number; type: string; date: boolean; value: string; formula: string } | null = null;
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'row' && tag.kind !== 'close') {
      if (rows.length >= most.rows) return { rows, numbers, more: true };
      row = [];
      rows.push(row);
      numbers.push(Number(attributeOf(tag, 'r') ?? (numbers.at(-1) ?? 0) + 1));
    }
    if (tag.name === 'c' && tag.kind === 'open') {
      const at = columnOf(attributeOf(tag, 'r') ?? '') ?? row.length;
      const date = dates[Number(attributeOf(tag, 's') ?? '-1')] === true;
      cell = { at, type: attributeOf(tag, 't') ?? 'n', date, value: '', formula: '' };
    }
    if (!cell || tag.kind !== 'close') continue;
    if (tag.name === 'v' || tag.name === 't') cell.value = cut(cell.value + plain(tag.before), most);
    if (tag.name === 'f') cell.formula = cut(plain(tag.before), most);
    if (tag.name !== 'c') continue;
    if (cell.at >= most.columns) more = true;
    else {
      while (row.length < cell.at) row.push({ text: '' });
      row[cell.at] = { text: shownValue(cell, strings), ...(cell.formula === '' ? {} : { formula: `=${cell.formula}` }) };
    }
    cell = null;
  }
  return { rows, numbers, more };
}

/** `AB12` → 27; undefined for what is no place in a sheet. */
function columnOf(place: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(place)?.[1];
  return letters === undefined ? undefined : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function shownValue(cell: { readonly type: string; readonly date: boolean; readonly value: string }, strings: readonly string[]): string {
  const { type, date, value } = cell;
  if (type === 's') return strings[Number(value)] ?? '…';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n' || value === '') return value;
  if (date) return dateOf(Number(value)) ?? value;
  // what a double adds of its own in its last bits is no figure of the bidder's
  return /^-?\d+(\.\d+)?e[+-]?\d+$/i.test(value) || /^-?\d+\.\d{8,}$/.test(value) ? String(Number(Number(value).toPrecision(15))) : value;
}

/** Day 1 of a workbook is the first of January 1900; it counts a 29 February 1900 that never was. */
export function dateOf(serial: number): string | undefined {
  if (!(serial >= 61 && serial < 2_958_466)) return undefined;
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);
}
