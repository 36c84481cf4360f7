import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { append } from '../../src/journal/append.ts';
import { fact } from '../../src/journal/event.ts';
import { databaseNow } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { openHouse, type TestHouse } from '../support/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({});
}, 60_000);
afterAll(() => house.close());

const note = (writer: string, turn: number) =>
  fact('act.refused', { actor: writer }, { act: 'submit-bid', problem: String(turn), rule: null });
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Placed {
  readonly actor: string;
  readonly turn: number;
}

/** Every event so written, in the order of the tree, once the sequencer has caught up. */
async function inTree(): Promise<Placed[]> {
  for (;;) {
    const [row] = await house
      .em()
      .execute<{ behind: boolean }[]>('select (select count(*) from journal_event) > (select count(*) from journal_leaf) as behind');
    if (!row?.behind) break;
    await pause(20);
  }
  const rows = await house
    .em()
    .execute<{ body: string }[]>(
      `select e.body from journal_event e join journal_leaf l on l.event = e.id where e.type = 'act.refused' order by l.index`,
    );
  return rows.map(({ body }) => {
    const { subject, data } = JSON.parse(body) as { subject: { actor: string }; data: { problem: string } };
    return { actor: subject.actor, turn: Number(data.problem) };
  });
}

describe('Many write at once, and the tree keeps their order', () => {
  it('nobody’s second event stands before the first, nothing is missing and nothing is there twice, however long a commit takes', async () => {
    const [writers, turns] = [12, 25];
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let turn = 0; turn < turns; turn += 1)
          await house.em().transactional(async (em) => {
            await append(em, [note(`w${writer}`, turn)], theSystem, await databaseNow(em));
            // some commit at once, some a while after they have appended
            if ((writer + turn) % 5 === 0) await pause(((writer * 7 + turn * 3) % 4) * 4);
          });
      }),
    );
    const placed = (await inTree()).filter(({ actor }) => actor.startsWith('w'));
    expect(placed).toHaveLength(writers * turns);
    for (let writer = 0; writer < writers; writer += 1)
      expect(placed.filter(({ actor }) => actor === `w${writer}`).map(({ turn }) => turn)).toEqual(
        Array.from({ length: turns }, (_, turn) => turn),
      );
  }, 60_000);

  it('acts that wait for the same lock stand in the order in which they got it, though they began in another', async () => {
    const lock = 4711;
    let given = 0;
    await Promise.all(
      Array.from({ length: 30 }, async (_, nth) =>
        house.em().transactional(async (em) => {
          // a transaction that has written already is older than those it waits for
          if (nth % 2 === 0) await em.execute(`insert into refusal_note (mark, minute) values (?, now())`, [`early ${nth}`]);
          await em.execute('select pg_advisory_xact_lock(?)', [lock]);
          const turn = given;
          given += 1;
          await append(em, [note('same lock', turn)], theSystem, await databaseNow(em));
          await pause(nth % 3);
        }),
      ),
    );
    const placed = (await inTree()).filter(({ actor }) => actor === 'same lock');
    expect(placed.map(({ turn }) => turn)).toEqual(Array.from({ length: 30 }, (_, turn) => turn));
  }, 60_000);

  it('one that appended and has not committed holds the tree back; later ones do not overtake it, and it is not forgotten', async () => {
    const slow = new Client(house.database.url);
    await slow.connect();
    await slow.query('begin');
    const em = house.em();
    const before = (await inTree()).length;
    await slow.query(`select pg_advisory_xact_lock_shared(7201126)`);
    await slow.query(
      `insert into journal_event (id, type, at, body, salt, commitment) values (gen_random_uuid(), 'act.refused', now(), '{"subject":{"actor":"slow"},"data":{"problem":"1"}}', '\\x00', sha256('slow'))`,
    );
    await em.transactional(async (own) => append(own, [note('quick', 1)], theSystem, await databaseNow(own)));
    await pause(400);
    const [held] = await em.execute<{ size: string }[]>(
      `select count(*) as size from journal_leaf l join journal_event e on e.id = l.event where e.type = 'act.refused'`,
    );
    expect(Number(held?.size)).toBe(before);
    await slow.query('commit');
    await slow.end();
    const placed = (await inTree()).slice(before);
    expect(placed.map(({ actor }) => actor)).toEqual(['slow', 'quick']);
  }, 60_000);

  it('several facts of one act stand side by side, in their order', async () => {
    await house.em().transactional(async (em) => {
      const facts = Array.from({ length: 40 }, (_, turn) => note('many', turn));
      const ids = await append(em, facts, theSystem, await databaseNow(em));
      expect(new Set(ids).size).toBe(40);
    });
    const placed = await inTree();
    const first = placed.findIndex(({ actor }) => actor === 'many');
    expect(placed.slice(first, first + 40).map(({ turn }) => turn)).toEqual(Array.from({ length: 40 }, (_, turn) => turn));
  }, 60_000);
});
