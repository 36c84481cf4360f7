import { asksBlindOf, blindPurpose } from '../openings/pseudonym.ts';
import type { AnyDrawRequest } from '../sealing/draw.ts';
import { only, type Placed } from './judge.ts';
import { partAsked } from './readings.ts';
import { Refusal } from './refusal.ts';

/** What the notice says of a blind review, as far as a custodian asks. */
export interface BlindNotice {
  readonly blind?: { readonly part: string };
}

const partOf = (data: unknown): string => (data as { part?: string }).part ?? 'whole';
const asksPseudonyms = ({ event }: Placed, part: string): boolean =>
  event.type === 'draw.requested' && (event.data as { purpose: string }).purpose === blindPurpose && partOf(event.data) === part;

/**
 * The draw of pseudonyms: answered only for the part that the notice has reviewed blind, once, after the list of its session was journalled and before any
 * of its envelopes was opened, for exactly the bids that are due.
 */
export function checkBlindDraw(
  events: readonly Placed[],
  request: AnyDrawRequest,
  mine: Placed,
  dueIn: (part: string) => readonly string[],
): void {
  const part = partAsked(mine);
  const { blind } = only<BlindNotice>(events, 'notice.published').data;
  if (blind?.part !== part) throw new Refusal('blind-not-announced', part);
  if (events.find((each) => asksPseudonyms(each, part))?.index !== mine.index) throw new Refusal('asked-twice', part);
  const started = events.filter(({ event }) => event.type === 'opening.started' && partOf(event.data) === part);
  const [session] = started;
  if (!session || started.length > 1 || session.index > mine.index) throw new Refusal('blind-not-due', `${part} was not listed`);
  const early = ['bid.opened', 'bid.invalid', 'opening.combined'];
  const seen = events.some(({ index, event }) => index > session.index && index < mine.index && early.includes(event.type));
  if (seen) throw new Refusal('blind-not-due', `envelopes of ${part} were opened before`);
  const listed = (session.event.data as { list: readonly { submission: string }[] }).list.map((each) => each.submission);
  const due = dueIn(part);
  if (!asksBlindOf(request, due) || [...listed].sort().join() !== [...due].sort().join())
    throw new Refusal('blind-list-differs', `${listed.length} listed, ${due.length} due`);
}

/** Envelopes that are reviewed blind are opened only when the root of their pseudonyms stands in the journal, once, behind the draw it follows from. */
export function pseudonymsCommitted(events: readonly Placed[], { blind }: BlindNotice, part: string): void {
  if (blind?.part !== part) return;
  const asked = events.find((each) => asksPseudonyms(each, part));
  const [committed, ...more] = events.filter(({ event }) => event.type === 'pseudonyms.committed' && partOf(event.data) === part);
  const { digest } = (committed?.event.data ?? {}) as { digest?: string };
  const follows = asked !== undefined && committed !== undefined && asked.index < committed.index;
  if (!follows || more.length > 0 || digest !== (asked.event.data as { digest: string }).digest)
    throw new Refusal('pseudonyms-not-committed', part);
}
