import { z } from 'zod';
import { dateOf, type Instant, later } from '../kernel/clock.ts';
import { parseVerifierKey } from './checkpoint.ts';
import type { JournalEvent } from './event.ts';
import { minuteMilliseconds, probeStatementShape, signedStatementShape, statementIsBy } from './probe.ts';

/**
 * A published rule moves the deadline when independent probes saw the intake down before it (docs/protocol.md §13). The notice carries the rule and
 * the probes; platform, custodians and verifiers compute the same answer here, from signed statements in the order in which the journal has them.
 */
export const outageRuleShape = z.strictObject({
  /** the probes in force when the notice was published */
  probes: z.array(z.strictObject({ vkey: z.string(), institution: z.string() })),
  /** so many institutions must have seen it */
  quorum: z.int().min(1),
  /** so many minutes down, at least */
  downMinutes: z.int().min(1),
  /** within so many minutes before the deadline */
  windowMinutes: z.int().min(1),
  /** then the deadline moves by so many hours */
  moveHours: z.int().min(1),
  /** but no more often than this */
  mostMoves: z.int().min(0),
  /** how long after the deadline the closing waits at most for statements that could still decide */
  settleMinutes: z.int().min(0),
});
export type OutageRule = z.infer<typeof outageRuleShape>;

/** A statement whose signature was checked, in the journal's order, with the platform's time of its entry. */
export interface Stated {
  readonly probe: string;
  readonly from: string;
  readonly states: string;
  readonly at: string;
}

export interface ProbeCount {
  readonly probe: string;
  readonly institution: string;
  /** minutes it saw the intake down within the window */
  readonly down: number;
  /** minutes of the window that it has not come to yet: they could still be down */
  readonly open: number;
  /** minutes of the window about which it said two different things: none of them counts */
  readonly contradicted: number;
}
export interface Outage {
  readonly probes: readonly ProbeCount[];
  /** institutions of which a probe saw enough */
  readonly saw: number;
  readonly moves: boolean;
  /** no statement still to come can change the answer */
  readonly decided: boolean;
}

/** What one probe has stated: each minute once, in order. A minute gone back to is at most contradicted, and one that had not passed is not heard. */
interface Heard {
  readonly letters: Map<number, string>;
  readonly void: Set<number>;
  through: number;
}

function hear(stated: readonly Stated[]): Heard {
  const heard: Heard = { letters: new Map(), void: new Set(), through: Number.NEGATIVE_INFINITY };
  for (const { from, states, at } of stated) {
    const now = Date.parse(at);
    for (const [step, letter] of [...states].entries()) {
      const minute = Date.parse(from) + step * minuteMilliseconds;
      if (minute + minuteMilliseconds > now) break;
      const before = heard.letters.get(minute);
      if (minute >= heard.through) {
        heard.letters.set(minute, letter);
        heard.through = minute + minuteMilliseconds;
      } else if (before !== undefined && before !== letter) heard.void.add(minute);
    }
  }
  return heard;
}

/** The minutes that lie wholly between the window's start and the deadline, by their starts. */
function windowOf({ windowMinutes }: OutageRule, deadline: Instant): readonly number[] {
  const end = dateOf(deadline).getTime();
  const start = end - windowMinutes * minuteMilliseconds;
  const first = Math.ceil(start / minuteMilliseconds) * minuteMilliseconds;
  return minutesFrom(first, end);
}

function minutesFrom(first: number, end: number): readonly number[] {
  const minutes: number[] = [];
  for (let minute = first; minute + minuteMilliseconds <= end; minute += minuteMilliseconds) minutes.push(minute);
  return minutes;
}

/** The minutes that lie wholly within a span, by their starts. */
export const minutesWithin = (from: Instant, until: Instant): readonly number[] =>
  minutesFrom(Math.ceil(dateOf(from).getTime() / minuteMilliseconds) * minuteMilliseconds, dateOf(until).getTime());

/** What the statements say about some minutes: how many institutions saw the intake down for so many of them. */
export interface Seen {
  readonly probes: readonly ProbeCount[];
  /** institutions of which a probe saw enough */
  readonly saw: number;
  readonly proven: boolean;
  /** no statement still to come can change the answer */
  readonly decided: boolean;
}

