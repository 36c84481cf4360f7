import { describe, expect, it } from '@jest/globals';
import { howShown, policyFor } from '../../src/evaluation/showable.ts';
import { csvTable, limits, workbookTable } from '../../src/kernel/workbook.ts';
import { priceList, workbookOf, zipOf } from './workbooks.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const head = (name: string, content: string | Uint8Array) =>
  howShown(name, typeof content === 'string' ? bytes(content).subarray(0, 16) : content.subarray(0, 16));

describe('What of a bidder’s file is shown in the page', () => {
  it('PDF, images and tables, when the name and the first bytes agree', () => {
    expect(head('施工组织设计.pdf', '%PDF-1.7 x')).toEqual({ kind: 'pdf', type: 'application/pdf' });
    expect(head('照片.PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toMatchObject({
      kind: 'image',
      type: 'image/png',
    });
    expect(head('照片.jpeg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toMatchObject({ kind: 'image', type: 'image/jpeg' });
    expect(head('报价.xlsx', 'PK\x03\x04')).toMatchObject({ kind: 'workbook' });
    expect(head('报价.csv', '项目,单价')).toMatchObject({ kind: 'csv' });
  });

  it('never what can run a script, by whatever name it comes', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const name of ['图.svg', '图.html', '图.htm', '图.xhtml', '图.xml', '图', '图.pdf.html', '图.svgz'])
      expect(head(name, svg).kind).toBeNull();
    // dressed up as a kind that is shown: the first bytes give it away
    for (const name of ['图.pdf', '图.png', '图.jpg', '图.webp', '图.xlsx']) expect(head(name, svg).kind).toBeNull();
    expect(head('图.pdf', '<!doctype html><script>alert(1)</script>').kind).toBeNull();
    // a PDF that begins late is a PDF for some viewers and a page for others
    expect(head('图.pdf', '<html>\n%PDF-1.7').kind).toBeNull();
  });

  it('under a policy that lets it run, load and send nothing, and only our own pages frame it', () => {
    for (const kind of ['pdf', 'image'] as const) {
      expect(policyFor(kind)).toContain("default-src 'none'");
      expect(policyFor(kind)).toContain("frame-ancestors 'self'");
      expect(policyFor(kind)).not.toMatch(/script-src (?!'none')|unsafe-eval|https?:|\*/);
    }
    expect(policyFor('image')).toContain('sandbox;');
  });
});

