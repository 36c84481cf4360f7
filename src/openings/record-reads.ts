import type { EntityManager } from '@mikro-orm/postgresql';
import { eventsOfLot } from '../journal/reads.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { ownAnchors } from '../parties/authority.ts';
import { certificatePem } from '../sealing/certificate.ts';
import { isCut, partTitle } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import type { ReadingOrder } from '../tenders/reading-order.ts';
import { Lot } from '../tenders/schema.ts';
import type { RecordFile } from './record-file.ts';
import { HallSignature } from './schema.ts';
import { standingRecord } from './standing-record.ts';

/** The opening record with everything that was signed over it, as everybody may have it once the session's draw is done. */
export async function recordFileOf(em: EntityManager, id: string): Promise<RecordFile> {
  const lot = await em.findOne(Lot, { id });
  const standing = lot?.openedAt ? await standingRecord(em, lot) : null;
  if (!lot || standing === null) throw notFound();
  const words = await em.find(HallSignature, { lot: id, part: standing.record.part }, { orderBy: { word: 'asc', at: 'asc', id: 'asc' } });
  const closed = lot.recordClosedAt ? await closedBy(em, id) : null;
  return {
    format: 'yangguang/opening-record-file/v1',
    record: { ...standing.record, items: standing.record.items.map((item) => ({ ...item, figures: { ...item.figures } })) },
    sha256: standing.digest,
    until: standing.until,
    closed: lot.recordClosedAt ? { at: lot.recordClosedAt, by: closed ?? '' } : null,
    words: words.map(({ word, bidder, bidderName: name, serial, at, statement, signature }) => ({
      word: word as RecordFile['words'][number]['word'],
      bidder,
      name,
      serial,
      at,
      statement,
      signature,
    })),
    anchors: ownAnchors().map(certificatePem),
  };
}

/** The record as its page shows it: the file, and of which lot and which envelopes it is. */
export interface RecordShown {
  readonly lot: { readonly id: string; readonly number: string; readonly name: string };
  /** null where a bid is one envelope */
  readonly part: Words | null;
  readonly readingOrder: ReadingOrder;
  readonly file: RecordFile;
}

export async function recordShown(em: EntityManager, id: string): Promise<RecordShown> {
  const file = await recordFileOf(em, id);
  const lot = await em.findOneOrFail(Lot, { id });
  const { parts, readingOrder } = termsOf(lot);
  const part = isCut(parts) ? partTitle(file.record.part) : null;
  return { lot: { id, number: lot.number, name: lot.name }, part, readingOrder, file };
}

async function closedBy(em: EntityManager, lot: string): Promise<string | undefined> {
  const closed = (await eventsOfLot(em, lot, { types: ['record.closed'] })).at(-1);
  return (closed?.event.data as { by?: string } | undefined)?.by;
}
