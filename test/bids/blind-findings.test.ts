import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import PDFDocument from 'pdfkit';
import { blindFindings } from '../../src/bids/blind-findings.ts';
import { marksOf } from '../../src/bids/file-marks.ts';
import { withoutMarks } from '../../src/bids/strip-marks.ts';
import { namesOf, ownWords, toldIn } from '../../src/bids/telling-words.ts';
import { bidForm } from '../../src/lines/construction/bid-form.ts';

/** What a program can see of telling marks in a blind file, and what it can take away without touching a page. */

const bidderName = '宜昌长河水利建设有限公司';
const typeface = readFileSync(
  createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
);

async function pdf(info: Record<string, string>, draw: (document: PDFKit.PDFDocument) => void = () => undefined): Promise<Uint8Array> {
  const document = new PDFDocument({ info, compress: true });
  document.text('Construction plan');
  draw(document);
  document.end();
  return new Uint8Array(await buffer(document));
}
/** Chinese text as programs write it: in a typeface that is embedded, its glyphs under numbers of its own. */
const written = (...pages: string[]): Promise<Uint8Array> =>
  pdf({}, (document) => {
    document.font(typeface);
    for (const [at, text] of pages.entries()) (at === 0 ? document : document.addPage()).text(text);
  });

const blind = {
  part: 'technical',
  documents: ['technical'],
  items: ['blind-mark'],
  criteria: ['plan'],
  rules: { pages: 1, pictures: 'none', fonts: [] as string[] },
} as const;
const free = { pages: null, pictures: 'drawings' as const, fonts: [] };
const own = ownWords({ bidder: '91420500MA0030011Y', bidderName, figures: { manager: '王建国（鄂1422021202103456）' } }, bidForm, {
  people: ['欧阳文'],
  phones: ['0717-6251234'],
});
const findings = async (bytes: Uint8Array, rules: object = {}, name = '施工组织设计.pdf'): Promise<string> => {
  const asked = { ...blind, rules: { ...blind.rules, ...rules } } as never;
  const files = [{ field: 'technical', name, content: new Blob([new Uint8Array(bytes)]) }];
  return (await blindFindings({ blind: asked, form: bidForm, files, own })).map(({ says }) => says.zh).join('\n');
};
const marks = async (bytes: Uint8Array, name = '施工组织设计.pdf') =>
  (await marksOf({ name, content: new Blob([new Uint8Array(bytes)]) }, { rules: free, own })).map(({ kind, place, found }) =>
    [kind, place, found].join(' '),
  );

describe('The words that tell a bidder', () => {
  it('are its name whole, without its legal form, without its place, and the mark alone; its code, its people, its telephone', () => {
    expect(own.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      `name ${bidderName}`,
      'name 宜昌长河水利建设',
      'name 长河水利建设',
      'name 长河',
      'code 91420500MA0030011Y',
      'person 王建国',
      'person 鄂1422021202103456',
      'person 欧阳文',
      'phone 0717-6251234',
    ]);
    expect(namesOf('湖北省宜昌市夷陵区楚江（集团）股份有限公司')).toContain('楚江(集团)');
    // a name that is nothing but place and trade keeps what tells it from others
    expect(namesOf('宜昌市政工程有限公司')).toContain('市政工程');
  });

  it('are found full width or half, with blanks and points between; two characters that meet across a comma are no name', () => {
    const told = (text: string): string[] => toldIn(text, own).map(({ kind, text: word }) => `${kind} ${word}`);
    expect(told('宜 昌 长 河·水利-建设')).toEqual(['name 宜昌长河水利建设']);
    expect(told('９１４２０５００ＭＡ００３００１１Ｙ')).toEqual(['code 91420500MA0030011Y']);
    expect(told('项目经理：王 建\n国')).toEqual(['person 王建国']);
    expect(told('工期较长，河道狭窄')).toEqual([]);
    expect(told('工期较长河')).toEqual(['name 长河']);
  });

  it('a telephone number, an address of the mail or the web and a credit code tell whosever they are; sums, codes of items and dates do not', () => {
    const told = (text: string): string[] => toldIn(text, []).map(({ kind, text: word }) => `${kind} ${word}`);
    expect(told('联系电话 138 0013 8000')).toEqual(['phone 13800138000']);
    expect(told('电话：（0717）6251234')).toEqual(['phone 0717)6251234']);
    expect(told('Ｚhang@chang-he.com.cn 网址www.chang-he.com')).toEqual(['mail zhang@chang-he.com.cn', 'domain www.chang-he.com']);
    expect(told('914205007570173412')).toEqual([]);
    expect(told('2026-11-28 工程量 12000.50 项目编码 010101001001 合价 9117876.78 GB 50300-2013')).toEqual([]);
  });
});