describe('A spreadsheet that a bidder wrote', () => {
  it('is shown as text: strings, numbers without the noise of doubles, dates, and the result of a formula with what it says', async () => {
    const table = await workbookTable(await priceList(), 0);
    expect(table?.sheets).toEqual([
      { name: '报价清单', hidden: false },
      { name: '成本测算', hidden: true },
    ]);
    expect(table?.rows.map((row) => row.map((cell) => cell.text))).toEqual([
      ['项目', '数量', '', '备注 & 说明'],
      ['土方开挖', '12000', '222000', '2026-11-28'],
      ['点我', '0.3', '#REF!', 'TRUE'],
    ]);
    expect(table?.rows[1]?.[2]?.formula).toBe('=B2*18.5');
    expect(table?.rows[2]?.[0]).toEqual({ text: '点我', formula: '=HYPERLINK("https://evil.example/","点我")' });
    expect(table?.more).toBe(false);
    expect((await workbookTable(await priceList(), 1))?.rows).toEqual([[{ text: '1' }]]);
    expect((await workbookTable(await priceList(), 77))?.sheet).toBe(0);
  });

  it('is cut off at so many rows, columns and characters', async () => {
    const row = (at: number) => `<row r="${at}"><c r="A${at}"><v>${at}</v></c></row>`;
    const full = await workbookOf([{ name: 'x', xml: Array.from({ length: limits.rows }, (_, at) => row(at + 1)).join('') }]);
    expect([(await workbookTable(full, 0))?.rows.length, (await workbookTable(full, 0))?.more]).toEqual([limits.rows, false]);
    const over = await workbookOf([{ name: 'x', xml: Array.from({ length: limits.rows + 1 }, (_, at) => row(at + 1)).join('') }]);
    expect([(await workbookTable(over, 0))?.rows.length, (await workbookTable(over, 0))?.more]).toEqual([limits.rows, true]);
    const wide = await workbookOf([
      { name: 'x', xml: `<row r="1"><c r="BH1"><v>60</v></c><c r="BI1"><v>61</v></c><c r="XFD1"><v>9</v></c></row>` },
    ]);
    const table = await workbookTable(wide, 0);
    expect([table?.rows[0]?.length, table?.rows[0]?.at(-1)?.text, table?.more]).toEqual([limits.columns, '60', true]);
    const long = await workbookOf([{ name: 'x', xml: `<row><c t="inlineStr"><is><t>${'长'.repeat(9000)}</t></is></c></row>` }]);
    expect((await workbookTable(long, 0))?.rows[0]?.[0]?.text).toBe(`${'长'.repeat(limits.characters)}…`);
  });

  it('that is packed to burst is unpacked to its limit and no further, also in the strings it shares', async () => {
    const bomb = await workbookOf(
      [{ name: 'x', xml: `<row r="1"><c r="A1"><v>1</v></c></row><!--${' '.repeat(40 * 1024 * 1024)}-->` }],
      ['a'.repeat(9)],
      {
        'xl/sharedStrings.xml': `<sst><si><t>${'A'.repeat(40 * 1024 * 1024)}</t></si></sst>`,
      },
    );
    expect(bomb.length).toBeLessThan(400_000);
    const before = process.memoryUsage().rss;
    const table = await workbookTable(bomb, 0);
    expect(table?.rows).toEqual([[{ text: '1' }]]);
    expect(table?.more).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('that names its own entities, is no archive, or holds more entries than a workbook is not shown', async () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
    expect(
      await workbookTable(
        await workbookOf([{ name: 'x', xml: '' }], [], { 'xl/worksheets/sheet1.xml': `${laughs}<row><c><v>&b;</v></c></row>` }),
        0,
      ),
    ).toBeNull();
    expect(await workbookTable(bytes('PK\x03\x04 no archive'), 0)).toBeNull();
    expect(await workbookTable(await zipOf({ 'xl/nothing.xml': '<x/>' }), 0)).toBeNull();
    const many = Object.fromEntries(Array.from({ length: limits.entries + 1 }, (_, at) => [`x/${at}`, '']));
    expect(await workbookTable(await workbookOf([{ name: 'x', xml: '<row><c><v>1</v></c></row>' }], [], many), 0)).toBeNull();
  });

  it('whose sheet lies elsewhere is not fetched', async () => {
    const outside = await workbookOf([{ name: 'x', xml: '<row><c><v>1</v></c></row>' }], [], {
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://169.254.169.254/latest"/></Relationships>',
    });
    expect(await workbookTable(outside, 0)).toBeNull();
  });

  it('that is all beginnings and no ends is read once, not once for each', async () => {
    const slow = await workbookOf([{ name: 'x', xml: '' }], [], {
      'xl/worksheets/sheet1.xml': '<row><c r="A1" t="inlineStr">'.repeat(120_000),
    });
    expect((await workbookTable(slow, 0))?.rows.length).toBe(limits.rows);
    const open = await workbookOf([{ name: 'x', xml: '' }], [], { 'xl/worksheets/sheet1.xml': `<row>${'<c '.repeat(1_000_000)}` });
    expect((await workbookTable(open, 0))?.rows).toEqual([[]]);
  });

  it('a CSV in UTF-8 or GB 18030 reads the same; a formula in it is text', () => {
    const text = '项目,单价\n土方开挖,"1,850.00"\n=cmd|\'/C calc\'!A1,@SUM(1)\n';
    const expected = [
      [{ text: '项目' }, { text: '单价' }],
      [{ text: '土方开挖' }, { text: '1,850.00' }],
      [{ text: "=cmd|'/C calc'!A1" }, { text: '@SUM(1)' }],
    ];
    expect(csvTable(bytes(`\uFEFF${text}`), true).rows).toEqual(expected);
    const gb = new Uint8Array([0xcf, 0xee, 0xc4, 0xbf, 0x2c, 0xb5, 0xa5, 0xbc, 0xdb, 0x0a]);
    expect(csvTable(gb, true).rows).toEqual([expected[0]]);
    expect(csvTable(bytes('a,b\n'.repeat(limits.rows + 1)), true)).toMatchObject({ more: true });
    expect(csvTable(bytes('a,b\n'), false).more).toBe(true);
  });
});
