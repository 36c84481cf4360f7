import { Client } from 'pg';
import type { TestHouse } from './house.ts';

/** Keeps the sequencer waiting while readers go on reading: what is appended meanwhile has no number until the answer is called. Only the owner may lock. */
export async function holdNumbers({ database }: TestHouse): Promise<() => Promise<void>> {
  const owner = new Client(database.ownerUrl);
  await owner.connect();
  await owner.query('begin; lock table journal_leaf in exclusive mode');
  return async () => {
    await owner.query('commit');
    await owner.end();
  };
}
