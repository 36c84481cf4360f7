import type { PdfFile } from './pdf-file.ts';
import { isList, isText, isWord, nameOf, type PdfDict, PdfReader, type PdfText, type PdfValue } from './pdf-objects.ts';

/** How the bytes that a page shows in a typeface become text; null where the file does not say which characters they are. */
export interface PdfFont {
  /** without the tag of a subset */
  readonly name: string;
  readonly read: ((bytes: string) => string) | null;
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at) & 255;
  return bytes;
}
export const utf8Text = (binary: string): string => new TextDecoder().decode(bytesOf(binary));
const utf16 = (binary: string): string => new TextDecoder('utf-16be').decode(bytesOf(binary));

/** A string outside the pages as text: UTF-16 where it says so, else UTF-8 or the bytes as they are. */
export const textOf = ({ text }: PdfText): string => (text.startsWith('\xfe\xff') ? utf16(text.slice(2)) : utf8Text(text));

/** ABCDEF+SimSun → SimSun. */
export const fontName = (font: PdfDict): string => utf8Text(nameOf(font.get('BaseFont'))).replace(/^[A-Z]{6}\+/, '');

export async function readFont(file: PdfFile, font: PdfDict): Promise<PdfFont> {
  const name = fontName(font);
  const told = file.object(font.get('ToUnicode'));
  const content = told && (await file.content(told));
  const composite = nameOf(font.get('Subtype')) === 'Type0';
  const map = content ? readCodes(new PdfReader(content, file.effort)) : null;
  if (map && map.characters.size > 0) return { name, read: (bytes) => decoded(bytes, map, composite ? 2 : 1) };
  if (composite) return { name, read: byName(nameOf(font.get('Encoding'))) };
  return { name, read: simple(file, font) };
}

/** Encodings whose name says which characters the codes are. */
function byName(encoding: string): PdfFont['read'] {
  if (/^Uni\w+-(UCS2|UTF16)/.test(encoding)) return utf16;
  if (!/^GB/.test(encoding)) return null;
  return (bytes) => new TextDecoder('gb18030').decode(bytesOf(bytes));
}

/** Where it numbers its glyphs as it likes, the names that it gives them must tell. */
function simple(file: PdfFile, font: PdfDict): PdfFont['read'] {
  const encoding = file.value(font.get('Encoding'));
  const named = file.dict(encoding);
  const base = nameOf(encoding) || nameOf(named?.get('BaseEncoding'));
  const latin = new TextDecoder(base === 'MacRomanEncoding' ? 'macintosh' : 'windows-1252');
  const differences = new Map<string, string | null>();
  let code = 0;
  for (const each of file.list(named?.get('Differences'))) {
    if (typeof each === 'number') code = each;
    else differences.set(String.fromCharCode(code++ & 255), glyphText(nameOf(each)));
  }
  const values = [...differences.values()];
  if (values.length > 0 && values.every((each) => each === null)) return null;
  return (bytes) =>
    [...bytes].map((each) => (differences.has(each) ? (differences.get(each) ?? '') : latin.decode(bytesOf(each)))).join('');
}

const glyphs: Readonly<Record<string, string>> = Object.fromEntries(
  'space  |exclam !|quotedbl "|numbersign #|dollar $|percent %|ampersand &|quotesingle \'|parenleft (|parenright )|asterisk *|plus +|comma ,|hyphen -|period .|slash /|zero 0|one 1|two 2|three 3|four 4|five 5|six 6|seven 7|eight 8|nine 9|colon :|semicolon ;|less <|equal =|greater >|question ?|at @|underscore _'
    .split('|')
    .map((each) => [each.slice(0, -2), each.slice(-1)]),
);
function glyphText(name: string): string | null {
  if (/^[A-Za-z]$/.test(name)) return name;
  const unicode = /^uni([0-9A-F]{4})$/.exec(name)?.[1];
  return unicode ? String.fromCharCode(Number.parseInt(unicode, 16)) : (glyphs[name] ?? null);
}

/** Which characters the codes of a font mean (ToUnicode, 9.10.3). */
interface Codes {
  /** lengths of codes in bytes, shortest first */
  readonly lengths: readonly number[];
  readonly characters: ReadonlyMap<string, string>;
}

const mostCharacters = 200_000;

function readCodes(reader: PdfReader): Codes {
  const lengths = new Set<number>();
  const characters = new Map<string, string>();
  let before: PdfValue[] = [];
  const strings = (values: readonly PdfValue[]): string[] => values.filter(isText).map(({ text }) => text);
  for (let value = reader.next(); value !== undefined; value = reader.next()) {
    if (!isWord(value)) {
      before.push(value);
      continue;
    }
    if (value.word === 'endcodespacerange') for (const each of strings(before)) lengths.add(each.length);
    if (value.word === 'endbfchar') {
      const pairs = strings(before);
      for (let at = 0; at + 1 < pairs.length && characters.size < mostCharacters; at += 2)
        characters.set(pairs[at] ?? '', utf16(pairs[at + 1] ?? ''));
    }
    if (value.word === 'endbfrange') for (let at = 0; at + 2 < before.length; at += 3) takeRange(characters, before.slice(at, at + 3));
    before = [];
  }
  return { lengths: [...lengths].sort((a, b) => a - b), characters };
}

function takeRange(characters: Map<string, string>, [low, high, to]: readonly PdfValue[]): void {
  if (!isText(low) || !isText(high)) return;
  const [from, until] = [numberOf(low.text), numberOf(high.text)];
  for (let each = from; each <= until && each - from < 65_536 && characters.size < mostCharacters; each += 1) {
    const key = coded(each, low.text.length);
    const one = isList(to) ? to[each - from] : to;
    if (!isText(one)) return;
    characters.set(
      key,
      utf16(isList(to) ? one.text : coded(numberOf(one.text.slice(-2)) + each - from, Math.min(2, one.text.length), one.text)),
    );
  }
}

const numberOf = (bytes: string): number => [...bytes].reduce((sum, each) => sum * 256 + each.charCodeAt(0), 0);
/** A number in so many bytes, at the end of what stands before. */
const coded = (value: number, length: number, before = ''): string =>
  before.slice(0, Math.max(0, before.length - length)) +
  Array.from({ length }, (_, at) => String.fromCharCode(Math.floor(value / 256 ** (length - 1 - at)) & 255)).join('');

function decoded(bytes: string, { lengths, characters }: Codes, usual: number): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length =
      (lengths.length > 0 ? lengths : [usual]).find((each) => characters.has(bytes.slice(at, at + each))) ?? lengths[0] ?? usual;
    text += characters.get(bytes.slice(at, at + length)) ?? '';
    at += Math.max(1, length);
  }
  return text;
}
