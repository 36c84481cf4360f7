import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sheetColumns, sheetHead } from '../../src/experts/expert-sheet.ts';
import { clearIdentityOf } from '../../src/experts/identity-reads.ts';
import { Expert } from '../../src/experts/schema.ts';
import type { SheetAnswer } from '../../src/experts/sheet-answers.ts';
import { csvTable, workbookTable } from '../../src/kernel/workbook.ts';
import { csvFile, workbookFile } from '../../src/kernel/workbook-file.ts';
import type { DayString } from '../../src/kernel/working-days.ts';
import { makeCode } from '../../src/parties/code.ts';
import { makeResidentNumber } from '../../src/parties/person.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { makeTown, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse();
  town = await makeTown(house, { experts: 2 });
}, 60_000);
afterAll(() => house.close());

const born = '1970-05-06' as DayString;
const number = (n: number): string => makeResidentNumber('420500', born, n);
const head = [
  '姓名',
  '工作单位代码',
  '工作单位',
  '职称',
  '专业代码',
  '交易类别',
  '行政区划代码',
  '身份证号码',
  '手机',
  '曾任职单位',
  '曾受处罚',
  '入库日期',
];
const row = (n: number, change: Record<string, string> = {}): string[] => {
  const cells: Record<string, string> = {
    姓名: `王工${n}`,
    工作单位代码: makeCode('420102', 800 + n),
    工作单位: `武汉第${n}勘察院`,
    职称: '高级工程师',
    专业代码: 'A03；A0401',
    交易类别: '工程建设',
    行政区划代码: '420100',
    身份证号码: number(n),
    手机: '13812345678',
    曾任职单位: `${makeCode('420102', 700)}|旧单位|2025/6/1`,
    曾受处罚: '否',
    入库日期: '2024-03-01',
    ...change,
  };
  return head.map((name) => cells[name] ?? '');
};

const send = (bytes: Uint8Array, name: string, mode: string, person = town.administrator) =>
  person
    .token()
    .then((token) =>
      request(house.app)
        .post('/api/experts/sheets')
        .set('authorization', `Bearer ${token}`)
        .set('accept', 'application/json')
        .field('mode', mode)
        .attach('sheet', Buffer.from(bytes), { filename: name, contentType: 'application/octet-stream' }),
    );
const taken = async (rows: readonly (readonly string[])[], mode: string, form: 'csv' | 'xlsx' = 'xlsx'): Promise<SheetAnswer> => {
  const bytes = form === 'csv' ? csvFile([head, ...rows]) : await workbookFile([{ name: '专家', rows: [head, ...rows] }]);
  const sent = await send(bytes, `专家.${form}`, mode);
  expect([sent.status, sent.body]).toEqual([201, expect.objectContaining({ sheet: expect.any(String) })]);
  return (await (await town.administrator.api()).get(`/experts/sheets/${sent.body.sheet}`)).body as SheetAnswer;
};
const inPool = (): Promise<number> => house.em().count(Expert, { employerName: { $like: '武汉第%勘察院' } });
const events = (type: string) =>
  house.em().execute<{ body: string }[]>('select body from journal_event where type = ? order by position', [type]);

