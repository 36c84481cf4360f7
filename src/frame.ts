import type { EntityManager } from '@mikro-orm/postgresql';
import { append } from './journal/append.ts';
import { veiledMark } from './journal/veil.ts';
import type { Frame } from './kernel/act.ts';
import type { Store } from './store/orm.ts';

/** Nudges of this long are sent together, in milliseconds. */
const gather = 10;

/** The frame in which acts are performed on this store. */
export function frameOf(store: Pick<Store, 'em'>): Frame {
  let nudged = false;
  return {
    fork: () => store.em() as EntityManager,
    append,
    mark: veiledMark,
    // After the commit, not in it: transactions that notify would commit one after another. One that is lost is made up for by the sequencer's own look.
    announce: () => {
      if (nudged) return;
      nudged = true;
      const tell = async (): Promise<void> => {
        nudged = false;
        await store.em().execute(`select pg_notify('journal', '')`);
      };
      setTimeout(() => void tell().catch(() => undefined), gather).unref();
    },
  };
}
