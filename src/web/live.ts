import type { Server as HttpServer } from 'node:http';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { type LotView, maySee } from '../journal/event.ts';
import { eventsAfter, newestCheckpoint, type StoredEvent } from '../journal/reads.ts';
import { type Actor, thePublic } from '../kernel/actor.ts';
import { languages } from '../kernel/words.ts';
import { startAudience } from './live-audience.ts';
import type { PublicEditions } from './public-edition.ts';
import { sessionCookie, type WhoIs } from './sessions.ts';

export interface LiveOptions {
  readonly server: HttpServer;
  readonly url: string;
  readonly fork: () => EntityManager;
  readonly whoIs: WhoIs;
  readonly lotView: (em: EntityManager, lot: string) => Promise<LotView | null>;
  /** pages whose public edition is pushed; without them, followers are told numbers only */
  readonly editions?: PublicEditions;
  readonly log: (line: string, error?: unknown) => void;
  /** news of this long are sent together */
  readonly coalesceMilliseconds?: number;
}

export interface Live {
  stop(): Promise<void>;
}

const follow = z.object({
  lot: z.string().regex(/^[0-9a-f-]{36}$/),
  after: z.number().int().min(-1),
  /** the page this follower looks at, to be sent its public edition */
  page: z.object({ path: z.string().max(200), lang: z.enum(languages) }).optional(),
});
const mostFollowed = 20;

/**
 * The only sockets. They carry event numbers: a page that hears a new number fetches what it may see by plain HTTP, and one that missed some
 * asks for everything after the last it knows. A reader is not even told that something happened which it may not see, because the moment of a
 * sealed bid is a sealed fact too. Who is not signed in may be sent the public edition of the page instead of fetching it: the same for all,
 * made once for all. Every web node follows the journal by itself, so no node needs another.
 */
export async function startLive(options: LiveOptions): Promise<Live> {
  const { server, url, fork, whoIs, lotView, editions, log, coalesceMilliseconds = 120 } = options;
  const io = new Server(server, {
    transports: ['websocket'],
    perMessageDeflate: false,
    serveClient: false,
    path: '/live',
    maxHttpBufferSize: 10_000,
  });
  const followers = new Map<string, Map<Socket, Actor>>();
  const audience = editions ? startAudience(io, editions) : null;

  io.on('connection', (socket) => {
    const actor = actorOf(socket, whoIs);
    socket.on('follow', (input: unknown) => {
      void welcome(socket, actor, input).catch((error: unknown) => log('a follower could not be served', error));
    });
    socket.on('disconnect', () => {
      for (const sockets of followers.values()) sockets.delete(socket);
    });
  });

  const welcome = async (socket: Socket, actor: Promise<Actor>, input: unknown): Promise<void> => {
    const asked = follow.safeParse(input);
    // known before the lots are counted: a burst of questions must not pass the count together
    const by = await actor;
    if (!asked.success || [...followers.values()].filter((sockets) => sockets.has(socket)).length >= mostFollowed) return;
    const { lot, page } = asked.data;
    if (page && by.user === null && (await audience?.seat(socket, lot, page))) return;
    const sockets = followers.get(lot) ?? new Map<Socket, Actor>();
    followers.set(lot, sockets.set(socket, by));
    socket.emit('following', { lot });
  };

  const tell = async (events: readonly StoredEvent[]): Promise<void> => {
    const byLot = Map.groupBy(events, ({ event }) => event.subject.lot ?? '');
    // what concerns all openings is news to every hall
    if (events.some(({ event }) => event.type.startsWith('openings.')))
      for (const lot of new Set([...followers.keys(), ...(audience?.followed() ?? [])])) if (!byLot.has(lot)) byLot.set(lot, []);
    const toAll = events.filter(({ event }) => event.type.startsWith('openings.'));
    for (const [lot, own] of byLot) {
      if (lot === '') continue;
      const news = [...own, ...toAll];
      const sockets = followers.get(lot);
      if (!sockets?.size && !audience?.follows(lot)) continue;
      const view = await lotView(fork(), lot);
      const seenByAll = numbersFor(news, thePublic, view);
      if (seenByAll.length > 0) await audience?.show(lot);
      for (const [socket, actor] of sockets ?? []) {
        const numbers = actor.user === null ? seenByAll : numbersFor(news, actor, view);
        if (numbers.length > 0) socket.emit('entries', { lot, numbers });
      }
    }
  };

  const catchUp = async (): Promise<void> => audience?.catchUp();
  const reader = await followCheckpoints({ url, fork, tell, catchUp, log, coalesceMilliseconds });
  return {
    stop: async () => {
      await reader.stop();
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

const numbersFor = (news: readonly StoredEvent[], actor: Actor, view: LotView | null): number[] =>
  news.filter(({ event }) => maySee(event, actor, view)).map(({ index }) => index ?? 0);

async function actorOf(socket: Socket, whoIs: WhoIs): Promise<Actor> {
  const { token } = socket.handshake.auth as { token?: unknown };
  const cookie = new RegExp(`(?:^|;\\s*)${sessionCookie}=([^;]+)`).exec(socket.handshake.headers.cookie ?? '')?.[1];
  const given = typeof token === 'string' ? token : cookie;
  return (given ? (await whoIs(decodeURIComponent(given)))?.actor : undefined) ?? thePublic;
}

interface Reader {
  readonly url: string;
  readonly fork: () => EntityManager;
  readonly tell: (events: readonly StoredEvent[]) => Promise<void>;
  /** at every look, whether there is news or not */
  readonly catchUp: () => Promise<void>;
  readonly log: LiveOptions['log'];
  readonly coalesceMilliseconds: number;
}

/** Follows the journal from its present end: woken by the sequencer's notification, and every second should one be lost. */
async function followCheckpoints({ url, fork, tell, catchUp, log, coalesceMilliseconds }: Reader): Promise<{ stop(): Promise<void> }> {
  let known = ((await newestCheckpoint(fork()))?.size ?? 0) - 1;
  let stopping = false;
  let timer: NodeJS.Timeout | null = null;
  let listening: Client | null = null;

  const read = async (): Promise<void> => {
    timer = null;
    try {
      await catchUp();
      for (;;) {
        const events = await eventsAfter(fork(), known, 500);
        const last = events.at(-1);
        if (!last || stopping) return;
        known = last.index ?? known;
        await tell(events);
      }
    } catch (error) {
      log('the live reader stumbled', error);
    }
  };
  const soon = (): void => {
    if (!stopping) timer ??= setTimeout(() => void read(), coalesceMilliseconds);
  };
  const listen = async (): Promise<void> => {
    const client = new Client(url);
    client.on('notification', soon);
    client.on('error', () => {
      listening = null;
      if (!stopping) setTimeout(() => void listen().catch((error: unknown) => log('cannot listen', error)), 1000);
    });
    await client.connect();
    await client.query('listen checkpoint');
    listening = client;
  };
  await listen();
  const poll = setInterval(soon, 1000);
  return {
    stop: async () => {
      stopping = true;
      clearInterval(poll);
      if (timer) clearTimeout(timer);
      await listening?.end().catch(() => undefined);
    },
  };
}
