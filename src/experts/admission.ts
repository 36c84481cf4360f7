import { problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import type { DayString } from '../kernel/working-days.ts';
import type { UniformKeyOf } from '../rulebook/parameters.ts';

/** How a person comes into the pool for a line of trade, and how long it stays (26号令; rules XP-1 to XP-6). */

/**
 * applied → accepted → tested → admitted. `returned` comes back when it is put right; `refused`, `failed` and `withdrawn` end it, and another
 * application may be made. The term of who is `admitted` ends by itself, by its last day; `ended` before that, when the expert leaves or is removed.
 */
export const membershipStates = [
  'applied',
  'returned',
  'refused',
  'accepted',
  'failed',
  'tested',
  'admitted',
  'withdrawn',
  'ended',
] as const;
export type MembershipState = (typeof membershipStates)[number];

/** What may be done to a membership in each state: the table all acts ask. */
export const steps = {
  correct: { from: ['applied', 'returned'], to: 'applied' },
  withdraw: { from: ['applied', 'returned', 'accepted', 'tested'], to: 'withdrawn' },
  recommend: { from: ['applied', 'returned'], to: null },
  return: { from: ['applied'], to: 'returned' },
  refuse: { from: ['applied'], to: 'refused' },
  accept: { from: ['applied'], to: 'accepted' },
  pass: { from: ['accepted'], to: 'tested' },
  fail: { from: ['accepted'], to: 'failed' },
  admit: { from: ['tested'], to: 'admitted' },
  end: { from: ['admitted'], to: 'ended' },
} as const satisfies Record<string, { readonly from: readonly MembershipState[]; readonly to: MembershipState | null }>;
export type Step = keyof typeof steps;

/** An application that is under way: one for each person and line. */
export const openStates = ['applied', 'returned', 'accepted', 'tested'] as const satisfies readonly MembershipState[];

export const stepOutOfTurn = problem(
  'step-out-of-turn',
  'conflict',
  '该申请目前不能进行这一步。',
  'This cannot be done with the application as it stands.',
);

/** The state after a step; refuses one that is not its turn. */
export function stateAfter(step: Step, state: MembershipState): MembershipState {
  const { from, to } = steps[step];
  if (!(from as readonly MembershipState[]).includes(state)) throw stepOutOfTurn();
  return to ?? state;
}

/** Levels of professional titles, lowest first. */
export const titleLevels = ['junior', 'intermediate', 'senior'] as const;
export type TitleLevel = (typeof titleLevels)[number];

/** What an applicant states of itself; the proof is attached. */
export interface Qualification {
  /** the field it works in, in its own words */
  readonly field: string;
  /** full years in that field */
  readonly years: number;
  readonly title: string;
  readonly titleLevel: TitleLevel;
}

/** A line people may be admitted to, with the figures that decide. Whether tenders of it are traded here yet does not matter: there is one pool for all. */
export interface PoolLine {
  readonly id: string;
  readonly title: Words;
  /** each of these is enough: a title of at least that level, with at least so many years in the field where years are asked */
  readonly ways: readonly { readonly title: UniformKeyOf<'text'>; readonly years: UniformKeyOf<'year'> | null }[];
  readonly ageMax: UniformKeyOf<'year'>;
  /** whether the employer must recommend; null where it need not */
  readonly recommendation: UniformKeyOf<'text'> | null;
  readonly pass: UniformKeyOf<'count'>;
  readonly term: UniformKeyOf<'year'>;
}

const inUse = new Map<string, PoolLine>();

/** Called once by the house. */
export function usePoolLines(lines: readonly PoolLine[]): void {
  for (const line of lines) inUse.set(line.id, line);
}
export const poolLines = (): readonly PoolLine[] => [...inUse.values()];
export const poolLine = (id: string): PoolLine | undefined => inUse.get(id);

/** What follows from an expert's memberships for the draw: the lines it is admitted to, and the last day of each term. */
export interface Drawable {
  readonly memberships: string[];
  readonly terms: Record<string, DayString>;
}

/** Only what was admitted counts, and of several terms of a line the one that ends last. */
export function drawableBy(
  rows: readonly { readonly line: string; readonly state: MembershipState; readonly until?: string | null | undefined }[],
): Drawable {
  const terms: Record<string, DayString> = {};
  for (const { line, state, until } of rows)
    if (state === 'admitted' && until && until > (terms[line] ?? '')) terms[line] = until as DayString;
  return { memberships: Object.keys(terms), terms };
}
