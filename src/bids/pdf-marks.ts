import { concat } from '../sealing/digest.ts';

/**
 * What a PDF says of whoever made it, outside its pages: properties, XMP, notes, attachments, bookmarks, pictures, typefaces. A scan of its objects, streams
 * unpacked, and no full reading: it finds what programs usually leave, and never says that a file is free of marks. Runs in browsers and in Node alike.
 */
export interface PdfMarks {
  /** names of properties with something in them, with the text as far as it can be read */
  readonly properties: Readonly<Record<string, string>>;
  readonly xmp: boolean;
  readonly notes: number;
  readonly attachments: number;
  readonly bookmarks: boolean;
  readonly pictures: number;
  /** without the tag of a subset */
  readonly fonts: readonly string[];
  readonly pages: number;
  /** encrypted: what stands in it cannot be looked at */
  readonly locked: boolean;
  /** it unpacks to more than is looked at: some streams were left */
  readonly cut: boolean;
  /** every text that could be read without its fonts: dictionaries, XMP, plain strings */
  readonly text: string;
}

const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return text;
};

/** Properties of the document information dictionary that a person or a program fills in. */
const propertyNames = ['Author', 'Creator', 'Producer', 'Company', 'Manager', 'SourceModified', 'Keywords', 'Title', 'Subject'];
/** Bookmarks and notes have titles and subjects of their own: these two count in the information dictionary alone. */
const ofAnyObject = ['Title', 'Subject'];

interface Entry {
  readonly name: string;
  readonly value: string;
  /** where the inside of the string stands */
  readonly from: number;
  readonly until: number;
}

const token = String.raw`(\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f\s]*>)`;
const property = new RegExp(String.raw`/(${propertyNames.join('|')})\s*(?:${token}|(\d+)\s+(\d+)\s+R\b)`, 'g');

/** Objects of this number: there are several where a file was saved again. */
const objects = (text: string, number: string, generation: string): readonly { readonly from: number; readonly until: number }[] =>
  [...text.matchAll(new RegExp(String.raw`(?<=^|\s)${number}\s+${generation}\s+obj\b`, 'g'))].map(({ index, 0: head }) => {
    const until = text.indexOf('endobj', index);
    return { from: index + head.length, until: until < 0 ? text.length : until };
  });

/** The strings of properties between two places; one that stands in an object of its own is found there. */
function entriesIn(text: string, from: number, until: number): readonly Entry[] {
  return [...text.slice(from, until).matchAll(property)].flatMap(
    ({ index, 0: whole, 1: name = '', 2: value, 3: number, 4: generation }) => {
      if (value !== undefined) {
        const start = from + index + whole.length - value.length;
        return [{ name, value, from: start + 1, until: start + value.length - 1 }];
      }
      return objects(text, number ?? '', generation ?? '').flatMap((place) => {
        const found = new RegExp(String.raw`^\s*${token}`).exec(text.slice(place.from, place.until));
        const inside = found?.[1];
        if (!found || inside === undefined) return [];
        const start = place.from + found[0].length - inside.length;
        return [{ name, value: inside, from: start + 1, until: start + inside.length - 1 }];
      });
    },
  );
}

/** What the document information dictionaries hold that the file's trailers name. */
function informationIn(text: string): readonly Entry[] {
  const named = [...text.matchAll(/\/Info\s+(\d+)\s+(\d+)\s+R/g)].map(([, number = '', generation = '']) => [number, generation] as const);
  return named.flatMap(([number, generation]) =>
    objects(text, number, generation).flatMap(({ from, until }) => entriesIn(text, from, until)),
  );
}
const packet = /<\?xpacket begin[\s\S]*?<\?xpacket end[^>]*\?>|<x:xmpmeta[\s\S]*?<\/x:xmpmeta>/g;

export const isPdf = (bytes: Uint8Array): boolean => latin(bytes.subarray(0, 5)) === '%PDF-';

