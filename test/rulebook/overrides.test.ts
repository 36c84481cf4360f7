import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Checklist } from '../../src/evidence/checks.ts';
import { History } from '../../src/evidence/history.ts';
import { checkPeriods } from '../../src/evidence/periods.ts';
import { eventsOfType } from '../../src/journal/reads.ts';
import type { ProvenEvent } from '../../src/journal/receipt.ts';
import { day } from '../../src/kernel/working-days.ts';
import { lawAlone } from '../../src/rulebook/ground.ts';
import { localFigures, type Override } from '../../src/rulebook/override.ts';
import { liesBetween } from '../../src/rulebook/parameter.ts';
import { localKeys, parameter, parameterInForce, parameters } from '../../src/rulebook/parameters.ts';
import { signIn } from '../parties/people.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { sequenced } from '../support/sequenced.ts';
import { aDraft, aProject, at, type Cast, cast, publishedLot, shownFindings, uploaded, withCouncil } from '../tenders/scene.ts';

const key = 'con.bidPeriod.min';
const today = day('2031-10-30');
const set = (override: string, value: string, more: Partial<Override> = {}): Override => ({
  override,
  key,
  value,
  line: null,
  region: null,
  inForceFrom: day('2031-10-01'),
  inForceTo: null,
  reason: '地方规定',
  ...more,
});
const bound = (overrides: readonly Override[], on = today, region = '420502') =>
  localFigures(overrides, { line: 'construction', region }, on).map(({ override }) => override);

describe('LOCAL-4: which of several holds', () => {
  const province = set('province', '22', { region: '420000' });
  const city = set('city', '25', { region: '420500' });
  const county = set('county', '23', { region: '420502' });
  const line = set('line', '28', { line: 'construction' });
  const cityLine = set('city and line', '26', { region: '420500', line: 'construction' });

  it('a region binds what lies below it and nothing beside it; the narrower region goes first', () => {
    expect(bound([province, city])).toEqual(['city']);
    expect(bound([county, province, city])).toEqual(['county']);
    expect(bound([province, city], today, '420100')).toEqual(['province']);
    expect(bound([city, county], today, '110000')).toEqual([]);
  });
  it('a region before a line alone, a line within a region before the region alone; another line is not bound', () => {
    expect(bound([line, province])).toEqual(['province']);
    expect(bound([city, cityLine])).toEqual(['city and line']);
    expect(bound([county, cityLine])).toEqual(['county']);
    expect(localFigures([line, cityLine], { line: 'another', region: '420502' }, today)).toEqual([]);
  });
  it('of two alike the one in force later; each from its first day on and up to the day it ends', () => {
    const later = set('later', '30', { region: '420500', inForceFrom: today });
    expect([bound([city, later], day('2031-10-29')), bound([city, later])]).toEqual([['city'], ['later']]);
    const ended = { ...city, inForceTo: today };
    expect([bound([ended], day('2031-10-29')), bound([ended])]).toEqual([['city'], []]);
  });
  it('never below the law: what the row of the day does not allow does not hold', () => {
    const ground = (value: string) => ({
      ...lawAlone(today),
      local: localFigures([set('a', value)], { line: 'x', region: '420502' }, today),
    });
    expect([parameter(key, ground('21')), parameter(key, ground('19')), parameter(key, lawAlone(today))]).toEqual([21, 20, 20]);
    expect(parameterInForce(key, ground('21')).source.zh).toContain('地方规定');
  });
  it('every figure that may be set has the law’s own value among its ends', () => {
    expect(localKeys.length).toBeGreaterThan(15);
    for (const { unit, value, range } of parameters.flatMap((row) => (row.range === null ? [] : [{ ...row, range: row.range }])))
      expect([value, liesBetween(unit, value, range.least, range.most)]).toEqual([value, true]);
  });
});

