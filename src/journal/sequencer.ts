import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { type NoteSigner, printVerifierKey } from './checkpoint.ts';
import { readState, sequenceEvents } from './sequence-events.ts';

/** Only one sequencer works at a time; the others wait for this lock and take over when its holder is gone. */
const sequencerLock = 7_201_127;

export interface Sequencer {
  stop(): Promise<void>;
  /** resolves when the sequencer has ended; rejects when it failed (its supervisor starts it again) */
  readonly ended: Promise<void>;
}

/**
 * Starts a sequencer: waits to be elected, then gives every committed event its place in the tree, woken by the database's
 * notification and, should one be lost, every `pollMilliseconds`. Between two passes it lets events gather: one checkpoint is signed for all of
 * them, and whoever appends is seldom made to wait.
 */
export function startSequencer(url: string, key: NoteSigner, { pollMilliseconds = 200, gatherMilliseconds = 25 } = {}): Sequencer {
  let stopping = false;
  let wake: () => void = () => undefined;
  const db = new Client(url);
  const failed = new Promise<never>((_, reject) => db.on('error', reject));
  failed.catch(() => undefined);
  db.on('notification', () => wake());

  const work = async (): Promise<void> => {
    await db.connect();
    while (!stopping) {
      const { rows } = await db.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [sequencerLock]);
      if (rows[0]?.mine) break;
      await nap(pollMilliseconds);
    }
    // the public half, for everybody who verifies: the secret one is known to this process alone
    await db.query('insert into journal_key (vkey, since) values ($1, yangguang_now()) on conflict do nothing', [printVerifierKey(key)]);
    await db.query('listen journal');
    let state = await readState(db);
    while (!stopping) {
      const next = await sequenceEvents(db, state, key);
      if (next === state) await nap(pollMilliseconds);
      else await pause(gatherMilliseconds);
      state = next;
    }
  };
  const nap = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const ended = Promise.race([work(), failed]).finally(() => db.end().catch(() => undefined));
  return {
    ended,
    stop: async () => {
      stopping = true;
      wake();
      await ended.catch(() => undefined);
    },
  };
}
