import type { Words } from '../kernel/words.ts';

/**
 * Typesetting without a page: which glyphs a text needs, how wide it is, where it breaks. Pure, so that the same data
 * always breaks into the same lines (pdfkit's own wrapper is fed single lines only).
 */

export type Weight = 'regular' | 'bold';

/** What a typeface can say about itself. Widths are in thousandths of the size. */
export interface Typeface {
  width(text: string, weight: Weight): number;
  has(codePoint: number): boolean;
}

/** One line of one size and weight, ready to be drawn. */
export interface Line {
  readonly text: string;
  readonly size: number;
  readonly weight: Weight;
  readonly colour: string;
  /** height the line takes, in points */
  readonly leading: number;
  /** may be stretched to the full measure (every line of a paragraph but its last) */
  readonly stretch: boolean;
  /** the line's own left indent, in points */
  readonly indent: number;
}

/** Text of a paper: one string where both languages share it (names, codes, figures), or both languages. */
export type Text = string | Words;

const visible = (codePoint: number): string => `〔U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}〕`;

/**
 * The text with every character the typeface lacks, and every invisible one, written out as 〔U+xxxxx〕. A name must never
 * silently turn into a box, and no control character may reorder what the reader sees.
 */
export function writable(text: string, typeface: Typeface): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  let written = '';
  for (const character of text.replaceAll('\r\n', '\n').replaceAll('\t', ' ')) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (character === '\n' || character === '\u00a0') written += character === '\n' ? '\n' : ' ';
    else if (!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character) && typeface.has(codePoint)) written += character;
    else {
      missing.push(visible(codePoint));
      written += visible(codePoint);
    }
  }
  return { text: written, missing };
}

// Line-breaking rules of Chinese typesetting (避头尾): these never begin, those never end a line.
const neverFirst = /^[，。、；：？！）》〉」』】〕］｝％…—·”’,.;:?!)\]}%‰℃]/u;
const neverLast = /[（《〈「『【〔［｛“‘([{￥¥№]$/u;
/** Letters and figures that stay together: a Latin word, an amount, a date, a code, a hash; an address may break after a slash. */
const word = /[\p{Script=Latin}\p{Nd}.,:'%+@#&=?~*^_-]+\/*|\/+|\s+|./gsu;

/** Smallest pieces between which a line may break. */
function pieces(text: string): string[] {
  const found: string[] = [];
  for (const [piece] of text.matchAll(word)) {
    const before = found.at(-1);
    if (before !== undefined && before.trim() !== '' && piece.trim() !== '' && (neverFirst.test(piece) || neverLast.test(before))) {
      found[found.length - 1] = before + piece;
    } else found.push(piece);
  }
  return found;
}

/** One line, and whether its paragraph ends with it. */
export interface Broken {
  readonly text: string;
  readonly last: boolean;
}

/**
 * Breaks a text into lines no wider than `measure` points; a piece that is wider than a whole line (a hash, an address)
 * is cut where the line is full. `first` is the indent of the first line of each paragraph.
 */
export function breakLines(text: string, size: number, weight: Weight, measure: number, typeface: Typeface, first = 0): Broken[] {
  const widthOf = (part: string): number => (typeface.width(part, weight) * size) / 1000;
  const lines: Broken[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let room = measure - first;
    const take = (piece: string): void => {
      if (widthOf((line + piece).trimEnd()) <= room) line += piece;
      else if (line.trim() !== '' && widthOf(piece) <= measure) {
        lines.push({ text: line.trimEnd(), last: false });
        line = piece.trimStart();
        room = measure;
      } else for (const character of piece) put(character);
    };
    const put = (character: string): void => {
      if (line !== '' && widthOf(line + character) > room) {
        lines.push({ text: line.trimEnd(), last: false });
        line = '';
        room = measure;
      }
      line += character;
    };
    for (const piece of pieces(paragraph)) take(piece);
    lines.push({ text: line.trimEnd(), last: true });
  }
  return lines;
}

/** The parts of a text in the order they are shown: Chinese, then English; a shared text once. */
export function partsOf(text: Text): readonly { readonly language: 'zh' | 'en'; readonly text: string }[] {
  if (typeof text === 'string') return [{ language: 'zh', text }];
  if (text.en === '' || text.en === text.zh) return [{ language: 'zh', text: text.zh }];
  return [
    { language: 'zh', text: text.zh },
    { language: 'en', text: text.en },
  ];
}

export interface Style {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour: string;
  /** colour of the English beside or below */
  readonly second: string;
  /** line height as a multiple of the size */
  readonly leading?: number;
  /** indent of the first Chinese line, in characters */
  readonly indent?: number;
}

/** Sets a text to a measure: the Chinese in the given size, the English below it, smaller and quieter. */
export function setText(text: Text, style: Style, measure: number, typeface: Typeface): Line[] {
  const lines: Line[] = [];
  for (const part of partsOf(text)) {
    const english = part.language === 'en';
    const size = english ? Math.round(style.size * 8.2) / 10 : style.size;
    const weight = english ? 'regular' : (style.weight ?? 'regular');
    const indent = english ? 0 : (style.indent ?? 0) * style.size;
    const broken = breakLines(part.text, size, weight, measure, typeface, indent);
    const leading = size * (style.leading ?? 1.45);
    broken.forEach((each, index) => {
      const first = index === 0 || broken[index - 1]?.last === true;
      const colour = english ? style.second : style.colour;
      lines.push({ text: each.text, size, weight, colour, leading, stretch: !each.last, indent: first ? indent : 0 });
    });
  }
  return lines;
}

export const heightOf = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + line.leading, 0);
