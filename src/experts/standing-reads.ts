import type { DayString } from '../kernel/working-days.ts';

/** Pieces of queries over `expert e`, which say as standing.ts does. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** The standing on a day, as a word. */
export const standingSql = (on: DayString): Condition => ({
  sql: `case when e.status = 'suspended' and e.suspended_until collate "C" < ? then 'normal' else e.status end`,
  values: [on],
});

/** Whoever may be drawn for some line: in normal standing, with a term that runs. */
export function readySql(on: DayString): Condition {
  const standing = standingSql(on);
  return {
    sql: `${standing.sql} = 'normal' and exists (select from jsonb_each_text(e.terms) term where term.value collate "C" >= ?)`,
    values: [...standing.values, on],
  };
}
