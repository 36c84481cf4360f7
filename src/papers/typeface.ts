import type { Fonts } from './fingerprint.ts';
import type { Typeface, Weight } from './letters.ts';

/** Widths by character: they follow from the fonts alone, so that every document of a process may share them. */
const widths = new WeakMap<Fonts, Record<Weight, Map<string, number>>>();

/** What the fonts registered in a document as `regular` and `bold` can say about themselves. */
export function openTypeface(doc: PDFKit.PDFDocument, fonts: Fonts): Typeface {
  const known = widths.get(fonts) ?? { regular: new Map(), bold: new Map() };
  widths.set(fonts, known);
  doc.font('regular');
  // pdfkit's types hide the open font; this one question about it is all we ask
  const { font } = (doc as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } })._font;
  const widthOf = (character: string, weight: Weight): number => {
    const seen = known[weight].get(character);
    if (seen !== undefined) return seen;
    const width = doc.font(weight).fontSize(1000).widthOfString(character);
    known[weight].set(character, width);
    return width;
  };
  return {
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    width: (text, weight) => [...text].reduce((sum, character) => sum + widthOf(character, weight), 0),
  };
}
