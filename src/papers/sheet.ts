import PDFDocument from 'pdfkit';
import type { Instant } from '../kernel/clock.ts';
import { dateOf } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { inTheWordsOf, type Vocabulary } from '../tenders/vocabulary.ts';
import type { Fonts } from './fingerprint.ts';
import { breakLines, type Line, type Style, setText, type Text, type Typeface, type Weight, writable } from './letters.ts';
import { openTypeface } from './typeface.ts';
import { inNumerals } from './wording.ts';

/** Points. A4 with the margins of an official paper, a little narrower so that tables breathe. */
export const page = { width: 595.28, height: 841.89, left: 56, right: 56, top: 70, bottom: 62 } as const;
export const measure = page.width - page.left - page.right;

const headingHeight = 22;
/** side of the free corner beside the title, for the verify code */
export const corner = 62;

export const ink = {
  text: '#1d1a16',
  quiet: '#6a635a',
  rule: '#b9b1a5',
  red: '#b3261e',
  shade: '#f6f2ea',
  sand: '#d9912b',
} as const;

export const body: Style = { size: 10.5, colour: ink.text, second: ink.quiet, leading: 1.62, indent: 2 };
export const plain: Style = { size: 10.5, colour: ink.text, second: ink.quiet, leading: 1.5 };
export const small: Style = { size: 9, colour: ink.text, second: ink.quiet, leading: 1.42 };

/** What stands on every page of a paper, whatever its kind. */
export interface Frame {
  readonly platform: Words;
  readonly title: Words;
  /** the words of the trade; null: those the papers are written in */
  readonly vocabulary?: Vocabulary | null;
  /** document number (文号), as the issuer gave it */
  readonly number: string;
  readonly sandbox: boolean;
  /** the moment the paper speaks of: it becomes the file's date; the paper knows no other clock */
  readonly issuedAt: Instant;
  /** base64url SHA-256 of the JCS of the data */
  readonly dataHash: string;
  /** `kind/version` */
  readonly template: string;
  /** JCS of the data, attached to the file so that anyone can render it again */
  readonly source: Uint8Array;
}

/** One line as it was drawn, for checks: nothing may pass `right`. */
export interface Drawn {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly right: number;
}

/** What became of the data: pages, lines, table rows, characters without a glyph. */
export interface DrawingLog {
  pages: number;
  /** the seal or the closing note stands on a page on which nothing else does */
  lonelySeal: boolean;
  headings: number;
  readonly lines: Drawn[];
  readonly rows: { readonly page: number; readonly table: number; readonly row: number }[];
  readonly missing: Set<string>;
}

export interface LineOptions {
  readonly align?: 'left' | 'center' | 'right';
  /** stretch lines to the full measure where the line allows it */
  readonly justify?: boolean;
}

/** info strings end up in XML that pdfkit does not escape */
const forInfo = (text: string): string => text.replace(/[<>&\p{C}]/gu, ' ');

/** A drawing sheet: a cursor that runs down A4 pages. Its bytes depend on what is drawn and on nothing else. */
export class Sheet {
  readonly frame: Frame;
  readonly log: DrawingLog = { pages: 0, lonelySeal: false, headings: 0, lines: [], rows: [], missing: new Set() };
  readonly typeface: Typeface;
  /** where the next block begins, in points from the top of the page */
  y: number = page.top;
  private readonly doc: PDFKit.PDFDocument;
  private readonly fonts: Fonts;
  private readonly density: number;
  private readonly turnAt: number | null;
  private waiting: Words | null = null;
  private captioned: readonly Line[] = [];
  private drawnHeadings = 0;
  private tables = 0;

