import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { methodFindings } from '../../src/evaluation/method-findings.ts';
import { isChecked, spacedTradeNumber } from '../../src/tenders/number.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { aDraft, aProject, at, type Cast, cast, draftedLot, publishedLot, shownFindings, uploaded, withCouncil } from './scene.ts';

let house: TestHouse;
let people: Cast;
let council: string;
beforeAll(async () => {
  house = await openHouse({ at: at('2031-11-01T09:00') });
  people = await cast(house);
  council = await withCouncil(house);
});
afterAll(() => house.close());

const saving = async (lot: string, change: object) => house.api(people.agent).post(`/lots/${lot}/draft`, change);
const fieldsOf = (body: { errors?: { pointer: string }[] }): string[] => (body.errors ?? []).map((each) => each.pointer);

describe('A project is registered before it is tendered', () => {
  it('by an agent for a tenderee, with a number of region and day', async () => {
    const response = await house.api(people.agent).post('/projects', aProject(people));
    expect(response.status).toBe(201);
    expect(response.body.number).toMatch(/^A01420502311101\d{4}$/);
    const shown = await house.api(people.agent).get(`/projects/${response.body.project}`);
    expect(shown.body.project).toMatchObject({
      tenderee: { code: people.people.tenderee.code },
      agent: { code: people.people.agent.code },
      estimate: '10000000.00',
    });
  });
  it('by the tenderee itself', async () => {
    const response = await house.api(people.tenderee).post('/projects', aProject(people, { tenderee: undefined }));
    expect(response.status).toBe(201);
    expect((await house.api(people.tenderee).get('/projects')).body.projects.length).toBeGreaterThan(0);
  });
  it('never for a tenderee that is not registered as one', async () => {
    const response = await house.api(people.agent).post('/projects', aProject(people, { tenderee: people.people.bidder.code }));
    expect(response.body).toMatchObject({ type: '/problems/no-such-organisation', errors: [{ pointer: 'tenderee' }] });
  });
  it('PROJ-1 refuses an estimate of nothing, takes one fen', async () => {
    expect((await house.api(people.agent).post('/projects', aProject(people, { estimate: '0' }))).body.rule).toBe('PROJ-1');
    expect((await house.api(people.agent).post('/projects', aProject(people, { estimate: '0.01' }))).status).toBe(201);
  });
  it('gives numbers without gaps or doubles when many register at once', async () => {
    const region = '420503';
    const made = await Promise.all(
      Array.from({ length: 6 }, () => house.api(people.agent).post('/projects', aProject(people, { region }))),
    );
    expect(made.map((each) => each.body.number).sort()).toEqual([1, 2, 3, 4, 5, 6].map((serial) => `A01420503311101000${serial}`));
  });
  it('bidders and the public cannot register one', async () => {
    expect((await house.api(people.bidder).post('/projects', aProject(people))).status).toBe(403);
    expect((await house.api().post('/projects', aProject(people))).status).toBe(401);
  });
});

