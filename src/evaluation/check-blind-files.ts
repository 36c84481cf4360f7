import type { EntityManager } from '@mikro-orm/postgresql';
import type { Bid } from '../bids/bid.ts';
import { largestChecked, marksOf } from '../bids/file-marks.ts';
import { ownWords } from '../bids/telling-words.ts';
import { perform } from '../kernel/act.ts';
import { theSystem } from '../kernel/actor.ts';
import { chore } from '../kernel/clockwork.ts';
import type { FileStore } from '../kernel/files.ts';
import type { Id } from '../kernel/ids.ts';
import { OpeningItem, PseudonymRow } from '../openings/schema.ts';
import { Organisation } from '../parties/schema.ts';
import { fileSource } from '../sealing/package-node.ts';
import { readPackedFile } from '../sealing/package-reader.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { Lot } from '../tenders/schema.ts';
import { type BlindMark, withoutWords } from './blind-mark.ts';
import { recordBlindChecks } from './record-blind-checks.ts';

/**
 * When the last envelope of a part that is judged blind is open, the platform looks through its blind files as their bidders could before they sealed them,
 * and tells the panel kinds and places. All of a part at once, by the order of their pseudonyms.
 */
export const checkBlindFiles = chore<{ readonly lot: string; readonly part: string }>({
  name: 'check-blind-files',
  key: ({ lot, part }) => `${lot}/${part}`,
  find: (em) =>
    em.execute(
      `select lot.id as lot, lot.terms -> 'blind' ->> 'part' as part from lot
       where lot.unblinded_at is null and lot.opened_at is not null and lot.failed_at is null
       and exists (select from pseudonym p join opening_item i on i.submission = p.submission and i.part = p.part and i.state = 'opened' where p.lot = lot.id)
       and not exists (select from opening_item i where i.lot = lot.id and i.part = lot.terms -> 'blind' ->> 'part' and i.state = 'sealed')
       and not exists (select from blind_check c where c.lot = lot.id)`,
    ),
  async work({ lot, part }, { frame, files }) {
    const em = frame.fork();
    const terms = termsOf(await em.findOneOrFail(Lot, { id: lot }));
    const checks: { bid: Id; marks: BlindMark[] }[] = [];
    for (const { id, submission } of await em.find(PseudonymRow, { lot, part }, { orderBy: { number: 'asc' } })) {
      const item = await em.findOne(OpeningItem, { lot, part, submission, state: 'opened' });
      if (item) checks.push({ bid: id as Id, marks: [...(await marksIn(em, item, { terms, files }))] });
    }
    await perform(frame, recordBlindChecks, theSystem, { lot: lot as Id, part, checks });
  },
});

/** What the blind files of one bid show, whatever they are called. */
async function marksIn(
  em: EntityManager,
  item: OpeningItem,
  { terms, files }: { readonly terms: LotTerms; readonly files: FileStore },
): Promise<readonly BlindMark[]> {
  const { blind, bidForm } = terms;
  if (!blind || !item.packageKey) return [];
  const bid = item.bid as Partial<Bid> | null;
  const organisation = await em.findOne(Organisation, { code: item.bidder });
  const own = ownWords({ bidder: item.bidder, bidderName: item.bidderName, figures: bid?.figures ?? {} }, bidForm, {
    people: [organisation?.legalRepresentative ?? ''],
    phones: [organisation?.phone ?? ''],
  });
  const source = await fileSource(await files.localPath(item.packageKey));
  try {
    const found: BlindMark[] = [];
    for (const [at, file] of (bid?.files ?? []).filter(({ field }) => blind.documents.includes(field)).entries()) {
      const read =
        file.bytes > largestChecked ? null : await new Response(await readPackedFile(source, { ...file, size: file.bytes })).blob();
      const marks = await marksOf({ name: file.name, content: read }, { rules: blind.rules, own });
      found.push(...withoutWords(at, marks));
    }
    return found.slice(0, 400);
  } finally {
    await source.close();
  }
}