describe('A blind PDF', () => {
  it('is found to name its bidder in its properties, and no more once these are blanked in their places', async () => {
    const bytes = await pdf({ Author: bidderName, Title: '王建国', Company: 'Changhe' });
    const before = await findings(bytes);
    expect(before).toContain('宜昌长河水利建设');
    expect(before).toContain('王建国');
    expect(before).toContain('Company: Changhe');
    const clean = await withoutMarks(bytes);
    expect(clean.length).toBe(bytes.length);
    expect(await findings(clean)).toBe('');
    const changed = bytes.reduce((count, byte, at) => count + (byte === clean[at] ? 0 : 1), 0);
    const first = Buffer.from(bytes).toString('latin1').indexOf('(PDFKit)');
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThan(200);
    // every page, stream and offset stands as it stood
    expect(Buffer.from(clean).subarray(0, first).equals(Buffer.from(bytes).subarray(0, first))).toBe(true);
  });

  it('is read in embedded typefaces, page by page; a file that does not say which characters it shows is said not to be read', async () => {
    const bytes = await written('第一章 施工部署', '编制单位：宜昌长河水利建设有限公司', '项目经理 王建国，电话 13800138000');
    expect(await marks(await withoutMarks(bytes))).toEqual([`name 2 ${bidderName}`, 'person 3 王建国', 'phone 3 13800138000']);
    expect(await findings(bytes, { pages: null })).toContain('“施工组织设计.pdf”第 2 页：投标人名称或简称');
    const dumb = Buffer.from(bytes.slice());
    for (let at = dumb.indexOf('/ToUnicode'); at >= 0; at = dumb.indexOf('/ToUnicode', at + 1)) dumb.write('/NoUnicode', at, 'latin1');
    const said = await findings(new Uint8Array(dumb), { pages: null });
    expect(said).toContain('文字不能读出（NotoSansSC');
    expect(said).not.toContain('第 2 页');
  });

  it('what an earlier version showed and a page no longer shows is read as well', async () => {
    const old = `BT /F1 9 Tf (zhang@changhe.com) Tj ET`;
    const added = Buffer.from(`\n900 0 obj<</Length ${old.length}>>stream\n${old}\nendstream endobj\n`);
    expect(await marks(new Uint8Array(Buffer.concat([await withoutMarks(await pdf({})), added])))).toEqual(['mail file zhang@changhe.com']);
  });

  it('keeps the titles of its bookmarks; they are said, and a name in them is found', async () => {
    const clean = await withoutMarks(await pdf({}, (document) => void document.outline.addItem(`第一章 ${bidderName}`)));
    expect(await marks(clean)).toContain('bookmarks file ');
    const said = await findings(clean);
    expect(said).toContain('书签');
    expect(said).toContain('宜昌长河水利建设');
  });

  it('is measured against the rules of the notice, each on both sides', async () => {
    const two = await withoutMarks(await pdf({}, (document) => void document.addPage().text('2')));
    expect(await findings(two, { pages: 1 })).toContain('页数多于规定（2 > 1）');
    expect(await findings(two, { pages: 2 })).toBe('');
    expect(await findings(two, { pages: null })).toBe('');
    expect(await findings(two, { pages: null, fonts: ['宋体'] })).toContain('Helvetica');
    expect(await findings(two, { pages: null, fonts: ['Helvetica'] })).toBe('');
    const picture = await withoutMarks(await pdf({}, (document) => void document.image(dot)));
    expect(await findings(picture, { pages: null })).toContain('图片');
    expect(await findings(picture, { pages: null, pictures: 'drawings' })).toBe('');
  });

  it('XMP, notes and a file name that tells are found; what is no PDF is said not to be checked', async () => {
    const bytes = await pdf({}, (document) => void document.note(10, 10, 20, 20, 'x'));
    expect(await findings(await withoutMarks(bytes))).toContain('批注');
    const packet = Buffer.from('<?xpacket begin=""?><x:xmpmeta><rdf:Description dc:creator="长河"/></x:xmpmeta><?xpacket end="w"?>');
    const xmp = new Uint8Array(Buffer.concat([await withoutMarks(await pdf({})), packet]));
    expect(await findings(xmp)).toContain('XMP');
    expect(await findings(xmp)).toContain('长河');
    expect(await findings(await withoutMarks(xmp))).toBe('');
    expect(await findings(await withoutMarks(await pdf({})), {}, '宜昌长河水利建设-施工组织设计.pdf')).toContain(
      '文件名：投标人名称或简称',
    );
    expect(await findings(new Uint8Array([1, 2, 3]))).toContain('未检查');
  });

  it('that is encrypted is said not to be checked', async () => {
    const document = new PDFDocument({ userPassword: 'x' });
    document.text(bidderName);
    document.end();
    expect(await marks(new Uint8Array(await buffer(document)))).toEqual(['locked file ']);
  });

  it('a file that is not blind is not looked at, nor anything where nothing is blind', async () => {
    const files = [{ field: 'qualification', name: 'x.pdf', content: new Blob([new Uint8Array(await pdf({ Author: bidderName }))]) }];
    expect(await blindFindings({ blind: blind as never, form: bidForm, files, own })).toEqual([]);
    expect(await blindFindings({ blind: undefined, form: bidForm, files, own })).toEqual([]);
  });
});

