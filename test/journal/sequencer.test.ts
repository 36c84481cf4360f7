import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { journalFromDatabase } from '../../src/audit-sources.ts';
import { audit } from '../../src/evidence/audit.ts';
import { frameOf } from '../../src/frame.ts';
import { noteSigner } from '../../src/journal/checkpoint.ts';
import { startSequencer } from '../../src/journal/sequencer.ts';
import type { Frame } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { type Instant, systemClock } from '../../src/kernel/clock.ts';
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
