import { append } from '../../src/journal/append.ts';
import { fact } from '../../src/journal/event.ts';
import { databaseNow } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import type { TestDatabase } from '../support/database.ts';
import { bareTable } from './bare-table.ts';
import { type Comparison, rate } from './measure.ts';

const some = fact('act.refused', { actor: 'bench' }, { act: 'submit-bid', problem: 'bidding-closed', rule: null });

/**
 * What an act's last statement costs: an event appended and committed, against one INSERT of a row of that size; and until it stands in the tree, signed.
 * The house's sequencer is at work. The rest of an act's transaction (its time, its locks, its decisions) is the act's own and measured with submissions.
 */
export async function journalAppends(store: TestDatabase): Promise<Comparison[]> {
  const body = JSON.stringify(some);
  await bareTable(store, 'bare_row', 'body');
  const bareInsert = () => store.em().execute('insert into bare_row (body) values (?)', [body]);
  const now = await databaseNow(store.em());
  const event = () => append(store.em(), [some], theSystem, now);
  const hands = 8;
  const bareRate = await rate(bareInsert, { hands });
  // A sequencer is at work as in life: first only the appends are counted, then the leaves that came of them.
  const before = await leaves(store);
  const begin = performance.now();
  const ours = await rate(event, { hands });
  await caughtUp(store);
  const sequenced = ((await leaves(store)) - before) / ((performance.now() - begin) / 1000);
  const bare = 'one INSERT of that size';
  return [
    { what: 'journal appends, 8 at once', ours, bare, bareRate, limit: 0.5 },
    { what: 'the same, in the tree and signed', ours: sequenced, bare, bareRate, limit: 0.5 },
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
