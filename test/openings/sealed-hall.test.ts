import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import request from 'supertest';
import { theSystem } from '../../src/kernel/actor.ts';
import { later } from '../../src/kernel/clock.ts';
import { reachDeadline } from '../../src/openings/reach-deadline.ts';
import { scheduleOpening } from '../../src/openings/schedule-opening.ts';
import { suspendOpenings } from '../../src/openings/suspend-openings.ts';
import { sessionOf } from '../../src/parties/reads.ts';
import { lotView } from '../../src/tenders/reads.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { type Live, startLive } from '../../src/web/live.ts';
import { editionsOf } from '../../src/web/public-edition.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { addressOf, serve } from '../support/serve.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

/**
 * Two lots that are alike, one with no bid and one with five, in one session: until the opening nobody can tell which is which, by no page, no byte of it,
 * and no message over a line.
 */

let house: TestHouse;
let town: Town;
let server: Server;
let live: Live;
let session: string;
let empty: { id: string; number: string };
let full: { id: string; number: string };
const readers: [string, Person | null][] = [];
const heard = new Map<string, { lot: string; text: string }[]>();
const sockets: Socket[] = [];

const pages = (lot: string): readonly string[] => [
  `/lots/${lot}/hall`,
  `/lots/${lot}/screen`,
  `/lots/${lot}/record`,
  `/lots/${lot}/opening`,
  `/lots/${lot}/draws`,
];

/** One page as a reader gets it, with what must differ between two lots, and with every look, taken out. */
async function seen(path: string, lot: { id: string; number: string }, token: string | undefined, api: boolean): Promise<string> {
  const asked = request(house.app)
    .get(`${api ? '/api' : ''}${path}`)
    .redirects(0);
  const { status, text, headers } = await (token
    ? asked.set(api ? 'authorization' : 'cookie', api ? `Bearer ${token}` : `yg_session=${token}`)
    : asked);
  const settled = text
    .replace(agenda, '')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/g, 'ID')
    .replaceAll(lot.number, 'NUMBER')
    .replace(/<time class="clock"[\s\S]*?<\/time>/g, '')
    .replace(/name="_csrf" value="[^"]*"|data-csrf="[^"]*"|urn:uuid:[0-9a-f-]{36}/g, '')
    // the node's own foot: how far its whole journal has grown
    .replace(/<footer[\s\S]*<\/footer>/g, '');
  return `${status} ${headers['content-type']} ${settled}`;
}

/** The agenda of the session both share names the two of them in its order, on either's page: what it says of them is asked for by itself. */
const agenda = /<!--live agenda-->[\s\S]*?<!--\/live agenda-->|data-follows="[^"]*"|"session":\{"id".*?\]\}|"agenda":"(?:[^"\\]|\\.)*"/g;

function firstDifference(here: string, there: string): string {
  const at = [...here].findIndex((letter, place) => letter !== there[place]);
  return `${here.slice(at - 40, at + 40)} ≠ ${there.slice(at - 40, at + 40)}`;
}

async function differences(): Promise<string[]> {
  const different: string[] = [];
  for (const [name, who] of readers) {
    const token = who ? await who.token() : undefined;
    for (const [at, path] of pages(full.id).entries())
      for (const api of [false, true]) {
        const there = await seen(path, full, token, api);
        const here = await seen(pages(empty.id)[at] ?? '', empty, token, api);
        if (there !== here) different.push(`${name} ${api ? 'api ' : ''}${path}: ${firstDifference(here, there)}`);
      }
  }
  return different;
}

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 6 });
  const one = await publishedLot(town);
  const two = await publishedLot(town, {}, one.project);
  const rows = await Promise.all([one.lot, two.lot].map((id) => house.em().findOneOrFail(Lot, { id })));
  [empty, full] = rows.map(({ id, number }) => ({ id, number })) as [typeof empty, typeof full];
  readers.push(
    ['public', null],
    ['agent', town.agent],
    ['tenderee', town.tenderee],
    ['another agent', town.stranger],
    ['regulator', town.regulator],
  );
  readers.push(['centre', town.centre], ['administrator', town.administrator], ['a bidder that does not bid', town.bidders[5] as Person]);
  const { result } = await house.perform(scheduleOpening, town.agent.actor, { project: one.project, lots: [empty.id, full.id] });
  session = result.session;
  // whoever begins to follow now hears of nothing that went before
  await until(town, async () => {
    const [row] = await house
      .em()
      .execute<{ open: boolean }[]>('select (select count(*) from journal_event) > (select max(size) from journal_checkpoint) as open');
    return row?.open === false;
  });
  server = await serve(house.app);
  const whoIs = (token: string) => sessionOf(house.frame.fork(), token);
  live = await startLive({
    server,
    url: house.database.url,
    fork: house.frame.fork,
    whoIs,
    lotView,
    editions: editionsOf(house.app),
    log: () => undefined,
  });
  for (const [name, who] of readers) {
    const said: { lot: string; text: string }[] = [];
    heard.set(name, said);
    for (const lot of [empty, full]) {
      const socket = io(addressOf(server), {
        path: '/live',
        transports: ['websocket'],
        forceNew: true,
        ...(who ? { auth: { token: await who.token() } } : {}),
      });
      sockets.push(socket);
      socket.onAny((event: string, body: unknown) =>
        said.push({ lot: lot.id, text: `${event} ${JSON.stringify(body)}`.replaceAll(lot.id, 'LOT').replaceAll(lot.number, 'NUMBER') }),
      );
      const seated = new Promise<void>((done) => socket.onAny(() => done()));
      socket.emit('follow', { lot: lot.id, after: -1, page: { path: `/lots/${lot.id}/hall`, lang: 'zh' } });
      await seated;
    }
  }
  for (const bidder of town.bidders.slice(0, 5)) await submitSealed(town, full.id, bidder, { price: '17800000.00' });
}, 240_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await live?.stop();
  server?.closeAllConnections();
  await new Promise<void>((closed) => server.close(() => closed()));
  await house.close();
});

