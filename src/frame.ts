import type { EntityManager } from '@mikro-orm/postgresql';
import { append, settlerOf } from './journal/append.ts';
import type { Frame } from './kernel/act.ts';
import type { Store } from './store/orm.ts';

/** The frame in which acts are performed on this store. */
export function frameOf(store: Pick<Store, 'em'>, announce: () => void = () => undefined): Frame {
  const fork = (): EntityManager => store.em() as EntityManager;
  return { fork, append, settled: settlerOf(fork), announce };
}
