import type { EntityManager } from '@mikro-orm/postgresql';
import { type Instant, instantOf } from '../kernel/clock.ts';
import type { Store } from './orm.ts';

/** What a node is, from its creation on: one row that refuses to change. */
export interface NodeIdentity {
  /** the name the journal's checkpoints carry (C2SP origin); a sandbox's ends in `/sandbox` */
  readonly origin: string;
  readonly sandbox: boolean;
  readonly created: Instant;
}

/** The node of this database, or null when none has been created yet. */
export async function readNode(store: Store): Promise<NodeIdentity | null> {
  const rows = await store
    .em()
    .execute<{ origin: string; sandbox: boolean; created: string }[]>('select origin, sandbox, created from node');
  const row = rows[0];
  return row ? { origin: row.origin, sandbox: row.sandbox, created: instantOf(new Date(row.created)) } : null;
}

/**
 * Creates the node of an empty database, or answers the one that is there. Whether a node is a sandbox is decided here, once: asking
 * an existing node to be the other kind is an error of configuration, not a switch.
 */
export async function createNode(store: Store, wanted: { origin: string; sandbox: boolean }): Promise<NodeIdentity> {
  const origin = wanted.sandbox && !wanted.origin.endsWith('/sandbox') ? `${wanted.origin}/sandbox` : wanted.origin;
  if (!wanted.sandbox && origin.endsWith('/sandbox'))
    throw new Error(`the origin ${origin} is a sandbox's name, but this node is not to be one`);
  await store.em().execute('insert into node (origin, sandbox) values (?, ?) on conflict do nothing', [origin, wanted.sandbox]);
  const node = await readNode(store);
  if (node === null) throw new Error('the node was not created');
  if (node.sandbox !== wanted.sandbox) {
    throw new Error(
      `this database was created as a ${node.sandbox ? 'sandbox' : 'production'} node (${node.origin}) and stays one; SANDBOX asks for the other kind`,
    );
  }
  return node;
}

/** Moves a sandbox's clock forward or changes its speed (1 = as in life, 0 = stands still); answers the time it now shows. */
export async function setSandboxClock(where: Store | { em(): EntityManager }, to: { at?: Instant; rate?: number }): Promise<Instant> {
  return where.em().transactional(async (em) => {
    // What is not given is filled in by the table's guard, under the lock that keeps readers away until the change is committed.
    const rows = await em.execute<{ virtual: string }[]>(
      'insert into sandbox_clock (virtual, rate) values (?::timestamptz, ?::double precision) returning virtual',
      [to.at ?? null, to.rate ?? null],
    );
    const virtual = rows[0]?.virtual;
    if (virtual === undefined) throw new Error('the clock was not set');
    return instantOf(new Date(virtual));
  });
}
