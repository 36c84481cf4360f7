import type { Words } from '../kernel/words.ts';
import { groundWords } from './call.ts';

/** What past draws came to, of lots whose result is decided: before, who was called is secret (XD-5). Pure. */

/** One call of an expert. */
export interface PastCall {
  readonly expert: string;
  readonly employer: string;
  /** `accepted` or `declined`; anything else: another draw took its place */
  readonly state: string;
  readonly ground: string | null;
}
export interface CallFigures {
  readonly calls: number;
  readonly accepted: number;
  readonly declined: number;
  readonly grounds: readonly { readonly says: Words; readonly count: number }[];
  /** of all who were ever called, the tenth that was called most (at least one), and its share of the calls, percent with one place */
  readonly most: { readonly experts: number; readonly share: string } | null;
  readonly experts: readonly Tally[];
  readonly employers: readonly Tally[];
}
/** How often one expert, or the people of one employer, were called, accepted and declined; those called most first. */
export interface Tally {
  readonly of: string;
  readonly calls: number;
  readonly accepted: number;
  readonly declined: number;
}

export function callFigures(calls: readonly PastCall[]): CallFigures {
  const experts = tallies(calls, ({ expert }) => expert);
  const declined = calls.filter(({ state }) => state === 'declined');
  const grounds = new Map<string, number>();
  for (const { ground } of declined) grounds.set(ground ?? 'other', (grounds.get(ground ?? 'other') ?? 0) + 1);
  return {
    calls: calls.length,
    accepted: calls.filter(({ state }) => state === 'accepted').length,
    declined: declined.length,
    grounds: [...grounds]
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .map(([ground, count]) => ({ says: groundWords(ground), count })),
    most: concentration(experts, calls.length),
    experts,
    employers: tallies(calls, ({ employer }) => employer),
  };
}

function concentration(experts: readonly Tally[], all: number): CallFigures['most'] {
  if (experts.length === 0) return null;
  const tenth = Math.max(1, Math.floor(experts.length / 10));
  const theirs = experts.slice(0, tenth).reduce((sum, { calls }) => sum + calls, 0);
  return { experts: tenth, share: ((theirs * 1000) / all / 10).toFixed(1) };
}

function tallies(calls: readonly PastCall[], keyOf: (call: PastCall) => string): Tally[] {
  const found = new Map<string, { calls: number; accepted: number; declined: number }>();
  for (const call of calls) {
    const tally = found.get(keyOf(call)) ?? { calls: 0, accepted: 0, declined: 0 };
    tally.calls += 1;
    if (call.state === 'accepted') tally.accepted += 1;
    if (call.state === 'declined') tally.declined += 1;
    found.set(keyOf(call), tally);
  }
  return [...found].map(([of, tally]) => ({ of, ...tally })).sort((a, b) => b.calls - a.calls || (a.of < b.of ? -1 : 1));
}
