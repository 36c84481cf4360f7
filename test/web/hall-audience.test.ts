import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import request from 'supertest';
import { readBid } from '../../src/openings/read-bid.ts';
import { sessionOf } from '../../src/parties/reads.ts';
import { lotView } from '../../src/tenders/reads.ts';
import { type Live, startLive } from '../../src/web/live.ts';
import { editionsOf, regionsOf, type Splice, splicesBetween } from '../../src/web/public-edition.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openingLot, publishedLot, submitSealed } from '../support/opened-lot.ts';
import { addressOf, serve } from '../support/serve.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
/** a session about to be read out */
let lot: string;
/** one whose bids are still sealed */
let sealed: string;
/** two web nodes of one platform */
const nodes: { server: Server; live: Live; base: string }[] = [];
const open: Socket[] = [];

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 5 });
  ({ lot } = await openingLot(town, { prices: ['17800000.00', '17900000.00', '18000000.00', '18100000.00', '18200000.00'] }));
  ({ lot: sealed } = await publishedLot(town));
  for (let n = 0; n < 2; n += 1) {
    const server = await serve(house.app);
    const live = await startLive({
      server,
      url: house.database.url,
      fork: house.frame.fork,
      whoIs: (token) => sessionOf(house.frame.fork(), token),
      lotView,
      editions: editionsOf(house.app),
      log: (line, error) => console.error(line, error ?? ''),
      coalesceMilliseconds: 30,
    });
    nodes.push({ server, live, base: addressOf(server) });
  }
}, 240_000);
afterAll(async () => {
  for (const socket of open) socket.close();
  for (const { live, server } of nodes) {
    await live.stop();
    await new Promise<void>((closed) => server.close(() => closed()));
  }
  await house.close();
});

interface Change {
  readonly from: string;
  readonly to: string;
  readonly splices: readonly Splice[];
}

/** Somebody in the gallery, who holds exactly what was sent. */
async function viewer(about: string, node = 0, token?: string) {
  const socket = io(nodes[node]?.base ?? '', {
    path: '/live',
    transports: ['websocket'],
    forceNew: true,
    ...(token === undefined ? {} : { auth: { token } }),
  });
  open.push(socket);
  const regions = new Map<string, string>();
  const changes: Change[] = [];
  let version = '';
  let numbersOnly = false;
  const answered = new Promise<void>((done) => {
    socket.on('edition', (edition: { version: string; regions: Record<string, string> }) => {
      version = edition.version;
      for (const [name, text] of Object.entries(edition.regions)) regions.set(name, text);
      done();
    });
    socket.on('following', () => {
      numbersOnly = true;
      done();
    });
  });
  socket.on('change', (change: Change) => {
    changes.push(change);
    expect(change.from).toBe(version);
    version = change.to;
    for (const { region, at, drop, put } of change.splices) {
      const text = regions.get(region) ?? '';
      regions.set(region, text.slice(0, at) + put + text.slice(at + drop));
    }
  });
  socket.on('connect', () => socket.emit('follow', { lot: about, after: -1, page: { path: `/lots/${about}/hall`, lang: 'zh' } }));
  await answered;
  return { socket, changes, regions, version: () => version, numbersOnly: () => numbersOnly };
}

const hall = async (about: string, node = 0) => (await fetch(`${nodes[node]?.base}/lots/${about}/hall`)).text();
async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200 && !(await what()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await what()).toBe(true);
}
/** Reads the next bid out; answers what the hall says then. */
async function read(): Promise<string> {
  const { result } = await house.perform(readBid, town.agent.actor, { lot });
  return `第 ${result.order} 家，共 5 家`;
}

describe('A change is sent as what lies between what stays', () => {
  const apply = (text: string, splices: readonly Splice[]): string =>
    splices.reduce((now, { at, drop, put }) => now.slice(0, at) + put + now.slice(at + drop), text);
  it('and leads from any text to any other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '唱', '标', '𠮷'), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const splices = splicesBetween(new Map([['r', before]]), new Map([['r', after]]));
        expect(apply(before, splices)).toBe(after);
        expect(splices.length).toBe(before === after ? 0 : 1);
      }),
    );
  });
  it('an entry more costs no more than the entry', () => {
    const before = new Map([['record', `<ol>${'<li>old</li>'.repeat(500)}</ol>`]]);
    const after = new Map([['record', `<ol><li>new</li>${'<li>old</li>'.repeat(500)}</ol>`]]);
    expect(splicesBetween(before, after)[0]?.put.length).toBeLessThan(20);
  });
});