describe('a hall with five bids, and one with none', () => {
  it('are the same to the byte for everybody before the deadline, on pages and by the API', async () => {
    // two pages are told apart by nothing at all only if there is something on them
    expect((await seen(`/lots/${full.id}/hall`, full, undefined, false)).length).toBeGreaterThan(5000);
    expect(await differences()).toEqual([]);
  }, 120_000);

  it('the page of the session they share names lots only', async () => {
    for (const [, who] of readers) {
      const asked = request(house.app).get(`/halls/${session}`);
      const { text } = await (who ? asked.set('cookie', `yg_session=${await who.token()}`) : asked);
      for (const bidder of town.bidders.slice(0, 5)) {
        expect(text).not.toContain(bidder.actor.organisationName);
        expect(text).not.toContain(bidder.actor.code);
      }
    }
  });

  it('send the same over every line: nothing for a bid', async () => {
    // the next thing that everybody hears, so that it is known that nothing is still on its way
    const now = await houseNow(house);
    await house.perform(suspendOpenings, town.centre.actor, { reason: '演练：全部暂停', reopensAt: later(now, 60_000) });
    await until(town, async () =>
      [...heard.values()].every((said) =>
        [empty, full].every(({ id }) => said.some((each) => each.lot === id && /^(entries|change) /.test(each.text))),
      ),
    );
    for (const [name] of readers) {
      const of = (lot: string): string[] =>
        (heard.get(name) ?? [])
          .filter((each) => each.lot === lot)
          .map(({ text }) => text.replace(agenda, '').replace(/"(version|from|to)":"[^"]*"|"numbers":\[[^\]]*\]/g, ''));
      expect([name, of(full.id)]).toEqual([name, of(empty.id)]);
    }
  }, 60_000);

  it('are still the same between the deadline and the opening', async () => {
    const { deadline } = await house.em().findOneOrFail(Lot, { id: full.id });
    if (!deadline) throw new Error('a published lot has a deadline');
    await house.clock.to(deadline);
    for (const { id } of [empty, full]) await house.perform(reachDeadline, theSystem, { lot: id });
    // the public edition is kept for a moment: until the time on both is the present one. No beat of the platform: it would open one of them
    let present = false;
    for (let round = 0; round < 200 && !present; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const shown = await Promise.all([empty, full].flatMap(({ id }) => pages(id).slice(0, 2)).map((path) => request(house.app).get(path)));
      present = shown.every(({ text }) => text.includes('已到时间') && !text.includes('全部开标暂停'));
    }
    expect(present).toBe(true);
    expect(await house.em().count(Lot, { phase: 'closed' })).toBe(2);
    expect(await differences()).toEqual([]);
  }, 120_000);
});
