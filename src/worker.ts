import { Client } from 'pg';
import { databaseNow, type Frame, perform } from './kernel/act.ts';
import { theSystem } from './kernel/actor.ts';
import type { Instant } from './kernel/clock.ts';
import { allChores, allClockwork, type Chore } from './kernel/clockwork.ts';
import type { FileStore } from './kernel/files.ts';
import { nap } from './kernel/nap.ts';
import { Problem } from './kernel/problem.ts';

/** Only one worker beats at a time; the others wait for this lock and take over when its holder is gone. */
const workerLock = 7_201_128;

export interface Worker {
  stop(): Promise<void>;
  readonly ended: Promise<void>;
}

export interface WorkerOptions {
  readonly url: string;
  readonly frame: Frame;
  readonly files: FileStore;
  readonly log: (line: string, error?: unknown) => void;
  readonly beatMilliseconds?: number;
  /** how many chores may be under way at once */
  readonly hands?: number;
}

/**
 * The platform's heartbeat: at every beat it finds from the state what is due and does it. A worker that is killed leaves nothing behind but
 * the state itself, so the next one goes on where the acts ended.
 */
export function startWorker({ url, frame, files, log, beatMilliseconds = 200, hands = 2 }: WorkerOptions): Worker {
  const stopping = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  const resting = new Map<string, { until: number; tries: number }>();
  const db = new Client(url);
  const lost = new Promise<never>((_, reject) => db.on('error', reject));
  lost.catch(() => undefined);

  const work = async (): Promise<void> => {
    await db.connect();
    while (!stopping.signal.aborted && !(await elected(db))) await nap(beatMilliseconds, stopping.signal);
    while (!stopping.signal.aborted) {
      await turnWheels(frame, log);
      await startChores();
      await nap(beatMilliseconds, stopping.signal);
    }
    await Promise.allSettled(underWay.values());
  };

  const startChores = async (): Promise<void> => {
    const em = frame.fork();
    const now = await databaseNow(em);
    for (const each of allChores()) {
      if (underWay.size >= hands) return;
      for (const item of await each.find(em, now)) {
        const key = `${each.name}/${each.key(item)}`;
        const rest = resting.get(key);
        if (underWay.size >= hands) return;
        if (underWay.has(key) || (rest && rest.until > performance.now())) continue;
        underWay.set(key, doChore(each, item, key));
      }
    }
  };

  const doChore = async (each: Chore<unknown>, item: unknown, key: string): Promise<void> => {
    try {
      await each.work(item, { frame, files });
      resting.delete(key);
    } catch (error) {
      // tried again after a rest that doubles, up to a minute; the state still says that it is to be done
      const tries = (resting.get(key)?.tries ?? 0) + 1;
      resting.set(key, { until: performance.now() + Math.min(60_000, 250 * 2 ** tries), tries });
      log(`chore ${key} failed (try ${tries})`, error);
    } finally {
      underWay.delete(key);
    }
  };

  const ended = Promise.race([work(), lost]).finally(() => db.end().catch(() => undefined));
  return {
    ended,
    stop: async () => {
      stopping.abort();
      await ended.catch(() => undefined);
    },
  };
}

async function elected(db: Client): Promise<boolean> {
  const { rows } = await db.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [workerLock]);
  return rows[0]?.mine ?? false;
}

/**
 * Performs every system act that is due. A refusal means that somebody was faster or that it is not yet time: the next beat looks again.
 * The time is asked once, and anew after something was done, which may stamp what the next wheel finds: most beats find nothing at all.
 */
async function turnWheels(frame: Frame, log: WorkerOptions['log']): Promise<void> {
  let now: Instant | null = null;
  for (const wheel of allClockwork()) {
    try {
      const em = frame.fork();
      now ??= await databaseNow(em);
      const due = await wheel.due(em, now);
      if (due.length > 0) now = null;
      for (const command of due) {
        await perform(frame, wheel.act, theSystem, command).catch((error: unknown) => {
          if (!(error instanceof Problem)) throw error;
        });
      }
    } catch (error) {
      log(`clockwork ${wheel.name} failed`, error);
    }
  }
}