describe('An administrator sets figures for lines and regions', () => {
  let house: TestHouse;
  let people: Cast;
  let earlier: string;
  const admin = async () => house.api((await signIn(house, 'root-admin')).token);
  const setting = async (more: object) => {
    const fields = { key, value: '25', region: '420500', from: '2031-10-30', reason: '宜昌市公共资源交易管理办法', ...more };
    return (await admin()).post('/rules/local', fields);
  };
  const outcome = ({ status, body }: { status: number; body: { type?: string; rule?: string; errors?: { pointer: string }[] } }) =>
    [status, body.rule ?? body.type ?? '', ...(body.errors ?? []).map(({ pointer }) => pointer)].join(' ');
  /** A lot of a region with the host's token of now; what publishing it answers. */
  const published = async (region: string, deadline: string) => {
    const { token } = await signIn(house, people.people.agent.login);
    const api = house.api(token);
    const project = await api.post('/projects', aProject(people, { region }));
    const { lot } = (await api.post(`/projects/${project.body.project}/lots`, { name: '教学楼施工' })).body;
    const saved = await api.post(`/lots/${lot}/draft`, aDraft({ deadline }));
    if (saved.status !== 201) return { lot, answer: saved };
    await uploaded(house, token, `/lots/${lot}/documents`, `招标文件 ${lot}`);
    return { lot: lot as string, answer: await api.post(`/lots/${lot}/notice`, { acknowledged: await shownFindings(house, token, lot) }) };
  };

  beforeAll(async () => {
    house = await openHouse({ at: at('2031-10-28T09:00') });
    people = await cast(house);
    await withCouncil(house);
    earlier = await publishedLot(house, people, { documentsUntil: '2031-11-05T17:00', deadline: '2031-11-17T09:30' });
  }, 60_000);
  afterAll(() => house.close());

  it('LOCAL-1 for a day after tomorrow at the earliest; LOCAL-2 within the law; LOCAL-3 for a place; all by name beside the field', async () => {
    expect(outcome(await setting({ from: '2031-10-29' }))).toBe('409 LOCAL-1 from');
    expect(outcome(await setting({ value: '19' }))).toBe('409 LOCAL-2 value');
    expect(outcome(await setting({ value: '91' }))).toBe('409 LOCAL-2 value');
    expect(outcome(await setting({ value: '25.5' }))).toBe('409 LOCAL-2 value');
    expect(outcome(await setting({ key: 'con.threshold.works', value: '5000000' }))).toBe('409 LOCAL-2 key');
    expect(outcome(await setting({ key: 'con.bond.maxRatio', value: '0.03' }))).toBe('409 LOCAL-2 value');
    expect(outcome(await setting({ region: '' }))).toBe('409 LOCAL-3 region');
    expect(outcome(await setting({ region: '429999' }))).toBe('422 /problems/invalid-input region');
    expect(outcome(await setting({ key: 'con.nothing' }))).toBe('422 /problems/invalid-input key');
    expect(outcome(await setting({ line: 'nothing' }))).toBe('422 /problems/invalid-input line');
    for (const token of [people.agent, people.regulator, people.centre])
      expect(
        (await house.api(token).post('/rules/local', { key, value: '25', region: '420500', from: '2031-10-30', reason: '理由' })).status,
      ).toBe(403);
    await sequenced(house);
    expect((await eventsOfType(house.em(), 'override.set')).length).toBe(0);
  });

  it('what is set is public at once with its reason beside the law’s value, and holds from its day on for what is published then', async () => {
    expect(outcome(await setting({ region: '420000', value: '22' }))).toBe('201 ');
    expect(outcome(await setting({}))).toBe('201 ');
    expect(outcome(await setting({ key: 'con.contract.max', value: '15', line: 'construction' }))).toBe('201 ');
    const page = (await house.api().get('/rules/local')).body;
    expect(
      page.overrides.find((each: { key: string; value: { zh: string } }) => each.key === key && each.value.zh === '25日'),
    ).toMatchObject({
      law: { zh: '20日' },
      place: { zh: '宜昌市' },
      reason: '宜昌市公共资源交易管理办法',
      state: 'coming',
      mayWithdraw: false,
    });
    expect(page.figures).toEqual([]);
    // the day before it holds, the law alone does
    await house.clock.to(at('2031-10-29T09:00'));
    expect((await published('420502', '2031-11-18T09:30')).answer.status).toBe(201);
    await house.clock.to(at('2031-10-30T09:00'));
    const tooShort = (await published('420502', '2031-11-23T09:30')).answer;
    expect(outcome(tooShort)).toBe('409 CON-C12 deadline');
    expect(tooShort.body.source).toContain('宜昌市公共资源交易管理办法');
    expect((await published('420502', '2031-11-24T09:30')).answer.status).toBe(201);
    // the province's for its other cities
    expect(outcome((await published('420100', '2031-11-20T09:30')).answer)).toBe('409 CON-C12 deadline');
    expect((await published('420100', '2031-11-21T09:30')).answer.status).toBe(201);
    expect((await published('110000', '2031-11-19T09:30')).answer.status).toBe(201);
  });

  it('a lot keeps what its notice pinned, also when it is ended later; a lot from before never had it', async () => {
    const { lot } = await published('420502', '2031-11-24T09:30');
    const { overrides } = (await (await admin()).get('/rules/local')).body;
    const city = overrides.find((each: { key: string; value: { zh: string } }) => each.value.zh === '25日').id;
    const end = async (from: string) => (await admin()).post(`/rules/local/${city}/end`, { from, reason: '办法修订' });
    expect(outcome(await (await admin()).post(`/rules/local/${city}/withdrawal`, { reason: '太晚' }))).toBe('409 LOCAL-1 from');
    expect(outcome(await end('2031-10-31'))).toBe('409 LOCAL-1 from');
    expect(outcome(await end('2031-11-01'))).toBe('201 ');
    expect(outcome(await end('2031-11-02'))).toMatch(/^409/);
    await house.clock.to(at('2031-11-01T09:00'));
    const stated = async (id: string) =>
      JSON.stringify((await house.api().get(`/lots/${id}`)).body.grounds.find((each: { rule: string }) => each.rule === 'CON-C12'));
    expect((await house.api().get(`/lots/${lot}`)).body.local).toMatchObject([
      { says: { en: expect.stringContaining('25 days') }, source: { zh: expect.stringContaining('宜昌市公共资源交易管理办法') } },
      { says: { en: expect.stringContaining('15 days') } },
    ]);
    expect((await house.api().get(`/lots/${earlier}`)).body.local).toEqual([]);
    expect(await stated(lot)).toContain('25 days');
    expect(await stated(earlier)).toContain('20 days');
    // the province's holds again for what is published now
    expect(outcome((await published('420502', '2031-11-22T09:30')).answer)).toBe('409 CON-C12 deadline');
    expect((await published('420502', '2031-11-23T09:30')).answer.status).toBe(201);
  });

  it('what is withdrawn before its day never holds, and nobody withdraws it twice', async () => {
    const { override } = (await setting({ key: 'con.publicity.min', value: '5', from: '2031-11-05' })).body;
    const withdraw = async () => (await admin()).post(`/rules/local/${override}/withdrawal`, { reason: '尚未会签' });
    expect([outcome(await withdraw()), (await withdraw()).status]).toEqual(['201 ', 409]);
    expect((await house.api().get(`/rules/local/${override}`)).body).toMatchObject({ state: 'withdrawn', endedFor: '尚未会签' });
    await sequenced(house);
    expect((await eventsOfType(house.em(), 'override.withdrawn')).length).toBe(1);
  });

  it('whoever rechecks a lot finds by itself what held: an override hidden, invented or beyond the law refutes it', async () => {
    await sequenced(house);
    const events: ProvenEvent[] = [];
    for (const type of ['override.set', 'override.withdrawn', 'override.ended', 'notice.published'] as const)
      for (const { event } of await eventsOfType(house.em(), type)) events.push({ index: events.length, event, salt: '', proof: [] });
    const notices = events.filter(({ event }) => event.type === 'notice.published');
    const rest = events.filter(({ event }) => event.type !== 'notice.published');
    const verdict = (told: readonly ProvenEvent[]): string => {
      const list = new Checklist();
      try {
        checkPeriods(new History(told, list), list);
        return 'kept';
      } catch {
        return list.checks.at(-1)?.says.en ?? 'unreadable';
      }
    };
    for (const notice of notices) expect(verdict([...rest, notice])).toBe('kept');
    const pinned = notices.find(({ event }) => JSON.stringify(event.data).includes('"25"')) as ProvenEvent;
    const changed = (
      change: (data: { documentsFrom: string; deadline: string; terms: { local: { value: string }[] } }) => void,
    ): ProvenEvent => {
      const copy = structuredClone(pinned) as ProvenEvent & { event: { data: never } };
      change(copy.event.data);
      return copy;
    };
    const setToOne = changed(({ terms }) => {
      for (const each of terms.local) each.value = '1';
    });
    expect(verdict([pinned])).toMatch(/^What the notice pins/);
    expect(verdict([...rest, changed(({ terms }) => terms.local.shift())])).toMatch(/^What the notice pins/);
    expect(verdict([...rest, setToOne])).toMatch(/^What the notice pins/);
    expect(verdict([...rest, changed((data) => (data.deadline = '2031-11-20T01:30:00.000Z'))])).toMatch(/^The periods of the notice/);
    const beyond = rest.map((each) =>
      each.event.type === 'override.set'
        ? { ...each, event: { ...each.event, data: { ...(each.event.data as object), value: '1' } } }
        : each,
    );
    expect(verdict([...beyond, setToOne])).toMatch(/^Every figure that was set/);
  });
});