/** Pure: whether a quorum of the notice's institutions saw the intake down for at least so many of these minutes. */
export function seenDown(rule: OutageRule, minutes: readonly number[], downMinutes: number, stated: readonly Stated[]): Seen {
  const probes = rule.probes.map(({ vkey, institution }): ProbeCount => {
    const probe = parseVerifierKey(vkey)?.name ?? '';
    const heard = hear(stated.filter((each) => each.probe === probe));
    const counts = (minute: number): boolean => !heard.void.has(minute);
    return {
      probe,
      institution,
      down: minutes.filter((minute) => counts(minute) && heard.letters.get(minute) === 'd').length,
      open: minutes.filter((minute) => minute >= heard.through).length,
      contradicted: minutes.filter((minute) => heard.void.has(minute)).length,
    };
  });
  // two probes of one institution are one voice
  const voices = (enough: (count: ProbeCount) => boolean): number => new Set(probes.filter(enough).map((each) => each.institution)).size;
  const saw = voices(({ down }) => down >= downMinutes);
  const could = voices(({ down, open }) => down + open >= downMinutes);
  const proven = saw >= rule.quorum;
  return { probes, saw, proven, decided: proven || could < rule.quorum };
}

/** What the statements say about a deadline. Pure; `moved` is how often the lot's deadline has been moved by the rule before. */
export function outageBefore(rule: OutageRule, deadline: Instant, stated: readonly Stated[], moved: number): Outage {
  const { probes, saw, proven, decided } = seenDown(rule, windowOf(rule, deadline), rule.downMinutes, stated);
  const spent = moved >= rule.mostMoves;
  return { probes, saw, moves: !spent && proven, decided: spent || decided };
}

/** Where the rule puts the deadline. */
export const movedDeadline = (rule: OutageRule, deadline: Instant): Instant => later(deadline, rule.moveHours * 3_600_000);

/** Until when the closing waits at most for statements that are still on their way. */
export const settledBy = (rule: OutageRule, deadline: Instant): Instant => later(deadline, rule.settleMinutes * minuteMilliseconds);

/** Whether bidding ends now: the deadline is there, the rule does not move it, and nothing still to come can, or the time for it is over. */
export const maySettle = (rule: OutageRule, deadline: Instant, now: Instant, { moves, decided }: Outage): boolean =>
  now >= deadline && !moves && (decided || now >= settledBy(rule, deadline));

const reportedShape = z.object({ statement: probeStatementShape, signature: z.string() });

/** Numbers that are missing between a probe's journalled statements, `name #n`: handed in they would have left a receipt. */
export function missingNumbers(rule: OutageRule, platform: string, events: readonly PlacedEvent[]): readonly string[] {
  return rule.probes.flatMap(({ vkey }) => {
    const name = parseVerifierKey(vkey)?.name ?? '';
    const own = events.filter(({ event }) => statedBy(rule, platform, [{ event }])[0]?.probe === name);
    const numbers = [...new Set(own.map(({ event }) => reportedShape.parse(event.data).statement.number))].sort((a, b) => a - b);
    return numbers.flatMap((number, at) => {
      const before = numbers[at - 1] ?? number - 1;
      return before + 1 === number ? [] : [`${name} #${before + 1}${before + 2 === number ? '' : `–${number - 1}`}`];
    });
  });
}

/** The statements among journalled events that count under a rule: each signed, about this platform, by a probe that the notice names. */
export function statedBy(rule: OutageRule, platform: string, events: readonly { readonly event: JournalEvent }[]): readonly Stated[] {
  const keys = rule.probes.flatMap(({ vkey }) => parseVerifierKey(vkey) ?? []);
  return events.flatMap(({ event }) => {
    if (event.type !== 'probe.reported') return [];
    const read = reportedShape.safeParse(event.data);
    const signed = signedStatementShape.safeParse(read.success && { statement: read.data.statement, signature: read.data.signature });
    if (!signed.success) return [];
    const { statement } = signed.data;
    const key = keys.find((each) => each.name === statement.probe);
    if (statement.platform !== platform || key === undefined || !statementIsBy(signed.data, key)) return [];
    return [{ probe: statement.probe, from: statement.from, states: statement.states, at: event.at }];
  });
}

