import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { agentDimensions, expertDimensions } from '../../src/appraisal/dimensions.ts';
import { ExpertYear } from '../../src/appraisal/schema.ts';
import { todo } from '../../src/appraisal/todo-reads.ts';
import { PanelMember } from '../../src/evaluation/schema.ts';
import { Expert, StandingChange } from '../../src/experts/schema.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { addDays, addWorkingDays, dayOf, endOfDay } from '../../src/kernel/working-days.ts';
import { calendar } from '../../src/rulebook/calendar-data.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, openedLot } from '../support/opened-lot.ts';
import { makeTown, organisation, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let lot: string;
let members: readonly PanelMember[];
let reportedAt: Instant;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
  const opened = await openedLot(town, { prices: ['17800000.00', '18000000.00', '18250000.00'] });
  lot = opened.lot;
  await panelAtWork(town, lot);
  members = await house.em().find(PanelMember, { lot, kind: 'expert' }, { orderBy: { seat: 'asc' } });
  expect(await said(town.agent, `/lots/${lot}/members/${members[0]?.id}/appraisals`, { scores: marks() })).toBe('not-evaluated-yet');
  await panelSigns(town, lot);
  reportedAt = (await house.em().findOneOrFail(Lot, { id: lot })).reportedAt as Instant;
}, 180_000);
afterAll(() => house.close());

const marks = (mark = 4, dimensions: readonly { id: string }[] = expertDimensions) =>
  Object.fromEntries(dimensions.map(({ id }) => [id, mark]));
const expertOf = (at: number): Person => {
  const found = town.experts.find(({ actor }) => actor.expert === members[at]?.expert);
  if (!found) throw new Error('not of this town');
  return found;
};
const post = async (by: Person, path: string, body: object) => (await by.api()).post(path, body);
/** `done`, or the name of the problem */
async function said(by: Person, path: string, body: object): Promise<string> {
  const { status, body: answer } = await post(by, path, body);
  return status < 300 ? 'done' : String(answer.type).replace('/problems/', '');
}
const read = async (by: Person | null, path: string) => (by === null ? house.api() : await by.api()).get(path);
const seat = (at: number): string => `/lots/${lot}/members/${members[at]?.id}`;
const record = (at: number) => house.em().findOneOrFail(Expert, { id: members[at]?.expert ?? '' });
const timelineHas = async (by: Person | null, type: string) =>
  JSON.stringify((await read(by, `/lots/${lot}/timeline`)).body).includes(type);

