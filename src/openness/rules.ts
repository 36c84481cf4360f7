import { allProblems } from '../kernel/problem.ts';
import { allRules } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { type Certainty, certainties, type Parameter, sentence, valueInWords } from '../rulebook/parameter.ts';
import { parameters } from '../rulebook/parameters.ts';

/** A rule as the public page shows it; its id is the page's anchor. */
export interface ShownRule {
  readonly id: string;
  readonly says: Words;
  readonly source: Words;
  /** the refusal it leads to */
  readonly problem: string;
}

/** A figure as the public page shows it; its key is the page's anchor. */
export interface ShownFigure {
  readonly key: string;
  readonly value: Words;
  readonly says: Words;
  readonly source: Words;
  readonly certainty: Certainty;
  readonly since: string;
  readonly until: string | null;
  readonly bites: Words;
}

export interface RulesBook {
  readonly rules: readonly ShownRule[];
  readonly figures: readonly ShownFigure[];
  readonly certainties: readonly { readonly mark: Certainty; readonly says: Words }[];
}

/** Every rule the platform enforces and every figure it applies, from their declarations: the page cannot differ from the code. */
export function rulesBook(): RulesBook {
  return {
    rules: allRules().map((rule) => ({ id: rule.id, says: rule.says, source: rule.source, problem: rule.problem().problem })),
    figures: [...(parameters as readonly Parameter[])].sort(byKeyThenDay).map((row) => ({
      key: row.key,
      value: valueInWords(row),
      says: sentence(row),
      source: row.source,
      certainty: row.certainty,
      since: row.inForceFrom,
      until: row.inForceTo,
      bites: row.bites,
    })),
    certainties: Object.entries(certainties).map(([mark, says]) => ({ mark: mark as Certainty, says })),
  };
}

function byKeyThenDay(a: Parameter, b: Parameter): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.inForceFrom < b.inForceFrom ? -1 : 1;
}

/** Every refusal the platform can give, by name; the name is the page's anchor. */
export function problemsBook() {
  const rulesOf = Map.groupBy(allRules(), (rule) => rule.problem().problem);
  return allProblems().map(({ name, kind, title }) => ({
    name,
    kind,
    title,
    rules: (rulesOf.get(name) ?? []).map((rule) => rule.id),
  }));
}