  /**
   * A seal must not stand on a page alone (GB/T 9704): `density` below 1 draws lines closer together, so that it finds room; `turnAt` begins a
   * new page with the heading of that number, so that it finds company.
   */
  constructor(frame: Frame, fonts: Fonts, { density = 1, turnAt = null }: { density?: number; turnAt?: number | null } = {}) {
    this.frame = frame;
    this.fonts = fonts;
    this.density = density;
    this.turnAt = turnAt;
    const at = dateOf(frame.issuedAt);
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      autoFirstPage: false,
      // deflate differs between zlib builds; stored streams are the same bytes everywhere
      compress: false,
      pdfVersion: '1.7',
      subset: 'PDF/A-3b',
      lang: 'zh-CN',
      displayTitle: true,
      // null keeps pdfkit from adding Helvetica; its types know only names
      font: null as unknown as string,
      info: {
        Title: forInfo(`${frame.title.zh} ${frame.title.en} ${frame.number}`),
        Author: forInfo(frame.platform.zh),
        Subject: `data sha-256 ${frame.dataHash}`,
        Keywords: `data:${frame.dataHash} template:${frame.template} fonts:${fonts.hash}`,
        Creator: `yangguang ${frame.template}`,
        Producer: 'pdfkit 0.20.2',
        CreationDate: at,
        ModDate: at,
      },
    });
    this.typeface = openTypeface(this.doc, fonts);
    this.addPage();
  }

  // --- the flow -----------------------------------------------------------------------------------------------

  /** Height left on this page. */
  get room(): number {
    return page.height - page.bottom - this.y;
  }

  /** Height of an empty page. */
  get whole(): number {
    return page.height - page.bottom - page.top;
  }

  /** Makes sure the next `height` points stand on one page, together with the heading that waits for them. */
  need(height: number): void {
    const waiting = (this.waiting === null ? 0 : headingHeight + 8) + this.captioned.reduce((sum, line) => sum + line.leading, 0);
    if (this.room < height + waiting && this.y > page.top) this.addPage();
    if (this.waiting !== null) this.drawHeading(this.waiting);
    this.stack(this.captioned, page.left, this.y, measure);
    this.y += this.captioned.reduce((sum, line) => sum + line.leading, 0);
    this.captioned = [];
  }

  /** Begins a new page. */
  turn(): void {
    this.addPage();
  }

  skip(height: number): void {
    this.y += Math.min(height * this.density, this.room);
  }

  /** The paper's head: centred title and lot, number below; the corner on the right is left to the verify code. */
  head(subtitle: string): void {
    const { title, number } = this.frame;
    const width = measure - 2 * corner;
    const quiet: Style = { size: 9, colour: ink.quiet, second: ink.quiet, leading: 1.7 };
    const lines = [
      ...this.set(title.zh, { ...quiet, size: 21, weight: 'bold', colour: ink.text, leading: 1.4 }, width),
      ...this.set(title.en, { ...quiet, size: 10.5, leading: 1.9 }, width),
      ...this.balanced(subtitle, { ...quiet, size: 12.5, weight: 'bold', colour: ink.text, leading: 1.5 }, width),
      ...this.set(`编号 No. ${number}`, quiet, width),
    ];
    this.stack(lines, page.left + corner, this.y, width, { align: 'center' });
    this.y = Math.max(this.y + lines.reduce((sum, line) => sum + line.leading, 0), page.top + corner + 12) + 8;
  }

  /** As few lines as the width allows, and those of about the same length. */
  private balanced(text: string, style: Style, width: number): Line[] {
    let lines = this.set(text, style, width);
    for (let narrower = width - 8; narrower > width / 3; narrower -= 8) {
      const next = this.set(text, style, narrower);
      if (next.length > lines.length) break;
      lines = next;
    }
    return lines;
  }

  /** A numbered heading (一、二、…), Chinese first, English beside it. It waits for the block it heads and is drawn with its first lines. */
  heading(words: Words): void {
    this.log.headings += 1;
    if (this.log.headings === this.turnAt && this.y > page.top) this.addPage();
    this.waiting = words;
  }

  /** A quiet line over the table that follows, on the same page as its first row. */
  caption(words: Words): void {
    this.captioned = this.set(words, { ...small, size: 8.5, colour: ink.quiet, leading: 1.7 });
  }

  /** A paragraph: Chinese with two characters of indent, English below it. */
  paragraph(text: Text, style: Style = body): void {
    this.lines(this.set(text, style), { justify: true });
    this.skip(5);
  }

  /** A quiet remark. */
  remark(text: Text): void {
    this.lines(this.set(text, { ...small, size: 8.5, colour: ink.quiet }), {});
    this.skip(3);
  }

  /** Lines down the page at full measure, over as many pages as they need. */
  lines(lines: readonly Line[], options: LineOptions): void {
    this.need(lines.slice(0, 2).reduce((sum, line) => sum + line.leading, 0));
    for (const line of lines) {
      this.need(line.leading);
      this.line(line, page.left, this.y, measure, options);
      this.y += line.leading;
    }
  }

  // --- drawing at a place -------------------------------------------------------------------------------------

  /** Breaks a text for a measure; characters without a glyph are written out and remembered. (The typeface sets ’ as wide as a Chinese character.) */
  set(text: Text, style: Style, width: number = measure): Line[] {
    const clean: Text = typeof text === 'string' ? this.clean(text) : this.inTrade(text);
    return setText(clean, { ...style, leading: (style.leading ?? 1.45) * this.density }, width, this.typeface);
  }

  /** A text of the paper in the words of its trade; what people wrote comes as plain strings and is set as it is. */
  private inTrade(text: Words): Words {
    const { zh, en } = inTheWordsOf(this.frame.vocabulary, text);
    return { zh: this.clean(zh), en: this.clean(en.replaceAll('’', "'")) };
  }

  /** One line inside a box that begins at `x` and is `width` wide. */
  line(line: Line, x: number, y: number, width: number, options: LineOptions = {}, at = this.log.pages): void {
    const natural = this.widthOf(line.text, line.size, line.weight);
    const slack = width - line.indent - natural;
    const from = x + line.indent + (options.align === 'right' ? slack : options.align === 'center' ? slack / 2 : 0);
    const gaps = [...line.text].length - 1;
    const stretched = options.justify && line.stretch && gaps > 0 && slack > 0 && slack < line.size * 4;
    this.put(
      line.text,
      from,
      y + (line.leading - line.size * 1.448) / 2,
      line.size,
      line.weight,
      line.colour,
      x + width,
      stretched ? slack / gaps : 0,
      at,
    );
  }

  /** Lines stacked inside a box; no page is turned. */
  stack(lines: readonly Line[], x: number, y: number, width: number, options: LineOptions = {}): void {
    let at = y;
    for (const line of lines) {
      this.line(line, x, at, width, options);
      at += line.leading;
    }
  }

  rectangle(x: number, y: number, width: number, height: number, fill: string | null, stroke: string | null, thickness = 0.5): void {
    if (fill !== null) this.doc.rect(x, y, width, height).fill(fill);
    if (stroke !== null) this.doc.lineWidth(thickness).rect(x, y, width, height).stroke(stroke);
  }

  rule(x: number, y: number, width: number, colour: string, thickness: number): void {
    this.doc.rect(x, y, width, thickness).fill(colour);
  }

  circle(x: number, y: number, radius: number, colour: string): void {
    this.doc.lineWidth(1.4).dash(3, { space: 2 }).circle(x, y, radius).stroke(colour).undash();
  }

  /** Filled squares of a module matrix (QR code), runs of a row joined: vectors, sharp at any size. */
  modules(isDark: (row: number, column: number) => boolean, count: number, x: number, y: number, side: number): void {
    const step = side / count;
    for (let row = 0; row < count; row += 1) {
      for (let column = 0; column < count; column += 1) {
        let run = 0;
        while (column + run < count && isDark(row, column + run)) run += 1;
        if (run > 0) this.doc.rect(x + column * step, y + row * step, run * step, step);
        column += run;
      }
    }
    this.doc.fill(ink.text);
  }

  /** Called once for each table row that reached the paper. */
  drewRow(table: number, row: number): void {
    this.log.rows.push({ page: this.log.pages, table, row });
  }

  nextTable(): number {
    this.tables += 1;
    return this.tables;
  }

  widthOf(text: string, size: number, weight: Weight): number {
    return (this.typeface.width(text, weight) * size) / 1000;
  }

  // --- the end ------------------------------------------------------------------------------------------------

  /** Writes the foot of every page and closes the file. */
  async finish(): Promise<Uint8Array> {
    for (let index = 0; index < this.log.pages; index += 1) {
      this.doc.switchToPage(index);
      this.foot(index + 1);
    }
    // the relationship is PDF/A-3's word for "this is where the pages come from"; pdfkit's types do not know it yet
    const attachment: PDFKit.Mixins.PDFAttachmentOptions & { relationship: string } = {
      name: 'data.json',
      type: 'application/json',
      description: 'JCS of the data this paper was rendered from',
      relationship: 'Source',
      creationDate: dateOf(this.frame.issuedAt),
      modifiedDate: dateOf(this.frame.issuedAt),
    };
    this.doc.file(Buffer.from(this.frame.source), attachment);
    const chunks: Uint8Array[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      this.doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      this.doc.on('end', resolve);
      this.doc.on('error', reject);
    });
    this.doc.end();
    await ended;
    return new Uint8Array(Buffer.concat(chunks));
  }

  private addPage(): void {
    this.doc.addPage();
    this.log.pages += 1;
    this.y = page.top;
    if (this.frame.sandbox) this.sandboxMark();
    const top = this.frame.sandbox ? 34 : 30;
    const { platform, title, number } = this.frame;
    const first = this.log.pages === 1;
    const [left] = this.set(
      first ? `${platform.zh}  ${platform.en}` : platform.zh,
      { size: 8.5, colour: ink.red, second: ink.quiet, leading: 1.4 },
      measure * (first ? 0.6 : 0.35),
    );
    const right = first ? '公共资源交易文书' : `${title.zh} · ${number}`;
    const [other] = this.set(right, { size: 8, colour: ink.quiet, second: ink.quiet, leading: 1.5 }, measure * (first ? 0.38 : 0.63));
    if (left) this.line(left, page.left, top, measure);
    if (other) this.line(other, page.left, top, measure, { align: 'right' });
    this.rule(page.left, top + 16, measure, ink.red, this.log.pages === 1 ? 2 : 0.8);
    if (this.log.pages === 1) this.rule(page.left, top + 19.6, measure, ink.red, 0.6);
  }

  private drawHeading(words: Words): void {
    this.waiting = null;
    if (this.y > page.top && this.drawnHeadings > 0) this.skip(8);
    this.drawnHeadings += 1;
    const said = this.inTrade(words);
    const zh = this.clean(`${inNumerals(this.drawnHeadings)}、${said.zh}`);
    const width = this.widthOf(zh, 12, 'bold');
    this.put(zh, page.left, this.y, 12, 'bold', ink.text, page.left + measure);
    const [english] = breakLines(said.en, 9, 'regular', measure - width - 8, this.typeface);
    this.put(english?.text ?? '', page.left + width + 8, this.y + 3.4, 9, 'regular', ink.quiet, page.left + measure);
    this.y += headingHeight;
  }

  private sandboxMark(): void {
    const { doc } = this;
    doc.save();
    doc.rect(0, 0, page.width, 16).clip();
    doc.rect(0, 0, page.width, 16).fill('#fdf3e0');
    for (let x = -20; x < page.width; x += 14) doc.polygon([x, 16], [x + 7, 16], [x + 19, 0], [x + 12, 0]).fill('#f6dfb3');
    doc.restore();
    const ribbon = '演示环境 · sandbox — 仅供演示，不具法律效力 · for demonstration only, without legal effect';
    const [line] = this.set(ribbon, { size: 7.5, weight: 'bold', colour: '#7a4a06', second: ink.quiet, leading: 1.5 });
    if (line) this.line(line, page.left, 2.4, measure, { align: 'center' });
    doc.save();
    doc.rotate(-32, { origin: [page.width / 2, page.height / 2] }).fillOpacity(0.09);
    const mark = '演示环境 · sandbox';
    const width = this.widthOf(mark, 62, 'bold');
    doc.font('bold').fontSize(62).fillColor(ink.sand);
    doc.text(mark, (page.width - width) / 2, page.height / 2 - 45, { lineBreak: false });
    doc.restore();
    doc.fillOpacity(1);
  }

  private foot(number: number): void {
    const top = page.height - page.bottom + 14;
    const { dataHash, template } = this.frame;
    this.rule(page.left, top, measure, ink.rule, 0.5);
    const style: Style = { size: 7, colour: ink.quiet, second: ink.quiet, leading: 1.5 };
    const left = [
      `数据指纹 Data SHA-256  ${dataHash}`,
      `模板 Template ${template}  ·  字体 Fonts ${this.fonts.hash.slice(0, 16)}…  ·  时间均为北京时间 Times UTC+8  ·  以中文为准 The Chinese text prevails`,
    ];
    left.forEach((text, index) => {
      const [line] = this.set(text, style);
      if (line) this.line(line, page.left, top + 4 + index * 10.5, measure, {}, number);
    });
    const [pages] = this.set(`第 ${number} 页 共 ${this.log.pages} 页 · Page ${number} of ${this.log.pages}`, style);
    if (pages) this.line(pages, page.left, top + 4, measure, { align: 'right' }, number);
  }

  private clean(text: string): string {
    const result = writable(text, this.typeface);
    for (const each of result.missing) this.log.missing.add(each);
    return result.text;
  }

  private put(
    text: string,
    x: number,
    y: number,
    size: number,
    weight: Weight,
    colour: string,
    right: number,
    spacing = 0,
    at = this.log.pages,
  ): void {
    if (text === '') return;
    this.doc.font(weight).fontSize(size).fillColor(colour);
    this.doc.text(text, x, y, { lineBreak: false, ...(spacing === 0 ? {} : { characterSpacing: spacing }) });
    const width = this.widthOf(text, size, weight) + spacing * ([...text].length - 1);
    this.log.lines.push({ page: at, text, x, y, width, right });
  }
}
