import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { sessionOf } from '../../src/parties/reads.ts';
import { publishAddendum } from '../../src/tenders/publish-addendum.ts';
import { lotView } from '../../src/tenders/reads.ts';
import { type Live, startLive } from '../../src/web/live.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { publishedLot, submitSealed } from '../support/opened-lot.ts';
import { sequenced } from '../support/sequenced.ts';
import { addressOf, serve } from '../support/serve.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let server: Server;
let live: Live;
let lot: string;
const open: Socket[] = [];

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
  ({ lot } = await publishedLot(town));
  await sequenced(house);
  server = await serve(house.app);
  live = await startLive({
    server,
    url: house.database.url,
    fork: house.frame.fork,
    whoIs: (token) => sessionOf(house.frame.fork(), token),
    lotView,
    log: (line, error) => console.error(line, error ?? ''),
    coalesceMilliseconds: 30,
  });
}, 60_000);
afterAll(async () => {
  for (const socket of open) socket.close();
  await live.stop();
  await new Promise<void>((closed) => server.close(() => closed()));
  await house.close();
});

interface Ear {
  /** every number heard, in order */
  readonly heard: readonly number[];
  hears(count: number): Promise<void>;
}

/** Somebody who follows the lot: a person in a session, or the public. */
async function follower(who: Person | null): Promise<Ear> {
  const socket = io(addressOf(server), {
    path: '/live',
    transports: ['websocket'],
    forceNew: true,
    ...(who ? { auth: { token: await who.token() } } : {}),
  });
  open.push(socket);
  const heard: number[] = [];
  socket.on('entries', ({ lot: about, numbers }: { lot: string; numbers: number[] }) => {
    if (about === lot) heard.push(...numbers);
  });
  const following = new Promise<void>((done) => socket.once('following', () => done()));
  socket.on('connect', () => socket.emit('follow', { lot, after: -1 }));
  await following;
  return {
    heard,
    hears: async (count) => {
      for (let tries = 0; tries < 200 && heard.length < count; tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    },
  };
}

describe('The line to a page', () => {
  it('tells a bidder of its own sealed bid, and nobody else that anything happened at all', async () => {
    const [bidder, rival] = [town.bidders[0] as Person, town.bidders[1] as Person];
    const others = [
      await follower(null),
      ...(await Promise.all([rival, town.agent, town.regulator, town.centre, town.administrator].map(follower))),
    ];
    const own = await follower(bidder);
    await submitSealed(town, lot, bidder, { price: '17800000.00' });
    await own.hears(2); // documents collected, bid received
    await house.perform(publishAddendum, town.agent.actor, { lot, text: '更正第 3 页', affectsPreparation: false });
    for (const ear of others) {
      await ear.hears(1);
      expect(ear.heard).toHaveLength(1);
    }
    await own.hears(3);
    expect(own.heard.length).toBe(3);
    expect(own.heard.at(-1)).toBe(others[0]?.heard[0]);
  }, 60_000);

  it('carries numbers only, and no more than twenty lots for one page', async () => {
    const ear = await follower(null);
    const words: unknown[] = [];
    open.at(-1)?.onAny((...said: unknown[]) => words.push(said));
    for (let n = 0; n < 30; n += 1)
      open.at(-1)?.emit('follow', { lot: `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`, after: -1 });
    open.at(-1)?.emit('follow', 'nonsense');
    await house.perform(publishAddendum, town.agent.actor, { lot, text: '更正第 4 页', affectsPreparation: false });
    await ear.hears(1);
    expect(words.filter((said) => (said as unknown[])[0] === 'following')).toHaveLength(19);
    expect(JSON.stringify(words)).not.toContain('更正');
  }, 60_000);
});
