import { type ChildProcess, fork } from 'node:child_process';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { readBid } from '../../src/openings/read-bid.ts';
import { sessionOf } from '../../src/parties/reads.ts';
import { lotView } from '../../src/tenders/reads.ts';
import { startLive } from '../../src/web/live.ts';
import { editionsOf } from '../../src/web/public-edition.ts';
import { openingLot } from '../support/opened-lot.ts';
import type { Town } from '../support/town.ts';
import type { Order, Said } from './hall-viewers.ts';
import type { Comparison } from './measure.ts';

const viewers = 10_000;
const processes = 2;

interface Crowd {
  seat(base: string, path: string, follow: object | null): Promise<void>;
  /** everyone's delay in milliseconds from the moment `happening` answers until the next change arrives, ascending */
  delays(happening: () => Promise<number>): Promise<number[]>;
  leave(): Promise<void>;
  end(): void;
}

/**
 * A hall with ten thousand viewers in the gallery (their processes are apart, on the same cores): from the commit of a reading to the change on every
 * screen, against a bare broadcast of a message of that size to the same viewers in the same run.
 */
export async function hall(town: Town): Promise<Comparison[]> {
  const prices = town.bidders.map((_, at) => `${17_800_000 + at * 10_000}.00`);
  const { lot } = await openingLot(town, { prices });
  const crowd = startCrowd();
  try {
    const ours = await readings(crowd, town, lot, prices.length);
    const bare = await bareBroadcast(crowd, prices.length, ours.characters);
    const [p99, bareP99] = [percentile(ours.delays, 0.99), percentile(bare.delays, 0.99)];
    console.log(
      `hall of ${viewers}: p50 ${percentile(ours.delays, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (bare ${percentile(bare.delays, 0.5).toFixed(0)} and ${bareP99.toFixed(0)}), ` +
        `${ours.kilobytes.toFixed(1)} kB a viewer (bare ${bare.kilobytes.toFixed(1)}), ${ours.forks} queries' turns and ${ours.characters} characters for each reading`,
    );
    return [
      {
        what: `hall of ${viewers}: p99, commit to screen`,
        ours: 1000 / p99,
        bare: 'a bare broadcast',
        bareRate: 1000 / bareP99,
        limit: 0.5,
      },
      { what: 'the same', ours: 1000 / p99, bare: 'one second', bareRate: 1, limit: 1 },
    ];
  } finally {
    crowd.end();
  }
}

async function bareBroadcast(crowd: Crowd, rounds: number, characters: number) {
  const text = 'x'.repeat(characters);
  const http = await listening(createServer());
  const bare = new Server(http.server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
  const before = process.memoryUsage().rss;
  await crowd.seat(http.base, '/socket.io', null);
  const kilobytes = (process.memoryUsage().rss - before) / 1024 / viewers;
  const delays: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await pause(500);
    delays.push(
      ...(await crowd.delays(async () => {
        const at = now();
        bare.emit('change', { round, text });
        return at;
      })),
    );
  }
  await crowd.leave();
  await bare.close();
  return { delays: delays.sort((a, b) => a - b), kilobytes };
}

async function readings(crowd: Crowd, { house, agent }: Town, lot: string, rounds: number) {
  const http = await listening(createServer(house.app));
  let forks = 0;
  const live = await startLive({
    server: http.server,
    url: house.database.url,
    fork: () => {
      forks += 1;
      return house.frame.fork();
    },
    whoIs: (token) => sessionOf(house.frame.fork(), token),
    lotView,
    editions: editionsOf(house.app),
    log: (line, error) => console.error(line, error ?? ''),
  });
  const before = process.memoryUsage().rss;
  const follow = { lot, after: -1, page: { path: `/lots/${lot}/hall`, lang: 'zh' } };
  await crowd.seat(http.base, '/live', follow);
  const kilobytes = (process.memoryUsage().rss - before) / 1024 / viewers;
  const sizes: number[] = [];
  const reader = io(http.base, { path: '/live', transports: ['websocket'], forceNew: true });
  reader.on('connect', () => reader.emit('follow', follow));
  reader.on('change', (change: object) => sizes.push(JSON.stringify(change).length));
  const delays: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await pause(500);
    delays.push(
      ...(await crowd.delays(async () => {
        await house.perform(readBid, agent.actor, { lot });
        return now();
      })),
    );
  }
  reader.close();
  await crowd.leave();
  await live.stop();
  http.server.closeAllConnections();
  await new Promise((closed) => http.server.close(closed));
  const characters = Math.round(sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length));
  return { delays: delays.sort((a, b) => a - b), kilobytes, forks: Math.round(forks / rounds), characters };
}

const now = (): number => performance.timeOrigin + performance.now();
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function listening(server: HttpServer): Promise<{ server: HttpServer; base: string }> {
  await new Promise<void>((ready) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, ready));
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function startCrowd(): Crowd {
  const children = Array.from({ length: processes }, () => fork(join(import.meta.dirname, 'hall-viewers.ts')));
  const each = viewers / processes;
  const order = (child: ChildProcess, what: Order): void => void child.send(what);
  const answers = <A extends Said>(): Promise<A[]> =>
    Promise.all(children.map((child) => new Promise<A>((said) => child.once('message', (message) => said(message as A)))));
  const tell = async <A extends Said>(what: Order): Promise<A[]> => {
    const answered = answers<A>();
    for (const child of children) order(child, what);
    return answered;
  };
  return {
    seat: async (connect, path, follow) => {
      await tell({ connect, path, viewers: each, follow });
    },
    delays: async (happening) => {
      for (const child of children) order(child, { count: each });
      await pause(100);
      const arrived = answers<{ arrived: number[] }>();
      const at = await happening();
      return (await arrived).flatMap(({ arrived: moments }) => moments.map((moment) => Math.max(0, moment - at)));
    },
    leave: async () => {
      await tell({ leave: true });
    },
    end: () => {
      for (const child of children) child.kill();
    },
  };
}