/** Looks a PDF over. Streams larger than the limit are left packed: they are pictures. */
export async function pdfMarks(bytes: Uint8Array): Promise<PdfMarks> {
  const outer = latin(bytes);
  const { texts, cut } = await unpacked(bytes, outer);
  const text = outer.replace(/stream\r?\n[\s\S]*?endstream/g, ' ') + texts.join('\n');
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const others = entriesIn(text, 0, text.length).filter(({ name }) => !ofAnyObject.includes(name));
  const found = [...informationIn(outer), ...others].flatMap(({ name, value }) => {
    const read = stringOf(value);
    return read.trim() === '' ? [] : [[name, read] as const];
  });
  return {
    properties: Object.fromEntries(found),
    xmp: (text + outer).match(packet)?.some((each) => /<rdf:(li|Description)/.test(each)) ?? false,
    notes: count(/\/Subtype\s*\/(Text|FreeText|Stamp|Popup|Highlight|Ink|FileAttachment|Widget)\b/g),
    attachments: count(/\/Type\s*\/(EmbeddedFile|Filespec)\b/g),
    bookmarks: /\/Outlines\s+\d+\s+\d+\s+R/.test(text) && /\/First\s+\d+/.test(text),
    pictures: count(/\/Subtype\s*\/Image\b/g),
    fonts: [...new Set([...text.matchAll(/\/BaseFont\s*\/([^\s/<>[\]()]+)/g)].map(([, name = '']) => fontName(name)))],
    pages: count(/\/Type\s*\/Page\b(?!s)/g),
    locked: /\/Encrypt\s+\d+\s+\d+\s+R/.test(text),
    cut,
    text: [
      text,
      utf8Text(text),
      ...[...text.matchAll(/\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f]{4,}>/g)].map(([each]) => stringOf(each)),
    ].join('\n'),
  };
}

/** ABCDEF+SimSun → SimSun; #xx are bytes of a name. */
const fontName = (name: string): string =>
  utf8Text(name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))).replace(
    /^[A-Z]{6}\+/,
    '',
  );

const utf8Text = (binary: string): string => new TextDecoder().decode(Uint8Array.from(binary, (each) => each.charCodeAt(0) & 255));

/** A string of PDF as text: UTF-16 where it says so, else UTF-8 or the bytes as they are. */
function stringOf(token: string): string {
  const bytes = token.startsWith('<')
    ? Uint8Array.from(token.replace(/[<>\s]/g, '').match(/../g) ?? [], (hex) => Number.parseInt(hex, 16))
    : Uint8Array.from(unescaped(token.slice(1, -1)), (each) => each.charCodeAt(0) & 255);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  return new TextDecoder().decode(bytes);
}
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, each: string) =>
    /^[0-7]/.test(each) ? String.fromCharCode(Number.parseInt(each, 8)) : (controls[each] ?? each),
  );
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' };

const mostStream = 8_000_000;
/** In all: a few kilobytes can unpack to gigabytes. */
const mostUnpacked = 64_000_000;

/** The streams of a PDF that are packed the usual way, as bytes in text; what cannot be unpacked is left out. */
async function unpacked(bytes: Uint8Array, outer: string): Promise<{ readonly texts: readonly string[]; readonly cut: boolean }> {
  const texts: string[] = [];
  let left = mostUnpacked;
  for (const { index, 0: head } of outer.matchAll(/\/FlateDecode\b[\s\S]{0,400}?stream\r?\n/g)) {
    const from = index + head.length;
    const until = outer.indexOf('endstream', from);
    if (until < 0 || until - from > mostStream) continue;
    const content = await inflated(bytes.subarray(from, until), left).catch(() => null);
    if (content === null) continue;
    left -= content.length;
    if (left < 0) return { texts, cut: true };
    texts.push(latin(content));
  }
  return { texts, cut: false };
}

/** Stops at the first piece beyond `most`: what comes back is then longer than that. */
async function inflated(packed: Uint8Array, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const unpacking = new DecompressionStream('deflate');
  const writer = unpacking.writable.getWriter();
  // line ends behind the data are no part of it: what was unpacked before counts
  void writer
    .write(new Uint8Array(packed))
    .then(() => writer.close())
    .catch(() => undefined);
  const reader = unpacking.readable.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      size += next.value.length;
      if (size <= most) continue;
      void reader.cancel().catch(() => undefined);
      break;
    }
  } catch (error) {
    if (pieces.length === 0) throw error;
  }
  return concat(...pieces);
}

/**
 * The same file with its properties and XMP blanked in their places: no other byte changes and none moves, so that pages stay exactly as they were. What lies
 * in packed objects is left; `pdfMarks` of the result says what remains.
 */
export function withoutMarks(bytes: Uint8Array): Uint8Array {
  const cleaned = new Uint8Array(bytes);
  const text = latin(bytes);
  const blank = (from: number, until: number): void => {
    cleaned.fill(0x20, from, until);
  };
  // blanks may stand inside <…> as well
  for (const { from, until } of informationIn(text)) blank(from, until);
  for (const { index, 0: whole } of text.matchAll(packet)) blank(index, index + whole.length);
  return cleaned;
}
