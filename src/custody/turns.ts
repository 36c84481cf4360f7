import { givenIn, givenKey } from '../evaluation/given.ts';
import { partOutcome, partResultShape } from '../evaluation/part-result.ts';
import { signUntil } from '../evaluation/sign-until.ts';
import { isWithdrawn, rightlyLapsed, type Stance, standsWith } from '../evaluation/stance.ts';
import type { JournalEvent } from '../journal/event.ts';
import { base64url, canonical, canonicalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { sha256 } from '../sealing/digest.ts';
import { Refusal } from './refusal.ts';

/**
 * Envelopes in turn: a later part is opened only after every earlier one has a result that the panel reached and all its members signed, in the
 * session that was announced, and of exactly those who passed. All of it from events that the custodian has proven for itself.
 */
interface Placed {
  readonly index: number;
  readonly event: JournalEvent;
}
interface Reported {
  readonly part: string;
  readonly sha256: string;
  readonly outcome: string;
  readonly passed: readonly string[];
}

/** The submissions whose envelope of this part may be opened; null where it is the first part, which everybody's is. */
export function passedBefore(events: readonly Placed[], parts: readonly string[], part: string, now: Instant): ReadonlySet<string> | null {
  const at = parts.indexOf(part);
  if (at < 0) throw new Refusal('part-unknown', `${part} is none of ${parts.join('+')}`);
  let passed: ReadonlySet<string> | null = null;
  for (const [place, earlier] of parts.slice(0, at).entries()) {
    const result = resultOf(events, earlier);
    if (passed !== null && result.judged.some((bid) => !passed?.has(bid))) throw new Refusal('part-list-differs', earlier);
    const session = lastOf(events, 'session.scheduled', parts[place + 1] ?? '');
    if (!session || session.index < result.index) throw new Refusal('session-not-announced', parts[place + 1] ?? '');
    const { at: opens } = session.event.data as { at: string };
    if (now < opens) throw new Refusal('session-not-due', `own clock ${now}, session ${opens}`);
    passed = new Set(result.passed);
  }
  return passed;
}

/** The result of one part as it stands: recomputed from what the panel gave, reported once, and signed by every one of its members. */
function resultOf(events: readonly Placed[], part: string) {
  const reported = allOf(events, 'part.reported', part);
  const [stands] = reported;
  if (!stands || reported.length > 1) throw new Refusal('earlier-part-open', part);
  const { sha256: digest, outcome, passed } = stands.event.data as Reported;
  const written = concludedLast(events, part, stands.index);
  const { result } = written.event.data as { result: unknown };
  const read = partResultShape.safeParse(result);
  if (!read.success || base64url(sha256(canonicalBytes(result))) !== digest) throw new Refusal('part-result', part);
  if (read.data.lot !== stands.event.subject.lot || read.data.part !== part) throw new Refusal('part-result', part);
  const computed = partOutcome(read.data);
  const same = computed.ok && computed.value.outcome === outcome && canonical(computed.value.passed) === canonical(passed);
  if (!same || outcome !== 'passed') throw new Refusal('part-result', part);
  signedByAll(events, part, { digest, reviewers: read.data.reviewers, before: stands.index, written });
  asGiven(events, read.data, written.index);
  return { index: stands.index, passed, judged: read.data.bids.map((bid) => bid.id) };
}

/** The conclusion that was reported: the last one, each before it withdrawn because half of the panel or more refused it, or lapsed for want of signatures. */
function concludedLast(events: readonly Placed[], part: string, before: number): Placed {
  const concluded = allOf(events, 'part.concluded', part);
  const last = concluded.at(-1);
  if (!last || last.index > before) throw new Refusal('part-result', part);
  for (const [place, written] of concluded.slice(0, -1).entries()) {
    const until = concluded[place + 1]?.index ?? before;
    if (!wasUndone(events, part, written, until) && !hasLapsed(events, part, written, until)) throw new Refusal('part-result', part);
  }
  return last;
}

/** Half of the panel that reached it, or more, refused this conclusion. */
function wasUndone(events: readonly Placed[], part: string, { index, event }: Placed, before: number): boolean {
  const on = { digest: (event.data as { sha256: string }).sha256, after: index, before };
  const seats = seatsBefore(events, index);
  const refused = new Set(wordsOn(events, part, on, 'part.refused').map((word) => word.member));
  const count = seats.filter((seat) => refused.has(seat)).length;
  return (
    wordsOn(events, part, on, 'part.withdrawn').length === 1 &&
    wordsOn(events, part, on, 'part.lapsed').length === 0 &&
    isWithdrawn(count, seats.length)
  );
}

/** It lapsed by the rule: a platform that calls a member silent who signed, or hurries, or goes on with fewer, opens nothing. */
function hasLapsed(events: readonly Placed[], part: string, { index, event }: Placed, before: number): boolean {
  const digest = (event.data as { sha256: string }).sha256;
  const lapses = allOf(events, 'part.lapsed', part).filter((each) => each.index > index && each.index < before);
  const [lapsed] = lapses;
  if (!lapsed || lapses.length > 1 || wordsOn(events, part, { digest, after: index, before }, 'part.withdrawn').length > 0) return false;
  const { sha256: of, silent } = lapsed.event.data as { sha256: string; silent: readonly string[] };
  const words = stancesOn(events, part, { digest, after: index, before: lapsed.index });
  const [seats, next] = [seatsBefore(events, index), seatsBefore(events, before)];
  return of === digest && rightlyLapsed({ concludedAt: event.at as Instant, seats, words, at: lapsed.event.at, silent, next });
}

function seatsBefore(events: readonly Placed[], before: number): readonly string[] {
  const panel = events.findLast(({ index, event }) => event.type === 'panel.formed' && index < before);
  return ((panel?.event.data ?? { seats: [] }) as { seats: readonly { readonly member: string }[] }).seats.map(({ member }) => member);
}

interface Conclusion {
  readonly digest: string;
  readonly after: number;
  readonly before: number;
}

/** How members stand to a conclusion by their own words; silence that agrees is counted by whoever knows its end. */
function stancesOn(events: readonly Placed[], part: string, on: Conclusion): Map<string, Stance> {
  const words = new Map<string, Stance>();
  for (const { member } of wordsOn(events, part, on, 'part.refused')) words.set(member, 'refused');
  for (const { member } of wordsOn(events, part, on, 'part.signed')) words.set(member, 'signed');
  return words;
}

/** What was said on one conclusion, between it and `before`. */
function wordsOn(
  events: readonly Placed[],
  part: string,
  { digest, after, before }: Conclusion,
  type: string,
): readonly { readonly member: string; readonly at: string }[] {
  return allOf(events, type, part)
    .filter(({ index, event }) => index > after && index < before && (event.data as { sha256: string }).sha256 === digest)
    .map(({ event }) => ({ member: (event.data as { member?: string }).member ?? '', at: event.at }));
}

function signedByAll(
  events: readonly Placed[],
  part: string,
  {
    digest,
    reviewers,
    before,
    written,
  }: { readonly digest: string; readonly reviewers: readonly string[]; readonly before: number; readonly written: Placed },
): void {
  const seats = seatsBefore(events, before);
  if (seats.length === 0 || canonical([...seats].sort()) !== canonical([...reviewers].sort())) throw new Refusal('part-panel', part);
  const on = { digest, after: written.index, before };
  // silence counts from the end of its time on
  const until = signUntil(written.event.at as Instant);
  const words = stancesOn(events, part, on);
  for (const { member, at } of wordsOn(events, part, on, 'part.deemed')) if (at >= until && !words.has(member)) words.set(member, 'deemed');
  if (standsWith(seats, words)) return;
  const without = seats.find((seat) => words.get(seat) === undefined) ?? seats.find((seat) => words.get(seat) !== 'signed');
  throw new Refusal('part-unsigned', `${part}: ${without ?? ''}`);
}

/** Every verdict of the result is the one its member gave last. */
function asGiven(
  events: readonly Placed[],
  { part, reviews }: { part: string; reviews: readonly { reviewer: string; bid: string; item: string; pass: boolean }[] },
  before: number,
): void {
  const { verdicts } = givenIn(events.flatMap(({ index, event }) => (index > before ? [] : event)));
  if (reviews.some((each) => verdicts.get(givenKey(each.reviewer, each.bid, each.item))?.pass !== each.pass))
    throw new Refusal('part-result', part);
}

const allOf = (events: readonly Placed[], type: string, part: string): readonly Placed[] =>
  events.filter(({ event }) => event.type === type && (event.data as { part?: string }).part === part);
const lastOf = (events: readonly Placed[], type: string, part: string): Placed | undefined => allOf(events, type, part).at(-1);
