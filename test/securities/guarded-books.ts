import { expect } from '@jest/globals';
import type { TestHouse } from '../support/house.ts';

/** The database itself refuses a booking that does not balance, and any change of one that stands. */
export async function expectGuardedBooks(house: TestHouse): Promise<void> {
  const insert = `insert into ledger_posting (booking, account, amount, kind, at) values (gen_random_uuid(), 'bank', 1, 'theft', now())`;
  await expect(house.em().execute(insert)).rejects.toThrow('does not balance');
  await expect(house.em().execute('update ledger_posting set amount = 0')).rejects.toThrow();
}
