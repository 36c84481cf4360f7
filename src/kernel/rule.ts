import type { Problem, ProblemDetail } from './problem.ts';
import type { Words } from './words.ts';

/** How sure a text or figure is: read in the primary text, in a secondary one, from memory, from memory and shaky, or decided by this platform. */
export type Certainty = 'V' | 'V2' | 'M' | 'M-' | 'D';

/** What a rule says when it refuses: the concrete sentence, the field it is about, and its source where that is not the rule's own. */
export interface Refusal {
  readonly says?: Words;
  readonly field?: string;
  readonly source?: Words;
}

/**
 * A rule the platform enforces: an id, a source, one sentence, one refusal. A decision is a list of rules.
 * `refuses` looks at the facts and answers `false`, or what to say beside which field.
 */
export interface Rule<Facts> {
  readonly id: string;
  /** the acts that ask it; where it bites */
  readonly acts: readonly [string, ...string[]];
  /** keys of the rulebook's figures that it applies */
  readonly figures?: readonly string[];
  /** how sure its text is, where neither a figure nor the platform's own deciding says so */
  readonly certainty?: Certainty;
  readonly source: Words;
  readonly says: Words;
  readonly problem: (detail?: ProblemDetail) => Problem;
  readonly refuses: (facts: Facts) => false | true | Refusal;
}

const registry = new Map<string, Rule<never>>();

/** Declares a rule; the public rules page and docs/rulebook.md list every declared rule. */
export function rule<Facts>(declaration: Rule<Facts>): Rule<Facts> {
  if (registry.has(declaration.id)) throw new Error(`rule '${declaration.id}' is declared twice`);
  registry.set(declaration.id, declaration as unknown as Rule<never>);
  return declaration;
}

/** Every declared rule, by id. */
export function allRules(): readonly Rule<never>[] {
  return [...registry.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The problem by which the first of these rules refuses the facts, or null when all agree. */
export function refusalBy<Facts>(rules: readonly Rule<Facts>[], facts: Facts): Problem | null {
  for (const each of rules) {
    const refusal = each.refuses(facts);
    if (refusal === false) continue;
    const said: Refusal = refusal === true ? {} : refusal;
    const says = said.says ?? each.says;
    return each.problem({
      rule: each.id,
      source: said.source ?? each.source,
      says,
      ...(said.field === undefined ? {} : { fields: [{ path: said.field, says }] }),
    });
  }
  return null;
}

/** Throws the first refusal (inside an act a throw rolls everything back). */
export function uphold<Facts>(rules: readonly Rule<Facts>[], facts: Facts): void {
  const refusal = refusalBy(rules, facts);
  if (refusal) throw refusal;
}