describe('XE-10 The appraisal of a panel', () => {
  it('stands on the agent’s list with five working days, counted from the report; the page names nobody before the result', async () => {
    const [entry] = (await todo(house.em(), town.agent.actor, reportedAt)).filter(({ href }) => href.includes(lot));
    const last = addWorkingDays(dayOf(reportedAt), 5, calendar).day;
    expect(entry).toMatchObject({ due: endOfDay(last), href: `/lots/${lot}/appraisals` });
    expect(await todo(house.em(), town.tenderee.actor, reportedAt)).toEqual([]);
    const page = await request(house.app)
      .get(`/lots/${lot}/appraisals`)
      .set('cookie', `yg_session=${await town.agent.token()}`);
    expect(page.status).toBe(200);
    for (const { name } of members) expect(page.text).not.toContain(name);
    expect((await read(town.regulator, `/lots/${lot}/appraisals`)).body.members.map(({ name }: { name: string }) => name)).toEqual(
      members.map(({ name }) => name),
    );
    for (const other of [town.stranger, town.bidders[0] ?? town.stranger, expertOf(0)])
      expect([403, 404]).toContain((await read(other, `/lots/${lot}/appraisals`)).status);
  });

  it('is given once by each side, in full and within the scale', async () => {
    expect(await said(town.agent, `${seat(0)}/appraisals`, { scores: { ...marks(), duty: 6 } })).toBe('invalid-input');
    expect(await said(town.agent, `${seat(0)}/appraisals`, { scores: { duty: 5 } })).toBe('invalid-input');
    expect(await said(town.stranger, `${seat(0)}/appraisals`, { scores: marks() })).toBe('not-found');
    expect(await said(town.agent, `${seat(0)}/appraisals`, { scores: marks(), comment: '评审认真' })).toBe('done');
    expect(await said(town.agent, `${seat(0)}/appraisals`, { scores: marks(1) })).toBe('already-appraised');
    expect(await said(town.tenderee, `${seat(0)}/appraisals`, { scores: marks(1) })).toBe('already-appraised');
    expect(await said(town.regulator, `${seat(0)}/appraisals`, { scores: marks(5) })).toBe('done');
  });

  it('is read by its expert, who answers once; another expert finds nothing of it', async () => {
    const own = (await read(expertOf(0), '/expert/work')).body.evaluations[0];
    expect(own.appraisals.map(({ side, late }: { side: string; late: boolean }) => [side, late])).toEqual([
      ['host', false],
      ['regulator', false],
    ]);
    const path = `/appraisals/${own.appraisals[0].id}/answer`;
    expect(await said(expertOf(1), path, { text: '不同意' })).toBe('not-found');
    expect(await said(expertOf(0), path, { text: '感谢' })).toBe('done');
    expect(await said(expertOf(0), path, { text: '再说一次' })).toBe('appraisal-answered');
    expect((await read(expertOf(1), '/expert/work')).body.evaluations[0].appraisals).toEqual([]);
    expect([await timelineHas(town.agent, 'appraisal.given'), await timelineHas(null, 'appraisal.given')]).toEqual([true, false]);
  });

  it('goes the other way too: the host reads means of three, and never who said what', async () => {
    const page = async () => (await read(town.agent, `/lots/${lot}/appraisals`)).body.host;
    for (const [at, mark] of [5, 4].entries())
      expect(await said(expertOf(at), `/lots/${lot}/appraisals`, { scores: marks(mark, agentDimensions), comment: '组织有序' })).toBe(
        'done',
      );
    expect(await page()).toMatchObject({ count: 2, means: null });
    expect(await said(expertOf(2), `/lots/${lot}/appraisals`, { scores: marks(4, agentDimensions) })).toBe('done');
    expect((await page()).means).toEqual(Object.fromEntries(agentDimensions.map(({ id }) => [id, '4.33'])));
    expect((await read(town.agent, `/lots/${lot}/appraisals`)).text).not.toContain('组织有序');
    expect([await timelineHas(town.agent, 'agent.appraised'), await timelineHas(town.regulator, 'agent.appraised')]).toEqual([false, true]);
  });
});

