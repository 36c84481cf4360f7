import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { collectDocuments } from '../../src/bids/collect-documents.ts';
import { submitBid } from '../../src/bids/submit-bid.ts';
import type { Role } from '../../src/kernel/actor.ts';
import { type AnyEndpoint, allEndpoints } from '../../src/kernel/endpoint.ts';
import { Certificate } from '../../src/parties/schema.ts';
import { Lot, TenderDocument } from '../../src/tenders/schema.ts';
import { registered, signIn } from '../parties/people.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

/*
 * Counting is seeing: while bids are sealed, nobody may learn who bids or how many do, by any page, answer, file or error. The whole table
 * of readers × reads is asked twice, with one sealed bid and with three and everything that goes with bidding; whoever does not bid gets
 * the same bytes both times.
 */

interface Reader {
  readonly name: string;
  readonly role: Role;
  readonly token: string | null;
}

let house: TestHouse;
let town: Town;
let server: Server;
let base: string;
let lot: string;
let readers: readonly Reader[];
let values: Readonly<Record<string, readonly string[]>>;
const noId = '019a0000-0000-7000-8000-000000000000';
const bidder = (n: number): Person => town.bidders[n] as Person;
const [first, second, third, collector, idle] = [() => bidder(0), () => bidder(1), () => bidder(2), () => bidder(3), () => bidder(4)];

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 5 });
  // certificates are public, and getting one says nothing of a tender: all of them stand before the first look
  for (const each of town.bidders) await each.signer();
  const published = await publishedLot(town);
  ({ lot } = published);
  server = house.app.listen(0);
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await submitSealed(town, lot, first(), { price: '17800000.00' });
  const trustee = await registered(house, 77, ['trustee']);
  const of = async (name: string, person: Person): Promise<Reader> => ({ name, role: person.actor.role, token: await person.token() });
  readers = [
    { name: 'the public', role: 'public', token: null },
    await of('the agent', town.agent),
    await of('the tenderee', town.tenderee),
    await of('another agent', town.stranger),
    await of('the regulator', town.regulator),
    await of('the centre', town.centre),
    await of('the administrator', town.administrator),
    await of('an expert', town.experts[0] as Person),
    await of('a bidder who does not bid', idle()),
    { name: 'a trustee', role: 'trustee', token: (await signIn(house, trustee.login)).token },
  ];
  values = await valuesOf(published.project);
}, 90_000);
afterAll(async () => {
  await new Promise<void>((closed) => server.close(() => closed()));
  await house.close();
});

/** What stands in the place of a parameter: the lot's own things, and the sealed things of the first bid. */
async function valuesOf(project: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const em = house.em();
  const events = await em.execute<{ id: string }[]>(
    `select id from journal_event where lot = ? and type in ('notice.published', 'bid.received', 'documents.collected') order by position`,
    [lot],
  );
  const [bid] = await em.execute<{ id: string }[]>('select id from submission where lot = ?', [lot]);
  return {
    lot: [lot],
    project: [project],
    document: (await em.find(TenderDocument, { lot })).map((each) => each.id),
    event: events.map((each) => each.id),
    council: [town.council.id],
    code: [second().actor.code ?? ''],
    serial: (await em.find(Certificate, { holder: second().actor.code ?? '' })).map((each) => each.serial),
    submission: [bid?.id ?? ''],
    part: ['whole'],
    index: ['0'],
    problem: ['not-found'],
    kind: ['tender-notice', 'submission-receipt', 'opening-record'],
    hash: ['A'.repeat(43)],
  };
}

/** Every address of a read, with each of the values in its places; ids of what does not exist yet stand for the rest. */
function addressesOf(endpoint: AnyEndpoint): readonly string[] {
  const places = endpoint.path.match(/:\w+/g) ?? [];
  return places.reduce<readonly string[]>(
    (paths, place) => paths.flatMap((path) => (values[place.slice(1)] ?? [noId]).map((value) => path.replace(place, value))),
    [endpoint.path],
  );
}

const mayAsk = (endpoint: AnyEndpoint, reader: Reader): boolean =>
  endpoint.by === 'anyone' || (endpoint.by === 'signed-in' ? reader.token !== null : endpoint.by.includes(reader.role));

async function ask(reader: Reader, path: string): Promise<Response> {
  // the same visitor each time, so that the form token in a page is the same too
  const cookie = reader.token === null ? 'yg_visitor=the-same-visitor' : `yg_session=${reader.token}`;
  return fetch(`${base}${path}`, { redirect: 'manual', headers: { cookie } });
}

/** What may differ: the journal's length and root (everything anybody does is in it), and the id of an error answer. */
function withoutJournal(text: string): string {
  return text
    .replace(/<div class="foot-checkpoint">.*?<\/div>/gs, '')
    .replace(/urn:uuid:[0-9a-f-]{36}/g, '')
    .replace(/"proof":\[[^\]]*\],"checkpoint":"[^"]*"/g, '');
}
/**
 * The journal's own page, the page of a receipt and the evidence tell how long the journal is: that is what they are for. That a bid adds no entry to
 * the evidence is tested beside it (test/openness/evidence.test.ts).
 */
const tellsTheJournal = new Set(['show-journal', 'show-receipt', 'show-evidence', 'download-evidence']);

interface Seen {
  readonly status: number;
  readonly text: string;
}

