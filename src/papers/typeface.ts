import { create, type Font, type GlyphRun } from 'fontkit';
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
  return remembering(font);
}

/** So many lines of text are remembered a weight: some megabytes, in which the standing words of all kinds of paper find room. */
const remembered = 2000;

/**
 * The font, which shapes a text once: headings, captions and notes are the same on every paper, and shaping is the dearest part of drawing one.
 * pdfkit scales the positions of what it is given in place, so it is given its own.
 */
function remembering(font: Font): Font {
  const shape = font.layout.bind(font);
  const runs = new Map<string, GlyphRun>();
  font.layout = (text, ...how) => {
    if (typeof text !== 'string' || how.some((each) => each !== undefined)) return shape(text, ...how);
    let run = runs.get(text);
    if (run === undefined) {
      if (runs.size >= remembered) runs.clear();
      run = shape(text);
      runs.set(text, run);
    }
    const copy: GlyphRun = Object.assign(Object.create(Object.getPrototypeOf(run)), run);
    copy.positions = run.positions.map((position) => ({ ...position }));
    return copy;
  };
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
