import { allActs } from '../kernel/act.ts';
import type { Certainty, Rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { inForceSince, platformRule } from './law.ts';
import type { Parameter } from './parameter.ts';
import { newestParameter, type ParameterKey, parameters } from './parameters.ts';

/** A rule as it is listed for people: what it says, on what ground, how sure, since when, and where it bites. */
export interface RuleRow {
  readonly id: string;
  readonly says: Words;
  readonly source: Words;
  readonly certainty: Certainty;
  readonly since: string;
  /** the refusal it leads to */
  readonly problem: string;
  /** keys of the figures it applies */
  readonly figures: readonly string[];
  readonly acts: readonly { readonly name: string; readonly says: Words }[];
  /** codes of the phases in which these acts happen; none: not within a lot */
  readonly phases: readonly string[];
  /** ids of the lines that ask it; none: every line */
  readonly lines: readonly string[];
}

/** What later rooms tell of the phases and the lines. */
export interface RuleHouse {
  readonly phases: readonly { readonly code: string; readonly allows: readonly string[] }[];
  readonly lines: readonly {
    readonly id: string;
    readonly procedures: readonly { readonly editions: readonly { readonly rules: object }[] }[];
  }[];
}

/** Every rule as it is listed, from its declaration. Throws for one that does not say how sure it is, since when, or where it bites. */
export function ruleRows(rules: readonly Rule<never>[], house: RuleHouse): readonly RuleRow[] {
  const acts = new Map(allActs().map(({ name, says }) => [name, says]));
  return rules.map((rule) => {
    const figures = (rule.figures ?? []).map((key) => newestParameter(known(key)));
    const since = figures[0]?.inForceFrom ?? inForceSince(rule.source);
    if (since === null) throw new Error(`rule '${rule.id}' names no text whose first day is known`);
    return {
      id: rule.id,
      says: rule.says,
      source: rule.source,
      certainty: certaintyOf(rule, figures),
      since,
      problem: rule.problem().problem,
      figures: figures.map(({ key }) => key),
      acts: rule.acts.map((name) => {
        const says = acts.get(name);
        if (says === undefined) throw new Error(`rule '${rule.id}' names an act '${name}' that is not there`);
        return { name, says };
      }),
      phases: house.phases.filter(({ allows }) => rule.acts.some((name) => allows.includes(name))).map(({ code }) => code),
      lines: house.lines
        .filter(({ procedures }) => procedures.some(({ editions }) => editions.some((edition) => asks(edition.rules, rule.id))))
        .map(({ id }) => id),
    };
  });
}

const keys = new Set<string>(parameters.map(({ key }) => key));
function known(key: string): ParameterKey {
  if (keys.has(key)) return key as ParameterKey;
  throw new RangeError(`the rulebook has no '${key}'`);
}

function certaintyOf(rule: Rule<never>, [figure]: readonly Parameter[]): Certainty {
  const certainty = rule.certainty ?? figure?.certainty;
  if (certainty !== undefined) return certainty;
  if (rule.source.zh === platformRule.title.zh) return 'D';
  throw new Error(`rule '${rule.id}' does not say how sure it is`);
}

const asks = (sets: object, id: string): boolean =>
  (Object.values(sets) as readonly (readonly { readonly id: string }[])[]).some((set) => set.some((rule) => rule.id === id));
