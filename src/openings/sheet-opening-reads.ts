import type { EntityManager } from '@mikro-orm/postgresql';
import { type SheetOpening, sheetOpening } from '../sealing/sheet-opening.ts';
import { councilOf, sharesOf } from './reads.ts';
import { CouncilTask } from './schema.ts';

/** The transcripts of these openings of score sheets, with wrapped keys: what may leave with them is for whoever hands them on to say. */
export async function sheetOpeningsOf(em: EntityManager, tasks: readonly string[]): Promise<readonly SheetOpening[]> {
  const rows = await em.find(CouncilTask, { id: { $in: [...tasks] } }, { orderBy: { askedAt: 'asc' } });
  return Promise.all(
    rows.map(async (task) => {
      const { part, round, items } = task.question as Pick<SheetOpening, 'part' | 'round' | 'items'>;
      return sheetOpening({ lot: task.lot, part, round, council: await councilOf(em, task.council) }, items, await sharesOf(em, task.id));
    }),
  );
}
