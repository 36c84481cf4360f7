import type { EntityManager } from '@mikro-orm/postgresql';
import type { Lot } from '../tenders/schema.ts';
import { type FixedVerdict, fixedKey } from './fixed-verdict.ts';

type Finder = (em: EntityManager, lot: Lot) => Promise<readonly FixedVerdict[]>;
const finders: Finder[] = [];

/** A later room says what it computes of a lot's bids. */
export function provideFixedVerdicts(find: Finder): void {
  finders.push(find);
}

/** What is computed of a lot's bids, by `fixedKey`. */
export async function fixedVerdicts(em: EntityManager, lot: Lot): Promise<ReadonlyMap<string, FixedVerdict>> {
  const found: FixedVerdict[] = [];
  for (const find of finders) found.push(...(await find(em, lot)));
  return new Map(found.map((each) => [fixedKey(each.bid, each.item), each]));
}
