import type { Call } from '../kernel/act.ts';
import type { DrawTranscript } from '../sealing/draw.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { fewestDrawn, readingOrderOf, readingPurpose } from './reading-draw.ts';
import { DrawRequest as DrawRow, type OpeningItem } from './schema.ts';

type EntityManager = Call['em'];

/** The draw of the order in which the envelopes at hand are read; null where none was asked for. */
export const readingDrawOf = (em: EntityManager, lot: Lot): Promise<DrawRow | null> =>
  em.findOne(DrawRow, { lot: lot.id, part: currentPart(lot), purpose: readingPurpose });

type Item = Pick<OpeningItem, 'submission' | 'state'>;
const isOpened = (item: Item): boolean => item.state === 'opened';

/** Is the order of these envelopes drawn? The notice says so, and there are several to be read. None of them is sealed any more. */
export const orderIsDrawn = (lot: Lot, items: readonly Item[]): boolean =>
  termsOf(lot).readingOrder === 'drawn' && items.filter(isOpened).length >= fewestDrawn;

/**
 * The opened bids of the part at hand as they are read; null while their order is still to be drawn. `items` are all of the part, as they were received.
 */
export function inReadingOrder<One extends Item>(lot: Lot, items: readonly One[], draw: DrawRow | null): readonly One[] | null {
  const opened = items.filter(isOpened);
  if (!orderIsDrawn(lot, items)) return opened;
  if (!draw?.completedAt) return null;
  const order = readingOrderOf(
    draw.transcript as DrawTranscript,
    opened.map((item) => item.submission),
  );
  return order.flatMap((submission) => opened.find((item) => item.submission === submission) ?? []);
}

/** In SQL, over a lot by this name: so many of its envelopes at hand are to be read, and their order is still to be drawn. */
export const awaitsOrder = (lot: 'lot' | 'before'): string => `(${lot}.terms ->> 'readingOrder' = 'drawn'
  and (select count(*) from opening_item i where i.lot = ${lot}.id and i.part = ${lot}.part and i.state = 'opened') >= ${fewestDrawn}
  and not exists (select from draw_request d where d.lot = ${lot}.id and d.part = ${lot}.part and d.purpose = '${readingPurpose}' and d.completed_at is not null))`;
