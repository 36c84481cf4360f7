import type { BlindRules } from '../tenders/blind.ts';
import type { FileMarks, Mark } from './file-marks.ts';
import { PdfFile } from './pdf-file.ts';
import { fontName, textOf, utf8Text } from './pdf-fonts.ts';
import {
  isDict,
  isList,
  isRef,
  isText,
  latin,
  nameOf,
  newEffort,
  type PdfDict,
  type PdfObject,
  type PdfText,
  type PdfValue,
  scanObjects,
} from './pdf-objects.ts';
import { readText } from './pdf-text.ts';
import { pictureMarks } from './picture-marks.ts';

/**
 * What a PDF says of whoever made it: what stands on its pages, in whatever typefaces, and outside them in properties, XMP, notes, attachments, bookmarks and
 * pictures. It finds what programs usually leave, and never says that a file is free of marks. Runs in browsers and in Node alike.
 */
export async function pdfMarks(bytes: Uint8Array, rules: BlindRules): Promise<FileMarks> {
  const file = await PdfFile.open(bytes, newEffort());
  const mark = (kind: Mark['kind'], found: string | number = ''): Mark => ({ kind, place: 'file', found: String(found) });
  if (file.trailers.some((each) => each.has('Encrypt'))) return { texts: [], marks: [mark('locked')] };
  const { pages, unread, count } = await readText(file);
  const outside = stringsOutside(file);
  const xmp = await metadataOf(file);
  const seen = countsIn(file);
  const strange = rules.fonts.length === 0 ? [] : seen.fonts.filter((font) => !rules.fonts.some((allowed) => isFont(font, allowed)));
  const properties = propertiesOf(file).map(([key, value]) => `${key}: ${value}`);
  return {
    texts: [
      ...pages.map(({ page, text }) => ({ place: page === 0 ? ('file' as const) : page, text })),
      { place: 'file', text: [...outside, ...xmp, ...seen.inPictures].join('\n') },
    ],
    marks: [
      ...(properties.length > 0 ? [mark('properties', properties.join('；'))] : []),
      ...(xmp.some((each) => /<rdf:(li|Description)/.test(each)) ? [mark('metadata', 'XMP')] : []),
      ...(seen.inPictures.length > 0 ? [mark('metadata', 'EXIF')] : []),
      ...(seen.notes > 0 ? [mark('notes', seen.notes)] : []),
      ...(seen.attachments > 0 ? [mark('attachments')] : []),
      ...(seen.bookmarks ? [mark('bookmarks')] : []),
      ...(seen.pictures > 0 && rules.pictures === 'none' ? [mark('pictures', seen.pictures)] : []),
      ...(rules.pages !== null && count > rules.pages ? [mark('pages', `${count} > ${rules.pages}`)] : []),
      ...(strange.length > 0 ? [mark('fonts', strange.join('、'))] : []),
      ...(unread.length > 0 ? [mark('unread', unread.join('、'))] : []),
      ...(file.effort.cut ? [mark('cut')] : []),
    ],
  };
}

export const isPdf = (bytes: Uint8Array): boolean => latin(bytes.subarray(0, 5)) === '%PDF-';

/** Names under which the usual Chinese typefaces stand in files. */
const otherNames: Readonly<Record<string, RegExp>> = {
  宋体: /^(n?simsun|stsong|songti|source ?han ?serif|noto ?serif)/i,
  仿宋: /^(fangsong|stfangsong|仿宋)/i,
  黑体: /^(simhei|stheiti|heiti|source ?han ?sans|noto ?sans)/i,
  楷体: /^(kaiti|simkai|stkaiti)/i,
};
const isFont = (font: string, allowed: string): boolean => font.startsWith(allowed) || (otherNames[allowed]?.test(font) ?? false);

/** Properties that no person and no program fills in with words. */
const plain = ['CreationDate', 'ModDate', 'Trapped'];
/** Of other objects only these are properties: bookmarks and notes have titles and subjects of their own. */
const anywhere = ['Author', 'Creator', 'Producer', 'Company', 'Manager', 'SourceModified', 'Keywords'];

type Held = Pick<PdfFile, 'objects' | 'trailers'>;

/** The objects that the file's trailers name as its information, earlier versions too. */
function informationIn({ objects, trailers }: Held): readonly PdfObject[] {
  const named = new Set(trailers.map((each) => each.get('Info')).flatMap((each) => (isRef(each) ? [each.ref] : [])));
  return objects.filter(({ number }) => named.has(number));
}

/** The strings of a dictionary, each with what holds it: itself, or an object of its own. */
function stringsOf({ objects }: Pick<Held, 'objects'>, { value, packed }: PdfObject): { key: string; text: PdfText; packed: boolean }[] {
  if (!isDict(value)) return [];
  return [...value].flatMap(([key, each]) => {
    if (isText(each)) return [{ key, text: each, packed }];
    if (!isRef(each)) return [];
    return objects.flatMap((object) =>
      object.number === each.ref && isText(object.value) ? [{ key, text: object.value, packed: object.packed }] : [],
    );
  });
}

