import { Fraction } from '../kernel/fraction.ts';
import type { Words } from '../kernel/words.ts';
import { addDays, addMonths, type DayString, day } from '../kernel/working-days.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameter, parameterInForce, type UniformKeyOf } from '../rulebook/parameters.ts';
import { exactly } from './bias.ts';

/** The annual review of an expert (XE-10): what is counted, what it comes to, and what follows. Pure. */

export const verdicts = ['good', 'basic', 'unfit'] as const;
export type Verdict = (typeof verdicts)[number];

/** open → told → final, or told → contested → final. */
export const yearStates = ['open', 'told', 'contested', 'final'] as const;
export type YearState = (typeof yearStates)[number];

/** What the platform holds of one expert for the period, as text and whole numbers: it is journalled as it stands. */
export interface YearFigures {
  readonly called: number;
  readonly accepted: number;
  readonly declined: number;
  readonly silent: number;
  readonly evaluations: number;
  readonly withdrew: number;
  /** accepted, the evaluation began, and it did not come */
  readonly absent: number;
  readonly due: number;
  /** marks from 1 to 5 of host and supervisor together, and their sum */
  readonly scores: number;
  readonly scored: number;
  /** points that were entered and not struck */
  readonly points: number;
  readonly contested: number;
  readonly struck: number;
  readonly tests: number;
  readonly testsPassed: number;
  readonly marks: number;
  /** shares of the full mark, exactly (bias.ts `exactText`); null without such marks */
  readonly deviation: string | null;
  readonly lean: string | null;
  readonly ranked: number;
  readonly firstWon: number;
  readonly pairs: readonly { readonly bidder: string; readonly name: string; readonly times: number; readonly won: number }[];
}

interface Floor {
  readonly key: UniformKeyOf<'count'>;
  readonly verdict: Exclude<Verdict, 'good'>;
  readonly reached: (figures: YearFigures, value: number) => boolean;
}
const below = ({ scores, scored }: YearFigures, mean: number): boolean => scores > 0 && scored < mean * scores;

/** What a verdict cannot be better than. Data: a further ground is a row. */
const floors: readonly Floor[] = [
  { key: 'annual.unfit.points', verdict: 'unfit', reached: ({ points }, value) => points >= value },
  { key: 'annual.unfit.mean', verdict: 'unfit', reached: below },
  { key: 'annual.unfit.absent', verdict: 'unfit', reached: ({ absent }, value) => absent >= value },
  { key: 'annual.basic.points', verdict: 'basic', reached: ({ points }, value) => points >= value },
  { key: 'annual.basic.mean', verdict: 'basic', reached: below },
  { key: 'annual.basic.absent', verdict: 'basic', reached: ({ absent }, value) => absent >= value },
  { key: 'annual.basic.silent', verdict: 'basic', reached: ({ silent }, value) => silent >= value },
];

/** The best verdict that the figures allow by the rows of a day, with the rows that stand against a better one. */
export function bestVerdict(figures: YearFigures, on: DayString): { readonly verdict: Verdict; readonly grounds: readonly Words[] } {
  const reached = floors.filter(({ key, reached: holds }) => holds(figures, parameter(key, on)));
  const verdict = reached[0]?.verdict ?? 'good';
  return { verdict, grounds: reached.filter((each) => each.verdict === verdict).map(({ key }) => sentence(parameterInForce(key, on))) };
}

export const betterThan = (verdict: Verdict, other: Verdict): boolean => verdicts.indexOf(verdict) < verdicts.indexOf(other);
/** The best and those below it. */
export const allowedBy = (best: Verdict): readonly Verdict[] => verdicts.filter((verdict) => !betterThan(verdict, best));

interface Hint {
  readonly key: UniformKeyOf<'count' | 'ratio'>;
  readonly stands: (figures: YearFigures, on: DayString) => boolean;
}
const over = (part: number, whole: number, limit: Fraction): boolean => whole > 0 && Fraction.of(part, whole).isAbove(limit);

/** Figures of bias that are pointed out (XE-13). They move no verdict. */
const hints: readonly Hint[] = [
  {
    key: 'bias.deviation',
    stands: ({ deviation }, on) => deviation !== null && exactly(deviation).isAbove(parameter('bias.deviation', on)),
  },
  {
    key: 'bias.first',
    stands: ({ firstWon, ranked }, on) => ranked >= parameter('bias.least', on) && over(firstWon, ranked, parameter('bias.first', on)),
  },
  { key: 'bias.pair', stands: ({ pairs }, on) => pairs.some(({ times }) => times >= parameter('bias.pair', on)) },
  { key: 'bias.absence', stands: ({ absent, due }, on) => over(absent, due, parameter('bias.absence', on)) },
];
export const hintsOf = (figures: YearFigures, on: DayString): readonly Words[] =>
  hints.filter(({ stands }) => stands(figures, on)).map(({ key }) => sentence(parameterInForce(key, on)));

export interface ReviewPeriod {
  readonly from: DayString;
  readonly through: DayString;
}

/** Up to yesterday; from where the last review ended, so that nothing is counted twice and nothing is left out. */
export function periodOf(on: DayString, last: ReviewPeriod | null): ReviewPeriod {
  const through = addDays(on, -1);
  const from = last === null ? addDays(addMonths(through, -parameter('annual.period', on)), 1) : addDays(last.through, 1);
  return { from, through };
}

/** The first day on which another review may be opened: so many months after the last, and in another year. Null where that is today or before. */
export function nextReviewDay(last: ReviewPeriod & { readonly year: number }, on: DayString): DayString | null {
  const apart = addDays(addMonths(last.through, parameter('annual.apart', on)), 1);
  const newYear = day(`${last.year + 1}-01-01`);
  const from = apart > newYear ? apart : newYear;
  return on >= from ? null : from;
}

export interface StandingFacts {
  readonly status: string;
  readonly until: string | null;
}

/**
 * What a final verdict makes of an expert's standing; null where it leaves it alone. `unfitRunning` counts the reviews running that found it unfit, this
 * one included. A standing that is harder already is never softened.
 */
export function standingAfter(
  verdict: Verdict,
  unfitRunning: number,
  present: StandingFacts,
  on: DayString,
): { readonly status: 'suspended' | 'removed'; readonly until: DayString | null } | null {
  if (verdict !== 'unfit' || present.status === 'removed') return null;
  if (unfitRunning >= parameter('annual.removal', on)) return { status: 'removed', until: null };
  if (present.status === 'left') return null;
  const until = addDays(addMonths(on, parameter('annual.suspension', on)), -1);
  const harder = present.status === 'suspended' && (present.until === null || present.until >= until);
  return harder ? null : { status: 'suspended', until };
}
