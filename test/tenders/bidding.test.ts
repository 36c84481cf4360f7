import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { Interest } from '../../src/bids/schema.ts';
import { Question } from '../../src/tenders/schema.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { at, type Cast, cast, draftedLot, publishedLot, uploaded, withCouncil } from './scene.ts';

let house: TestHouse;
let people: Cast;
beforeAll(async () => {
  house = await openHouse({ at: at('2031-11-01T09:00') });
  people = await cast(house);
  await withCouncil(house);
});
afterAll(() => house.close());

const page = (path: string, token?: string) => {
  const asked = request(house.app).get(path).redirects(0);
  return token ? asked.set('authorization', `Bearer ${token}`) : asked;
};
const collect = (lot: string, token: string) => house.api(token).post(`/lots/${lot}/interest`);
const ask = (lot: string, token: string, text: string) => house.api(token).post(`/lots/${lot}/questions`, { text });

describe('Who collects documents and who asks stays secret until the opening', () => {
  let lot: string;
  let bystander: string;
  beforeAll(async () => {
    lot = await publishedLot(house, people);
    bystander = await publishedLot(house, people);
    expect((await collect(lot, people.bidder)).status).toBe(201);
    expect((await collect(lot, people.secondBidder)).status).toBe(201);
    expect((await ask(lot, people.bidder, '清单第 12 项的规格是否有误？')).status).toBe(201);
    expect((await ask(lot, people.secondBidder, '是否接受电子保函？')).status).toBe(201);
    const { questions } = (await house.api(people.agent).get(`/lots/${lot}/questions`)).body;
    const first = questions.find((each: { text: string }) => each.text.startsWith('清单'));
    await house.api(people.agent).post(`/lots/${lot}/questions/${first.id}/answer`, { answer: '无误。' });
  });

  const outsiders = ['agent', 'tenderee', 'centre', 'regulator', 'foreignRegulator', 'administrator', 'otherAgent', 'nobody'] as const;
  const tokenOf = (who: (typeof outsiders)[number]): string | undefined => (who === 'nobody' ? undefined : people[who]);
  const secrets = (): string[] =>
    [people.people.bidder, people.people.secondBidder].flatMap(({ code, user, organisation, login }) => [code, user, organisation, login]);
  const names = ['宜昌第4建设有限公司', '宜昌第5建设有限公司', '用户4', '用户5'];

  it.each(outsiders)('%s finds neither code, name nor user of a bidder in any JSON or page', async (who) => {
    const token = tokenOf(who);
    for (const path of [`/lots/${lot}`, `/lots/${lot}/questions`, `/lots/${lot}/documents`, `/lots/${lot}/timeline`, '/lots']) {
      const json = JSON.stringify((await house.api(token).get(path)).body);
      const html = (await page(path, token)).text;
      for (const secret of [...secrets(), ...names]) {
        expect(json).not.toContain(secret);
        expect(html).not.toContain(secret);
      }
    }
  });
  it.each(outsiders)('%s sees the same lot whether two collected or none: counting is seeing', async (who) => {
    const token = tokenOf(who);
    const shape = async (id: string) => {
      const { lot: shown, documents, you, next } = (await house.api(token).get(`/lots/${id}`)).body;
      return { keys: Object.keys(shown), documents: documents.length, you, next: next.length };
    };
    const busy = await shape(lot);
    const quiet = await shape(bystander);
    // the host has one more thing to do: a question waits (not who asked it)
    expect({ ...busy, next: who === 'agent' || who === 'tenderee' ? quiet.next : busy.next }).toEqual(quiet);
    const types = async (id: string): Promise<string[]> =>
      (await house.api(token).get(`/lots/${id}/timeline`)).body.entries.map((each: { type: string }) => each.type);
    expect((await types(lot)).filter((type) => type !== 'question.answered')).toEqual(await types(bystander));
  });
  it('the host’s to-do list says that a question waits, the bidder’s that a bid is due; neither says who or how many bid', async () => {
    const host = (await house.api(people.agent).get('/work')).body;
    expect(JSON.stringify(host.todos)).toContain('答复 1 个疑问');
    const own = (await house.api(people.bidder).get('/work')).body;
    expect(own.todos.map((each: { href: string }) => each.href)).toContain(`/lots/${lot}/bids`);
    for (const secret of secrets()) expect(JSON.stringify(host)).not.toContain(secret);
  });
  it('the lot’s own row does not betray that somebody came: its version stands still', async () => {
    const version = async (): Promise<unknown> => (await house.em().execute('select version from lot where id = ?', [bystander]))[0];
    const before = await version();
    expect((await collect(bystander, people.bidder)).status).toBe(201);
    expect(await version()).toEqual(before);
  });
  it('a bidder sees its own collecting and its own question, not the other’s', async () => {
    const own = (await house.api(people.bidder).get(`/lots/${lot}/timeline`)).body.entries;
    expect(own.filter((each: { type: string }) => each.type === 'documents.collected')).toHaveLength(1);
    expect(own.filter((each: { type: string }) => each.type === 'question.asked')).toHaveLength(1);
    const { questions } = (await house.api(people.secondBidder).get(`/lots/${lot}/questions`)).body;
    const seen = new Map(questions.map((each: { mine: boolean; answer: string | null }) => [each.mine, each.answer]));
    expect([seen.size, seen.get(false), seen.get(true)]).toEqual([2, '无误。', null]);
  });
  it('an answered question is public, a waiting one is not', async () => {
    const { questions } = (await house.api().get(`/lots/${lot}/questions`)).body;
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({ answer: '无误。', mine: false });
    expect(await house.em().count(Question, { lot })).toBe(2);
  });
  it('refused acts of a bidder are not shown to the regulator either', async () => {
    expect((await ask(lot, people.bidder, '')).status).toBe(422);
    const entries = (await house.api(people.regulator).get(`/lots/${lot}/timeline`)).body.entries;
    expect(entries.map((each: { type: string }) => each.type)).not.toContain('act.refused');
  });
});

