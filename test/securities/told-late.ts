import { expect } from '@jest/globals';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { dueRefunds } from '../../src/securities/due-reads.ts';
import { todo } from '../../src/securities/todo-reads.ts';
import type { Person, Town } from '../support/town.ts';

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
