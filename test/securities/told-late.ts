import { expect } from '@jest/globals';
import { type Instant, later } from '../../src/kernel/clock.ts';
import type { OpeningRecord } from '../../src/papers/opening-record.ts';
import { PaperRow } from '../../src/papers/schema.ts';
import { dueRefunds } from '../../src/securities/due-reads.ts';
import { todo } from '../../src/securities/todo-reads.ts';
import { sessionClosed, until } from '../support/opened-lot.ts';
import type { Person, Town } from '../support/town.ts';

/** Closes the session. The record of the opening tells how each security stood when it was closed, by the very words of the page. */
export async function expectOnRecord(town: Town, lot: string): Promise<void> {
  await sessionClosed(town, lot);
  const paper = () => town.house.em().findOne(PaperRow, { lot, kind: 'opening-record' });
  await until(town, async () => (await paper()) !== null);
  const { securities } = ((await paper()) as PaperRow).data as OpeningRecord;
  const { stated, amount } = (await (await town.agent.api()).get(`/lots/${lot}/security`)).body;
  const row = (code: string, counts: boolean, says: unknown) => ({ code, counts, says });
  expect(securities?.asked).toBe(amount);
  expect(securities?.list.map(({ bidder, counts, says }) => row(bidder.code, counts, says))).toEqual(
    expect.arrayContaining(
      stated.map((each: { bidder: string; counts: boolean; says: unknown }) => row(each.bidder, each.counts, each.says)),
    ),
  );
}

/** A refund's host is told of it at once, its supervisor from the first moment too late on, and by then of the lot alone. */
export async function expectToldLate({ house, agent, regulator }: Town, lot: string, now: Instant): Promise<void> {
  const told = async (by: Person, at: Instant) =>
    (await todo(house.em(), by.actor, at)).filter(({ href }) => href.includes(lot)).map(({ due }) => due);
  const found = (await dueRefunds(house.em(), now)).find((each) => each.lot === lot && each.why !== 'kept');
  if (!found) throw new Error('nothing is due');
  expect(await told(agent, now)).toEqual([found.dueBy]);
  expect(await told(regulator, later(found.dueBy, -1))).toEqual([]);
  expect(await told(regulator, found.dueBy)).toEqual([found.dueBy]);
}
