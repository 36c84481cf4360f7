/** An employer that was left; without a last day it binds as long as it stands. */
export interface FormerEmployer {
  readonly code: string;
  readonly name: string;
  readonly until: string | null;
}

/** The list with one more; of an employer left twice the later day stands, so that a second statement never shortens what the first one binds. */
export function withLeft(list: readonly FormerEmployer[], left: FormerEmployer): FormerEmployer[] {
  const before = list.find(({ code }) => code === left.code);
  const until =
    before === undefined || (before.until !== null && left.until !== null && before.until < left.until) ? left.until : before.until;
  return [...list.filter(({ code }) => code !== left.code), { ...left, until }];
}
