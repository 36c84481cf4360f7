import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerCall } from '../../src/experts/answer-call.ts';
import { phoneOf } from '../../src/experts/call-reads.ts';
import { changeEmployer } from '../../src/experts/change-employer.ts';
import { changeStanding } from '../../src/experts/change-standing.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat, Expert } from '../../src/experts/schema.ts';
import { todo } from '../../src/experts/todo-reads.ts';
import { fromBase64url } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { DrawRequest as DrawRow } from '../../src/openings/schema.ts';
import { makeCode } from '../../src/parties/code.ts';
import { type DrawRequest, nextCalled } from '../../src/sealing/draw.ts';
import { freshDatabase } from '../support/database.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, openedLot, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let lot: string;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
  lot = (await openedLot(town)).lot;
  await house.perform(requestDraw, town.agent.actor, { lot });
  await until(town, async () => (await house.em().count(DrawSeat, { lot, state: 'called' })) === 4);
}, 120_000);
afterAll(() => house.close());

const called = (): Promise<DrawSeat[]> =>
  house.em().find(DrawSeat, { lot, state: 'called' }, { orderBy: { specialty: 'asc', place: 'asc' } });
const seat = (id: string): Promise<DrawSeat> => house.em().findOneOrFail(DrawSeat, { id });
const person = (expert: string): Person => {
  const found = town.experts.find((each) => each.actor.expert === expert);
  if (!found) throw new Error('not of this town');
  return found;
};
const answer = (row: DrawSeat, given: object, by = person(row.expert)) =>
  refusal(house.perform(answerCall, by.actor, { seat: row.id, ...given }));
const [one] = [0];
const pick = (rows: readonly DrawSeat[], specialty: string): DrawSeat => {
  const found = rows.find((row) => row.specialty === specialty);
  if (!found) throw new Error(`nobody is called for ${specialty}`);
  return found;
};

describe('A call', () => {
  it('shows the expert time, place and specialty, and of the tender nothing', async () => {
    const row = pick(await called(), 'A08');
    const api = await person(row.expert).api();
    const { body, text } = await api.get('/calls');
    expect(body.calls[one]).toMatchObject({ seat: row.id, specialty: { zh: '工程施工' }, state: 'called', lot: null });
    for (const secret of [
      lot,
      '黄柏河',
      '夷陵区水利局',
      town.agent.actor.organisationName,
      ...town.bidders.map((each) => each.actor.organisationName),
    ])
      expect(text).not.toContain(secret);
  });

  it('is its own expert’s to answer; for another there is no such call', async () => {
    const row = pick(await called(), 'A08');
    const other = town.experts.find((each) => each.actor.expert !== row.expert);
    expect(await answer(row, { accepts: true }, other)).toBe('no-such-call');
    expect(await refusal(house.perform(answerCall, town.agent.actor, { seat: row.id, accepts: true }))).toBe('not-permitted');
  });

  it('declined needs one of the fixed grounds: a free text could give a name away', async () => {
    const row = pick(await called(), 'A06');
    expect(await answer(row, { accepts: false })).toBe('decline-ground-needed');
    expect(await answer(row, { accepts: false, ground: '我是市设计院的张工' })).toBe('invalid-input');
    expect((await seat(row.id)).state).toBe('called');
  });

  it('declined calls the next of the same draw, the one the seed names', async () => {
    const row = pick(await called(), 'A06');
    const draw = await house.em().findOneOrFail(DrawRow, { id: row.request });
    const before = (await house.em().find(DrawSeat, { request: draw.id, state: { $ne: 'standby' } })).map((each) => each.commitment);
    const due = nextCalled(draw.request as DrawRequest, fromBase64url(draw.seed ?? '') ?? new Uint8Array(0), 'A06', new Set(before));
    expect(await answer(row, { accepts: false, ground: 'busy' })).toBe('performed');
    expect(pick(await called(), 'A06').commitment).toBe(due);
    expect(await answer(row, { accepts: true })).toBe('no-such-call');
  });

  it('is answered in time one millisecond before the limit; at the limit it is too late and the next is called', async () => {
    const rows = await called();
    const [early, late] = rows.filter((row) => row.specialty === 'A08');
    const limit = early?.answerUntil as Instant;
    expect(limit).toBe(later(early?.calledAt as Instant, 30 * 60_000));
    await house.clock.to(later(limit, -1));
    await beat(house);
    expect((await seat(late?.id ?? '')).state).toBe('called');
    expect(await answer(early as DrawSeat, { accepts: true })).toBe('performed');
    await house.clock.to(limit);
    expect(await answer(late as DrawSeat, { accepts: true })).toBe('call-over');
    await beat(house);
    expect(await seat(late?.id ?? '')).toMatchObject({ state: 'declined', ground: 'no-answer' });
    const next = pick(await called(), 'A08');
    expect(next.place).toBe(2);
    expect(next.answerUntil).toBe(later(limit, 30 * 60_000));
  });

  it('answered twice at once counts once', async () => {
    const row = pick(await called(), 'A04');
    const both = await Promise.all([answer(row, { accepts: true }), answer(row, { accepts: false, ground: 'ill' })]);
    expect(both.sort()).toEqual(['no-such-call', 'performed']);
    const held = await house.em().count(DrawSeat, { lot, specialty: 'A04', state: { $in: ['accepted', 'called'] } });
    expect(held).toBe(1);
  });

  it('goes on through the whole pool when those who stand by are used up', async () => {
    const tried = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      const row = pick(await called(), 'A06');
      expect(tried.has(row.expert)).toBe(false);
      tried.add(row.expert);
      expect(await answer(row, { accepts: false, ground: 'away' })).toBe('performed');
    }
    expect((await house.em().find(DrawSeat, { lot, specialty: 'A06' })).length).toBeGreaterThan(5);
    expect(await answer(pick(await called(), 'A06'), { accepts: true })).toBe('performed');
  });

  it('stands on the expert’s to-do list until the limit, with what happens otherwise', async () => {
    const row = pick(await called(), 'A08');
    const list = await todo(house.em(), person(row.expert).actor, row.calledAt as Instant);
    expect(list).toMatchObject([{ due: row.answerUntil, href: '/calls', otherwise: { zh: '视为不能参加，依次通知下一名专家。' } }]);
    expect(JSON.stringify(list)).not.toContain(lot);
    expect(await todo(house.em(), person(row.expert).actor, row.answerUntil as Instant)).toEqual([]);
  });
});

