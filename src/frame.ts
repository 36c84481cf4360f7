import type { EntityManager } from '@mikro-orm/postgresql';
import { append } from './journal/append.ts';
import type { Frame } from './kernel/act.ts';
import type { Store } from './store/orm.ts';

/** The frame in which acts are performed on this store. */
export function frameOf(store: Pick<Store, 'em'>, announce: () => void = () => undefined): Frame {
  return { fork: () => store.em() as EntityManager, append, announce };
}
