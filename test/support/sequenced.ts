import { setTimeout as pause } from 'node:timers/promises';
import type { TestHouse } from './house.ts';

/** Waits until every event that was written has its number: what reads the journal sees it then. */
export async function sequenced(house: Pick<TestHouse, 'em'>): Promise<void> {
  for (;;) {
    const [row] = await house
      .em()
      .execute<{ behind: boolean }[]>('select (select count(*) from journal_event) > (select count(*) from journal_leaf) as behind');
    if (row?.behind === false) return;
    await pause(10);
  }
}
