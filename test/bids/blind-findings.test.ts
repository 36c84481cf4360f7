import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import PDFDocument from 'pdfkit';
import { blindFindings, ownWords } from '../../src/bids/blind-findings.ts';
import { pdfMarks, withoutMarks } from '../../src/bids/pdf-marks.ts';
import { bidForm } from '../../src/lines/construction/bid-form.ts';

/** What a program can see of telling marks in a blind file, and what it can take away without touching a page. */

const bidderName = '宜昌长河水利建设有限公司';

function pdf(info: Record<string, string>, draw: (document: PDFKit.PDFDocument) => void = () => undefined): Promise<Uint8Array> {
  const document = new PDFDocument({ info, compress: true });
  const pieces: Buffer[] = [];
  document.on('data', (piece: Buffer) => pieces.push(piece));
  const done = new Promise<Uint8Array>((resolve) => document.on('end', () => resolve(new Uint8Array(Buffer.concat(pieces)))));
  document.text('Construction plan');
  draw(document);
  document.end();
  return done;
}
const blind = {
  part: 'technical',
  documents: ['technical'],
  items: ['blind-mark'],
  criteria: ['plan'],
  rules: { pages: 1, pictures: 'none', fonts: [] as string[] },
} as const;
const own = ownWords({ bidder: '91420500MA0030011Y', bidderName, figures: { manager: '王建国（鄂1422021202103456）' } }, bidForm);
const findings = async (bytes: Uint8Array, rules: object = {}, name = '施工组织设计.pdf'): Promise<string> => {
  const asked = { ...blind, rules: { ...blind.rules, ...rules } } as never;
  const files = [{ field: 'technical', name, content: new Blob([new Uint8Array(bytes)]) }];
  return (await blindFindings({ blind: asked, form: bidForm, files, own })).map(({ says }) => says.zh).join('\n');
};

describe('The words that tell a bidder', () => {
  it('are its name with and without the legal form, its code and its people', () => {
    expect(own).toEqual([bidderName, '宜昌长河水利建设', '91420500MA0030011Y', '王建国']);
  });
});

describe('A blind PDF', () => {
  it('is found to name its bidder in its properties, and no more once these are blanked in their places', async () => {
    const bytes = await pdf({ Author: bidderName, Title: '王建国', Company: 'Changhe' });
    const before = await findings(bytes);
    expect(before).toContain('宜昌长河水利建设');
    expect(before).toContain('王建国');
    expect(before).toContain('Company: Changhe');
    const clean = withoutMarks(bytes);
    expect(clean.length).toBe(bytes.length);
    expect((await pdfMarks(clean)).properties).toEqual({});
    expect(await findings(clean)).toBe('');
    const changed = bytes.reduce((count, byte, at) => count + (byte === clean[at] ? 0 : 1), 0);
    const first = Buffer.from(bytes).toString('latin1').indexOf('(PDFKit)');
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThan(200);
    // every page, stream and offset stands as it stood
    expect(Buffer.from(clean).subarray(0, first).equals(Buffer.from(bytes).subarray(0, first))).toBe(true);
  });

  it('keeps the titles of its bookmarks; they are said, and a name in them is found', async () => {
    const bytes = await pdf({}, (document) => document.outline.addItem(`第一章 ${bidderName}`));
    const clean = withoutMarks(bytes);
    expect((await pdfMarks(clean)).bookmarks).toBe(true);
    const said = await findings(clean);
    expect(said).toContain('书签');
    expect(said).toContain('宜昌长河水利建设');
  });

  it('is measured against the rules of the notice, each on both sides', async () => {
    const two = withoutMarks(await pdf({}, (document) => void document.addPage().text('2')));
    expect(await findings(two, { pages: 1 })).toContain('共 2 页，多于规定的 1 页');
    expect(await findings(two, { pages: 2 })).toBe('');
    expect(await findings(two, { pages: null })).toBe('');
    expect(await findings(two, { pages: null, fonts: ['宋体'] })).toContain('Helvetica');
    expect(await findings(two, { pages: null, fonts: ['Helvetica'] })).toBe('');
    const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const picture = withoutMarks(await pdf({}, (document) => void document.image(dot)));
    expect(await findings(picture, { pages: null })).toContain('图片');
    expect(await findings(picture, { pages: null, pictures: 'drawings' })).toBe('');
  });

  it('XMP, notes and a file name that tells are found; what is no PDF is said not to be checked', async () => {
    const bytes = await pdf({}, (document) => void document.note(10, 10, 20, 20, 'x'));
    expect(await findings(withoutMarks(bytes))).toContain('批注');
    const packet = Buffer.from('<?xpacket begin=""?><x:xmpmeta><rdf:Description dc:creator="x"/></x:xmpmeta><?xpacket end="w"?>');
    const xmp = new Uint8Array(Buffer.concat([Buffer.from(withoutMarks(await pdf({}))), packet]));
    expect(await findings(xmp)).toContain('XMP');
    expect(await findings(withoutMarks(xmp))).toBe('');
    expect(await findings(withoutMarks(await pdf({})), {}, '宜昌长河水利建设-施工组织设计.pdf')).toContain('会识别出投标人');
    expect(await findings(new Uint8Array([1, 2, 3]))).toContain('未检查');
  });

  it('that unpacks without end is looked at to a limit, and said to be', async () => {
    const packed = deflateSync(Buffer.alloc(200_000_000), { level: 9 });
    const bomb = Buffer.concat([
      Buffer.from('%PDF-1.7\n1 0 obj<</Filter /FlateDecode>>stream\n'),
      packed,
      Buffer.from('\nendstream endobj'),
    ]);
    const marks = await pdfMarks(new Uint8Array(bomb));
    expect(marks.cut).toBe(true);
    expect(marks.text.length).toBeLessThan(1000);
    expect(await findings(new Uint8Array(bomb))).toContain('只检查了一部分');
    expect((await pdfMarks(await pdf({}))).cut).toBe(false);
  });

  it('a file that is not blind is not looked at, nor anything where nothing is blind', async () => {
    const files = [{ field: 'qualification', name: 'x.pdf', content: new Blob([new Uint8Array(await pdf({ Author: bidderName }))]) }];
    expect(await blindFindings({ blind: blind as never, form: bidForm, files, own })).toEqual([]);
    expect(await blindFindings({ blind: undefined, form: bidForm, files, own })).toEqual([]);
  });
});