export interface PlacedEvent {
  readonly index: number;
  readonly event: JournalEvent;
}
export interface DeadlineNow {
  readonly deadline: Instant;
  /** how often the rule has moved it */
  readonly moved: number;
}
/** What is wrong with a deadline's history: a move that the rule or the statements do not give, or an end of bidding that the rule does not allow. */
export type DeadlineFault = 'move-without-rule' | 'move-not-proven' | 'outage-ignored' | 'closed-too-soon' | 'pause-not-given-back';

const changeShape = z.object({ deadline: z.string(), previousDeadline: z.string().optional() });
const noticeShape = z.object({ deadline: z.string(), outage: outageRuleShape.optional() });

const dayLength = 24 * 60 * minuteMilliseconds;
const resumedShape = z.object({ deadline: z.string(), previousDeadline: z.string(), order: z.string(), suspendedAt: z.string() });

/**
 * The deadline after a suspension: no earlier than the one before it and as many days as the suspension lasted, a begun one counted whole. Undefined where
 * the journal knows no such suspension, or the time is not given back. By which rest days it moves further, the verifier reckons with the calendar.
 */
function givenBack(events: readonly PlacedEvent[], { index, event }: PlacedEvent, before: Instant): Instant | undefined {
  const read = resumedShape.safeParse(event.data);
  if (!read.success || read.data.previousDeadline !== before) return undefined;
  const { order, suspendedAt, deadline } = read.data;
  const known = events.some(
    (each) =>
      each.index < index &&
      each.event.type === 'lot.suspended' &&
      each.event.at === suspendedAt &&
      (each.event.data as { order?: unknown }).order === order,
  );
  const days = Math.ceil((Date.parse(event.at) - Date.parse(suspendedAt)) / dayLength);
  return known && suspendedAt < before && days >= 0 && deadline >= later(before, days * dayLength) ? (deadline as Instant) : undefined;
}

/**
 * The deadline in force by the events of a lot, with the probes' statements among them in journal order: the notice's, changed by addenda, moved by
 * the rule, each move computed again from what stood in the journal before it; and that bidding ended no sooner than the rule lets it.
 */
export function deadlineInForce(platform: string, events: readonly PlacedEvent[]): DeadlineNow | DeadlineFault | undefined {
  const notice = events.find(({ event }) => event.type === 'notice.published');
  const terms = noticeShape.safeParse(notice?.event.data);
  if (!terms.success) return undefined;
  const { outage: rule } = terms.data;
  const outageAt = (index: number, now: DeadlineNow): Outage | undefined =>
    rule &&
    outageBefore(
      rule,
      now.deadline,
      statedBy(
        rule,
        platform,
        events.filter((each) => each.index < index),
      ),
      now.moved,
    );
  let now: DeadlineNow = { deadline: terms.data.deadline as Instant, moved: 0 };
  for (const { index, event } of events) {
    const change = changeShape.safeParse(event.data);
    if (event.type === 'addendum.published' && change.success) now = { ...now, deadline: change.data.deadline as Instant };
    if (event.type === 'deadline.moved') {
      if (!rule || !change.success) return 'move-without-rule';
      const due = movedDeadline(rule, now.deadline);
      if (!outageAt(index, now)?.moves || change.data.previousDeadline !== now.deadline || change.data.deadline !== due)
        return 'move-not-proven';
      now = { deadline: due, moved: now.moved + 1 };
    }
    if (event.type === 'deadline.resumed') {
      const deadline = givenBack(events, { index, event }, now.deadline);
      if (deadline === undefined) return 'pause-not-given-back';
      now = { ...now, deadline };
    }
    if (event.type === 'deadline.reached' && rule) {
      const outage = outageAt(index, now);
      if (outage?.moves) return 'outage-ignored';
      if (!outage || !maySettle(rule, now.deadline, event.at as Instant, outage)) return 'closed-too-soon';
    }
  }
  return now;
}
