import { readScore, sumOf } from '../evaluation/mark.ts';
import type { MemberSheet, SheetAsks } from '../evaluation/member-sheet.ts';

/** What a member has entered of its sheet so far, in its browser: by bid and item, by bid and criterion. */
export interface Entries {
  /** when it was last changed, by the platform's clock */
  readonly at: string;
  readonly verdicts: Readonly<Record<string, { readonly pass: boolean | null; readonly reason: string }>>;
  readonly marks: Readonly<Record<string, { readonly score: string; readonly reason: string }>>;
}
export const noEntries: Entries = { at: '', verdicts: {}, marks: {} };

export const keyOf = (bid: string, of: string): string => `${bid}/${of}`;
/** The bids that a sheet has to judge. */
export const bidsOf = ({ bids, gone }: SheetAsks): readonly string[] => bids.filter((bid) => !gone.includes(bid));

const judged = (entries: Entries, bid: string, item: string): boolean => {
  const given = entries.verdicts[keyOf(bid, item)];
  return given?.pass === true || (given?.pass === false && given.reason.trim() !== '');
};
const marked = (entries: Entries, bid: string, { id, max }: SheetAsks['criteria'][number]): boolean =>
  readScore(entries.marks[keyOf(bid, id)]?.score.trim() ?? '', max) !== undefined;

/** How many items of a bid are still open on each sheet; a failure without its reason is open. */
export const leftOn = (entries: Entries, asks: SheetAsks, bid: string): { readonly review: number; readonly score: number } => ({
  review: asks.items.filter((item) => !judged(entries, bid, item)).length,
  score: asks.criteria.filter((criterion) => !marked(entries, bid, criterion)).length,
});

/** The sum of a bid's marks so far. */
export const sumIn = (entries: Entries, asks: SheetAsks, bid: string): string =>
  sumOf(asks.criteria.flatMap(({ id, max }) => readScore(entries.marks[keyOf(bid, id)]?.score.trim() ?? '', max) ?? []));

/** The sheet as it is signed; what is still open shows when it is judged whole. */
export function sheetFrom(entries: Entries, asks: SheetAsks): MemberSheet['bids'] {
  return bidsOf(asks).map((bid) => ({
    bid,
    reviews: asks.items.flatMap((item) => {
      const given = entries.verdicts[keyOf(bid, item)];
      return given?.pass == null ? [] : [{ item, pass: given.pass, reason: given.reason.trim() || null }];
    }),
    scores: asks.criteria.flatMap(({ id, max }) => {
      const given = entries.marks[keyOf(bid, id)];
      const score = readScore(given?.score.trim() ?? '', max);
      return score === undefined ? [] : [{ criterion: id, score, reason: given?.reason.trim() || null }];
    }),
  }));
}

/** One row of a form: an item or a criterion of a bid, found by the names of its fields. */
export interface Row {
  readonly bid: string;
  readonly of: string;
  readonly kind: 'verdict' | 'mark';
  readonly radios: readonly HTMLInputElement[];
  readonly score: HTMLInputElement | null;
  readonly reason: HTMLInputElement | null;
  readonly fields: readonly HTMLInputElement[];
  /** where one begins to fill it in */
  readonly first: HTMLInputElement | undefined;
}

/** The rows of a form, in their order. */
export function rowsIn(place: ParentNode): Row[] {
  return [...place.querySelectorAll<HTMLElement>('[data-judging]')].flatMap((element) => {
    const field = (name: string): HTMLInputElement | null => element.querySelector(`input[name$="[${name}]"]`);
    const [bid, item, criterion] = [field('bid')?.value, field('item')?.value, field('criterion')?.value];
    const of = item ?? criterion;
    if (!bid || !of) return [];
    const radios = [...element.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
    const [score, reason] = [field('score'), field('reason')];
    const fields = [...radios, score, reason].filter((each) => each !== null);
    return [{ bid, of, kind: item ? ('verdict' as const) : ('mark' as const), radios, score, reason, fields, first: fields[0] }];
  });
}

/** Is a row still to be filled in? */
export function isOpen({ bid, of, kind }: Row, entries: Entries, asks: SheetAsks): boolean {
  if (kind === 'verdict') return !judged(entries, bid, of);
  const criterion = asks.criteria.find(({ id }) => id === of);
  return criterion !== undefined && !marked(entries, bid, criterion);
}

/** Shows in a row what was entered. */
export function fillIn({ bid, of, kind, radios, score, reason }: Row, entries: Entries): void {
  const key = keyOf(bid, of);
  const verdict = kind === 'verdict' ? entries.verdicts[key] : undefined;
  const mark = kind === 'mark' ? entries.marks[key] : undefined;
  for (const radio of radios) radio.checked = verdict?.pass != null && radio.value === String(verdict.pass);
  if (score) score.value = mark?.score ?? '';
  if (reason) reason.value = (verdict ?? mark)?.reason ?? '';
}

/** The entries with what now stands in a row. */
export function taken({ bid, of, kind, radios, score, reason }: Row, entries: Entries, at: string): Entries {
  const key = keyOf(bid, of);
  const why = reason?.value ?? '';
  if (kind === 'mark') return { ...entries, at, marks: { ...entries.marks, [key]: { score: score?.value ?? '', reason: why } } };
  const chosen = radios.find((radio) => radio.checked)?.value;
  const pass = chosen === undefined ? null : chosen === 'true';
  return { ...entries, at, verdicts: { ...entries.verdicts, [key]: { pass, reason: why } } };
}
