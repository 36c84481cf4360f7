import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import type { Part } from '../sealing/shapes.ts';
import { isBlind } from '../tenders/blind.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { askDraw } from './draws.ts';
import { askForEnvelopes, type Listed, placeInSession } from './envelope-task.ts';
import { blindRequest } from './pseudonym.ts';

/**
 * The envelopes of a part are listed, and the council is asked to open them: at once, or, under `bidder+council`, when the bidders' time is over
 * (close-layers.ts). Where the part is reviewed blind it is asked first for the order of the pseudonyms of everything that is listed; only when their root stands
 * in the journal is it asked for the envelopes (commit-pseudonyms.ts). Answers the list as `opening.started` states it, and what is journalled behind it.
 */
export async function askInSession(
  call: Call,
  lot: Lot,
  part: Part,
  bids: readonly Listed[],
): Promise<{ readonly list: Awaited<ReturnType<typeof placeInSession>>; readonly facts: readonly Fact[] }> {
  const terms = termsOf(lot);
  if (terms.sealPolicy === 'council' && !isBlind(lot, terms, part))
    return { list: await askForEnvelopes(call, lot, part, bids), facts: [] };
  const list = await placeInSession(call, lot, part, bids);
  if (!isBlind(lot, terms, part)) return { list, facts: [] };
  const request = blindRequest(
    { id: newId(call.now), lot: lot.id, at: call.now },
    bids.map(({ id }) => id),
  );
  const of = { part, parts: terms.parts };
  const asked = askDraw(call, lot, { request, purpose: 'blind', of, drawSalt: null, saltKey: null, excluded: {}, excludedBands: {} });
  return { list, facts: [asked.fact] };
}
