import type { View } from '../view.ts';

/** The rows typed before a refusal, or null when nothing was refused. */
export function typedRows(view: View, name: string): readonly Record<string, string>[] | null {
  const typed = view.values[name];
  if (typeof typed !== 'object' || typed === null) return null;
  return Object.values(typed) as Record<string, string>[];
}

/** What is wrong with one cell of a row: problems name it `criteria.0.max`. */
export const wrongCell = (view: View, name: string, index: number, key: string) =>
  view.problem?.fields.filter((each) => each.path === `${name}.${index}.${key}`) ?? [];
/** What is wrong with the rows as a whole: `criteria`. */
export const wrongRows = (view: View, name: string) => view.problem?.fields.filter((each) => each.path === name) ?? [];
