import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { agentDimensions, expertDimensions } from '../../src/appraisal/dimensions.ts';
import { todo } from '../../src/appraisal/todo-reads.ts';
import { PanelMember } from '../../src/evaluation/schema.ts';
import { Expert, StandingChange } from '../../src/experts/schema.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { addWorkingDays, dayOf, endOfDay } from '../../src/kernel/working-days.ts';
import { calendar } from '../../src/rulebook/calendar-data.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, openedLot } from '../support/opened-lot.ts';
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
    const shown = (await read(town.tenderee, `/lots/${lot}/appraisals`)).body;
    // of four, one entry was struck; two have private contact, one left its post
    expect(shown.members.map(({ fee }: { fee: { amount: string } }) => fee.amount)).toEqual(['400.00', '0.00', '0.00', '0.00']);
    expect(shown.fees).toMatchObject({ total: '400.00', confirmedAt: null, mayConfirm: true });
    expect(shown.members[0].name).toBe(members[0]?.name);
    expect(await said(town.tenderee, `/lots/${lot}/fees`, {})).toBe('done');
    expect(await said(town.tenderee, `/lots/${lot}/fees`, {})).toBe('fees-confirmed');
    const own = (await read(expertOf(0), '/expert/work')).body.evaluations[0];
    expect(own.fee).toMatchObject({ amount: '400.00', withheld: [] });
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