function propertiesOf(file: PdfFile): readonly (readonly [string, string])[] {
  const information = new Set(informationIn(file));
  const found = file.objects.flatMap((object) => {
    const inside = information.has(object);
    if (!inside && !(isDict(object.value) && anywhere.some((key) => (object.value as PdfDict).has(key)))) return [];
    return stringsOf(file, object).flatMap(({ key, text }) => {
      const said = textOf(text).trim();
      const counts = inside ? !plain.includes(key) : anywhere.includes(key);
      return counts && said !== '' ? [[key, said.slice(0, 200)] as const] : [];
    });
  });
  return [...new Map(found)].slice(0, 30);
}

/** Every string that stands outside the pages: properties, bookmarks, notes, answers of forms. */
function stringsOutside({ objects, effort }: PdfFile): readonly string[] {
  const said: string[] = [];
  const visit = (value: PdfValue): void => {
    effort.reading -= 1;
    if (isText(value)) said.push(textOf(value));
    else if (isList(value)) value.forEach(visit);
    else if (isDict(value)) value.forEach(visit);
  };
  for (const { value } of objects) if (!isDict(value) || nameOf(value.get('Type')) !== 'XRef') visit(value);
  return said;
}

/** XMP, in streams and wherever else its packets stand. */
async function metadataOf(file: PdfFile): Promise<readonly string[]> {
  const outer = latin(file.bytes);
  const packets = packetsIn(outer).map(({ from, until }) => utf8Text(outer.slice(from, until)));
  for (const object of file.objects) {
    if (!object.stream || !isDict(object.value) || nameOf(object.value.get('Type')) !== 'Metadata' || !object.value.has('Filter')) continue;
    const content = await file.content(object);
    if (content) packets.push(new TextDecoder().decode(content));
  }
  return packets;
}

/** Where packets of XMP stand. */
function packetsIn(text: string): readonly { readonly from: number; readonly until: number }[] {
  const spans: { from: number; until: number }[] = [];
  for (const [begin, end] of [
    ['<?xpacket begin', '<?xpacket end'],
    ['<x:xmpmeta', '</x:xmpmeta'],
  ] as const)
    for (let from = text.indexOf(begin); from >= 0; ) {
      const last = text.indexOf(end, from);
      const close = last < 0 ? -1 : text.indexOf('>', last);
      if (close < 0) break;
      if (!spans.some((each) => each.from <= from && close < each.until)) spans.push({ from, until: close + 1 });
      from = text.indexOf(begin, close);
    }
  return spans;
}

const notes = ['Text', 'FreeText', 'Stamp', 'Popup', 'Highlight', 'Ink', 'FileAttachment', 'Widget'];

function countsIn(file: PdfFile) {
  const fonts = new Set<string>();
  const inPictures: string[] = [];
  let [notesSeen, attachments, pictures, bookmarks] = [0, 0, 0, false];
  for (const { value, stream } of file.objects) {
    if (!isDict(value)) continue;
    const [type, kind] = [nameOf(value.get('Type')), nameOf(value.get('Subtype'))];
    if (notes.includes(kind)) notesSeen += 1;
    if (type === 'EmbeddedFile' || type === 'Filespec') attachments += 1;
    if (value.has('BaseFont')) fonts.add(fontName(value));
    if (type === 'Outlines' || value.has('Outlines'))
      bookmarks ||= file.dict(value.get('Outlines') ?? null)?.has('First') ?? value.has('First');
    if (kind !== 'Image') continue;
    pictures += 1;
    if (stream && nameOf(value.get('Filter')) === 'DCTDecode')
      inPictures.push(...pictureMarks(file.bytes.subarray(stream.from, stream.until)).texts.map(({ text }) => text));
  }
  return { fonts: [...fonts].filter((each) => each !== ''), inPictures, notes: notesSeen, attachments, pictures, bookmarks };
}

/**
 * The same file with its properties and XMP blanked in their places: no other byte changes and none moves, so that pages stay exactly as they were. What lies
 * in packed objects is left; `pdfMarks` of the result says what remains.
 */
export function pdfWithoutMarks(bytes: Uint8Array): Uint8Array {
  const cleaned = new Uint8Array(bytes);
  const scanned = scanObjects(bytes, newEffort());
  // blanks may stand inside <…> as well
  for (const object of informationIn(scanned))
    for (const { key, text, packed } of stringsOf(scanned, object))
      if (!packed && !plain.includes(key)) cleaned.fill(0x20, text.from, text.until);
  for (const { from, until } of packetsIn(latin(bytes))) cleaned.fill(0x20, from, until);
  return cleaned;
}
