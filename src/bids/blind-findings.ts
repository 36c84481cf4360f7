import type { Blind } from '../tenders/blind.ts';
import type { BidField } from '../tenders/line.ts';
import type { Bid } from './bid.ts';
import { type Finding, readPerson } from './findings.ts';
import { isPdf, pdfMarks } from './pdf-marks.ts';

/**
 * What in the files of a blind review may tell whose they are, as far as a program can see, before they are sealed. Doubts, and no refusals: only its bidder and
 * the panel can read what the pages say, and text in embedded typefaces, pictures and manners of writing are not looked at.
 */
export interface BlindChecked {
  readonly blind: Blind | undefined;
  readonly form: readonly BidField[];
  readonly files: readonly { readonly field: string; readonly name: string; readonly content: Blob }[];
  /** words that tell this bidder: its name, its code, its people */
  readonly own: readonly string[];
}

/** The words of a bid that tell whose it is: its name, with and without the legal form, its code, and the people it names. */
export function ownWords(
  { bidder, bidderName, figures }: Pick<Bid, 'bidder' | 'bidderName' | 'figures'>,
  form: readonly BidField[],
): readonly string[] {
  const people = form.filter(({ kind }) => kind === 'person').map(({ key }) => readPerson(figures[key] ?? '').name);
  const short = bidderName.replace(/(有限责任公司|股份有限公司|集团有限公司|有限公司|公司)$/, '');
  return [...new Set([bidderName, short, bidder, ...people])];
}

/** Larger files are not looked at: a page must stay alive. */
const mostBytes = 64_000_000;

export async function blindFindings({ blind, form, files, own }: BlindChecked): Promise<readonly Finding[]> {
  if (!blind) return [];
  const findings: Finding[] = [];
  for (const { field, name, content } of files) {
    const label = form.find((each) => each.key === field);
    if (!label || !blind.documents.includes(field)) continue;
    const say = (zh: string, en: string): void => {
      findings.push({ field, weight: 'doubt', says: { zh: `暗标“${name}”：${zh}`, en: `Blind file “${name}”: ${en}` } });
    };
    if (content.size > mostBytes) {
      say('文件过大，未检查。', 'too large, not checked.');
      continue;
    }
    const bytes = new Uint8Array(await content.arrayBuffer());
    if (!isPdf(bytes)) {
      say('不是 PDF，未检查。', 'no PDF, not checked.');
      continue;
    }
    tell(await pdfMarks(bytes), blind, telling(own, name), say);
  }
  return findings;
}

/** Short names would be found everywhere. */
const telling = (own: readonly string[], fileName: string) => ({
  own: own.map((each) => each.trim()).filter((each) => each.length >= 2),
  fileName,
});

function tell(
  marks: Awaited<ReturnType<typeof pdfMarks>>,
  { rules }: Blind,
  { own, fileName }: ReturnType<typeof telling>,
  say: (zh: string, en: string) => void,
): void {
  if (marks.locked) {
    say('文件已加密，不能检查，评标委员会也可能打不开。', 'it is encrypted: it cannot be checked, nor perhaps opened by the panel.');
    return;
  }
  if (marks.cut) say('解压后内容过多，只检查了一部分。', 'it unpacks to too much: only a part of it was checked.');
  const named = own.filter((each) => marks.text.includes(each) || fileName.includes(each));
  if (named.length > 0) say(`出现了“${named.join('”“')}”，会识别出投标人。`, `it names “${named.join('”, “')}”, which tells the bidder.`);
  const properties = Object.entries(marks.properties).map(([key, value]) => `${key}: ${value}`);
  if (properties.length > 0)
    say(`文件属性中有内容（${properties.join('；')}）。`, `its properties hold something (${properties.join('; ')}).`);
  if (marks.xmp) say('含有 XMP 元数据。', 'it holds XMP metadata.');
  if (marks.notes > 0) say(`有 ${marks.notes} 处批注、图章或表单。`, `${marks.notes} notes, stamps or form fields.`);
  if (marks.attachments > 0) say('带有附件。', 'it carries attachments.');
  if (marks.bookmarks) say('带有书签，请核对其文字。', 'it has bookmarks: check their words.');
  if (marks.pictures > 0 && rules.pictures === 'none')
    say(`有 ${marks.pictures} 幅图片，招标文件不允许。`, `${marks.pictures} pictures, which the documents do not allow.`);
  if (rules.pages !== null && marks.pages > rules.pages)
    say(`共 ${marks.pages} 页，多于规定的 ${rules.pages} 页。`, `${marks.pages} pages, more than the ${rules.pages} allowed.`);
  const strange = rules.fonts.length === 0 ? [] : marks.fonts.filter((font) => !rules.fonts.some((allowed) => isFont(font, allowed)));
  if (strange.length > 0) say(`使用了规定以外的字体：${strange.join('、')}。`, `other typefaces than allowed: ${strange.join(', ')}.`);
}

/** Names under which the usual Chinese typefaces stand in files. */
const otherNames: Readonly<Record<string, RegExp>> = {
  宋体: /^(n?simsun|stsong|songti|source ?han ?serif|noto ?serif)/i,
  仿宋: /^(fangsong|stfangsong|仿宋)/i,
  黑体: /^(simhei|stheiti|heiti|source ?han ?sans|noto ?sans)/i,
  楷体: /^(kaiti|simkai|stkaiti)/i,
};
const isFont = (font: string, allowed: string): boolean => font.startsWith(allowed) || (otherNames[allowed]?.test(font) ?? false);