async function lookAround(reader: Reader): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  for (const endpoint of allEndpoints()) {
    if (endpoint.method !== 'get' || !mayAsk(endpoint, reader) || tellsTheJournal.has(endpoint.name)) continue;
    for (const path of addressesOf(endpoint)) {
      for (const address of [...(endpoint.pageOnly ? [] : [`/api${path}`]), ...(endpoint.apiOnly || endpoint.download ? [] : [path])]) {
        const answer = await ask(reader, address);
        const text = withoutJournal(Buffer.from(await answer.arrayBuffer()).toString('latin1'));
        seen.set(address, { status: answer.status, text: `${answer.headers.get('location') ?? ''}\n${text}` });
      }
    }
  }
  return seen;
}

/** All papers are out and every event has its number. */
async function settled(): Promise<void> {
  for (let round = 0; round < 4; round += 1) await beat(house);
  for (;;) {
    const [row] = await house
      .em()
      .execute<{ waiting: boolean }[]>(
        'select exists (select from journal_event e left join journal_leaf l on l.event = e.id where l.event is null) as waiting',
      );
    if (row?.waiting === false) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('While bids are sealed', () => {
  it('whoever does not bid sees the same bytes with one bid and with three, at every address', async () => {
    await settled();
    const before = new Map<string, Map<string, Seen>>();
    for (const reader of readers) before.set(reader.name, await lookAround(reader));

    await submitSealed(town, lot, second(), { price: '18000000.00' });
    await submitSealed(town, lot, third(), { price: '18250000.00' });
    await submitSealed(town, lot, third(), { price: '18240000.00' }); // replaces the one before
    await house.perform(collectDocuments, collector().actor, { lot });
    await expect(house.perform(submitBid, second().actor, { lot })).rejects.toThrow();
    await settled();

    const different: string[] = [];
    let asked = 0;
    for (const reader of readers) {
      const now = await lookAround(reader);
      for (const [address, seen] of now) {
        asked += 1;
        const then = before.get(reader.name)?.get(address);
        if (then?.status !== seen.status || then.text !== seen.text)
          different.push(`${reader.name} ${address}: ${firstDifference(then, seen)}`);
        if (seen.status >= 500) different.push(`${reader.name} ${address}: ${seen.status}`);
      }
    }
    expect(different).toEqual([]);
    expect(asked).toBeGreaterThan(500);
  }, 240_000);

  it('no page of the tender names a bidder to anybody else', async () => {
    const names = [first(), second(), third()].flatMap(({ actor }) => [
      actor.code ?? '?',
      Buffer.from(actor.organisationName ?? '?').toString('latin1'),
    ]);
    // the register of organisations, lists of users and the demonstration's accounts name everybody, whether they bid or not
    const register =
      /^(\/api)?\/(organisations|users|administration|session|certificates|experts|rules|problems|api|profile|sandbox\/phone)/;
    const told: string[] = [];
    for (const reader of readers)
      for (const [address, { text }] of await lookAround(reader))
        if (!register.test(address))
          told.push(...names.filter((name) => text.includes(name)).map((name) => `${reader.name} ${address} ${name}`));
    expect(told).toEqual([]);
  }, 240_000);

  it('a sealed entry has no receipt but for its own bidder', async () => {
    const sealed = await house
      .em()
      .execute<{ id: string; party: string; type: string }[]>(
        `select id, party, type from journal_event where lot = ? and party is not null and type in ('bid.received', 'bid.replaced', 'documents.collected', 'paper.delivered')`,
        [lot],
      );
    expect(new Set(sealed.map((each) => each.type)).size).toBeGreaterThan(2);
    for (const { id, party } of sealed)
      for (const reader of [...readers, { name: 'the second bidder', role: 'bidder' as const, token: await second().token() }]) {
        const own = reader.name === 'the second bidder' && party === second().actor.code;
        expect([reader.name, (await ask(reader, `/api/receipts/${id}`)).status]).toEqual([reader.name, own ? 200 : 404]);
      }
  }, 60_000);
});

describe('Once the bids are opened', () => {
  it('the same reads name the bidders: the table above looked in the right places', async () => {
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    if (!deadline) throw new Error('a published lot has a deadline');
    await house.clock.to(deadline);
    await until(town, async () => (await house.em().findOneOrFail(Lot, { id: lot })).phase === 'opening');
    await settled();
    const name = Buffer.from(second().actor.organisationName ?? '?').toString('latin1');
    const seen = await lookAround(readers[0] as Reader);
    for (const address of [`/lots/${lot}/hall`, `/api/lots/${lot}/hall`, `/api/lots/${lot}/timeline`])
      expect(seen.get(address)?.text).toContain(name);
    const [bid] = await house
      .em()
      .execute<{ id: string }[]>(`select id from journal_event where lot = ? and type = 'bid.received' limit 1`, [lot]);
    expect((await ask(readers[0] as Reader, `/api/receipts/${bid?.id}`)).status).toBe(200);
  }, 60_000);
});

function firstDifference(then: Seen | undefined, now: Seen): string {
  if (!then) return 'not asked before';
  if (then.status !== now.status) return `${then.status} became ${now.status}`;
  const at = [...now.text].findIndex((character, index) => character !== then.text[index]);
  return `“${then.text.slice(Math.max(0, at - 60), at + 60)}” became “${now.text.slice(Math.max(0, at - 60), at + 60)}”`;
}
