import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { completeBid, completions } from '../../src/bids/complete-bid.ts';
import { lapseBid, lapses } from '../../src/bids/lapse-bid.ts';
import { Envelope, Submission } from '../../src/bids/schema.ts';
import { databaseNow } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { later } from '../../src/kernel/clock.ts';
import { closeBidding, closings } from '../../src/openings/close-bidding.ts';
import { reachDeadline } from '../../src/openings/reach-deadline.ts';
import { readEnvelopeHeader } from '../../src/sealing/envelope.ts';
import { bytesUntil, graceMinutes } from '../../src/sealing/grace.ts';
import { submissionBytes } from '../../src/sealing/statement.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { giveAuthority } from '../support/authority.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { refusal } from '../support/refusal.ts';
import { at, cast, publishedLot, withCouncil } from '../tenders/scene.ts';
import { aBidderOf, type Bidder, bids, envelope, idIn, signedBy, statementFor, tus } from './scene.ts';

const deadline = at('2031-11-22T09:30');
/** 30 minutes for everybody and one for the first begun 15 MB */
const until = later(deadline, 31 * 60_000);

let house: TestHouse;
let lot: string;
const people: Bidder[] = [];
beforeAll(async () => {
  house = await openHouse({ at: at('2031-11-01T09:00') });
  await giveAuthority();
  const tenderers = await cast(house);
  await withCouncil(house);
  lot = await publishedLot(house, tenderers, { deadline: '2031-11-22T09:30' });
  for (const n of [61, 62, 63, 64, 65, 66, 67]) people.push(await aBidderOf(house, n, lot));
}, 120_000);
afterAll(() => house.close());

const who = (n: number): Bidder => people[n] as Bidder;
const headOf = async (bytes: Uint8Array) => {
  const read = await readEnvelopeHeader(bytes);
  if (!read.ok) throw new Error(read.reason);
  const { council, ephemeral, proof, wrappedKey } = read.header;
  return { council, ephemeral, proof, wrappedKey };
};

/** Begins an upload and sends the first kilobyte of it. */
async function begun(bidder: Bidder) {
  const bytes = await envelope(lot, bidder, { bytes: 5000 });
  const upload = idIn(await tus(house, bidder.token).create(lot, bytes.length));
  expect((await tus(house, bidder.token).patch(upload, 0, bytes.slice(0, 1000))).status).toBe(204);
  return { bidder, bytes, upload, statement: statementFor(lot, bidder, bytes), head: await headOf(bytes) };
}
type Begun = Awaited<ReturnType<typeof begun>>;

async function commits({ bidder, statement, upload, head }: Begun, heads: object | null = { whole: head }) {
  const signature = await signedBy(bidder.signer, submissionBytes(statement));
  const body = { statement, signature, uploads: { whole: upload }, ...(heads === null ? {} : { heads }) };
  return house.api(bidder.token).post(`/lots/${lot}/bids`, body);
}
const rest = ({ bidder, upload, bytes }: Begun) => tus(house, bidder.token).patch(upload, 1000, bytes.slice(1000));
const statusOf = async ({ statement }: Begun) => (await house.em().findOneOrFail(Submission, { id: statement.id })).status;
const turn = async (): Promise<void> => {
  const now = await databaseNow(house.em());
  for (const command of await completions.due(house.em(), now)) await house.perform(completeBid, theSystem, command);
  for (const command of await lapses.due(house.em(), now)) await house.perform(lapseBid, theSystem, command);
};

describe('The grace is computed from the committed size, by the notice’s own figures', () => {
  const grace = { minutes: 30, bytesPerMinute: 15_000_000, mostMinutes: 180 };
  it.each([
    [1, 31],
    [15_000_000, 31],
    [15_000_001, 32],
    [2_250_000_000, 180],
    [2_250_000_001, 180],
  ])('%d bytes give %d minutes', (bytes, minutes) => {
    expect(graceMinutes(grace, bytes)).toBe(minutes);
    expect(bytesUntil(deadline, minutes)).toBe(later(deadline, minutes * 60_000));
  });
});

