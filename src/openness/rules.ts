import { allProblems } from '../kernel/problem.ts';
import { allRules, type Certainty } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { placeOf } from '../rulebook/local-row.ts';
import type { Override } from '../rulebook/override.ts';
import { certainties, type Parameter, sentence, valueInWords } from '../rulebook/parameter.ts';
import { figureGroups, parameters } from '../rulebook/parameters.ts';
import { type RuleRow, ruleRows } from '../rulebook/rule-rows.ts';
import { linesInUse } from '../tenders/line.ts';
import { allPhases, phases } from '../tenders/phases.ts';

/** What stands beside a figure of the law: set for a place, in force or to come. */
export interface SetFigure {
  readonly override: string;
  readonly value: Words;
  readonly place: Words;
  /** title of the line; null: every line */
  readonly line: Words | null;
  readonly since: string;
}

/** A figure as the public page shows it; its key is the page's anchor. */
export interface ShownFigure {
  readonly key: string;
  /** what it is about, with others of its group */
  readonly group: Words;
  readonly value: Words;
  readonly says: Words;
  readonly source: Words;
  readonly certainty: Certainty;
  readonly since: string;
  readonly until: string | null;
  readonly bites: Words;
  readonly set: readonly SetFigure[];
}

/** Which rules are asked for: those of a line, those that bite in a phase. */
export interface RulesQuery {
  readonly line?: string | undefined;
  readonly phase?: string | undefined;
}

export interface RulesBook {
  readonly rules: readonly RuleRow[];
  readonly figures: readonly ShownFigure[];
  readonly certainties: readonly { readonly mark: Certainty; readonly says: Words }[];
  readonly lines: readonly { readonly value: string; readonly label: Words }[];
  readonly phases: readonly { readonly value: string; readonly label: Words }[];
}

/**
 * Every rule the platform enforces and every figure it applies, from their declarations: the page cannot differ from the code. `overrides` are those
 * that hold or will hold.
 */
export function rulesBook(overrides: readonly Override[], { line, phase }: RulesQuery = {}): RulesBook {
  const stages = allPhases.map((code) => ({ code, title: phases[code].title, allows: phases[code].allows }));
  const rows = ruleRows(allRules(), { phases: stages, lines: linesInUse() });
  const asked = (row: RuleRow): boolean =>
    (line === undefined || row.lines.length === 0 || row.lines.includes(line)) && (phase === undefined || row.phases.includes(phase));
  const rules = rows.filter(asked);
  // of some rules their figures; of all rules every figure, also those that no rule refuses by
  const wanted = line === undefined && phase === undefined ? null : new Set(rules.flatMap(({ figures }) => figures));
  const figures = (parameters as readonly Parameter[]).filter(({ key }) => wanted === null || wanted.has(key));
  return {
    rules,
    figures: [...figures].sort(byKeyThenDay).map((row) => shownFigure(row, overrides)),
    certainties: Object.entries(certainties).map(([mark, says]) => ({ mark: mark as Certainty, says })),
    lines: linesInUse().map(({ id, title }) => ({ value: id, label: title })),
    phases: stages.map(({ code, title }) => ({ value: code, label: title })),
  };
}

const groupOf = (key: string): Words => {
  const prefix = key.split('.')[0] ?? '';
  return figureGroups[prefix] ?? { zh: prefix, en: prefix };
};

function shownFigure(row: Parameter, overrides: readonly Override[]): ShownFigure {
  return {
    key: row.key,
    group: groupOf(row.key),
    value: valueInWords(row),
    says: sentence(row),
    source: row.source,
    certainty: row.certainty,
    since: row.inForceFrom,
    until: row.inForceTo,
    bites: row.bites,
    set: overrides
      .filter(({ key }) => row.inForceTo === null && key === row.key)
      .map(({ override, value, region, line, inForceFrom }) => ({
        override,
        value: valueInWords({ ...row, value }),
        place: placeOf(region),
        line: linesInUse().find(({ id }) => id === line)?.title ?? null,
        since: inForceFrom,
      })),
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