describe('A table of experts is taken in', () => {
  const wrong = [
    row(2, { 专业代码: 'A11' }),
    row(3, { 身份证号码: `${number(3).slice(0, 17)}${number(3).endsWith('1') ? '2' : '1'}` }),
    row(4, { 工作单位代码: '123', 交易类别: '不存在' }),
    row(1, { 姓名: '同一人' }),
  ];

  it('is only checked: every fault with its row, column and value; nothing stored, nothing of a number shown', async () => {
    const sheet = await taken([row(1), ...wrong], 'check');
    expect(sheet).toMatchObject({ rows: 5, stored: 0, known: 0, wrong: 4, preview: [{ row: 2, name: '王**' }] });
    expect(sheet.faults.map(({ row: at, column, value }) => [at, column?.zh, value])).toEqual([
      [3, '专业代码', 'A11'],
      [4, '身份证号码', '******************'],
      [5, '工作单位代码', '123'],
      [5, '交易类别', '不存在'],
      [6, '身份证号码', '******************'],
    ]);
    for (const { says } of sheet.faults) expect([says.zh, says.en].every((text) => text.length > 4)).toBe(true);
    expect(await inPool()).toBe(0);
  });

  it('all or nothing: one wrong row, and none is stored', async () => {
    expect(await taken([row(1), ...wrong], 'whole')).toMatchObject({ stored: 0, wrong: 4 });
    expect(await inPool()).toBe(0);
  });

  it('the right rows: stored as if admitted one by one, identity data sealed; the mended table passes over who is in already', async () => {
    expect(await taken([row(1), ...wrong], 'good')).toMatchObject({ stored: 1, wrong: 4 });
    const expert = await house.em().findOneOrFail(Expert, { name: '王工1' });
    expect(expert).toMatchObject({
      specialties: ['A03', 'A0401'],
      memberships: ['construction'],
      terms: { construction: expect.stringMatching(/^20/) },
      penalised: false,
      formerEmployers: [{ code: makeCode('420102', 700), name: '旧单位', until: '2025-06-01' }],
    });
    expect(expert.branches).toContain('A04');
    expect(await clearIdentityOf(house.em(), expert.id)).toMatchObject({ idNumber: number(1), phone: '13812345678' });
    const [sealed] = await house
      .em()
      .execute<{ all: string }[]>(`select row_to_json(i)::text as all from expert_identity i where expert = ?`, [expert.id]);
    expect(sealed?.all).not.toContain(number(1));
    expect(await taken([row(1), row(2), row(3)], 'whole')).toMatchObject({ stored: 2, known: 1, wrong: 0 });
    // without a number, name and employer say who it is
    expect(await taken([row(2, { 身份证号码: '' }), row(7, { 身份证号码: '' })], 'whole', 'csv')).toMatchObject({ stored: 1, known: 1 });
  });

  it('is journalled as a file and numbers, one event each, with nobody in it', async () => {
    const bodies = (await events('experts.imported')).map(({ body }) => body);
    expect(JSON.parse(bodies.at(-1) ?? '').data).toMatchObject({ mode: 'whole', rows: 2, stored: 1, known: 1, wrong: 0 });
    for (const body of bodies) expect(body).not.toMatch(/王工|勘察院|19700506|13812345678/);
  });

  it('reads CSV in UTF-8 and GB 18030, with quotation marks and line ends inside; rows keep their numbers', async () => {
    // 姓名,工作单位代码 in GB 18030, and a row that lacks everything
    const gb = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x61, 0x0d, 0x0a, 0x78, 0x0d, 0x0a]);
    const sent = await send(gb, 'a.csv', 'check');
    const { body } = await (await town.administrator.api()).get(`/experts/sheets/${sent.body.sheet}`);
    expect((body as SheetAnswer).faults.map(({ row: at, value }) => [at, value])).toContainEqual([1, 'a']);
    expect((body as SheetAnswer).faults.map(({ value }) => value)).not.toContain('姓名');
    const quoted = `\ufeff${head.join(',')}\r\n\r\n${row(21, { 工作单位: '"甲, 乙""丙""\n丁"' }).join(',')}\r\n${row(22, { 专业代码: 'Z' }).join(',')}\r\n`;
    const read = await send(new TextEncoder().encode(quoted), 'b.csv', 'check');
    const { body: second } = await (await town.administrator.api()).get(`/experts/sheets/${read.body.sheet}`);
    expect(second).toMatchObject({ rows: 2, wrong: 1, preview: [{ row: 3, employer: '甲, 乙"丙"\n丁' }], faults: [{ row: 4 }] });
  });

  it('refuses by name what is no table, is too long, or comes from somebody else', async () => {
    expect((await send(new Uint8Array([1, 0, 2]), 'a.xlsx', 'check')).body.type).toContain('sheet-unreadable');
    const long = csvFile([head, ...Array.from({ length: 20_001 }, () => ['x'])]);
    expect((await send(long, 'a.csv', 'check')).body.type).toContain('sheet-too-long');
    for (const person of [town.agent, town.regulator]) expect((await send(csvFile([head]), 'a.csv', 'check', person)).status).toBe(403);
  });

  it('a table of many batches goes in at once', async () => {
    const rows = Array.from({ length: 1_201 }, (_, n) =>
      row(0, {
        姓名: `批量${n}`,
        身份证号码: makeResidentNumber(
          '420500',
          `19${60 + (n % 20)}-01-${String(1 + (Math.floor(n / 20) % 28)).padStart(2, '0')}` as DayString,
          Math.floor(n / 560),
        ),
        工作单位: '批量单位',
      }),
    );
    expect(await taken(rows, 'whole', 'csv')).toMatchObject({ rows: 1_201, stored: 1_201, wrong: 0 });
    expect(await house.em().count(Expert, { employerName: '批量单位' })).toBe(1_201);
  }, 60_000);
});