describe('A bid is committed before the deadline, its bytes may follow', () => {
  let inTime: Begun;
  let lastMoment: Begun;
  let lazy: Begun;
  let unsaid: Begun;
  let liar: Begun;

  it('BID-COMMITMENT: with the head it is taken, without the head it is refused and nothing is stored', async () => {
    [inTime, lastMoment, lazy, unsaid] = [await begun(who(0)), await begun(who(1)), await begun(who(2)), await begun(who(3))];
    const bare = await commits(inTime, null);
    expect([bare.status, bare.body.type, bare.body.rule]).toEqual([409, '/problems/upload-incomplete', 'BID-COMMITMENT']);
    expect(await house.em().count(Submission, { lot })).toBe(0);
    const taken = await commits(inTime);
    expect(taken.status).toBe(201);
    const { body } = await house.api(who(0).token).get(`/lots/${lot}/bids`);
    expect(body.submissions[0]).toMatchObject({ status: 'current', awaitedUntil: until, completionEvent: null });
  });
  it('a head that is sealed for another bidder is refused at once', async () => {
    const foreign = await envelope(lot, who(3));
    const { body } = await commits(lazy, { whole: await headOf(foreign) });
    expect(body.type).toBe('/problems/wrongly-sealed');
  });
  it('one bidder has one live commitment, and it is no bid of nobody else’s to see', async () => {
    const second = await begun(who(0));
    expect((await commits(second)).body.type).toBe('/problems/newer-bid-exists');
    const events = await house.api().get(`/lots/${lot}/events`);
    expect(JSON.stringify(events.body)).not.toContain(inTime.statement.id);
  });
  it('one millisecond before the deadline a commitment is taken; at the deadline it is refused', async () => {
    await house.clock.to(later(deadline, -1));
    expect((await commits(lastMoment)).status).toBe(201);
    expect((await commits(lazy)).status).toBe(201);
    liar = await begun(who(6));
    // a good head, but not that of the bytes
    expect((await commits(liar, { whole: await headOf(await envelope(lot, who(6))) })).status).toBe(201);
    for (const n of [4, 5]) expect((await bids(house, who(n), lot)).response.status).toBe(201);
    await house.clock.to(deadline);
    expect((await commits(unsaid)).body.type).toBe('/problems/bidding-closed');
    await house.perform(reachDeadline, theSystem, { lot });
  });
  it('after the deadline bytes are taken for a commitment, and for nothing else', async () => {
    expect((await rest(unsaid)).body.type).toBe('/problems/bidding-closed');
    expect((await rest(inTime)).status).toBe(204);
    await turn();
    const done = await house.em().findOneOrFail(Submission, { id: inTime.statement.id });
    expect([done.completedAt, done.graceMinutes]).toEqual([deadline, 31]);
    expect((await house.em().findOneOrFail(Envelope, { submission: done.id })).fileKey).not.toBeNull();
    const { body } = await house.api(who(0).token).get(`/lots/${lot}/bids`);
    expect(body.submissions[0]).toMatchObject({ awaitedUntil: null, completionEvent: expect.any(String) });
  });
  it('the opening waits while a grace runs', async () => {
    expect(await closings.due(house.em(), await databaseNow(house.em()))).toEqual([]);
    expect(await refusal(house.perform(lapseBid, theSystem, { lot, submission: lazy.statement.id }))).toBe('grace-runs');
    await sequenced();
    expect(await refusal(house.perform(closeBidding, theSystem, { lot }))).toBe('bytes-awaited');
  });
  it('BID-GRACE: one millisecond before its end the last byte counts, also when that is noted later; at its end none is taken', async () => {
    await house.clock.to(later(until, -1));
    expect((await rest(lastMoment)).status).toBe(204);
    expect((await rest(liar)).status).toBe(204);
    await house.clock.to(until);
    expect((await rest(lazy)).body.type).toBe('/problems/bidding-closed');
    expect(await refusal(house.perform(lapseBid, theSystem, { lot, submission: lastMoment.statement.id }))).toBe('grace-runs');
    await turn();
    expect(await Promise.all([lastMoment, lazy, liar].map(statusOf))).toEqual(['current', 'lapsed', 'lapsed']);
  });
  it('then it opens exactly the bids that are whole', async () => {
    await house.perform(closeBidding, theSystem, { lot });
    expect((await house.em().findOneOrFail(Lot, { id: lot })).phase).toBe('opening');
    const [started] = await house
      .em()
      .execute<{ body: string }[]>(`select body from journal_event where lot = ? and type = 'opening.started'`, [lot]);
    const list = (JSON.parse(started?.body ?? '{}') as { data: { list: { submission: string; bidder: string }[] } }).data.list;
    expect(list.map((each) => each.bidder).sort()).toEqual([0, 1, 4, 5].map((n) => who(n).code).sort());
  });
});

/** The deadline event stands in a checkpoint. */
async function sequenced(): Promise<void> {
  const ask = () =>
    house
      .em()
      .execute(
        `select 1 from journal_checkpoint c where c.size > (select l.index from journal_leaf l join journal_event e on e.id = l.event where e.lot = ? and e.type = 'deadline.reached') limit 1`,
        [lot],
      );
  for (let tries = 0; tries < 200 && (await ask()).length === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
}
