import { type FileEntry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import type { FileMarks, Mark } from './file-marks.ts';
import { latin } from './pdf-objects.ts';

/** What an Office file (ECMA-376: docx, xlsx, pptx) says of whoever made it, in its properties and in its text. */

const properties = /^docProps\/(core|app|custom)\.xml$/;
const texts =
  /^(word\/(document|header\d*|footer\d*|comments|footnotes|endnotes)|xl\/(sharedStrings|comments\d*)|ppt\/slides\/slide\d+)\.xml$/;
const told =
  /<(?:\w+:)?(creator|lastModifiedBy|Company|Manager|title|subject|keywords|description|category|lpwstr)(?:\s[^>]{0,300})?>([^<]{1,2000})</g;

const mostEntries = 5000;
const mostUnpacked = 64_000_000;

export const isOffice = (bytes: Uint8Array): boolean => latin(bytes.subarray(0, 4)) === 'PK\x03\x04';

const reading = { useWebWorkers: false } as const;
const opened = (bytes: Uint8Array): ZipReader<Uint8Array> => new ZipReader(new Uint8ArrayReader(bytes), reading);

/** Its files; null where it is none, or one that unpacks to more than is looked at. */
async function entriesOf(bytes: Uint8Array): Promise<readonly FileEntry[] | null> {
  try {
    const entries: FileEntry[] = [];
    for await (const entry of opened(bytes).getEntriesGenerator()) {
      if (entries.length >= mostEntries) return null;
      if (!entry.directory) entries.push(entry);
    }
    return entries;
  } catch {
    return null;
  }
}

/** Stops when more comes than was stated: a small archive cannot fill the memory. */
class Limited extends Uint8ArrayWriter {
  left: number;
  constructor(left: number) {
    super();
    this.left = left;
  }
  override writeUint8Array(array: Uint8Array): Promise<void> {
    this.left -= array.length;
    if (this.left < 0) return Promise.reject(new Error('too much'));
    return super.writeUint8Array(array);
  }
}

export async function officeMarks(bytes: Uint8Array): Promise<FileMarks> {
  const entries = await entriesOf(bytes);
  const mark = (kind: Mark['kind'], found = ''): Mark => ({ kind, place: 'file', found });
  if (entries === null) return { texts: [], marks: [mark('cut')] };
  if (!entries.some(({ filename }) => filename === '[Content_Types].xml')) return { texts: [], marks: [mark('unknown')] };
  const said: string[] = [];
  const held: string[] = [];
  let left = mostUnpacked;
  let cut = false;
  for (const entry of entries) {
    if (!properties.test(entry.filename) && !texts.test(entry.filename)) continue;
    const writer = new Limited(left);
    const content = await entry.getData(writer, reading).catch(() => null);
    cut ||= content === null;
    if (content === null) continue;
    left = writer.left;
    const xml = new TextDecoder().decode(content);
    // a word is often cut into runs: without the marks between them it is whole again, and paragraphs stay apart
    said.push(xml.replace(/<\/(w:p|a:p|si)>/g, '\n').replace(/<[^>]*>/g, ''));
    if (!properties.test(entry.filename)) continue;
    for (const [, key = '', value = ''] of xml.matchAll(told)) if (value.trim() !== '') held.push(`${key}: ${value.trim().slice(0, 200)}`);
  }
  return {
    texts: [{ place: 'file', text: said.join('\n') }],
    marks: [...(held.length > 0 ? [mark('properties', held.slice(0, 30).join('；'))] : []), ...(cut ? [mark('cut')] : [])],
  };
}

/** The same file with empty properties; every other part keeps its bytes as they were packed. Null where it is no such file. */
export async function officeWithoutMarks(bytes: Uint8Array): Promise<Uint8Array | null> {
  const entries = await entriesOf(bytes);
  if (entries === null || !entries.some(({ filename }) => properties.test(filename))) return null;
  const zip = new ZipWriter(new Uint8ArrayWriter(), { ...reading, keepOrder: true });
  let left = mostUnpacked;
  for (const entry of entries) {
    const blank = properties.test(entry.filename);
    const writer = new Limited(blank ? left : bytes.length);
    const content = await entry.getData(writer, { ...reading, passThrough: !blank }).catch(() => null);
    if (content === null) return null;
    if (blank) left = writer.left;
    const { filename, lastModDate, compressionMethod, uncompressedSize, signature } = entry;
    const packed = { passThrough: true, compressionMethod, uncompressedSize, ...(signature === undefined ? {} : { signature }) };
    await zip.add(filename, new Uint8ArrayReader(blank ? emptied(content) : content), { lastModDate, ...(blank ? {} : packed) });
  }
  return zip.close();
}

const emptied = (content: Uint8Array): Uint8Array =>
  new TextEncoder().encode(new TextDecoder().decode(content).replace(told, (whole, _, value: string) => whole.replace(`>${value}<`, '><')));
