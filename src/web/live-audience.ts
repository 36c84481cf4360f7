import type { Server, Socket } from 'socket.io';
import { Problem } from '../kernel/problem.ts';
import type { Language } from '../kernel/words.ts';
import { type Edition, type PublicEditions, splicesBetween } from './public-edition.ts';

export interface Page {
  readonly path: string;
  readonly lang: Language;
}

/** Those who are not signed in and look at a page that has a public edition. */
export interface Audience {
  /** Seats a socket: it is sent the whole edition, then every change. False when the page has no public edition. */
  seat(socket: Socket, lot: string, page: Page): Promise<boolean>;
  follows(lot: string): boolean;
  /** every lot whose pages somebody looks at */
  followed(): readonly string[];
  /** The public sees something new of the lot: makes each edition once and sends what changed in it to all. */
  show(lot: string): Promise<void>;
  /** Shows again what could not be made the last time. */
  catchUp(): Promise<void>;
}

interface Row extends Page {
  readonly name: string;
  shown: Edition;
  /** the newest edition could not be made: the database was away for a moment */
  behind: boolean;
}

/** How many messages may wait for one viewer. Whoever is slower misses changes and is given the whole edition when the line is free again. */
const mostWaiting = 4;

/**
 * A change is encoded once and handed to all sockets of a row, so the hall costs the database nothing for each viewer. Every change names the edition
 * it leads from and the one it leads to: a client that holds another one asks again, so nothing is lost or shown twice.
 */
export function startAudience(io: Server, editions: PublicEditions): Audience {
  const rows = new Map<string, Row>();

  const whole = (row: Row): object => ({
    path: row.path,
    version: row.shown.version,
    regions: Object.fromEntries(row.shown.regions),
  });
  const setAside = (socket: Socket, row: Row): void => {
    void socket.leave(row.name);
    socket.conn.once('drain', () => {
      if (!socket.connected || !rows.has(row.name)) return;
      void socket.join(row.name);
      socket.emit('edition', whole(row));
    });
  };

  const renew = async (row: Row): Promise<void> => {
    const seats = io.sockets.adapter.rooms.get(row.name);
    if (!seats) {
      rows.delete(row.name);
      return;
    }
    row.behind = true;
    editions.grew();
    const next = await editions.edition(row.path, row.lang)?.catch((error: unknown) => {
      // the public is shown the page no more (a hall whose doors have closed): nobody follows it on, and the reader of the journal goes on for all others
      if (error instanceof Problem) return 'refused' as const;
      throw error;
    });
    row.behind = false;
    if (next === 'refused') {
      rows.delete(row.name);
      io.socketsLeave(row.name);
      return;
    }
    if (!next || next.version === row.shown.version) return;
    const change = { path: row.path, from: row.shown.version, to: next.version, splices: splicesBetween(row.shown.regions, next.regions) };
    row.shown = next;
    for (const id of [...seats]) {
      const socket = io.sockets.sockets.get(id);
      if (socket && waiting(socket) > mostWaiting) setAside(socket, row);
    }
    io.to(row.name).emit('change', change);
  };

  return {
    async seat(socket, lot, page) {
      const name = `page ${page.lang} ${page.path}`;
      const made = await editions.edition(page.path, page.lang)?.catch(() => null);
      // an edition may be pushed only where its lots' news are heard
      if (!made?.follows.includes(lot)) return false;
      const row = rows.get(name) ?? { ...page, name, shown: made, behind: false };
      rows.set(name, row);
      void socket.join(name);
      socket.emit('edition', whole(row));
      return true;
    },
    followed: () => [...rows.values()].flatMap((row) => row.shown.follows),
    follows: (lot) => [...rows.values()].some((row) => row.shown.follows.includes(lot) && io.sockets.adapter.rooms.has(row.name)),
    async show(lot) {
      for (const row of rows.values()) if (row.shown.follows.includes(lot)) await renew(row);
    },
    async catchUp() {
      for (const row of rows.values()) if (row.behind) await renew(row);
    },
  };
}

/** Messages that the line has not taken yet. The library keeps the count to itself, though it has been there in every version. */
const waiting = (socket: Socket): number => (socket.conn as unknown as { writeBuffer: readonly unknown[] }).writeBuffer.length;