describe('A file made to hold the check up', () => {
  const head = '%PDF-1.7\n';
  const made = (text: string): Uint8Array => new Uint8Array(Buffer.from(head + text, 'latin1'));
  /** every case ends, and says that something was left */
  const hostile: Readonly<Record<string, () => Uint8Array>> = {
    'unpacks without end': () =>
      new Uint8Array(
        Buffer.concat([
          Buffer.from(`${head}1 0 obj<</Filter /FlateDecode>>stream\n`),
          deflateSync(Buffer.alloc(200_000_000), { level: 9 }),
          Buffer.from('\nendstream endobj'),
        ]),
      ),
    'is nested without end': () => made(`1 0 obj ${'[<</A '.repeat(200_000)}`),
    'begins strings that never end': () => made('1 0 obj ('.repeat(400_000)),
    'begins objects and nothing else': () => made('1 0 obj '.repeat(7_000_000)),
    'has pages within pages': () =>
      made(
        `${Array.from({ length: 200 }, (_, at) => `${at + 2} 0 obj<</Kids [${`${at + 3} 0 R `.repeat(3)}]>>endobj`).join('\n')}\n1 0 obj<</Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>`,
      ),
    'draws itself within itself': () => {
      const body = '/F Do '.repeat(1000);
      const forms = Array.from(
        { length: 40 },
        (_, at) =>
          `${at + 10} 0 obj<</Subtype/Form/Resources<</XObject<</F ${at + 11} 0 R>>>>/Length ${body.length}>>stream\n${body}\nendstream endobj`,
      );
      return made(
        `1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Contents 10 0 R/Resources<</XObject<</F 11 0 R>>>>>>endobj\n${forms.join('\n')}\ntrailer<</Root 1 0 R>>`,
      );
    },
  };
  it.each(Object.keys(hostile))(
    '%s: it is looked at to a limit, and said to be',
    async (name) => {
      expect(await findings(hostile[name]?.() ?? new Uint8Array(), { pages: null })).toContain('只检查了一部分');
    },
    60_000,
  );

  it('streams that never end, and packets of XMP that never end, are read once', async () => {
    expect(await marks(made('1 0 obj<<>>stream\n'.repeat(400_000)))).toEqual([]);
    expect(await marks(made('<?xpacket begin <x:xmpmeta '.repeat(400_000)))).toEqual([]);
  }, 60_000);
});