describe('A part of the pool is given out', () => {
  const asked = async (fields: object, person = town.administrator) => (await person.api()).post('/experts/exports', fields);
  const fetched = async (sheet: string, person = town.administrator) =>
    request(house.app)
      .get(`/api/experts/exports/${sheet}`)
      .set('authorization', `Bearer ${await person.token()}`)
      .buffer(true)
      .parse((response, done) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => done(null, Buffer.concat(pieces)));
      });

  it('by filters, under the columns of the template, identity data masked, formulas defused; on record', async () => {
    await taken([row(30, { 姓名: '=HYPERLINK("http://evil.example")', 专业代码: 'B0101' })], 'whole');
    const { body } = await asked({ specialty: 'B01', region: '4201', status: 'normal', format: 'csv' });
    expect(body).toMatchObject({ rows: 1 });
    const file = (await fetched(body.sheet)).body as Buffer;
    const text = file.toString('utf8');
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(text).toContain('138****5678');
    expect(text).not.toContain(number(30));
    const table = csvTable(file, true);
    expect(table.rows[0]?.map((cell) => cell.text)).toEqual(sheetHead());
    expect(table.rows[1]?.length).toBe(sheetColumns.length);
    const [last] = (await events('experts.exported')).slice(-1);
    expect(JSON.parse(last?.body ?? '').data).toMatchObject({ rows: 1, filters: { specialty: 'B01', region: '4201' } });
    // what was given out may be taken in again as a name: the apostrophe goes, the formula never ran
    expect((await fetched(body.sheet, town.regulator)).status).toBe(404);
  });

  it('as a workbook; by those who guard the pool alone', async () => {
    const { body } = await asked({ region: '42', specialty: 'A03', format: 'xlsx' }, town.regulator);
    const table = await workbookTable((await fetched(body.sheet, town.regulator)).body as Buffer, 0);
    expect(table?.rows.length).toBeGreaterThan(2);
    for (const person of [town.agent, town.centre, town.experts[0] ?? town.agent])
      expect((await asked({ format: 'csv' }, person)).status).toBe(403);
  });

  it('shows both pages, and a template that can be taken in as it is', async () => {
    const api = await town.administrator.api();
    const template = await request(house.app)
      .get('/api/experts/sheets/template')
      .set('authorization', `Bearer ${await town.administrator.token()}`)
      .buffer(true)
      .parse((response, done) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => done(null, Buffer.concat(pieces)));
      });
    const { body } = await send(template.body as Buffer, '模板.xlsx', 'whole');
    expect(body).toMatchObject({ rows: 0, stored: 0, wrong: 0 });
    expect((await api.get('/experts/sheets')).body).toMatchObject({
      mayImport: true,
      imports: expect.arrayContaining([expect.objectContaining({ sheet: body.sheet })]),
    });
  });
});
