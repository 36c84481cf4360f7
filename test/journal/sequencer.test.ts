import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { journalFromDatabase } from '../../src/audit-sources.ts';
import { audit } from '../../src/evidence/audit.ts';
import { frameOf } from '../../src/frame.ts';
import { settlerOf } from '../../src/journal/append.ts';
import { noteSigner } from '../../src/journal/checkpoint.ts';
import { readState, sequenceEvents } from '../../src/journal/sequence-events.ts';
import { startSequencer } from '../../src/journal/sequencer.ts';
import type { Frame } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { type Instant, systemClock } from '../../src/kernel/clock.ts';
import { openStore } from '../../src/store/orm.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const key = noteSigner('test.yangguang.example/sandbox', new Uint8Array(32).fill(5));
let database: TestDatabase;
let frame: Frame;
beforeAll(async () => {
  database = await freshDatabase();
  frame = frameOf(database);
});
afterAll(() => database.close());

const one = { type: 'session.closed', subject: {}, data: {} };
const now = (): Instant => systemClock();
async function write(): Promise<readonly string[]> {
  const ids = await frame.fork().transactional((em) => frame.append(em as never, [one], theSystem, now()));
  await frame.settled();
  return ids;
}
async function number(statement: string): Promise<number> {
  const [row] = await database.em().execute<{ n: string }[]>(`select (${statement}) as n`);
  return Number(row?.n ?? 0);
}
const leaves = (): Promise<number> => number('select count(*) from journal_leaf');
const events = (): Promise<number> => number('select count(*) from journal_event');
const checkpoints = (): Promise<number> => number('select count(*) from journal_checkpoint');
async function caughtUp(): Promise<void> {
  while ((await leaves()) < (await events())) await new Promise((soon) => setTimeout(soon, 10));
}
const findings = async () => audit(await journalFromDatabase(database.url)).findings;

describe('Appending', () => {
  it('an event that is numbered later was committed later: whoever holds the lock is waited for, and no gap fills behind the sequencer', async () => {
    const sequencer = new Client(database.url);
    await sequencer.connect();
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => (open = resolve));
    const order: string[] = [];
    // the first has written and not committed yet; the second comes after it and must wait
    const first = frame.fork().transactional(async (em) => {
      const [id] = await frame.append(em as never, [one], theSystem, now());
      order.push('first written');
      await held;
      return id;
    });
    while (order.length === 0) await new Promise((soon) => setTimeout(soon, 5));
    const second = write().then(([id]) => {
      order.push('second committed');
      return id;
    });
    await new Promise((soon) => setTimeout(soon, 150));
    let state = await readState(sequencer);
    state = await sequenceEvents(sequencer, state, key);
    expect([state.tree.size, order]).toEqual([0, ['first written']]);
    open();
    const ids = [await first, await second];
    await sequenceEvents(sequencer, state, key);
    const rows = await database.em().execute<{ event: string }[]>('select event from journal_leaf order by index');
    expect(rows.map(({ event }) => event)).toEqual(ids);
    await sequencer.end();
  });
  it('one transaction that rolls back leaves no event, and holds nobody up', async () => {
    const before = await events();
    const failing = frame.fork().transactional(async (em) => {
      await frame.append(em as never, [one, one], theSystem, now());
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await events()).toBe(before);
    await write();
    expect(await events()).toBe(before + 1);
  });
  it('several facts of one act follow each other in their order', async () => {
    const facts = Array.from({ length: 20 }, (_, data) => ({ ...one, data: { data } }));
    const ids = await frame.fork().transactional((em) => frame.append(em as never, facts, theSystem, now()));
    const rows = await database.em().execute<{ id: string }[]>('select id from journal_event order by position desc limit 20');
    expect(rows.map(({ id }) => id).reverse()).toEqual(ids);
  });
  it('the commit itself does not wait for the disk; what settles it does, and everything before it is then there', async () => {
    // a throw-away server is told to be careless; this database of it is not
    const admin = new Client(database.ownerUrl);
    await admin.connect();
    await admin.query(`do $$ begin execute format('alter database %I set synchronous_commit = on', current_database()); end $$`);
    await admin.end();
    const careful = await openStore({ url: database.url });
    const own = frameOf(careful);
    const place = async (what: string): Promise<string> => {
      const [row] = await careful.em().execute<{ at: string }[]>(`select (${what})::text as at`);
      return row?.at ?? '';
    };
    await own.fork().transactional(async (em) => {
      await own.append(em as never, [one], theSystem, now());
      const [row] = await em.execute<{ at: string }[]>(`select current_setting('synchronous_commit') as at`);
      expect(row?.at).toBe('off');
    });
    const written = await place('pg_current_wal_insert_lsn()');
    await own.settled();
    expect(await place(`pg_current_wal_flush_lsn() >= '${written}'::pg_lsn`)).toBe('true');
    // every other transaction is as durable as ever
    expect(await place(`current_setting('synchronous_commit')`)).toBe('on');
    await careful.close();
  });
  it('many who wait share a trip to the disk, and one that fails is told to those who waited for it only', async () => {
    let trips = 0;
    let broken = false;
    const fork = () => ({
      execute: async () => {
        trips++;
        await new Promise((soon) => setTimeout(soon, 30));
        if (broken) throw new Error('the line is gone');
      },
    });
    const settled = settlerOf(fork as never);
    await Promise.all(Array.from({ length: 50 }, () => settled()));
    expect(trips).toBe(1);
    const early = settled();
    await new Promise((soon) => setTimeout(soon, 5));
    await Promise.all([early, settled(), settled()]);
    expect(trips).toBe(3);
    broken = true;
    await expect(settled()).rejects.toThrow('the line is gone');
    broken = false;
    await expect(settled()).resolves.toBeUndefined();
  });
});

describe('The sequencer', () => {
  it('gathers under load: many events make few checkpoints, and each is in one', async () => {
    const sequencer = startSequencer(database.url, key, { pollMilliseconds: 200 });
    const before = { checkpoints: await checkpoints(), events: await events() };
    const hands = Array.from({ length: 8 }, async () => {
      for (let each = 0; each < 40; each++) await write();
    });
    const begun = performance.now();
    await Promise.all(hands);
    await caughtUp();
    const passed = performance.now() - begun;
    const made = (await checkpoints()) - before.checkpoints;
    expect((await events()) - before.events).toBe(320);
    // one pass gathers for 25 ms at least, so there are never more than that; and no batch waits for 250 ms, so there is more than one
    expect(made).toBeLessThanOrEqual(Math.ceil(passed / 25) + 1);
    expect(made).toBeGreaterThan(1);
    expect(await number('select max(size) from journal_checkpoint')).toBe(await leaves());
    await sequencer.stop();
    expect(await findings()).toEqual([]);
  }, 30_000);
  it('is one: a second waits, and takes over where the first was killed', async () => {
    const first = startSequencer(database.url, key, { pollMilliseconds: 20 });
    await write();
    await caughtUp();
    const second = startSequencer(database.url, key, { pollMilliseconds: 20 });
    const admin = new Client(database.ownerUrl);
    await admin.connect();
    await Promise.all(Array.from({ length: 30 }, write));
    // as when its machine is switched off: the database ends its line in the middle of its work
    await admin.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 7201127 and granted and database = (select oid from pg_database where datname = current_database())`,
    );
    await admin.end();
    await expect(first.ended).rejects.toThrow();
    await Promise.all(Array.from({ length: 30 }, write));
    await caughtUp();
    await second.stop();
    expect(await findings()).toEqual([]);
  }, 30_000);
});