const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe('Pictures and Office files', () => {
  /** A JPEG's head with an EXIF that names an artist and an orientation. */
  const jpeg = (orientation: number): Uint8Array => {
    const artist = Buffer.from(`${bidderName}\0`);
    const directory = Buffer.alloc(26);
    directory.writeUInt16BE(2, 0);
    for (const [at, [tag, kind, count, value]] of [
      [0x0112, 3, 1, orientation << 16],
      [0x013b, 2, artist.length, 38],
    ].entries()) {
      directory.writeUInt16BE(tag ?? 0, 2 + at * 12);
      directory.writeUInt16BE(kind ?? 0, 4 + at * 12);
      directory.writeUInt32BE(count ?? 0, 6 + at * 12);
      directory.writeUInt32BE(value ?? 0, 10 + at * 12);
    }
    const exif = Buffer.concat([Buffer.from('Exif\0\0MM\0\x2a\0\0\0\x08', 'latin1'), directory, Buffer.alloc(4), artist]);
    const segment = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
    return new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xd8]), segment, exif, Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9])]));
  };

  it('EXIF is found and blanked in its place; one that turns the picture is left and said', async () => {
    expect(await marks(jpeg(1), '图.jpg')).toEqual([`name file ${bidderName}`, 'metadata file EXIF']);
    const clean = await withoutMarks(jpeg(1));
    expect(clean.length).toBe(jpeg(1).length);
    expect(await marks(clean, '图.jpg')).toEqual([]);
    expect(await marks(await withoutMarks(jpeg(6)), '图.jpg')).toContain('metadata file EXIF');
  });

  it('texts in a PNG are found and become a chunk of nothing, with a right checksum', async () => {
    const words = Buffer.from('Author\0Changhe changhe.com');
    const chunk = Buffer.concat([Buffer.from([0, 0, 0, words.length]), Buffer.from('tEXt'), words, Buffer.alloc(4)]);
    const bytes = new Uint8Array(Buffer.concat([dot.subarray(0, 33), chunk, dot.subarray(33)]));
    expect(await marks(bytes, '图.png')).toEqual(['domain file changhe.com', 'metadata file tEXt']);
    const clean = await withoutMarks(bytes);
    expect(await marks(clean, '图.png')).toEqual([]);
    const document = new PDFDocument();
    document.image(Buffer.from(clean));
    document.end();
    expect((await buffer(document)).length).toBeGreaterThan(500);
  });

  const core = `<cp:coreProperties xmlns:dc="x"><dc:creator>王建国</dc:creator><cp:lastModifiedBy>Changhe-PC</cp:lastModifiedBy></cp:coreProperties>`;
  const docx = async (parts: Readonly<Record<string, string>>): Promise<Uint8Array> => {
    const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
    for (const [name, text] of Object.entries({ '[Content_Types].xml': '<Types/>', ...parts }))
      await zip.add(name, new Uint8ArrayReader(new Uint8Array(Buffer.from(text))));
    return zip.close();
  };

  it('an Office file is read in its properties and its text, across the runs of a paragraph; its properties can be emptied', async () => {
    const text = '<w:p><w:r><w:t>长河水</w:t></w:r><w:r><w:t>利建设</w:t></w:r></w:p>';
    const bytes = await docx({ 'docProps/core.xml': core, 'docProps/app.xml': '<Company>长河</Company>', 'word/document.xml': text });
    expect(await marks(bytes, '方案.docx')).toEqual([
      'name file 长河水利建设',
      'person file 王建国',
      'properties file creator: 王建国；lastModifiedBy: Changhe-PC；Company: 长河',
    ]);
    const clean = await withoutMarks(bytes);
    expect(await marks(clean, '方案.docx')).toEqual(['name file 长河水利建设']);
    const names = (await new ZipReader(new Uint8ArrayReader(clean)).getEntries()).map(({ filename }) => filename);
    expect(names).toEqual(['[Content_Types].xml', 'docProps/core.xml', 'docProps/app.xml', 'word/document.xml']);
  });

  it('one that unpacks to gigabytes is looked at to a limit, another archive is said not to be checked', async () => {
    expect(await marks(await docx({ 'word/document.xml': ' '.repeat(80_000_000) }), '方案.docx')).toEqual(['cut file ']);
    const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
    await zip.add('a.txt', new Uint8ArrayReader(new Uint8Array(3)));
    expect(await marks(await zip.close(), 'x.zip')).toEqual(['unknown file ']);
  }, 60_000);
});
