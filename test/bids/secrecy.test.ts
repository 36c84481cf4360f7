import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { databaseNow } from '../../src/kernel/act.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { allChores } from '../../src/kernel/clockwork.ts';
import { type AnyEndpoint, allEndpoints } from '../../src/kernel/endpoint.ts';
import { newId } from '../../src/kernel/ids.ts';
import { giveAuthority } from '../support/authority.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { at, type Cast, cast, publishedLot, withCouncil } from '../tenders/scene.ts';
import { aBidderOf, type Bidder, envelope, statementFor, submitted, tus, uploadedWhole, withdraws } from './scene.ts';

/**
 * Who bids, and how many, is secret until the opening. The test asks everything there is to ask, as everybody, before and after a bid is uploaded,
 * submitted, replaced and withdrawn: no answer may change by as much as a character.
 */
const outsiders = ['nobody', 'agent', 'tenderee', 'otherAgent', 'secondBidder', 'centre', 'regulator', 'administrator'] as const;
type Outsider = (typeof outsiders)[number];

let house: TestHouse;
let people: Cast;
let lot: string;
let bidder: Bidder;
let known: { submission: string; upload: string; event: string };
const seen = { before: new Map<string, string>(), after: new Map<string, string>() };

beforeAll(async () => {
  house = await openHouse({ at: at('2031-11-01T09:00') });
  await giveAuthority();
  people = await cast(house);
  await withCouncil(house);
  lot = await publishedLot(house, people);
  bidder = await aBidderOf(house, 61, lot);
  const [first, second] = [await envelope(lot, bidder), await envelope(lot, bidder)];
  const statement = statementFor(lot, bidder, first);
  known = { submission: statement.id, upload: crypto.randomUUID(), event: newId(systemClock()) };
  await followed();
  await look(seen.before);
  known.upload = await uploadedWhole(house, bidder.token, lot, first);
  known.event = (await submitted(house, bidder, statement, known.upload)).body.event;
  const replacement = statementFor(lot, bidder, second, { supersedes: statement.id });
  const replaced = await submitted(house, bidder, replacement, await uploadedWhole(house, bidder.token, lot, second));
  expect(replaced.status).toBe(201);
  expect((await withdraws(house, bidder, lot, replacement.id)).status).toBe(201);
  const last = statementFor(lot, bidder, await envelope(lot, bidder));
  // one that stays an unfinished upload, one refusal
  await tus(house, bidder.token).create(lot, 5000);
  expect((await submitted(house, bidder, last, crypto.randomUUID())).status).toBe(409);
  const kept = await envelope(lot, bidder);
  expect(
    (await submitted(house, bidder, statementFor(lot, bidder, kept), await uploadedWhole(house, bidder.token, lot, kept))).status,
  ).toBe(201);
  await followed();
  await look(seen.after);
}, 180_000);
afterAll(() => house.close());

/** Lets the platform do whatever follows by itself, as its sequencer and its worker would: papers that are due, above all. */
async function followed(): Promise<void> {
  const now = await databaseNow(house.em());
  for (let round = 0; round < 3; round += 1) {
    await numbered();
    for (const chore of allChores())
      for (const item of await chore.find(house.em(), now)) await chore.work(item, { frame: house.frame, files: house.files });
  }
  await numbered();
}

/** Until every event has its number and the newest checkpoint covers them. */
async function numbered(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [row] = await house
      .em()
      .execute<{ open: boolean }[]>(
        'select (select count(*) from journal_event) > coalesce((select max(size) from journal_checkpoint), 0) as open',
      );
    if (row?.open === false) return;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error('the journal did not catch up');
}

const tokenOf = (who: Outsider): string | undefined => (who === 'nobody' ? undefined : people[who]);
const readable = (): readonly AnyEndpoint[] => allEndpoints().filter((each) => each.method === 'get');

/** The address of an endpoint for this lot; other ids are those of the bid. */
const addressOf = ({ path }: AnyEndpoint): string =>
  path.replace(/:(\w+)/g, (_whole, name: string) => {
    if (name === 'lot') return lot;
    if (name === 'part') return 'whole';
    if (name === 'code' || name === 'party') return bidder.code;
    return name === 'event' ? known.event : known.submission;
  });

/** What differs between any two looks: the address asked for, form tokens, ids of refusals, and the journal's own size and root, which grow with every event of the node. */
const settled = (text: string): string =>
  text
    .replaceAll(encodeURIComponent(known.event), 'the event asked for')
    .replace(/name="_csrf" value="[^"]*"/g, '')
    .replace(/data-csrf="[^"]*"/g, '')
    .replace(/urn:uuid:[0-9a-f-]{36}/g, '')
    .replace(/<footer[\s\S]*<\/footer>/g, '');

async function look(into: Map<string, string>): Promise<void> {
  for (const who of outsiders)
    for (const endpoint of readable())
      for (const kind of ['json', 'page'] as const) {
        if (kind === 'json' ? endpoint.pageOnly : endpoint.apiOnly) continue;
        const asked = request(house.app)
          .get(`${kind === 'json' ? '/api' : ''}${addressOf(endpoint)}`)
          .redirects(0);
        const token = tokenOf(who);
        const { status, text, headers } = await (token ? asked.set('authorization', `Bearer ${token}`) : asked);
        into.set(`${who} ${kind} ${endpoint.name}`, `${status} ${headers.location ?? ''} ${settled(text ?? '')}`);
      }
}

/** The page that tells how many events the whole node's journal holds: it grows with anything that happens anywhere, and every leaf is blinded. */
const journal = / show-journal$/;

describe('Before the opening nobody learns that somebody bids', () => {
  it('everything there is to read was asked, and most of it answered', () => {
    expect(seen.before.size).toBeGreaterThan(300);
    expect([...seen.before.values()].filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(80);
    expect([...seen.before.values()].filter((answer) => answer.startsWith('500'))).toEqual([]);
  });

  it.each(outsiders)('%s reads the same before and after it', (who) => {
    const differing = [...seen.before]
      .filter(([what, answer]) => what.startsWith(`${who} `) && !journal.test(what) && seen.after.get(what) !== answer)
      .map(([what]) => what);
    expect(differing).toEqual([]);
  });

  it.each(outsiders)('%s finds nothing of the bid under its own addresses', async (who) => {
    const token = tokenOf(who);
    for (const path of [
      `/receipts/${known.event}`,
      `/lots/${lot}/bids/${known.submission}/envelopes/whole`,
      `/lots/${lot}/bids/${known.submission}`,
    ]) {
      const { status } = await house.api(token).get(path);
      expect([path, [401, 403, 404].includes(status)]).toEqual([path, true]);
    }
    const paper = await request(house.app)
      .get(`/lots/${lot}/papers/submission-receipt?event=${known.event}`)
      .redirects(0)
      .set(token ? { authorization: `Bearer ${token}` } : {});
    expect([303, 401, 403, 404]).toContain(paper.status);
    expect((await tus(house, token).head(known.upload)).status).toBeGreaterThanOrEqual(401);
  });

  it('another bidder sees its own desk alone', async () => {
    const { body } = await house.api(people.secondBidder).get(`/lots/${lot}/bids`);
    expect([body.submissions, body.uploads]).toEqual([[], []]);
    expect(JSON.stringify(body)).not.toContain(bidder.code);
  });

  it('the bidder itself sees all of it', async () => {
    const { body } = await house.api(bidder.token).get(`/lots/${lot}/bids`);
    expect(body.submissions).toHaveLength(3);
    expect((await house.api(bidder.token).get(`/receipts/${known.event}`)).status).not.toBe(404);
  });
});