describe('Documents go to those who collected them', () => {
  it('not before, then every version, to the host and its watchers always, to the public never', async () => {
    const lot = await publishedLot(house, people);
    const document = (await house.api().get(`/lots/${lot}/documents`)).body.documents[0];
    const path = `/lots/${lot}/documents/${document.id}`;
    expect((await house.api().get(path)).status).toBe(401);
    expect((await house.api(people.bidder).get(path)).body.type).toBe('/problems/documents-not-collected');
    expect((await house.api(people.otherAgent).get(path)).body.type).toBe('/problems/documents-not-collected');
    expect((await collect(lot, people.bidder)).body.documents).toEqual([document.id]);
    expect((await house.api(people.bidder).get(path)).body.toString()).toContain('招标文件');
    expect((await house.api(people.secondBidder).get(path)).status).toBe(409);
    for (const token of [people.agent, people.tenderee, people.regulator]) expect((await house.api(token).get(path)).status).toBe(200);
    expect((await house.api(people.bidder).get(`/lots/${await publishedLot(house, people)}/documents/${document.id}`)).status).toBe(409);
  });
  it('collecting twice is one interest', async () => {
    const lot = await publishedLot(house, people);
    await Promise.all([collect(lot, people.bidder), collect(lot, people.bidder), collect(lot, people.bidder)]);
    expect(await house.em().count(Interest, { lot })).toBe(1);
  });
  it('only in the window: at its end itself it is over, a moment before it is not; who came in time keeps it', async () => {
    const lot = await publishedLot(house, people, { documentsUntil: '2031-11-06T17:00' });
    await house.clock.to(at('2031-11-06T16:59'));
    expect((await collect(lot, people.bidder)).status).toBe(201);
    await house.clock.to(at('2031-11-06T17:00'));
    expect((await collect(lot, people.secondBidder)).body.type).toBe('/problems/documents-window-closed');
    expect((await collect(lot, people.bidder)).status).toBe(201);
  });
  it('a draft has none for anyone but its host', async () => {
    const lot = await draftedLot(house, people, { documentsUntil: '2031-11-12T17:00', deadline: '2031-11-28T09:30' });
    expect((await collect(lot, people.bidder)).status).toBe(404);
    expect((await ask(lot, people.bidder, '?')).status).toBe(404);
  });
});

