import type { EntityManager } from '@mikro-orm/postgresql';
import type { Call } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { type Fen, fen } from '../kernel/money.ts';
import { balanced, balances, merged, type Posting } from '../ledger/books.ts';
import { balancesOf } from '../ledger/reads.ts';
import { places } from './accounts.ts';
import { SealedBooking } from './schema.ts';
import { openRow, sealRow } from './secret.ts';

type Written = readonly { readonly account: string; readonly amount: string }[];

/** Writes a booking that nobody reads without the key; also one of nothing, so that its being there tells nothing. Postings that do not add up are an error of the program. */
export function bookSealed({ em, now }: Call, postings: readonly Posting[]): void {
  const net = merged(postings);
  if (net.length > 0 && !balanced(net)) throw new Error('a sealed booking does not balance');
  const id = newId(now);
  const written: Written = net.map(({ account, amount }) => ({ account, amount: amount.toString() }));
  em.create(SealedBooking, { id, sealed: sealRow(written, places.booking(id)) });
}

/** What stands on each account, by the bookings in clear and those that are sealed. A sealed one that does not add up to nothing stops everything. */
export async function wholeBook(em: EntityManager): Promise<ReadonlyMap<string, Fen>> {
  const clear = [...(await balancesOf(em))].map(([account, amount]) => ({ account, amount }));
  const rows = await em.find(SealedBooking, {}, { orderBy: { id: 'asc' } });
  const sealed = rows.flatMap(({ id, sealed: text }) => {
    const postings = openRow<Written>(text, places.booking(id)).map(({ account, amount }) => ({ account, amount: fen(BigInt(amount)) }));
    if (postings.length > 0 && !balanced(postings)) throw new Error(`the sealed booking ${id} does not balance`);
    return postings;
  });
  return balances([...clear, ...sealed]);
}
