import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSheet, type SheetColumn } from '../../src/bids/sheet.ts';
import { cellsOf } from '../../src/browser/sheet-file.ts';
import { yuan } from '../../src/kernel/money.ts';
import { bidForm } from '../../src/lines/construction/bid-form.ts';
import { workbook } from './workbook.ts';

const columns = bidForm.find((field) => field.key === 'billOfQuantities')?.columns as readonly SheetColumn[];
const head = ['项目编码', '项目名称', '计量单位', '工程量', '综合单价', '合价'];
const row = ['010101001001', '平整场地', 'm2', '10', '4.5', '45.00'];
const read = (...rows: readonly (readonly string[])[]) => readSheet(columns, rows);

describe('A sheet is read strictly', () => {
  it('takes what is right, in canonical form, and adds up the amounts', () => {
    const sheet = read(head, row, ['2', '砖墙', 'm3', '1,000', '0.50', '¥500']);
    expect([sheet.faults, sheet.doubts]).toEqual([[], []]);
    expect(sheet.rows[1]).toEqual({ code: '2', name: '砖墙', unit: 'm3', quantity: '1000', unitPrice: '0.5', amount: '500.00' });
    expect(yuan(sheet.total ?? (0n as never))).toBe('545.00');
  });

  it('knows its columns by either language or by key, in any order, with a unit behind the name and others in between', () => {
    const heads = [
      ['合价（元）', '备注', '工程量', '项目编码', '项目名称', '综合单价(元)', '计量单位'],
      ['Amount', 'Note', 'Quantity', 'Item code', 'Item', 'Unit price', 'Unit'],
      ['amount', '', 'quantity', 'code', 'name', 'unitPrice', 'unit'],
    ];
    for (const names of heads)
      expect(read(names, ['45', 'x', '10', '1', '场地', '4.5', 'm2']).rows).toEqual([
        { code: '1', name: '场地', unit: 'm2', quantity: '10', unitPrice: '4.5', amount: '45.00' },
      ]);
  });

  it('names what is missing of the headings', () => {
    expect(read(['项目编码', '项目名称', '计量单位', '工程量'], row).faults).toEqual([
      {
        row: 0,
        column: null,
        says: { zh: '第 1 行应为列名，缺少：综合单价、合价。', en: 'Row 1 should hold the headings; missing: Unit price, Amount.' },
      },
    ]);
    expect(read([], ['', '  ']).faults[0]?.says.en).toBe('The sheet is empty.');
    expect(read(head).faults[0]?.says.en).toBe('The sheet holds headings and nothing else.');
  });

  it.each([
    ['合价', '45.001', '金额'],
    ['合价', '-45', '金额'],
    ['合价', '1e3', '金额'],
    ['合价', '#REF!', '金额'],
    ['工程量', '十', '不是数字'],
    ['工程量', '-1', '不是数字'],
    ['综合单价', '', '未填写'],
  ])('names row and column of a fault: %s “%s”', (column, text, said) => {
    const at = head.indexOf(column);
    const [fault] = read(
      [''],
      head,
      row,
      row.map((cell, index) => (index === at ? text : cell)),
    ).faults;
    // as the spreadsheet numbers its rows: the empty first one counts
    expect([fault?.row, fault?.column?.zh]).toEqual([4, column]);
    expect(fault?.says.zh).toContain(said);
  });

  it('doubts an amount that is not quantity times unit price; half a fen is rounded up', () => {
    expect(read(head, ['1', 'a', 'm', '3', '0.335', '1.01']).doubts).toEqual([]);
    const { doubts, faults } = read(head, row, ['1', 'a', 'm', '3', '0.335', '1.00']);
    expect(faults).toEqual([]);
    expect(doubts).toMatchObject([{ row: 3, says: { zh: '工程量×综合单价 = 1.01，填写的是 1.00。' } }]);
  });

  it('leaves out rows that only add up', () => {
    const { rows, totalRows } = read(head, row, ['', '合 计', '', '', '', '45.00'], ['合计', '', '', '', '', '45.00']);
    expect([rows.length, totalRows]).toEqual([1, 2]);
    // an item that is called so and is one
    expect(read(head, ['9', '合计', '项', '1', '5', '5']).rows).toHaveLength(1);
  });

  it('adds up exactly whatever the amounts are', () => {
    const fen = fc.bigInt({ min: 0n, max: 10n ** 13n });
    fc.assert(
      fc.property(fc.array(fen, { minLength: 1, maxLength: 40 }), (amounts) => {
        const texts = amounts.map((each) => yuan(each as never));
        const { total } = read(head, ...texts.map((text) => ['1', 'a', 'm', '1', text, text]));
        expect(total).toBe(amounts.reduce((sum, each) => sum + each, 0n));
      }),
      { numRuns: 50 },
    );
  });
});

describe('Files of tables', () => {
  const csv = (bytes: Uint8Array<ArrayBuffer>, name = '清单.csv') => cellsOf(new File([bytes], name));

  it('CSV is read in UTF-8, with and without its mark, and as Excel in China writes it', async () => {
    const text = '项目编码,项目名称\r\n"1","砖墙, 240厚"\r\n';
    const cells = [['项目编码', '项目名称'], ['1', '砖墙, 240厚'], ['']];
    expect(await csv(new TextEncoder().encode(text))).toEqual(cells);
    expect(await csv(new TextEncoder().encode(`\uFEFF${text}`))).toEqual(cells);
    // 项目编码 in GB 18030
    const gb = Uint8Array.from([0xcf, 0xee, 0xc4, 0xbf, 0xb1, 0xe0, 0xc2, 0xeb, 0x2c, 0x61, 0x0d, 0x0a]);
    expect(await csv(gb)).toEqual([['项目编码', 'a'], ['']]);
  });

  it('a workbook gives its numbers as it stores them; the noise of a float goes, a third place stays to be refused', async () => {
    const bytes = await workbook([
      ['项目编码', '合价'],
      ['a', 1234.5600000000002],
      ['b', 40.7385],
      ['c', 0.1 + 0.2],
      ['d', 1.5e-7],
    ]);
    expect(await cellsOf(new File([bytes as Uint8Array<ArrayBuffer>], '清单.xlsx'))).toEqual([
      ['项目编码', '合价'],
      ['a', '1234.56'],
      ['b', '40.7385'],
      ['c', '0.3'],
      ['d', '0.00000015'],
    ]);
  });

  it('anything else is refused with what to do', async () => {
    for (const [name, content] of [
      ['清单.xls', 'x'],
      ['清单.xlsx', 'not a workbook'],
      ['清单.csv', 'a\0b'],
      ['清单.pdf', '%PDF'],
    ] as const)
      await expect(cellsOf(new File([content], name))).rejects.toMatchObject({ name: 'NoSheet' });
  });
});
