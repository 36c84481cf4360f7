import { type Instant, later } from '../kernel/clock.ts';
import type { Problem, ProblemDetail } from '../kernel/problem.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { dayOf, dueAfter, endOfDay, type Span } from '../kernel/working-days.ts';
import { calendar } from './calendar-data.ts';
import type { Ground } from './ground.ts';
import { sentence, typedValue, type Value, valueInWords } from './parameter.ts';
import {
  type Asked,
  type GroundFor,
  newestParameter,
  type ParameterKey,
  type PeriodKey,
  parameterInForce,
  period,
  type UnitOf,
} from './parameters.ts';
import { reckon } from './reckoning.ts';

/** A rule that belongs to a field of a form: the form shows it before anything goes wrong. */
export interface FieldRule<Facts> extends Rule<Facts> {
  /** the field it speaks of, as the form and the JSON body name it */
  readonly field: string;
  /** the figure it applies; null for a rule without a number */
  readonly parameter: ParameterKey | null;
}

/** Declares a rule of a field that applies no figure. */
export function fieldRule<Facts>(declaration: Rule<Facts> & { readonly field: string }): FieldRule<Facts> {
  const made = { ...declaration, parameter: null };
  rule(made);
  return made;
}

interface FigureRule<Facts, K extends ParameterKey> {
  readonly id: string;
  readonly acts: Rule<Facts>['acts'];
  readonly key: K;
  readonly field: string;
  readonly problem: (detail?: ProblemDetail) => Problem;
  /** Looks at the facts and the figure in force; answers false, true, or the concrete sentence of the refusal. */
  readonly refuses: (facts: Facts, value: Value<UnitOf<K>>) => boolean | Words;
}

/**
 * Declares a rule that applies one figure of the rulebook. Its printed sentence and source are the newest row's;
 * a refusal speaks with the row in force by the ground of the facts, which are that ground themselves.
 */
export function figureRule<Facts extends GroundFor<K>, const K extends ParameterKey>(declaration: FigureRule<Facts, K>): FieldRule<Facts> {
  const { id, acts, key, field, problem } = declaration;
  const newest = newestParameter(key);
  const made: FieldRule<Facts> = {
    id,
    acts,
    figures: [key],
    source: newest.source,
    says: sentence(newest),
    problem,
    field,
    parameter: key,
    refuses(facts) {
      const row = parameterInForce(key, facts);
      const refused = declaration.refuses(facts, typedValue<UnitOf<K>>(row));
      if (refused === false) return false;
      return { says: refused === true ? sentence(row) : joined(sentence(row), refused), source: row.source, field };
    },
  };
  rule(made);
  return made;
}

/** A rule as a page states it by a ground: with what has been set locally. */
export function statedBy(
  { id, source, says, parameter: key }: Pick<FieldRule<never>, 'id' | 'source' | 'says' | 'parameter'>,
  ground: Ground,
): { rule: string; source: Words; says: Words } {
  if (key === null) return { rule: id, source, says };
  const row = parameterInForce(key, ground);
  return { rule: id, source: row.source, says: sentence(row) };
}

/** The rule first, then what is wrong here. */
const joined = (law: Words, here: Words): Words => ({ zh: `${law.zh}。${here.zh}`, en: `${capital(law.en)}. ${here.en}` });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * A time limit on a duty. Being late is a breach that turns the to-do red and alerts the supervisor; it never blocks the act,
 * because a late answer is better than none.
 */
export interface TimeLimit<K extends PeriodKey = PeriodKey> {
  readonly key: K;
  readonly source: Words;
  readonly says: Words;
  /** what happens when it is missed */
  readonly otherwise: Words;
  /** The limit as it stands by a ground. */
  by(asked: Asked<K>): RuledLimit;
}

/** Where a period of days before an end begins; with no days that end itself. */
function endBefore(end: Instant, { count, unit }: Span): Instant {
  if (count === 0 || (unit !== 'day' && unit !== 'workday')) return end;
  return endOfDay(reckon({ from: dayOf(later(end, -1)), count, unit, way: 'before' }).last);
}

/** A limit with the figure in force: what it says there, and the first moment too late, counted from the event (DAY-1 to DAY-3). */
export interface RuledLimit {
  readonly key: PeriodKey;
  readonly source: Words;
  readonly says: Words;
  readonly otherwise: Words;
  /** the figure with its unit */
  readonly value: Words;
  due(from: Instant): { readonly due: Instant; readonly provisional: boolean };
  /** counted back: the first moment too late before an end */
  before(end: Instant): Instant;
}

export function timeLimit<const K extends PeriodKey>(key: K, otherwise: Words): TimeLimit<K> {
  const newest = newestParameter(key);
  return {
    key,
    source: newest.source,
    says: sentence(newest),
    otherwise,
    by(asked) {
      const row = parameterInForce(key, asked);
      const span = period(key, asked);
      return {
        key,
        source: row.source,
        says: sentence(row),
        otherwise,
        value: valueInWords(row),
        due: (from) => dueAfter(from, span, calendar),
        before: (end) => endBefore(end, span),
      };
    },
  };
}
