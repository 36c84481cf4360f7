import type { Instant } from '../kernel/clock.ts';
import type { Problem, ProblemDetail } from '../kernel/problem.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { type DayString, dueAfter } from '../kernel/working-days.ts';
import { calendar } from './calendar-data.ts';
import { sentence, typedValue, type Value } from './parameter.ts';
import { newestParameter, type ParameterKey, type PeriodKey, parameterInForce, period, type UnitOf } from './parameters.ts';

/** Facts carry the day whose law applies: the day of publication for what a tender pins, else the day of the act. */
export interface Dated {
  readonly on: DayString;
}

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
  readonly key: K;
  readonly field: string;
  readonly problem: (detail?: ProblemDetail) => Problem;
  /** Looks at the facts and the figure in force on their day; answers false, true, or the concrete sentence of the refusal. */
  readonly refuses: (facts: Facts, value: Value<UnitOf<K>>) => boolean | Words;
}

/**
 * Declares a rule that applies one figure of the rulebook. Its printed sentence and source are the newest row's;
 * a refusal speaks with the row in force on the day of the facts.
 */
export function figureRule<Facts extends Dated, const K extends ParameterKey>(declaration: FigureRule<Facts, K>): FieldRule<Facts> {
  const { id, key, field, problem } = declaration;
  const newest = newestParameter(key);
  const made: FieldRule<Facts> = {
    id,
    source: newest.source,
    says: sentence(newest),
    problem,
    field,
    parameter: key,
    refuses(facts) {
      const row = parameterInForce(key, facts.on);
      const refused = declaration.refuses(facts, typedValue<UnitOf<K>>(row));
      if (refused === false) return false;
      return { says: refused === true ? sentence(row) : joined(sentence(row), refused), field };
    },
  };
  rule(made);
  return made;
}

/** The rule first, then what is wrong here. */
const joined = (law: Words, here: Words): Words => ({ zh: `${law.zh}。${here.zh}`, en: `${capital(law.en)}. ${here.en}` });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * A time limit on a duty. Being late is a breach that turns the to-do red and alerts the supervisor; it never blocks the act,
 * because a late answer is better than none.
 */
export interface TimeLimit {
  readonly key: PeriodKey;
  readonly source: Words;
  readonly says: Words;
  /** what happens when it is missed */
  readonly otherwise: Words;
  /** The first moment too late, counted from the event by the figure in force on a day (DAY-1 to DAY-3). */
  due(from: Instant, on: DayString): { readonly due: Instant; readonly provisional: boolean };
}

export function timeLimit(key: PeriodKey, otherwise: Words): TimeLimit {
  const newest = newestParameter(key);
  return {
    key,
    source: newest.source,
    says: sentence(newest),
    otherwise,
    due: (from, on) => dueAfter(from, period(key, on), calendar),
  };
}
