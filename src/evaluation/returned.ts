import { Envelope } from '../bids/schema.ts';
import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { OpeningItem } from '../openings/schema.ts';
import type { Part } from '../sealing/shapes.ts';
import { partsUpTo } from '../tenders/envelopes.ts';
import type { Lot } from '../tenders/schema.ts';

/**
 * The facts that return envelopes unopened: of every bid of the lot's first session that does not go on, each envelope of a later part, once. The
 * council was never asked for them, as the transcripts show; the sealed files stay the bidder's to reread.
 */
export async function returnedEnvelopes(
  call: Call,
  lot: Lot,
  { after, parts, keep }: { readonly after: Part; readonly parts: readonly Part[]; readonly keep: ReadonlySet<string> },
): Promise<Fact[]> {
  const opened = partsUpTo(parts, after);
  const items = await call.em.find(OpeningItem, { lot: lot.id, part: after }, { orderBy: { id: 'asc' } });
  const out = items.filter((item) => !keep.has(item.submission));
  const envelopes = await call.em.find(Envelope, { submission: { $in: out.map((item) => item.submission) } });
  return out.flatMap(({ submission, bidder }) =>
    parts
      .filter((part) => !opened.includes(part))
      .flatMap((part) => {
        const envelope = envelopes.find((each) => each.submission === submission && each.part === part);
        if (!envelope) throw new Error(`submission ${submission} lacks its envelope ${part}`);
        return fact('envelope.returned', { lot: lot.id, party: bidder }, { submission, bidder, part, sha256: envelope.sha256 });
      }),
  );
}
