import type { Cosigned } from './audit.ts';
import { type EventCopy, type Finding, finding, type JournalCopy } from './journal-copy.ts';

/**
 * An event may take its time before others that are numbered first (a transaction reads the clock, then waits for locks), and clocks of institutions differ:
 * so much is forgiven. It is the bound within which a time can be untrue and not be noticed, beside the pause between two cosignatures.
 */
export const forgivenSeconds = 60;

/**
 * The time that an event claims against what others knew. Event i was not in any tree of size ≤ i, so it came after each moment at which a witness
 * cosigned such a tree, and after the events numbered before it; and it was there when a witness cosigned a tree of a larger size.
 */
export function timesThatCannotBe(
  { leaves, sandbox }: Pick<JournalCopy, 'leaves' | 'sandbox'>,
  events: readonly EventCopy[],
  cosigned: readonly Cosigned[],
): Finding[] {
  const rows = new Map(events.map((event) => [event.id, event]));
  const witnessed = sandbox ? [] : [...cosigned].sort((a, b) => a.size - b.size);
  const upper = earliestFrom(witnessed);
  const findings: Finding[] = [];
  let after = Number.NEGATIVE_INFINITY;
  let next = 0;
  for (const { index, event } of leaves) {
    for (let each = witnessed[next]; each !== undefined && each.size <= index; each = witnessed[++next])
      after = Math.max(after, each.seconds);
    const row = rows.get(event);
    if (!row) continue;
    const at = Date.parse(claimed(row)) / 1000;
    if (!Number.isFinite(at) || at < after - forgivenSeconds) findings.push(finding('backdated-event', row.id, index));
    else if (at > (upper[next] ?? Number.POSITIVE_INFINITY) + forgivenSeconds) findings.push(finding('postdated-event', row.id, index));
    // one event with an invented later time must not make liars of those after it
    else after = Math.max(after, at);
  }
  return findings;
}

/** The body is what was hashed; a column beside it may say anything. */
function claimed({ body, at, unread }: EventCopy): string {
  if (unread) return at;
  try {
    return String((JSON.parse(body) as { at?: unknown }).at);
  } catch {
    // an unreadable body is found as a rewritten row
    return '';
  }
}

/** For each place in the list, the earliest time of it and all after it: a tree that large was there then. */
function earliestFrom(witnessed: readonly Cosigned[]): readonly number[] {
  const earliest: number[] = [];
  for (let place = witnessed.length - 1, least = Number.POSITIVE_INFINITY; place >= 0; place--) {
    least = Math.min(least, witnessed[place]?.seconds ?? least);
    earliest[place] = least;
  }
  return earliest;
}
