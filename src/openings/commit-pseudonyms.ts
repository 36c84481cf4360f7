import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { type AnyDrawRequest, drawSeed, resolveDraw } from '../sealing/draw.ts';
import type { Part } from '../sealing/shapes.ts';
import { termsOf } from '../tenders/lot.ts';
import { Lot } from '../tenders/schema.ts';
import { askCouncil } from './envelope-task.ts';
import { blindOrderOf, pseudonymRoot } from './pseudonym.ts';
import { type CouncilTask, type DrawRequest as DrawRow, OpeningItem, PseudonymRow } from './schema.ts';

/**
 * The council has answered the draw of pseudonyms: the list is made and its root journalled, nothing else of it; seed and shares stay unsaid until it is laid
 * open (evaluation/reveal-pseudonyms.ts). In the same transaction the council is asked for the envelopes, unless their bidders come first. The caller holds the lot's lock.
 */
export async function commitPseudonyms(call: Call, task: CouncilTask, row: DrawRow, shared: string): Promise<Fact> {
  const lot = await call.em.findOneOrFail(Lot, { id: task.lot });
  const part = (row.part ?? 'whole') as Part;
  const items = await call.em.find(OpeningItem, { lot: lot.id, part }, { orderBy: { id: 'asc' } });
  const request = row.request as AnyDrawRequest;
  const seed = drawSeed(request, shared);
  const order = blindOrderOf(
    resolveDraw(request, seed),
    items.map((item) => item.submission),
  );
  const list = order.map((submission, at) => ({ id: newId(call.now), number: at + 1, submission }));
  for (const each of list) call.em.create(PseudonymRow, { ...each, lot: lot.id, part });
  const listed = items.map(({ submission: id, bidder, bidderName }) => ({ id, bidder, bidderName }));
  // under `bidder+council` the bidders' time ends first: nobody knows yet which of them remove their layers
  if (termsOf(lot).sealPolicy === 'council') await askCouncil(call, lot, part, listed, 'pseudonyms.committed');
  const committed = { part, digest: row.digest, count: list.length, root: pseudonymRoot(seed, list) };
  return fact('pseudonyms.committed', { lot: lot.id }, committed);
}