describe('What the law refuses is refused while it is written, with its rule beside the field', () => {
  let lot: string;
  beforeAll(async () => {
    lot = await draftedLot(house, people);
  });
  const cases: readonly [string, object, object, string, string][] = [
    ['CON-C12 deadline 20 days after issue', { deadline: '2031-11-21T00:00' }, { deadline: '2031-11-20T23:59' }, 'CON-C12', 'deadline'],
    [
      'CON-C5 documents for five days',
      { documentsUntil: '2031-11-06T00:00' },
      { documentsUntil: '2031-11-05T23:59' },
      'CON-C5',
      'documentsUntil',
    ],
    ['CON-BOND security of 2 %', { security: '200000.00' }, { security: '201000.00' }, 'CON-BOND', 'security'],
    ['FIG-1 ceiling within the estimate', { ceiling: '10000000.00' }, { ceiling: '10000000.01' }, 'FIG-1', 'ceiling'],
    ['CON-C20N publicity of three days', { publicityDays: 3 }, { publicityDays: 2 }, 'CON-C20N', 'publicityDays'],
    ['CON-XC1E four of five are experts', { panelExperts: 4 }, { panelExperts: 3 }, 'CON-XC1E', 'panelExperts'],
    ['PANEL-1 an odd panel', { panelSize: 5, panelExperts: 4 }, { panelSize: 6, panelExperts: 4 }, 'PANEL-1', 'panelSize'],
    [
      'PLAN-1 seats add up to the experts',
      { seats: [{ specialty: 'A08', count: 4 }] },
      { seats: [{ specialty: 'A08', count: 3 }] },
      'PLAN-1',
      'seats',
    ],
    [
      'PLAN-2 a specialty is named once',
      {
        seats: [
          { specialty: 'A08', count: 3 },
          { specialty: 'A06', count: 1 },
        ],
      },
      {
        seats: [
          { specialty: 'A08', count: 3 },
          { specialty: 'A08', count: 1 },
        ],
      },
      'PLAN-2',
      'seats',
    ],
    [
      'PLAN-3 points make a hundred',
      { criteria: [{ name: '施工方案', max: '40', kind: 'subjective' }] },
      { criteria: [{ name: '施工方案', max: '39.5', kind: 'subjective' }] },
      'PLAN-3',
      'criteria',
    ],
    ['PLAN-4 three candidates', { candidates: 3 }, { candidates: 4 }, 'PLAN-4', 'candidates'],
  ];
  it.each(cases)('%s', async (_name, taken, refused, rule, field) => {
    expect((await saving(lot, taken)).status).toBe(201);
    const before = (await house.api(people.agent).get(`/lots/${lot}/draft`)).body;
    const response = await saving(lot, refused);
    expect(response.body).toMatchObject({ status: 409, rule });
    expect(response.body.source).toBeTruthy();
    expect(fieldsOf(response.body)).toContain(field);
    // nothing is half stored
    expect((await house.api(people.agent).get(`/lots/${lot}/draft`)).body.lot.revision).toBe(before.lot.revision);
  });
  it('CON-BOND 2.00 % is taken to the fen, one fen more is refused', async () => {
    expect((await saving(lot, { estimate: '10000000.00', security: '200000.00' })).status).toBe(201);
    expect((await saving(lot, { security: '200000.01' })).body.rule).toBe('CON-BOND');
  });
  it('CON-BOND-WORKS the cap of 800 000.00 holds whatever the estimate, 800 000.01 does not', async () => {
    expect((await saving(lot, { estimate: '80000000.00', security: '800000.00' })).status).toBe(201);
    expect((await saving(lot, { security: '800000.01' })).body).toMatchObject({
      rule: 'CON-BOND-WORKS',
      errors: [{ pointer: 'security' }],
    });
    await saving(lot, { estimate: '10000000.00', security: '200000.00', ceiling: '9800000.00' });
  });
  it('names every field that is wrong at once', async () => {
    const response = await saving(lot, { deadline: '2031-11-10T09:00', documentsUntil: '2031-11-02T09:00' });
    expect(fieldsOf(response.body)).toEqual(expect.arrayContaining(['deadline', 'documentsUntil']));
  });
  it('unreadable input is named by its field and nothing is stored', async () => {
    const response = await saving(lot, {
      estimate: 'viel',
      deadline: '2031-02-30T09:00',
      criteria: [{ name: 'x', max: '1.005', kind: 'subjective' }],
    });
    expect(response.status).toBe(422);
    expect(fieldsOf(response.body)).toEqual(expect.arrayContaining(['estimate', 'deadline', 'criteria.0.max']));
  });
  it('what has aged since does not stop another step from being saved', async () => {
    const old = await draftedLot(house, people);
    await house.clock.to(at('2031-11-01T23:00'));
    expect((await saving(old, { place: '宜昌市夷陵区' })).status).toBe(201);
  });
  it('two people on one draft do not overwrite each other unseen', async () => {
    const { revision } = (await house.api(people.agent).get(`/lots/${lot}/draft`)).body.lot;
    expect((await saving(lot, { place: '甲', revision })).status).toBe(201);
    expect((await saving(lot, { place: '乙', revision })).body.type).toBe('/problems/state-moved-on');
  });
  it('resumes where it was left: absent keys stay, empty ones are cleared', async () => {
    await saving(lot, { ceiling: '' });
    const { draft } = (await house.api(people.agent).get(`/lots/${lot}/draft`)).body;
    expect(draft.ceiling).toBeNull();
    expect(draft.description).toBe(aDraft().description);
  });
});

describe('A draft is its host’s', () => {
  let lot: string;
  beforeAll(async () => {
    lot = await draftedLot(house, people);
  });
  it('a foreign agent finds nothing: not the lot, its draft, its project, nor a way to change it', async () => {
    const foreign = house.api(people.otherAgent);
    const { project } = (await house.api(people.agent).get(`/lots/${lot}`)).body;
    for (const path of [`/lots/${lot}`, `/lots/${lot}/draft`, `/projects/${project.id}`, `/lots/${lot}/timeline`])
      expect((await foreign.get(path)).body.type).toBe('/problems/not-found');
    expect((await foreign.post(`/lots/${lot}/draft`, { place: '别处' })).status).toBe(404);
    expect((await foreign.post(`/lots/${lot}/notice`)).status).toBe(404);
    expect((await foreign.post(`/projects/${project.id}/lots`, { name: '抢标段' })).status).toBe(404);
    expect((await uploaded(house, people.otherAgent, `/lots/${lot}/documents`, 'x')).status).toBe(404);
  });
  it('the public, bidders, the administrator and a regulator of elsewhere find nothing; tenderee, centre and the region’s regulator see that it is there', async () => {
    for (const token of [undefined, people.bidder, people.administrator, people.foreignRegulator]) {
      expect((await house.api(token).get(`/lots/${lot}`)).status).toBe(404);
      expect((await house.api(token).get(`/lots/${lot}/documents`)).status).toBe(404);
    }
    for (const token of [people.tenderee, people.centre, people.regulator])
      expect((await house.api(token).get(`/lots/${lot}`)).status).toBe(200);
    const list = await house.api().get('/lots?text=第三中学');
    expect(list.body.rows.map((row: { id: string }) => row.id)).not.toContain(lot);
  });
});