describe('The sandbox’s phone', () => {
  it('shows each message with the account that answers it, and neither name nor tender', async () => {
    const { body, text } = await house.api().get('/sandbox/phone');
    expect(body.messages.length).toBeGreaterThan(4);
    const waiting = await called();
    const logins = waiting.map((row) => person(row.expert).login);
    expect(
      body.messages
        .filter((message: { answered: boolean }) => !message.answered)
        .map((message: { to: string }) => message.to)
        .sort(),
    ).toEqual(logins.sort());
    for (const expert of town.experts) expect(text).not.toContain(expert.actor.name);
    expect(text).not.toContain(lot);
    expect(text).not.toContain('黄柏河');
  });

  it('is not there on a node that is no sandbox', async () => {
    const production = await freshDatabase({ sandbox: false });
    try {
      expect(await refusal(phoneOf(production.em(), soon()))).toBe('not-found');
    } finally {
      await production.close();
    }
  });
});

describe('An expert who loses its standing', () => {
  const suspend = (expert: string) =>
    house.perform(changeStanding, town.regulator.actor, { expert, status: 'suspended', ground: '依据监管决定' });

  it('cannot accept, and gives its seats, called or accepted, to the next; those who changed their records meanwhile are called as they were drawn', async () => {
    // everybody not called yet takes another employer: the draw has committed to the old ones
    const seated = new Set((await house.em().find(DrawSeat, { lot, call: { $ne: null } })).map((row) => row.expert));
    const waiting = town.experts.filter((each) => !seated.has(each.actor.expert ?? ''));
    const employers = new Map((await house.em().find(Expert, {})).map((expert) => [expert.id, expert.employer]));
    for (const [at, each] of waiting.entries()) {
      const moved = { which: 'present', employer: makeCode('420500', 9000 + at), employerName: '新单位', until: '2026-01-01' };
      await house.perform(changeEmployer, each.actor, moved);
    }
    const row = pick(await called(), 'A08');
    await suspend(row.expert);
    expect(await answer(row, { accepts: true })).toBe('not-in-standing');
    const [held] = await house.em().find(DrawSeat, { lot, specialty: 'A08', state: 'accepted' });
    await suspend(held?.expert ?? '');
    await beat(house);
    for (const id of [row.id, held?.id ?? '']) expect(await seat(id)).toMatchObject({ state: 'declined', ground: 'standing' });
    const next = (await called()).filter((each) => each.specialty === 'A08');
    expect(next).toHaveLength(2);
    expect(next.every((each) => waiting.some(({ actor }) => actor.expert === each.expert))).toBe(true);
    for (const each of next) expect(each.record).toMatchObject({ id: each.expert, employer: employers.get(each.expert) });
    // somebody of another lot, or nobody's seat, is left alone
    await beat(house);
    expect((await called()).filter((each) => each.specialty === 'A08')).toEqual(next);
  });
});
