import { asksReadingOf, fewestDrawn } from '../openings/reading-draw.ts';
import type { AnyDrawRequest } from '../sealing/draw.ts';
import { only, type Placed } from './judge.ts';
import { Refusal } from './refusal.ts';

/**
 * The draw of the order in which bids are read: answered only where the notice has it drawn, once for each part, when every envelope of the part
 * has its outcome in the journal and none has been read, and for exactly the bids that were opened.
 */
interface Asked extends Placed {
  readonly event: Placed['event'] & { readonly data: { readonly digest: string; readonly purpose: string; readonly part?: string } };
}
interface Outcome {
  readonly submission: string;
  readonly part?: string;
}
interface Started {
  readonly part: string;
  readonly list?: readonly { readonly submission: string }[];
}

/** The part whose order a request asks for; a bid that is one envelope has one. */
export const partAsked = ({ event }: Placed): string => (event.data as { part?: string }).part ?? 'whole';

/** `dueIn` tells the submissions whose envelopes of a part were to be opened, by the journal alone. */
export function checkReadingDraw(
  events: readonly Placed[],
  request: AnyDrawRequest,
  mine: Asked,
  dueIn: (part: string) => readonly string[],
): void {
  const part = partAsked(mine);
  const { data: notice } = only<{ readonly parts?: readonly string[]; readonly readingOrder?: string }>(events, 'notice.published');
  if (notice.readingOrder !== 'drawn') throw new Refusal('reading-not-drawn', notice.readingOrder ?? 'received');
  if (!(notice.parts ?? ['whole']).includes(part)) throw new Refusal('part-unknown', part);
  const first = events.find(
    ({ event }) =>
      event.type === 'draw.requested' && (event.data as Asked['event']['data']).purpose === 'reading' && partOf(event.data) === part,
  );
  if (first?.index !== mine.index) throw new Refusal('asked-twice', mine.event.data.digest);
  const opened = openedIn(events, part, mine.index, dueIn(part));
  if (opened.length < fewestDrawn) throw new Refusal('reading-not-due', `${opened.length} opened`);
  if (events.some(({ index, event }) => event.type === 'bid.read' && index < mine.index && partOf(event.data) === part))
    throw new Refusal('reading-not-due', 'bids were read before');
  if (!asksReadingOf(request, opened)) throw new Refusal('reading-list-differs', `${opened.length} opened`);
}

const partOf = (data: unknown): string => (data as { part?: string }).part ?? 'whole';

/** The bids of a session that were opened, when each of its list has one outcome before an index; the list is that of the bids that were due. */
function openedIn(events: readonly Placed[], part: string, before: number, due: readonly string[]): readonly string[] {
  const [started, ...more] = events.filter(({ event }) => event.type === 'opening.started' && partOf(event.data) === part);
  if (!started || more.length > 0 || started.index > before) throw new Refusal('reading-not-due', `${part} was not opened`);
  const list = ((started.event.data as Started).list ?? []).map((each) => each.submission);
  if ([...list].sort().join() !== [...due].sort().join())
    throw new Refusal('reading-list-differs', `${list.length} listed, ${due.length} due`);
  const of = (type: string): readonly string[] =>
    events
      .filter(({ index, event }) => event.type === type && index > started.index && index < before && partOf(event.data) === part)
      .map(({ event }) => (event.data as Outcome).submission);
  const covered = events
    .filter(({ index, event }) => event.type === 'layers.closed' && index < before && partOf(event.data) === part)
    .flatMap(({ event }) => (event.data as { missing: readonly string[] }).missing);
  const opened = of('bid.opened');
  const outcomes = [...opened, ...of('bid.invalid'), ...covered];
  if ([...outcomes].sort().join() !== [...list].sort().join())
    throw new Refusal('reading-not-due', `${outcomes.length} outcomes of ${list.length} bids`);
  return opened;
}
