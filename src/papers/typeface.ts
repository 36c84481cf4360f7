import { create, type Font } from 'fontkit';
import type { Fonts } from './fingerprint.ts';
import type { Typeface, Weight } from './letters.ts';

/** What follows from the fonts alone, so that every document of a process shares it: the opened files and the widths of characters. */
interface Opened {
  readonly fonts: Readonly<Record<Weight, Font>>;
  readonly widths: Readonly<Record<Weight, Map<string, number>>>;
}
const opened = new WeakMap<Fonts, Opened>();

function open(fonts: Fonts): Opened {
  const known = opened.get(fonts);
  if (known !== undefined) return known;
  const made: Opened = {
    fonts: { regular: opening(fonts.regular), bold: opening(fonts.bold) },
    widths: { regular: new Map(), bold: new Map() },
  };
  opened.set(fonts, made);
  return made;
}

function opening(bytes: Uint8Array): Font {
  const font = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  if (!('layout' in font)) throw new RangeError('a collection of fonts is no typeface');
  return font;
}

/** Registers the fonts in a document as `regular` and `bold`, and tells what they can say about themselves. */
export function openTypeface(doc: PDFKit.PDFDocument, given: Fonts): Typeface {
  const { fonts, widths } = open(given);
  // pdfkit takes an open font as it takes a file; its types do not know it yet. A file would be read anew, table by table, for every paper.
  for (const weight of ['regular', 'bold'] as const) doc.registerFont(weight, fonts[weight] as unknown as Buffer);
  doc.font('regular'); // the first to be used, whatever is drawn first: a document numbers its fonts as they come
  const widthOf = (character: string, weight: Weight): number => {
    const seen = widths[weight].get(character);
    if (seen !== undefined) return seen;
    const width = doc.font(weight).fontSize(1000).widthOfString(character);
    widths[weight].set(character, width);
    return width;
  };
  return {
    has: (codePoint) => fonts.regular.hasGlyphForCodePoint(codePoint),
    width: (text, weight) => [...text].reduce((sum, character) => sum + widthOf(character, weight), 0),
  };
}
