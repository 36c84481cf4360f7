import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accepted, packedNames } from '../../src/bids/attachment.ts';
import { type Bid, flawOf } from '../../src/bids/bid.ts';
import { type Checked, findingsOf, personText, readPerson } from '../../src/bids/findings.ts';
import { readSheet, type SheetColumn } from '../../src/bids/sheet.ts';
import { bidForm } from '../../src/lines/construction/bid-form.ts';
import { fileNameFits } from '../../src/sealing/package.ts';

const lot = '01a20305-5a3e-7724-8fb5-8cf50217a446';
const bidder = '91420500NNPE6AC207';
const columns = bidForm.find((field) => field.key === 'billOfQuantities')?.columns as readonly SheetColumn[];
const sheetOf = (...amounts: readonly string[]) =>
  readSheet(columns, [
    ['项目编码', '项目名称', '计量单位', '工程量', '综合单价', '合价'],
    ...amounts.map((text) => ['1', 'a', 'm', '1', text, text]),
  ]);

const bid = (change: Partial<Bid> = {}): Bid => ({
  format: 'yangguang/bid/v1',
  lot,
  part: 'whole',
  bidder,
  bidderName: '宜昌楚江建设有限公司',
  price: '9000000.00',
  figures: { periodDays: '200', quality: '合格', manager: '王工（鄂142）', validityDays: '90', security: '保函1' },
  tables: { billOfQuantities: [{ code: '1' }] },
  files: [
    { field: 'technical', name: '方案.pdf', sha256: '', bytes: 10 },
    { field: 'qualification', name: '资质.PDF', sha256: '', bytes: 10 },
  ],
  ...change,
});
const check = (change: Partial<Bid> = {}, more: Partial<Checked> = {}) =>
  findingsOf({
    bid: bid(change),
    lot,
    bidder,
    form: bidForm,
    limits: { ceiling: '9800000.00', periodDays: 240, bidValidityDays: 90 },
    sheets: { billOfQuantities: sheetOf('9000000.00') },
    ...more,
  });
const said = (change: Partial<Bid>, more: Partial<Checked> = {}) =>
  check(change, more).map(({ weight, field, says }) => `${weight} ${field} ${says.zh}`);
const figures = (change: Record<string, string>) => ({ figures: { ...bid().figures, ...change } });

describe('A bid is checked before it is sealed', () => {
  it('a whole one has nothing to be mended', () => expect(check()).toEqual([]));

  it('the price: at the ceiling is well, one fen above it is not; not zero, not a third place', () => {
    const sheets = (text: string) => ({ sheets: { billOfQuantities: sheetOf(text) } });
    expect(said({ price: '9800000.00' }, sheets('9800000.00'))).toEqual([]);
    expect(said({ price: '9800000.01' }, sheets('9800000.01'))).toEqual([
      'wrong price 高于最高投标限价 9,800,000.00 元（超出 0.01 元），评标时将被否决。',
    ]);
    expect(
      said({ price: '99800000.00' }, { limits: { ceiling: null, periodDays: 240, bidValidityDays: 90 }, ...sheets('99800000.00') }),
    ).toEqual([]);
    expect(said({ price: '0' })[0]).toBe('wrong price 应大于零。');
    expect(said({ price: '1.001' })[0]).toContain('wrong price 应为金额');
    expect(said({ price: '' })[0]).toBe('wrong price 未填写。');
  });

  it('the period and the validity: on both sides of their edges', () => {
    expect(said(figures({ periodDays: '240' }))).toEqual([]);
    expect(said(figures({ periodDays: '241' }))).toEqual(['wrong periodDays 长于招标文件要求的 240 天。']);
    expect(said(figures({ validityDays: '90' }))).toEqual([]);
    expect(said(figures({ validityDays: '89' }))).toEqual(['wrong validityDays 短于招标文件要求的 90 天。']);
    for (const text of ['0', '1.5', '-3', '两百']) expect(said(figures({ periodDays: text }))[0]).toContain('整数天数');
  });

  it('a person needs a name and a number', () => {
    expect(said(figures({ manager: '（鄂142）' }))).toEqual(['wrong manager 请填写姓名。']);
    expect(said(figures({ manager: '王工（）' }))).toEqual(['wrong manager 请填写注册编号。']);
    expect(said(figures({ manager: '' }))).toEqual(['wrong manager 未填写。']);
    expect(readPerson(personText({ name: '欧阳（甲）', number: '鄂1' }))).toEqual({ name: '欧阳（甲）', number: '鄂1' });
    expect(personText({ name: ' ', number: '' })).toBe('');
  });

  it('files: required ones are there, of the right kind, not empty', () => {
    expect(said({ files: [] })).toEqual(['wrong technical 未填写。', 'wrong qualification 未填写。']);
    const strange = bid().files.map((file) => ({ ...file, name: '方案.docx' }));
    expect(said({ files: strange })).toHaveLength(2);
    expect(said({ files: bid().files.map((file) => ({ ...file, bytes: 0 })) })[0]).toContain('是空文件');
  });

  it('a table with faults keeps it from being sealed; sums that differ from the price are a doubt', () => {
    expect(said({}, { sheets: {} })).toEqual(['wrong billOfQuantities 未填写。']);
    expect(said({}, { sheets: { billOfQuantities: sheetOf('x') } })).toEqual(['wrong billOfQuantities 表格有 2 处错误。']);
    expect(said({}, { sheets: { billOfQuantities: sheetOf('9000000.01') } })).toEqual([
      'doubt billOfQuantities 合计 9,000,000.01 元，与投标报价相差 0.01 元。',
    ]);
  });

  it('what it lets through the opening takes, whatever is written into it', () => {
    const text = fc.oneof(fc.constantFrom('', '200', '9000000.00', '王工（鄂142）', '0'), fc.string({ maxLength: 12 }));
    fc.assert(
      fc.property(text, fc.dictionary(fc.constantFrom(...Object.keys(bid().figures)), text), (price, typed) => {
        const given = bid({ price, figures: { ...bid().figures, ...typed } });
        const found = findingsOf({
          bid: given,
          lot,
          bidder,
          form: bidForm,
          limits: { ceiling: null, periodDays: 999, bidValidityDays: 1 },
          sheets: { billOfQuantities: sheetOf('1') },
        });
        if (!found.some((each) => each.weight === 'wrong')) expect(flawOf(given, { id: lot, form: bidForm }, bidder)).toBeNull();
      }),
    );
  });
});

describe('Attachments', () => {
  it('keep their names as far as they can stand in a package, each its own', () => {
    expect(packedNames(['资质.pdf', '资质.PDF', '资质.pdf', '图纸:总平面.dwg', ' 空格 .pdf', 'a/b.pdf'])).toEqual([
      '资质.pdf',
      '资质 (2).PDF',
      '资质 (3).pdf',
      '图纸_总平面.dwg',
      '空格.pdf',
      'a_b.pdf',
    ]);
  });

  it('whatever people call their files, the package takes the names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 0, maxLength: 260 }), { maxLength: 8 }), (names) => {
        const packed = packedNames(names);
        expect(packed.filter((name) => !fileNameFits(name))).toEqual([]);
        expect(new Set(packed.map((name) => name.toLowerCase())).size).toBe(names.length);
      }),
    );
  });

  it('are accepted by their ending, whatever its case', () => {
    expect([accepted('a.PDF', ['.pdf']), accepted('a.pdf.exe', ['.pdf']), accepted('a.exe', undefined)]).toEqual([true, false, true]);
  });
});