describe('Conduct points', () => {
  const entry = { code: 'left', ground: '评标期间擅自离开评标室二十分钟', evidence: '监控录像 14:05 至 14:25' };
  let second: Person;

  it('are entered by the supervisor or the centre, by seat; at the threshold the expert is warned, and the pool leaves it alone', async () => {
    second = await organisation(
      house,
      (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair,
      44,
      '湖北省公共资源交易监督管理局',
      'regulator',
    );
    expect(await said(town.agent, `${seat(1)}/conduct`, entry)).toBe('not-permitted');
    expect(await said(town.centre, `${seat(1)}/conduct`, { ...entry, evidence: '' })).toBe('invalid-input');
    expect(await said(town.centre, `${seat(1)}/conduct`, entry)).toBe('done');
    expect(await record(1)).toMatchObject({ status: 'normal' });
    const [own] = (await read(expertOf(1), '/expert/work')).body.entries;
    expect(own).toMatchObject({ points: 4, consequence: { zh: '书面警示' }, may: { object: true } });
    const shown = await read(town.centre, '/conduct');
    expect(shown.body.entries).toHaveLength(1);
    for (const { name } of members) expect(shown.text).not.toContain(name);
  });

  it('suspend at the next threshold, for its length; struck by somebody else than who entered them, they give it back', async () => {
    expect(await said(town.regulator, `${seat(1)}/conduct`, entry)).toBe('done');
    const until = (await record(1)).suspendedUntil;
    expect([(await record(1)).status, until?.slice(0, 4)]).toEqual(['suspended', '2027']);
    const own = (await read(expertOf(1), '/expert/work')).body.entries.find(
      (each: { consequence: { en: string } }) => each.consequence.en === 'suspension',
    );
    expect(await said(expertOf(0), `/conduct/${own.id}/objection`, { text: '不是我做的' })).toBe('not-found');
    expect(await said(expertOf(1), `/conduct/${own.id}/objection`, { text: '经组长同意离开' })).toBe('done');
    expect(await said(expertOf(1), `/conduct/${own.id}/objection`, { text: '再次提出异议' })).toBe('entry-not-standing');
    expect(await said(town.regulator, `/conduct/${own.id}/decision`, { upholds: false, reason: '经查有组长同意' })).toBe('own-entry');
    expect((await todo(house.em(), town.regulator.actor, reportedAt)).length).toBe(0);
    expect(await said(second, `/conduct/${own.id}/decision`, { upholds: false, reason: '经查有组长同意' })).toBe('done');
    expect(await record(1)).toMatchObject({ status: 'normal', suspendedUntil: null });
    expect(await said(second, `/conduct/${own.id}/decision`, { upholds: true, reason: '再次处理异议' })).toBe('no-objection');
  });

  it('that come to removal suspend at once, and remove when nobody has objected in time: one millisecond before the end one still may', async () => {
    const [before] = await Promise.all([house.em().execute<{ now: Date }[]>('select yangguang_now() as now')]);
    expect(await said(town.regulator, `${seat(2)}/conduct`, { ...entry, code: 'contact' })).toBe('done');
    expect(await said(town.regulator, `${seat(3)}/conduct`, { ...entry, code: 'contact' })).toBe('done');
    for (const at of [2, 3]) expect(await record(at)).toMatchObject({ status: 'suspended', suspendedUntil: null });
    const entered = new Date(before[0]?.now ?? 0).toISOString() as Instant;
    const end = endOfDay(addWorkingDays(dayOf(entered), 5, calendar).day);
    const entryOf = async (at: number) => (await read(expertOf(at), '/expert/work')).body.entries[0].id;
    const [third, fourth] = [await entryOf(2), await entryOf(3)];
    await house.clock.to(later(end, -1));
    await beat(house);
    expect(await said(expertOf(2), `/conduct/${third}/objection`, { text: '没有私下接触' })).toBe('done');
    await house.clock.to(end);
    expect(await said(expertOf(3), `/conduct/${fourth}/objection`, { text: '没有私下接触' })).toBe('objection-late');
    await beat(house);
    expect(await record(3)).toMatchObject({ status: 'removed', memberships: [] });
    const history = await house.em().find(StandingChange, { expert: members[3]?.expert ?? '' }, { orderBy: { at: 'asc' } });
    expect(history.map(({ status, by }) => [status, by])).toEqual([
      ['suspended', town.regulator.actor.user],
      ['removed', null],
    ]);
    expect(await record(2)).toMatchObject({ status: 'suspended', suspendedUntil: null });
  });

  it('after its time an appraisal is late, and still taken', async () => {
    const { body } = await post(town.agent, `${seat(1)}/appraisals`, { scores: marks(3) });
    expect(body.late).toBe(true);
  });
});

describe('XE-9 The fees of a panel', () => {
  it('are confirmed by the tenderee once the names are out, with nothing for whom points forbid it; each expert reads its own', async () => {
    expect(await said(town.tenderee, `/lots/${lot}/fees`, {})).toBe('names-not-out');
    await house.em().execute('update lot set resulted_at = yangguang_now() where id = ?', [lot]);
    expect(await said(town.agent, `/lots/${lot}/fees`, {})).toBe('not-permitted');
    expect(await said(town.tenderee, `/lots/${lot}/fees/payment`, { paidOn: '2027-01-15', reference: '0042' })).toBe('fees-not-confirmed');
    const feesToConfirm = async () =>
      (await todo(house.em(), town.tenderee.actor, reportedAt)).filter(({ what }) => what.zh.includes('报酬'));
    const resultedOn = dayOf((await house.em().findOneOrFail(Lot, { id: lot })).resultedAt as Instant);
    expect(await feesToConfirm()).toMatchObject([{ due: endOfDay(addWorkingDays(resultedOn, 10, calendar).day) }]);
    const shown = (await read(town.tenderee, `/lots/${lot}/appraisals`)).body;
    // of four, one entry was struck; two have private contact, one left its post
    expect(shown.members.map(({ fee }: { fee: { amount: string } }) => fee.amount)).toEqual(['400.00', '0.00', '0.00', '0.00']);
    expect(shown.fees).toMatchObject({ total: '400.00', confirmedAt: null, mayConfirm: true });
    expect(shown.members[0].name).toBe(members[0]?.name);
    expect(await said(town.tenderee, `/lots/${lot}/fees`, {})).toBe('done');
    expect(await said(town.tenderee, `/lots/${lot}/fees`, {})).toBe('fees-confirmed');
    const own = (await read(expertOf(0), '/expert/work')).body.evaluations[0];
    expect(own).toMatchObject({ fee: { amount: '400.00', withheld: [] }, paid: null });
    expect(await feesToConfirm()).toEqual([]);
    const today = dayOf(await houseNow(house));
    const paid = { paidOn: today, reference: '20270115-0042' };
    expect(await said(town.tenderee, `/lots/${lot}/fees/payment`, { ...paid, paidOn: addDays(today, 1) })).toBe('paid-in-the-future');
    expect(await said(town.tenderee, `/lots/${lot}/fees/payment`, { ...paid, paidOn: addDays(today, -1) })).toBe('paid-in-the-future');
    expect(await said(town.agent, `/lots/${lot}/fees/payment`, paid)).toBe('not-permitted');
    expect(await said(town.tenderee, `/lots/${lot}/fees/payment`, paid)).toBe('done');
    expect(await said(town.tenderee, `/lots/${lot}/fees/payment`, paid)).toBe('fees-not-confirmed');
    const work = (await read(expertOf(0), '/expert/work')).body;
    expect(work.evaluations[0].paid).toEqual({ on: today, reference: '20270115-0042' });
    expect(work.feeYears).toEqual([{ year: today.slice(0, 4), evaluations: 1, amount: '400.00', paid: '400.00' }]);
    expect((await read(expertOf(3), '/expert/work')).body.evaluations[0].fee.withheld).toHaveLength(1);
    expect([await timelineHas(town.agent, 'fees.confirmed'), await timelineHas(null, 'fees.confirmed')]).toEqual([true, false]);
    for (const [who, path] of [
      [expertOf(0), '/expert/work'],
      [town.tenderee, `/lots/${lot}/appraisals`],
      [town.regulator, '/conduct'],
    ] as const) {
      const page = await request(house.app)
        .get(path)
        .set('cookie', `yg_session=${await who.token()}`);
      expect([path, page.status]).toEqual([path, 200]);
    }
  });
});

describe('XE-13 The annual review of the pool', () => {
  const reason = '履职情况良好，结论有据';
  const entryOf = (at: number): Promise<ExpertYear> => house.em().findOneOrFail(ExpertYear, { expert: members[at]?.expert ?? '' });
  const year = async (by: Person, at: number) => (await read(by, `/expert-years/${(await entryOf(at)).id}`)).body;
  const act = async (by: Person, at: number, what: string, body: object) =>
    said(by, `/expert-years/${(await entryOf(at)).id}/${what}`, body);

  it('counts a lot from the day after its result on, and is opened by the centre, once a year', async () => {
    expect(await said(town.regulator, '/experts/annual-reviews', {})).toBe('not-permitted');
    // today’s result is of the next day’s period
    expect(await said(town.centre, '/experts/annual-reviews', {})).toBe('nobody-to-review');
    await house.clock.to(later(endOfDay(dayOf(await houseNow(house))), 1000));
    await house.em().execute('update lot set resulted_at = null where id = ?', [lot]);
    expect(await said(town.centre, '/experts/annual-reviews', {})).toBe('nobody-to-review');
    await house.em().execute(`update lot set resulted_at = yangguang_now() - interval '1 hour' where id = ?`, [lot]);
    expect(await said(town.centre, '/experts/annual-reviews', {})).toBe('done');
    expect(await said(town.centre, '/experts/annual-reviews', {})).toBe('annual-review-too-soon');
    const { reviews } = (await read(town.centre, '/experts/annual-reviews')).body;
    const { rows } = (await read(town.regulator, `/experts/annual-reviews/${reviews[0].id}`)).body;
    // the one who was removed is reviewed no more
    expect(rows.map(({ name }: { name: string }) => name).sort()).toEqual(
      members
        .filter((_, at) => at !== 3)
        .map(({ name }) => name)
        .sort(),
    );
    expect((await todo(house.em(), town.centre.actor, reportedAt)).map(({ href }) => href)).toEqual([
      `/experts/annual-reviews/${reviews[0].id}`,
    ]);
  });

  it('shows the expert its own figures and nobody else’s; a lot that is evaluated anew leaves them', async () => {
    expect((await year(expertOf(0), 0)).figures).toMatchObject({
      called: 1,
      accepted: 1,
      evaluations: 1,
      absent: 0,
      due: 1,
      mean: '4.50',
      points: 0,
      deviation: '0.0',
      ranked: 0,
      pairs: [],
    });
    expect((await year(expertOf(1), 0)).type).toBe('/problems/not-found');
    for (const by of [town.agent, town.tenderee]) expect((await year(by, 0)).type).toBe('/problems/not-permitted');
    const decided = (await house.em().findOneOrFail(Lot, { id: lot })).resultedAt;
    await house.em().execute('update lot set resulted_at = null where id = ?', [lot]);
    expect((await year(expertOf(1), 1)).figures).toMatchObject({ called: 0, evaluations: 0, points: 0, marks: 0 });
    await house.em().execute('update lot set resulted_at = ? where id = ?', [decided, lot]);
    expect((await year(expertOf(1), 1)).figures).toMatchObject({ called: 1, points: 4, struck: 1 });
  });

  it('gives no better verdict than the figures bear, and none while points are under objection', async () => {
    expect(await act(town.regulator, 0, 'verdict', { verdict: 'good', reason })).toBe('not-permitted');
    expect(await act(town.centre, 0, 'verdict', { verdict: 'excellent', reason })).toBe('invalid-input');
    expect(await act(town.centre, 1, 'verdict', { verdict: 'good', reason })).toBe('verdict-too-good');
    expect(await act(town.centre, 2, 'verdict', { verdict: 'unfit', reason })).toBe('points-undecided');
    expect((await year(expertOf(1), 1)).told).toBeNull();
    expect(await act(town.centre, 0, 'verdict', { verdict: 'good', reason })).toBe('done');
    expect(await act(town.centre, 1, 'verdict', { verdict: 'unfit', reason })).toBe('done');
    expect(await act(town.centre, 1, 'verdict', { verdict: 'basic', reason })).toBe('annual-out-of-turn');
    expect((await year(expertOf(1), 1)).told).toMatchObject({ verdict: 'unfit', reason });
    expect(await record(1)).toMatchObject({ status: 'normal' });
  });

  it('is contested once, in time, by its expert; the supervisor decides by the figures as they are then, and that is final', async () => {
    const text = '记分已撤销一项，请求复核';
    expect(await act(expertOf(0), 1, 'objection', { text })).toBe('not-found');
    expect(await act(town.regulator, 1, 'decision', { verdict: 'basic', reason })).toBe('annual-out-of-turn');
    expect(await act(expertOf(1), 1, 'objection', { text })).toBe('done');
    expect(await act(expertOf(1), 1, 'objection', { text })).toBe('annual-out-of-turn');
    const rechecks = (await todo(house.em(), town.regulator.actor, reportedAt)).filter(({ href }) => href.startsWith('/expert-years/'));
    expect(rechecks).toHaveLength(1);
    expect(await act(town.centre, 1, 'decision', { verdict: 'basic', reason })).toBe('not-permitted');
    expect(await act(town.regulator, 1, 'decision', { verdict: 'good', reason })).toBe('verdict-too-good');
    expect(await act(town.regulator, 1, 'decision', { verdict: 'unfit', reason })).toBe('done');
    expect(await record(1)).toMatchObject({ status: 'suspended' });
    expect((await year(expertOf(1), 1)).decision).toMatchObject({ verdict: 'unfit', reason });
    const told = await house
      .em()
      .execute<{ type: string }[]>(`select type from journal_event where type like 'annual.%' order by position`);
    expect(told.map(({ type }) => type)).toEqual(['annual.opened', 'annual.told', 'annual.told', 'annual.contested', 'annual.final']);
  });

  it('stands when nobody contests it in time: one millisecond before the end one still may', async () => {
    const { contestUntil } = await year(expertOf(0), 0);
    await house.clock.to(later(contestUntil, -1));
    await beat(house);
    expect((await year(expertOf(0), 0)).state).toBe('told');
    await house.clock.to(contestUntil);
    expect(await act(expertOf(0), 0, 'objection', { text: '请求复核结论' })).toBe('recheck-late');
    await beat(house);
    expect(await year(expertOf(0), 0)).toMatchObject({ state: 'final', decision: { verdict: 'good', reason: null } });
    expect(await record(0)).toMatchObject({ status: 'normal' });
    for (const [who, path] of [
      [town.centre, '/experts/annual-reviews'],
      [town.regulator, `/expert-years/${(await entryOf(1)).id}`],
      [town.centre, `/expert-years/${(await entryOf(2)).id}`],
      [expertOf(0), `/expert-years/${(await entryOf(0)).id}`],
      [expertOf(0), '/expert/work'],
    ] as const) {
      const page = await request(house.app)
        .get(path)
        .set('cookie', `yg_session=${await who.token()}`);
      expect([path, page.status]).toEqual([path, 200]);
    }
  });
});
