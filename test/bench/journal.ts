import { frameOf } from '../../src/frame.ts';
import { fact } from '../../src/journal/event.ts';
import { databaseNow } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import type { TestDatabase } from '../support/database.ts';
import { bareTable } from './bare-table.ts';
import { type Comparison, rate } from './measure.ts';

const some = fact('act.refused', { actor: 'bench' }, { act: 'submit-bid', problem: 'bidding-closed', rule: null });

/**
 * Entries of the journal against bare INSERTs of rows of that size, on the disk before they are answered, eight hands at once, each once as a statement by itself
 * and once as acts do it: begin, the time, the row, commit. Like against like is what the journal costs; an act against a lone INSERT is what an act costs.
 * The house's sequencer is at work, as in life: first only the appends are counted, then the leaves that came of them.
 */
export async function journalAppends(store: TestDatabase): Promise<Comparison[]> {
  const body = JSON.stringify(some);
  await bareTable(store, 'bare_row', 'body');
  const insert = 'insert into bare_row (body) values (?)';
  const frame = frameOf(store);
  const hands = 8;
  const now = await databaseNow(store.em());
  const inTransaction = (write: (em: ReturnType<TestDatabase['em']>, at: Instant) => Promise<unknown>) =>
    store.em().transactional(async (em) => write(em as never, await databaseNow(em as never)));
  const bareRate = await rate(() => store.em().execute(insert, [body]), { hands });
  const bareTransaction = await rate(() => inTransaction((em) => em.execute(insert, [body])), { hands });
  const alone = await rate(
    async () => {
      await frame.append(store.em(), [some], theSystem, now);
      await frame.settled();
    },
    { hands },
  );
  await caughtUp(store);
  const before = await leaves(store);
  const begin = performance.now();
  const asAct = await rate(
    async () => {
      await inTransaction((em, at) => frame.append(em, [some], theSystem, at));
      await frame.settled();
    },
    { hands },
  );
  await caughtUp(store);
  const sequenced = ((await leaves(store)) - before) / ((performance.now() - begin) / 1000);
  const lone = { bare: 'one INSERT of that size', bareRate };
  const transaction = { bare: 'the same transaction with an INSERT', bareRate: bareTransaction };
  return [
    { what: 'journal entries, a statement each', ours: alone, ...lone, limit: 0.3 },
    { what: 'journal entries, as acts write them', ours: asAct, ...transaction, limit: 0.4 },
    { what: 'the same, in the tree and signed', ours: sequenced, ...transaction, limit: 0.4 },
    { what: 'an act’s whole transaction', ours: asAct, ...lone, limit: 0.2 },
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
