import type { EntityManager } from '@mikro-orm/postgresql';
import { eventsOfLot } from '../journal/reads.ts';
import { notFound } from '../kernel/problem.ts';
import { ownAnchors } from '../parties/authority.ts';
import { certificatePem } from '../sealing/certificate.ts';
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

async function closedBy(em: EntityManager, lot: string): Promise<string | undefined> {
  const closed = (await eventsOfLot(em, lot, { types: ['record.closed'] })).at(-1);
  return (closed?.event.data as { by?: string } | undefined)?.by;
}
