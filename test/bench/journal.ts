import { frameOf } from '../../src/frame.ts';
import { fact } from '../../src/journal/event.ts';
import { databaseNow } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import type { TestDatabase } from '../support/database.ts';
import { bareTable } from './bare-table.ts';
import { type Comparison, rate } from './measure.ts';

const some = fact('act.refused', { actor: 'bench' }, { act: 'submit-bid', problem: 'bidding-closed', rule: null });

/**
 * An event in its own transaction, as every act ends, on the disk before it is answered: against one bare INSERT of a row of that size, and against the same
 * transaction (begin, the time, an INSERT, commit) without a journal, which is what the journal itself costs. The house's sequencer is at work, as in life:
 * first only the appends are counted, then the leaves that came of them.
 */
export async function journalAppends(store: TestDatabase): Promise<Comparison[]> {
  const body = JSON.stringify(some);
  await bareTable(store, 'bare_row', 'body');
  const insert = 'insert into bare_row (body) values (?)';
  const frame = frameOf(store);
  const event = async () => {
    await store.em().transactional(async (em) => frame.append(em, [some], theSystem, await databaseNow(em)));
    await frame.settled();
  };
  const hands = 8;
  const bareRate = await rate(() => store.em().execute(insert, [body]), { hands });
  const ownTransaction = await rate(
    () =>
      store.em().transactional(async (em) => {
        await databaseNow(em);
        await em.execute(insert, [body]);
      }),
    { hands },
  );
  const before = await leaves(store);
  const begin = performance.now();
  const ours = await rate(event, { hands });
  await caughtUp(store);
  const sequenced = ((await leaves(store)) - before) / ((performance.now() - begin) / 1000);
  const bare = { bare: 'one INSERT of that size', bareRate };
  return [
    { what: 'journal appends, 8 at once', ours, ...bare, limit: 0.2 },
    { what: 'the same, in the tree and signed', ours: sequenced, ...bare, limit: 0.2 },
    { what: 'journal appends, 8 at once', ours, bare: 'a transaction with such an INSERT', bareRate: ownTransaction, limit: 0.5 },
  ];
}

async function leaves(store: TestDatabase): Promise<number> {
  const rows = await store.em().execute<{ size: string }[]>('select count(*) as size from journal_leaf');
  return Number(rows[0]?.size ?? 0);
}

async function caughtUp(store: TestDatabase): Promise<void> {
  for (;;) {
    const rows = await store
      .em()
      .execute<{ behind: boolean }[]>('select (select count(*) from journal_event) > (select count(*) from journal_leaf) as behind');
    if (!rows[0]?.behind) return;
    await new Promise((soon) => setTimeout(soon, 10));
  }
}
