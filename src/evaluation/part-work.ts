import type { Part } from '../sealing/shapes.ts';
import { isLast, partsUpTo, rowsIn } from '../tenders/envelopes.ts';
import type { LotTerms } from '../tenders/lot.ts';
import { type Method, methodShape } from './bundle.ts';

/** The part whose envelopes the panel judges, or judged last; before its work begins those that were opened, whose bidders it is asked about. */
export const judgedPart = (lot: { readonly judgedPart?: string | null | undefined; readonly part?: string | null | undefined }): Part =>
  (lot.judgedPart ?? lot.part ?? 'whole') as Part;

/** What of the terms says with which envelope something is judged. */
type Judging = Pick<LotTerms, 'items' | 'criteria' | 'parts'>;

/** What is judged with one envelope alone: ids of its review items and criteria. */
export function asksOf(
  { items, criteria, parts }: Judging,
  part: Part,
): { readonly items: ReadonlySet<string>; readonly criteria: ReadonlySet<string> } {
  return {
    items: new Set(rowsIn(items, parts, part).map(({ id }) => id)),
    criteria: new Set(rowsIn(criteria, parts, part).map(({ id }) => id)),
  };
}

/** The method as far as the envelopes opened so far reach: before the last one no price is known, and none is judged. */
export function methodUpTo(terms: LotTerms, part: Part): Method {
  const method = methodShape.parse(terms.method);
  if (isLast(terms.parts, part)) return method;
  const asked = partsUpTo(terms.parts, part).map((each) => asksOf(terms, each));
  return {
    ...method,
    items: method.items.filter((item) => asked.some(({ items }) => items.has(item))),
    criteria: method.criteria.filter((criterion) => asked.some(({ criteria }) => criteria.has(criterion.id))),
    ceiling: null,
    minimumValid: 1,
  };
}

interface JudgedRow {
  readonly id: string;
  readonly part?: Part | undefined;
}

/**
 * What one member owes with an envelope: its items and criteria, and those of earlier envelopes for which it gave no sheet because it came later. In the
 * order of the notice.
 */
export function owedWith<Item extends JudgedRow, Criterion extends JudgedRow>(
  terms: { readonly items: readonly Item[]; readonly criteria: readonly Criterion[]; readonly parts: readonly Part[] },
  part: Part,
  given: ReadonlySet<string>,
): { readonly items: readonly Item[]; readonly criteria: readonly Criterion[] } {
  const owed = partsUpTo(terms.parts, part).filter((each) => each === part || !given.has(each));
  const rows = <Row extends JudgedRow>(all: readonly Row[]): readonly Row[] => {
    const ids = new Set(owed.flatMap((each) => rowsIn(all, terms.parts, each)).map(({ id }) => id));
    return all.filter(({ id }) => ids.has(id));
  };
  return { items: rows(terms.items), criteria: rows(terms.criteria) };
}

/**
 * What of a member's duty stands on its sealed sheet: before the pseudonyms are laid open what is judged blind, afterwards the rest; of a member who gave no
 * blind sheet, because it came later, everything. Pure: platform and verifiers ask alike.
 */
export function onSheet<Item extends { readonly id: string }, Criterion extends { readonly id: string }>(
  owed: { readonly items: readonly Item[]; readonly criteria: readonly Criterion[] },
  { items, criteria }: { readonly items: readonly string[]; readonly criteria: readonly string[] },
  { blind, gaveBlind }: { readonly blind: boolean; readonly gaveBlind: boolean },
): { readonly items: readonly Item[]; readonly criteria: readonly Criterion[] } {
  if (!blind && !gaveBlind) return owed;
  return {
    items: owed.items.filter(({ id }) => items.includes(id) === blind),
    criteria: owed.criteria.filter(({ id }) => criteria.includes(id) === blind),
  };
}
