import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import type { Council } from '../sealing/council.ts';
import { Lot } from '../tenders/schema.ts';
import { notWitnessedYet } from './problems.ts';
import { CouncilRow, CouncilShare, CouncilTask } from './schema.ts';
import { evidenceOf } from './task-reads.ts';
import type { TaskEvidence } from './tasks.ts';

/** What a trustee is asked for now, as the page lists it. */
export interface AskedOf {
  readonly task: string;
  readonly kind: string;
  readonly lot: string;
  readonly number: string;
  readonly name: string;
  readonly council: string;
  readonly trustee: number;
  readonly askedAt: Instant;
}

/** A trustee acts for the organisation that the council names. */
const placeIn = (row: CouncilRow, by: Actor): number | undefined =>
  (row.body as Council).trustees.find((trustee) => trustee.name === by.organisationName)?.index;

/** The questions to this trustee's councils that it has not answered, oldest first. All of them are of lots whose opening is public. */
export async function askedOf(em: EntityManager, by: Actor): Promise<readonly AskedOf[]> {
  const councils = await em.find(CouncilRow, {});
  const own = new Map(councils.flatMap((row) => (placeIn(row, by) === undefined ? [] : [[row.id, row] as const])));
  const tasks = await em.find(
    CouncilTask,
    { council: { $in: [...own.keys()] }, combinedAt: null },
    { orderBy: { askedAt: 'asc' }, limit: 100 },
  );
  const given = await em.find(CouncilShare, { task: { $in: tasks.map((task) => task.id) } });
  const lots = new Map((await em.find(Lot, { id: { $in: tasks.map((task) => task.lot) } })).map((lot) => [lot.id, lot]));
  return tasks.flatMap((task) => {
    const row = own.get(task.council);
    const trustee = row && placeIn(row, by);
    const lot = lots.get(task.lot);
    if (!row || !lot || trustee === undefined) return [];
    if (given.some((share) => share.task === task.id && share.trustee === trustee)) return [];
    const { id, number, name } = lot;
    return [{ task: task.id, kind: task.kind, lot: id, number, name, council: row.name, trustee, askedAt: task.askedAt }];
  });
}

/** The evidence of one question, for a trustee of its council alone: it holds the envelopes' wrapped keys. */
export async function evidenceFor(em: EntityManager, by: Actor, id: string): Promise<TaskEvidence> {
  const task = await em.findOne(CouncilTask, { id });
  const row = task && (await em.findOne(CouncilRow, { id: task.council }));
  if (!row || placeIn(row, by) === undefined) throw notFound();
  const evidence = await evidenceOf(em, id);
  if (!evidence) throw notWitnessedYet();
  return evidence;
}