describe('The public edition of the hall', () => {
  it('is one page for all who are not signed in: no form, no token, no cookie of theirs', async () => {
    const answer = await request(house.app).get(`/lots/${lot}/hall`);
    expect([answer.status, answer.headers['set-cookie'], answer.headers['cache-control']]).toEqual([200, undefined, 'no-store']);
    expect(answer.text).not.toMatch(/_csrf|method="post"/);
    expect([...regionsOf(answer.text).keys()]).toEqual(expect.arrayContaining(['reading', 'prices', 'record', 'council']));
  });
  it('says what the page of somebody says who is signed in and may do nothing here, in both languages', async () => {
    const token = await town.stranger.token();
    for (const lang of ['zh', 'en']) {
      const asPublic = await request(house.app).get(`/lots/${lot}/hall`).set('cookie', `lang=${lang}`);
      const asStranger = await request(house.app).get(`/lots/${lot}/hall`).set('cookie', `lang=${lang}; yg_session=${token}`);
      const [one, other] = [regionsOf(asPublic.text), regionsOf(asStranger.text)];
      for (const name of ['stages', 'reading', 'prices', 'council', 'record']) expect(one.get(name)).toBe(other.get(name));
    }
  });
  it('costs the database the same for one reader and for sixty', async () => {
    const queries = async (): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 450)); // what was made before is too old now
      const counted = countQueries();
      await Promise.all(Array.from({ length: 60 }, () => hall(lot)));
      return counted();
    };
    await hall(lot);
    const first = await queries();
    const counted = countQueries();
    await new Promise((resolve) => setTimeout(resolve, 450));
    await hall(lot);
    expect(first).toBeLessThanOrEqual(counted() + 2); // a beat may end between sixty readers
  }, 30_000);
  it('of a lot that is not there is refused, and refused again: nothing of it is kept', async () => {
    for (let n = 0; n < 2; n += 1)
      expect((await request(house.app).get('/lots/019a0000-0000-7000-8000-000000000000/hall')).status).toBe(404);
  });
  it('a credential, even one that is over, gets a page of its own', async () => {
    const answer = await request(house.app).get(`/lots/${lot}/hall`).set('cookie', 'yg_session=nonsense');
    expect([answer.status, String(answer.headers['set-cookie'])]).toEqual([200, expect.stringContaining('yg_visitor=')]);
  });
});

/** Forks of the store are what queries are asked through: each page made takes some, a page handed out again takes none. */
function countQueries(): () => number {
  const { fork } = house.frame;
  let asked = 0;
  (house.frame as { fork: typeof fork }).fork = () => {
    asked += 1;
    return fork();
  };
  return () => {
    (house.frame as { fork: typeof fork }).fork = fork;
    return asked;
  };
}

describe('The gallery is sent the hall itself', () => {
  it('whole at first, then each reading as a change; every viewer on every node holds the same as the page says', async () => {
    const viewers = await Promise.all([viewer(lot), viewer(lot), viewer(lot, 1)]);
    const started = viewers.map((each) => each.changes.length);
    const says = await read();
    for (const [at, each] of viewers.entries()) {
      await until(() => each.changes.length > (started[at] ?? 0));
      await until(async () => each.regions.get('prices') === regionsOf(await hall(lot)).get('prices'));
      expect(each.regions.get('reading')).toContain(says);
    }
    await until(() => new Set(viewers.map((each) => each.version())).size === 1);
    const sent = JSON.stringify(viewers[0]?.changes).length;
    expect(sent).toBeLessThan(JSON.stringify([...(viewers[0]?.regions ?? [])]).length);
  }, 60_000);

  it('who lost the line for a while comes back to the present, with nothing lost or doubled', async () => {
    const away = await viewer(lot);
    const stayed = await viewer(lot);
    away.socket.disconnect();
    await read();
    const says = await read();
    await until(() => (stayed.regions.get('reading') ?? '').includes(says));
    const before = away.version();
    const back = new Promise<void>((done) => away.socket.once('edition', () => done()));
    away.socket.connect();
    await back;
    await until(() => away.version() === stayed.version());
    expect(away.version()).not.toBe(before);
    expect(away.regions.get('record')).toBe(stayed.regions.get('record'));
  }, 60_000);

  it('a viewer whose line is choked does not slow the others and is not queued for without end: it is given the whole hall later', async () => {
    const slow = await viewer(lot);
    const quick = await viewer(lot);
    const line = (slow.socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket;
    line.pause();
    const says = await read();
    await until(() => (quick.regions.get('reading') ?? '').includes(says));
    expect(slow.regions.get('reading') ?? '').not.toContain(says);
    line.resume();
    await until(() => slow.version() === quick.version());
  }, 60_000);

  it('sealed bids move nothing in the gallery: no change, no number, not even a moment', async () => {
    const gallery = await viewer(sealed);
    const heard: unknown[] = [];
    gallery.socket.onAny((...said: unknown[]) => heard.push(said));
    await submitSealed(town, sealed, town.bidders[0] as Person, { price: '17800000.00' });
    await submitSealed(town, sealed, town.bidders[1] as Person, { price: '17900000.00' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(heard).toEqual([]);
  }, 60_000);

  it('somebody signed in is told numbers, as before: what it may see is its own', async () => {
    expect((await viewer(lot, 0, await town.agent.token())).numbersOnly()).toBe(true);
  });

  it('a page of another lot, or one that is not shared, is not pushed', async () => {
    const socket = io(nodes[0]?.base ?? '', { path: '/live', transports: ['websocket'], forceNew: true });
    open.push(socket);
    const heard: string[] = [];
    socket.onAny((name: string) => heard.push(name));
    await new Promise<void>((done) => socket.once('connect', () => done()));
    socket.emit('follow', { lot, after: -1, page: { path: `/lots/${sealed}/hall`, lang: 'zh' } });
    socket.emit('follow', { lot, after: -1, page: { path: `/lots/${lot}/timeline`, lang: 'zh' } });
    await until(() => heard.length === 2);
    expect(heard).toEqual(['following', 'following']);
  });
});
