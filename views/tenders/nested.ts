import type { View } from '../view.ts';

const bracketed = (path: string): string => {
  const [head = '', ...rest] = path.split('.');
  return head + rest.map((part) => `[${part}]`).join('');
};

function flatten(value: unknown, name: string, into: Record<string, unknown>): void {
  if (typeof value !== 'object' || value === null) {
    into[name] = value;
    return;
  }
  for (const [key, each] of Object.entries(value)) flatten(each, name === '' ? key : `${name}[${key}]`, into);
}

/**
 * The view for a form with rows: rows are sent as `criteria[0][name]`, while problems name them `criteria.0.name` and the values
 * typed before come back as objects. After this, both go by the names of the fields.
 */
export function withRows(view: View): View {
  const values: Record<string, unknown> = {};
  flatten(view.values, '', values);
  const problem = view.problem && {
    ...view.problem,
    fields: view.problem.fields.map((each) => ({ ...each, path: bracketed(each.path) })),
  };
  return { ...view, values, problem };
}

/** The rows typed before a refusal, or null when nothing was refused. */
export function typedRows(view: View, name: string): readonly Record<string, string>[] | null {
  const typed = view.values[name];
  if (typeof typed !== 'object' || typed === null) return null;
  return Object.values(typed) as Record<string, string>[];
}