describe('The notice', () => {
  it('is refused while something is missing, and says what', async () => {
    const { body } = await house.api(people.agent).post('/projects', aProject(people));
    const lot = (await house.api(people.agent).post(`/projects/${body.project}/lots`, { name: '一标段' })).body.lot;
    const response = await house.api(people.agent).post(`/lots/${lot}/notice`);
    expect(response.body.type).toBe('/problems/draft-incomplete');
    expect(fieldsOf(response.body)).toEqual(expect.arrayContaining(['description', 'deadline', 'qualification']));
  });
  it('is refused without a tender document', async () => {
    const lot = await draftedLot(house, people);
    expect((await house.api(people.agent).post(`/lots/${lot}/notice`)).body.type).toBe('/problems/no-tender-documents');
  });
  it('CON-C12 is judged at the moment of publication: a draft that was early enough yesterday is refused today', async () => {
    const lot = await draftedLot(house, people, { documentsUntil: '2031-11-10T17:00', deadline: '2031-11-21T09:30' });
    await uploaded(house, people.agent, `/lots/${lot}/documents`, 'd');
    await house.clock.to(at('2031-11-02T00:00'));
    const response = await house.api(people.agent).post(`/lots/${lot}/notice`);
    expect(response.body).toMatchObject({
      rule: 'CON-C12',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: 'deadline' })]),
    });
    expect((await saving(lot, { deadline: '2031-11-22T09:30', documentsUntil: '2031-11-07T17:00' })).status).toBe(201);
    const acknowledged = await shownFindings(house, people.agent, lot);
    expect((await house.api(people.agent).post(`/lots/${lot}/notice`, { acknowledged })).status).toBe(201);
  });
  it('is refused until each property of the method is acknowledged, and carries them with their examples', async () => {
    const lot = await draftedLot(house, people, { deadline: '2031-11-23T09:30', documentsUntil: '2031-11-08T17:00' });
    await uploaded(house, people.agent, `/lots/${lot}/documents`, 'd');
    const shown = await shownFindings(house, people.agent, lot);
    expect(shown).toEqual(['lower-price-loses', 'loser-decides']);
    for (const acknowledged of [undefined, [], shown.slice(1)]) {
      const { body } = await house.api(people.agent).post(`/lots/${lot}/notice`, { acknowledged });
      expect(body).toMatchObject({ type: '/problems/findings-unacknowledged', title: expect.any(String) });
      expect(fieldsOf(body)).toContain('acknowledged.lower-price-loses');
    }
    expect((await house.api(people.agent).post(`/lots/${lot}/notice`, { acknowledged: ['nonsense'] })).status).toBe(422);
    expect((await house.api(people.agent).post(`/lots/${lot}/notice`, { acknowledged: shown })).status).toBe(201);
    const { terms } = (await house.api().get(`/lots/${lot}`)).body;
    expect(terms.findings).toEqual(methodFindings(terms.method, terms.parameters));
    expect((await request(house.app).get(`/lots/${lot}`)).text).toContain('报得更低反而落选');
  });
  it('pins edition, council and terms, and is public at once', async () => {
    const lot = await publishedLot(house, people, { deadline: '2031-11-23T09:30', documentsUntil: '2031-11-08T17:00' });
    const { body } = await house.api().get(`/lots/${lot}`);
    expect(body.lot).toMatchObject({
      phase: 'bidding',
      edition: 'construction/2025-01-01',
      council,
      ceiling: '9800000.00',
      security: '200000.00',
    });
    expect(body.terms).toMatchObject({
      sealPolicy: 'council',
      parts: ['whole'],
      minimumBids: 3,
      publicityDays: 3,
      panel: { size: 5, experts: 4 },
      method: { rank: 'score', price: { kind: 'deviation', full: '60', benchmark: { kind: 'mean', discount: { drawn: '下浮率' } } } },
      parameters: [{ name: '下浮率', choices: ['1%', '1.5%', '2%', '2.5%', '3%'] }],
    });
    const points = body.terms.criteria.reduce((all: number, each: { max: string }) => all + Number(each.max), 0);
    expect(points).toBe(40);
    const timeline = (await house.api().get(`/lots/${lot}/timeline`)).body.entries;
    expect(timeline.map((each: { type: string }) => each.type)).toEqual(['project.registered', 'document.published', 'notice.published']);
    expect(timeline.at(-1).data.terms.deadline).toBe(at('2031-11-23T09:30'));
    expect(timeline.at(-1).actor).toBe('宜昌第1建设有限公司');
  });
  it('cannot be published twice, nor drafted on, nor its documents changed without an addendum', async () => {
    const lot = await publishedLot(house, people, { deadline: '2031-11-23T09:30', documentsUntil: '2031-11-08T17:00' });
    expect((await house.api(people.agent).post(`/lots/${lot}/notice`)).body.type).toBe('/problems/not-in-this-phase');
    expect((await saving(lot, { ceiling: '1' })).body.type).toBe('/problems/not-in-this-phase');
    expect((await uploaded(house, people.agent, `/lots/${lot}/documents`, 'x')).body.type).toBe('/problems/documents-need-an-addendum');
    expect((await house.api(people.agent).get(`/lots/${lot}/draft`)).status).toBe(404);
  });
  it('two publications at once: one is taken', async () => {
    const lot = await draftedLot(house, people, { deadline: '2031-11-23T09:30', documentsUntil: '2031-11-08T17:00' });
    await uploaded(house, people.agent, `/lots/${lot}/documents`, 'd');
    const acknowledged = await shownFindings(house, people.agent, lot);
    const tries = await Promise.all([1, 2, 3].map(() => house.api(people.agent).post(`/lots/${lot}/notice`, { acknowledged })));
    expect(tries.map((each) => each.status).sort()).toEqual([201, 409, 409]);
  });
  it('is found by text, region, line and phase', async () => {
    const found = async (query: string): Promise<number> => (await house.api().get(`/lots?${query}`)).body.total;
    const all = await found('');
    expect(all).toBeGreaterThan(0);
    expect(await found('region=420500')).toBe(all);
    expect(await found('region=420000')).toBe(all);
    expect(await found('region=420504')).toBe(0);
    expect(await found(`text=${encodeURIComponent('教学楼')}`)).toBe(all);
    expect(await found(`text=${encodeURIComponent('%')}`)).toBe(0);
    expect(await found('phase=bidding&line=construction')).toBe(all);
    expect(await found('phase=failed')).toBe(0);
  });
  it('is found by its trading code, whole or without its class; a mistyped one is told', async () => {
    const { rows } = (await house.api().get('/lots')).body;
    const { lot, project } = (await house.api().get(`/lots/${rows[0].id}`)).body;
    expect(lot.tradeCode).toMatch(/^A01/);
    expect(isChecked(lot.tradeCode) && isChecked(project.tradeCode)).toBe(true);
    expect(lot.tradeCode).not.toBe(project.tradeCode);
    const search = async (text: string) => (await house.api().get(`/lots?text=${encodeURIComponent(text)}`)).body;
    expect((await search(lot.tradeCode)).rows).toEqual([expect.objectContaining({ id: lot.id })]);
    expect((await search(spacedTradeNumber(lot.tradeCode))).rows.map((each: { id: string }) => each.id)).toContain(lot.id);
    expect(await search(lot.tradeCode)).toMatchObject({ mistyped: false });
    const last = lot.tradeCode.at(-1) === '0' ? '1' : '0';
    expect(await search(`${lot.tradeCode.slice(0, -1)}${last}`)).toMatchObject({ mistyped: true, total: 0 });
  });
});

describe('Tender documents', () => {
  it('have versions and digests; a version is replaced once', async () => {
    const lot = await draftedLot(house, people, { deadline: '2031-11-23T09:30', documentsUntil: '2031-11-08T17:00' });
    const first = (await uploaded(house, people.agent, `/lots/${lot}/documents`, '第一版', { name: '招标文件正文' })).body;
    const second = (await uploaded(house, people.agent, `/lots/${lot}/documents`, '第二版', { supersedes: first.document })).body;
    expect(second).toMatchObject({ name: '招标文件正文', version: 2 });
    expect(second.sha256).not.toBe(first.sha256);
    expect((await uploaded(house, people.agent, `/lots/${lot}/documents`, '又一版', { supersedes: first.document })).body.type).toBe(
      '/problems/document-superseded',
    );
    const { documents } = (await house.api(people.agent).get(`/lots/${lot}/documents`)).body;
    expect(documents.map((each: { version: number; superseded: boolean }) => [each.version, each.superseded])).toEqual([
      [1, true],
      [2, false],
    ]);
    const download = await house.api(people.agent).get(`/lots/${lot}/documents/${second.document}`);
    expect(download.body.toString()).toBe('第二版');
  });
});
