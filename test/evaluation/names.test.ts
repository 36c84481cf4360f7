import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import { PanelMember } from '../../src/evaluation/schema.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { allEndpoints } from '../../src/kernel/endpoint.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { declared, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot, until } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let lot: string;
let called: readonly Person[];
/** what would give an expert away: the name, the record's id, the account's id and login */
let secrets: readonly string[];
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
  lot = (await openedLot(town)).lot;
  await house.perform(requestDraw, town.agent.actor, { lot });
  await until(town, async () => (await house.em().count(DrawSeat, { lot, state: 'called' })) === 4);
  const seats = await house.em().find(DrawSeat, { lot, state: 'called' });
  called = seats.map((seat) => town.experts.find((each) => each.actor.expert === seat.expert)).filter((each) => each !== undefined);
  secrets = called.flatMap(({ actor, login }) => [actor.name, actor.expert ?? '', actor.user ?? '', `${login}"`]);
}, 180_000);
afterAll(() => house.close());

/** Every address of the house that can be read without knowing more than the lot, as pages and as JSON. Lists of people are about no lot. */
function addresses(): string[] {
  const aboutPeople = /^\/(administration|users|sandbox|experts|certificates|profile|session|journal)/;
  const plain = allEndpoints()
    .filter((each) => each.method === 'get' && !aboutPeople.test(each.path) && !each.path.replace(':lot', '').includes(':'))
    .flatMap((each) => {
      const path = each.path.replace(':lot', lot);
      return [...(each.pageOnly ? [] : [`/api${path}`]), ...(each.page ? [path] : [])];
    });
  return [...plain, ...['bids', 'review', 'score', 'result'].map((view) => `/lots/${lot}/evaluation?view=${view}`)];
}

async function leaksTo(reader: Person | null): Promise<string[]> {
  const headers = reader === null ? {} : { authorization: `Bearer ${await reader.token()}` };
  const leaks: string[] = [];
  let read = 0;
  for (const address of addresses()) {
    const { text = '', status } = await request(house.app).get(address).set(headers);
    if (status === 200) read += 1;
    for (const secret of secrets) if (text.includes(secret)) leaks.push(`${address}: ${secret}`);
  }
  expect(read).toBeGreaterThan(8);
  return leaks;
}

const outsiders = (): readonly (readonly [string, Person | null])[] => [
  ['the host', town.agent],
  ['another agent', town.stranger],
  ['a bidder', town.bidders[0] ?? null],
  ['the trading centre', town.centre],
  ['the administrator', town.administrator],
  ['an expert who was not drawn', town.experts.find((each) => !called.includes(each)) ?? null],
  ['the public', null],
];

async function expectSecret(readers: readonly (readonly [string, Person | null])[]): Promise<void> {
  for (const [who, reader] of readers) expect({ who, leaks: await leaksTo(reader) }).toEqual({ who, leaks: [] });
}
const namesIn = async (reader: Person | null, path: string): Promise<string[]> => {
  const { text } = await (reader === null ? house.api() : await reader.api()).get(path);
  return called.map((each) => each.actor.name).filter((name) => text.includes(name));
};

describe('XD-5 Who was drawn is nobody’s to know before its time', () => {
  it(
    'while the calls go out: nobody, the regulator included',
    () => expectSecret([...outsiders(), ['the regulator', town.regulator]]),
    120_000,
  );

  it('while the panel is formed and declares: nobody, and no member of another', async () => {
    for (const seat of await house.em().find(DrawSeat, { lot, state: 'called' })) {
      const person = called.find((each) => each.actor.expert === seat.expert);
      await house.perform(answerCall, person?.actor ?? town.agent.actor, { seat: seat.id, accepts: true });
    }
    await house.perform(formPanel, town.agent.actor, { lot, representative: town.tenderee.login });
    await expectSecret([...outsiders(), ['the regulator', town.regulator], ['the representative', town.tenderee]]);
    for (const person of [...called, town.tenderee]) {
      const own = person.actor.expert ? { expert: person.actor.expert } : { expert: null };
      const seat = await house.em().findOneOrFail(PanelMember, { lot, leftAt: null, ...own });
      await declared(house, person, lot, seat.id);
    }
    expect(await namesIn(town.tenderee, `/lots/${lot}/panel`)).toEqual([]);
  }, 180_000);

  it('once the evaluation has started: the members know each other, nobody else does', async () => {
    const may = async (): Promise<unknown> => (await (await town.agent.api()).get(`/lots/${lot}/draw`)).body.may;
    expect(await may()).toEqual({ request: true, needsGround: true, again: true });
    await house.perform(startEvaluation, town.agent.actor, { lot });
    // every seat is taken: the host is offered no draw that would be refused
    expect(await may()).toEqual({ request: false, needsGround: true, again: false });
    for (const path of [`/lots/${lot}/panel`, `/lots/${lot}/evaluation`, `/lots/${lot}/draw`])
      for (const member of [called[0] ?? null, town.tenderee]) expect((await namesIn(member, path)).length).toBe(4);
    await expectSecret([...outsiders(), ['the regulator', town.regulator]]);
  }, 180_000);

  it('when the report is signed: the regulator knows, host, centre, administrator and public do not', async () => {
    await panelSigns(town, lot);
    for (const path of [`/lots/${lot}/panel`, `/lots/${lot}/draw`]) expect((await namesIn(town.regulator, path)).length).toBe(4);
    await expectSecret(outsiders());
  }, 180_000);
});

describe('Bids on the desk', () => {
  it('their attachments go to members only, whole and byte for byte', async () => {
    const item = await house.em().findOneOrFail(OpeningItem, { lot, state: 'opened' }, { orderBy: { readOrder: 'asc' } });
    const path = `/lots/${lot}/bids/${item.submission}/files/0`;
    const read = async (reader: Person) =>
      (await reader.api())
        .get(path)
        .buffer(true)
        .parse((response, done) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('end', () => done(null, Buffer.concat(pieces)));
        });
    const sent = await read(called[0] ?? town.agent);
    expect(sent.status).toBe(200);
    expect((sent.body as Buffer).toString()).toBe('%PDF-1.7 施工组织设计');
    for (const other of [town.regulator, town.centre, town.bidders[0] ?? town.agent]) expect((await read(other)).status).toBe(403);
    expect((await read(town.agent)).status).toBe(404);
    expect((await read(town.experts.find((each) => !called.includes(each)) ?? town.agent)).status).toBe(404);
  });
});
