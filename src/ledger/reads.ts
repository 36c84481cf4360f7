import type { EntityManager } from '@mikro-orm/postgresql';
import { type Fen, fen } from '../kernel/money.ts';
import { CollectingAccount } from './schema.ts';

/** The account on which money comes in now; null while none has been opened. */
export const collectingAccount = (em: EntityManager): Promise<CollectingAccount | null> =>
  em.findOne(CollectingAccount, { closedAt: null });

/** What stands on each account whose name begins so; of all of them without a beginning. */
export async function balancesOf(em: EntityManager, beginning = ''): Promise<ReadonlyMap<string, Fen>> {
  const rows = await em.execute<{ account: string; sum: string }[]>(
    `select account, sum(amount) as sum from ledger_posting where starts_with(account, ?) group by account order by account collate "C"`,
    [beginning],
  );
  return new Map(rows.map(({ account, sum }) => [account, fen(BigInt(sum))]));
}
