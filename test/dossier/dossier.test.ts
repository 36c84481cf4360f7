import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sheetColumns } from '../../src/dossier/entry-sheet.ts';
import { DossierEntry } from '../../src/dossier/schema.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { later } from '../../src/kernel/clock.ts';
import { workbookFile } from '../../src/kernel/workbook-file.ts';
import { addDays, dayOf } from '../../src/kernel/working-days.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { confirms, licence, pdf, person, referenceOf, sends } from './scene.ts';

let house: TestHouse;
let town: Town;
let now: Instant;
let owner: Person;
let other: Person;
beforeAll(async () => {
  now = soon();
  house = await openHouse({ at: now });
  town = await makeTown(house, { experts: 0, bidders: 2 });
  [owner, other] = [town.bidders[0] ?? town.agent, town.bidders[1] ?? town.agent];
}, 60_000);
afterAll(() => house.close());

const code = (): string => owner.actor.code ?? '';
const problem = (answer: { body: { type?: string } }): string => (answer.body.type ?? '').replace('/problems/', '');
const events = async (type: string) =>
  house.em().execute<{ party: string; body: string }[]>('select party, body from journal_event where type = ?', [type]);

describe('A dossier', () => {
  it('keeps an entry with its file, in versions that are never overwritten, and offers none that was not confirmed', async () => {
    const lacking = await sends(house, owner, '/dossier/entries', licence({ number: '' }));
    expect([problem(lacking), lacking.body.errors?.[0]?.pointer]).toEqual(['dossier-field-missing', 'number']);
    const turned = await sends(house, owner, '/dossier/entries', licence({ validUntil: '2019-12-31' }));
    expect(problem(turned)).toBe('dossier-validity-impossible');
    expect(await house.em().count(DossierEntry)).toBe(0);
    const first = await sends(house, owner, '/dossier/entries', licence(), ['document', '资质证书.pdf', pdf('1')]);
    expect(first.status).toBe(201);
    const api = await owner.api();
    expect((await api.get('/dossier/offers')).body.offers).toEqual([]);
    const path = `/dossier/entries/${first.body.entry}`;
    const more = await sends(house, owner, `${path}/documents`, {}, ['document', '副本.pdf', pdf('2')]);
    expect(more.body.sha256).not.toBe(first.body.sha256);
    // what was signed was another text
    expect(problem(await confirms(owner, [referenceOf(first.body)], now))).toBe('dossier-entry-changed');
    expect((await confirms(owner, [referenceOf(more.body)], now)).status).toBe(201);
    expect(problem(await confirms(owner, [referenceOf(more.body)], now))).toBe('dossier-entry-confirmed');
    expect(problem(await sends(house, owner, `${path}/documents`, {}, ['document', '三.pdf', pdf('3')]))).toBe('dossier-entry-confirmed');
    const offered = (await api.get('/dossier/offers')).body.offers;
    expect(offered).toMatchObject([{ version: 1, sha256: more.body.sha256, documents: [{ name: '资质证书.pdf' }, { name: '副本.pdf' }] }]);
    // a new version waits for its own confirmation; until then bids take the one before
    const second = await sends(house, owner, `${path}/versions`, licence({ grade: '特级' }));
    expect(second.body).toMatchObject({ entry: first.body.entry, version: 2 });
    expect((await api.get('/dossier/offers')).body.offers).toEqual(offered);
    const page = (await api.get(path)).body;
    expect(page.versions.map((each: { version: number; confirmedAt: string | null }) => [each.version, each.confirmedAt !== null])).toEqual(
      [
        [2, false],
        [1, true],
      ],
    );
    expect(page.kept.documents).toHaveLength(2);
    const [{ sha256 = '' } = {}] = offered[0].documents;
    expect((await api.get(`${path}/documents/${sha256}`)).status).toBe(200);
  });

  it('is confirmed by a signature of its own organisation over just these versions, made now', async () => {
    const { body } = await sends(house, owner, '/dossier/entries', person());
    const reference = referenceOf(body);
    expect(problem(await confirms(owner, [reference], now, other))).toBe('dossier-signature-refused');
    expect(problem(await confirms(owner, [reference], later(now, -3_600_000)))).toBe('dossier-signature-refused');
    expect(
      (await (await owner.api()).get('/dossier')).body.entries.filter((each: { confirmedAt: string | null }) => !each.confirmedAt),
    ).toHaveLength(2);
    expect((await confirms(other, [reference], now)).status).toBe(404);
    expect((await confirms(owner, [reference], now)).status).toBe(201);
  });

  it('DOSSIER-1: on the last day of its validity an entry is confirmed and published, on the day after it is not', async () => {
    const today = dayOf(now);
    const last = (await sends(house, owner, '/dossier/entries', licence({ title: '安全生产许可证', validUntil: today }))).body;
    const over = (await sends(house, owner, '/dossier/entries', licence({ title: '旧证书', validUntil: addDays(today, -1) }))).body;
    const refused = await confirms(owner, [referenceOf(last), referenceOf(over)], now);
    expect(refused.body).toMatchObject({ rule: 'DOSSIER-1' });
    // all or none: the one that is still valid was not confirmed with the other
    expect((await confirms(owner, [referenceOf(last)], now)).status).toBe(201);
    const api = await owner.api();
    expect(problem(await api.post(`/dossier/entries/${over.entry}/publication`))).toBe('dossier-entry-unconfirmed');
    expect((await api.post(`/dossier/entries/${last.entry}/publication`)).status).toBe(201);
    await api.post(`/dossier/entries/${last.entry}/publication/end`);
    const tomorrow = later(now, 86_400_000);
    await house.clock.to(tomorrow);
    now = tomorrow;
    expect((await api.post(`/dossier/entries/${last.entry}/publication`)).body).toMatchObject({ rule: 'DOSSIER-1' });
  });

  it('is its owner’s: nobody else reads it, everyone reads what it publishes, and only licences and achievements are published', async () => {
    const api = await owner.api();
    const { offers } = (await api.get('/dossier/offers')).body;
    const of = (kind: string) => offers.find((each: { kind: string }) => each.kind === kind);
    expect(problem(await api.post(`/dossier/entries/${of('person').entry}/publication`))).toBe('dossier-kind-not-public');
    const path = `/organisations/${code()}/dossier`;
    expect((await house.api().get(path)).body.entries).toEqual([]);
    const shown = offers.find((each: { title: string }) => each.title === '建筑工程施工总承包一级');
    expect((await api.post(`/dossier/entries/${shown.entry}/publication`)).status).toBe(201);
    const read = (await house.api().get(path)).body;
    // the second version was not confirmed: everyone still reads the first
    expect(read.entries).toMatchObject([{ title: shown.title, version: 1 }]);
    for (const stranger of [other, town.agent, town.regulator, town.administrator]) {
      const theirs = await stranger.api();
      const statuses = [
        (await theirs.get(`/dossier/entries/${shown.entry}`)).status,
        (await theirs.get(`/dossier/entries/${shown.entry}/documents/${shown.documents[0].sha256}`)).status,
        (await theirs.post(`/dossier/entries/${shown.entry}/removal`)).status,
      ];
      expect(statuses.every((status) => status === 403 || status === 404)).toBe(true);
    }
    expect((await (await other.api()).get('/dossier')).body.entries).toEqual([]);
    expect((await api.post(`/dossier/entries/${shown.entry}/removal`)).status).toBe(201);
    expect((await house.api().get(path)).body.entries).toEqual([]);
  });

  it('shows itself whole to a supervisor who says why, for a quarter of an hour, and tells its owner', async () => {
    const regulator = await town.regulator.api();
    const path = `/organisations/${code()}/dossier/looks`;
    expect(problem(await regulator.post(path, { ground: '查' }))).toBe('invalid-input');
    const { body } = await regulator.post(path, { ground: '核实投诉所涉业绩' });
    const seen = (await regulator.get(`${path}/${body.look}`)).body;
    expect(seen.entries.length).toBeGreaterThan(2);
    expect((await (await other.api()).get(`${path}/${body.look}`)).status).toBe(403);
    expect((await (await owner.api()).get('/dossier')).body.looks).toMatchObject([{ ground: '核实投诉所涉业绩' }]);
    await house.clock.to(later(now, 15 * 60_000 - 1000));
    expect((await regulator.get(`${path}/${body.look}`)).status).toBe(200);
    await house.clock.to(later(now, 15 * 60_000 + 1000));
    now = later(now, 15 * 60_000 + 1000);
    expect((await regulator.get(`${path}/${body.look}`)).status).toBe(404);
    const [looked] = await events('dossier.viewed');
    expect(looked).toMatchObject({ party: code() });
  });

  it('takes a table whole or not at all, and says of every wrong row what is wrong with it', async () => {
    const head = sheetColumns.map(({ title }) => title.zh);
    const row = (cells: Record<string, string>): string[] => sheetColumns.map(({ key }) => cells[key] ?? '');
    const file = async (...rows: string[][]) => workbookFile([{ name: '档案', rows: [head, ...rows] }]);
    const good = row({ kind: '业绩', title: '市民中心工程', issuer: '宜昌市政府', amount: '12000000.00', validFrom: '2024/3/5' });
    const before = await house.em().count(DossierEntry);
    const wrong = await file(good, row({ kind: '人员', title: '李工' }), row({ kind: '奖章', title: '某某奖', validUntil: '明年' }));
    const refused = await sends(house, other, '/dossier/tables', {}, ['table', '档案.xlsx', wrong]);
    expect(problem(refused)).toBe('dossier-table-faults');
    expect(refused.body.errors.map((each: { pointer: string }) => each.pointer)).toEqual(
      expect.arrayContaining(['rows.3.number', 'rows.3.name', 'rows.4.kind', 'rows.4.validUntil']),
    );
    expect(refused.body.detail).toContain('第3行');
    expect(await house.em().count(DossierEntry)).toBe(before);
    const taken = await sends(house, other, '/dossier/tables', {}, ['table', '档案.xlsx', await file(good, row(person() as never))]);
    expect(taken.body).toEqual({ stored: 2 });
    const { entries } = (await (await other.api()).get('/dossier')).body;
    expect(entries).toMatchObject([
      { kind: 'achievement', validFrom: '2024-03-05', confirmedAt: null },
      { kind: 'person', confirmedAt: null },
    ]);
    expect((await confirms(other, entries.map(referenceOf), now)).status).toBe(201);
    const not = await sends(house, other, '/dossier/tables', {}, ['table', '档案.xlsx', Buffer.from([0, 1, 2])]);
    expect(problem(not)).toBe('dossier-table-unreadable');
  });
});
