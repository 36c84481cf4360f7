import type { EntityManager } from '@mikro-orm/postgresql';
import { veilPlaces } from './veil.ts';

/** So many places are asked for at once. */
const asked = 32;

/** The rows of a lot's veiled events, in the order in which they were written. */
export async function veiledRows(em: EntityManager, lot: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; ; from += asked) {
    const places = Array.from({ length: asked }, (_, at) => veilPlaces(lot, from + at)).flat();
    if (places.length === 0) return found;
    const rows = await em.execute<{ id: string }[]>(
      `select id from journal_event where veil in (${places.map(() => '?').join(', ')}) order by position`,
      places,
    );
    found.push(...rows.map(({ id }) => id));
    if (rows.length < asked) return found;
  }
}