describe('CON-C8 An addendum that affects bids leaves 15 days', () => {
  const amend = (lot: string, change: object) =>
    house.api(people.agent).post(`/lots/${lot}/addenda`, { text: '修改工程量清单第 12 项。', ...change });
  const early = { documentsUntil: '2031-11-15T17:00', deadline: '2031-12-10T09:30' };

  it('15 days before nothing moves, and the page said so', async () => {
    const lot = await publishedLot(house, people, early);
    await house.clock.to(at('2031-11-25T23:59'));
    expect((await house.api(people.agent).get(`/lots/${lot}`)).body.amendment).toMatchObject({
      moved: false,
      deadline: at('2031-12-10T09:30'),
    });
    const response = await amend(lot, { affectsPreparation: true });
    expect(response.body).toMatchObject({ number: 1, moved: false, deadline: at('2031-12-10T09:30') });
  });
  it('14 days before the deadline moves to the 15th at the same time of day, and the page said so', async () => {
    const lot = await publishedLot(house, people, { documentsUntil: '2031-12-05T17:00', deadline: '2031-12-20T09:30' });
    await house.clock.to(at('2031-12-06T00:00'));
    expect((await house.api(people.agent).get(`/lots/${lot}`)).body.amendment).toMatchObject({
      moved: true,
      deadline: at('2031-12-21T09:30'),
    });
    const response = await amend(lot, { affectsPreparation: true });
    expect(response.body).toMatchObject({
      moved: true,
      byLaw: true,
      previousDeadline: at('2031-12-20T09:30'),
      deadline: at('2031-12-21T09:30'),
    });
    const shown = (await house.api().get(`/lots/${lot}`)).body;
    expect(shown.lot.deadline).toBe(at('2031-12-21T09:30'));
    expect(shown.addenda).toHaveLength(1);
    expect(shown.terms.deadline).toBe(at('2031-12-20T09:30'));
  });
  it('one that does not affect bids moves nothing, even on the last day', async () => {
    const lot = await publishedLot(house, people, { documentsUntil: '2031-12-12T17:00', deadline: '2031-12-27T09:30' });
    await house.clock.to(at('2031-12-27T09:29'));
    expect((await amend(lot, { affectsPreparation: false })).body).toMatchObject({ moved: false, deadline: at('2031-12-27T09:30') });
  });
  it('a host may move it later, never earlier, and not after it', async () => {
    const lot = await publishedLot(house, people, { documentsUntil: '2032-01-05T17:00', deadline: '2032-01-20T09:30' });
    expect((await amend(lot, { affectsPreparation: false, deadline: '2032-01-19T09:30' })).body).toMatchObject({
      type: '/problems/deadline-only-later',
      errors: [{ pointer: 'deadline' }],
    });
    expect((await amend(lot, { affectsPreparation: false, deadline: '2032-01-25T09:30' })).body).toMatchObject({
      moved: true,
      byLaw: false,
    });
    await house.clock.to(at('2032-01-25T09:30'));
    expect((await amend(lot, { affectsPreparation: false })).body.type).toBe('/problems/bidding-over');
    expect((await ask(lot, people.bidder, '还能问吗？')).body.type).toBe('/problems/bidding-over');
  });
  it('brings new versions of the documents, which those who collected can download', async () => {
    const lot = await publishedLot(house, people, { documentsUntil: '2032-02-10T17:00', deadline: '2032-02-28T09:30' });
    await collect(lot, people.bidder);
    const before = (await house.api().get(`/lots/${lot}/documents`)).body.documents[0];
    const sent = await uploaded(house, people.agent, `/lots/${lot}/addenda`, '修改后的招标文件', {
      text: '替换招标文件。',
      affectsPreparation: 'true',
      supersedes: before.id,
    });
    expect(sent.status).toBe(201);
    const { documents } = (await house.api().get(`/lots/${lot}/documents`)).body;
    expect(documents.map((each: { version: number; superseded: boolean }) => [each.version, each.superseded])).toEqual([
      [1, true],
      [2, false],
    ]);
    const file = await house.api(people.bidder).get(`/lots/${lot}/documents/${documents[1].id}`);
    expect(file.body.toString()).toBe('修改后的招标文件');
    const types = (await house.api().get(`/lots/${lot}/timeline`)).body.entries.map((each: { type: string }) => each.type);
    expect(types.slice(-2)).toEqual(['document.published', 'addendum.published']);
  });
  it('a foreign agent cannot amend or answer', async () => {
    const lot = await publishedLot(house, people, { documentsUntil: '2032-02-10T17:00', deadline: '2032-02-28T09:30' });
    const foreign = house.api(people.otherAgent);
    expect((await foreign.post(`/lots/${lot}/addenda`, { text: 'x', affectsPreparation: false })).status).toBe(404);
    await ask(lot, people.bidder, '谁能答？');
    const [question] = (await house.api(people.agent).get(`/lots/${lot}/questions`)).body.questions;
    expect((await foreign.post(`/lots/${lot}/questions/${question.id}/answer`, { answer: 'x' })).status).toBe(404);
    expect((await house.api(people.agent).post(`/lots/${lot}/questions/${question.id}/answer`, { answer: '我答。' })).status).toBe(201);
    expect((await house.api(people.agent).post(`/lots/${lot}/questions/${question.id}/answer`, { answer: '再答' })).body.type).toBe(
      '/problems/already-answered',
    );
  });
});

describe('Every page of a lot shows to each reader, in both languages', () => {
  it.each(['agent', 'tenderee', 'bidder', 'centre', 'regulator', 'administrator', 'nobody'] as const)('%s', async (who) => {
    const lot = await publishedLot(house, people, { documentsUntil: '2032-02-10T17:00', deadline: '2032-02-28T09:30' });
    const draft = await draftedLot(house, people, { documentsUntil: '2032-02-10T17:00', deadline: '2032-02-28T09:30' });
    const token = who === 'nobody' ? undefined : people[who];
    const paths = ['/lots', `/lots/${lot}`, `/lots/${lot}/timeline`];
    if (who === 'agent')
      paths.push(
        '/projects',
        '/projects/new',
        ...[1, 2, 3, 4, 5, 6, 7].map((step) => `/lots/${draft}/draft?step=${step}`),
        `/lots/${draft}`,
      );
    for (const path of paths) {
      for (const lang of ['zh', 'en']) {
        const shown = await page(path, token).set('cookie', `yg_language=${lang}`);
        expect([path, shown.status]).toEqual([path, 200]);
        expect(shown.text).not.toMatch(/\[object Object\]|undefined|NaN/);
      }
    }
  });
});
