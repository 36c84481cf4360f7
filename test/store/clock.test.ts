import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Instant, instantOf, later, millisecondsBetween, parseInstant, systemClock } from '../../src/kernel/clock.ts';
import { createNode, readNode, setSandboxClock } from '../../src/store/node.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const now = async (database: TestDatabase): Promise<Instant> => {
  const rows = await database.em().execute<{ now: string }[]>('select yangguang_now() as now');
  return instantOf(new Date(rows[0]?.now ?? ''));
};

describe('the clock of a production node', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase({ sandbox: false, asOwner: true });
  });
  afterAll(() => database.close());

  it('is the time, to the millisecond', async () => {
    expect(Math.abs(millisecondsBetween(systemClock(), await now(database)))).toBeLessThan(2000);
    const rows = await database
      .em()
      .execute<{ rest: string }[]>(`select (extract(microseconds from yangguang_now())::bigint % 1000)::text as rest`);
    expect(rows[0]?.rest).toBe('0');
  });

  it('cannot be set, neither by the function nor by a row', async () => {
    await expect(setSandboxClock(database, { rate: 2 })).rejects.toThrow('not a sandbox');
    await expect(database.em().execute(`insert into sandbox_clock (virtual, rate) values (now() + interval '1 day', 1)`)).rejects.toThrow(
      'not a sandbox',
    );
  });

  it('stays a production node', async () => {
    await expect(database.em().execute('update node set sandbox = true')).rejects.toThrow('append-only');
    await expect(database.em().execute('delete from node')).rejects.toThrow('append-only');
    await expect(database.em().execute('truncate node')).rejects.toThrow('append-only');
    await expect(database.em().execute(`insert into node (origin, sandbox) values ('x', true)`)).rejects.toThrow('duplicate key');
    await expect(createNode(database, { origin: 'test.yangguang.example', sandbox: true })).rejects.toThrow('created as a production node');
    expect(await readNode(database)).toMatchObject({ origin: 'test.yangguang.example', sandbox: false });
  });
});

describe('the clock of a sandbox', () => {
  const start = parseInstant('2030-01-04T01:00:00Z') as Instant;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase({ at: start, rate: 0, asOwner: true });
  });
  afterAll(() => database.close());

  it('carries the sandbox in its name', async () => {
    expect(await readNode(database)).toMatchObject({ origin: 'test.yangguang.example/sandbox', sandbox: true });
  });

  it('stands still at rate 0 and goes where it is set', async () => {
    expect(await now(database)).toBe(start);
    const next = later(start, 20 * 86_400_000);
    expect(await database.setClock({ at: next })).toBe(next);
    expect(await now(database)).toBe(next);
  });

  it('never goes back, not by a millisecond', async () => {
    const shown = await now(database);
    expect(await database.setClock({ at: shown })).toBe(shown);
    await expect(database.setClock({ at: later(shown, -1) })).rejects.toThrow('never goes back');
    await expect(database.em().execute('delete from sandbox_clock')).rejects.toThrow('append-only');
    await expect(database.em().execute(`update sandbox_clock set rate = 5`)).rejects.toThrow('append-only');
  });

  it('runs monotone however it is set while others read it', async () => {
    const read = async (times: number): Promise<Instant[]> => {
      const seen: Instant[] = [];
      for (let i = 0; i < times; i++) seen.push(await now(database));
      return seen;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(0, 1, 3600, 86_400), {
          minLength: 1,
          maxLength: 5,
        }),
        async (settings) => {
          const set = async (): Promise<void> => {
            for (const rate of settings) await database.setClock({ rate });
          };
          const [first, second] = await Promise.all([read(30), read(30), set()]);
          for (const seen of [first, second]) expect(seen).toEqual([...seen].sort());
        },
      ),
      { numRuns: 10 },
    );
  });
});
