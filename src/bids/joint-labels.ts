import type { Words } from '../kernel/words.ts';
import { formWithJoint } from '../tenders/joint.ts';
import { linesInUse } from '../tenders/line.ts';

/**
 * What the fields of a bid are called, for the page where a member signs. It never asks for one lot: the request would tell who bids on it. Nor are the names
 * taken from the lead's file, where no signature covers them. Where lines of trade call one field differently, every name is given.
 */
export function fieldNames(): readonly { readonly key: string; readonly label: Words }[] {
  const editions = linesInUse().flatMap(({ procedures }) => procedures.flatMap((each) => each.editions));
  const names = Map.groupBy(
    editions.flatMap((edition) => formWithJoint(edition.bidForm, edition, { max: 2 })),
    ({ key }) => key,
  );
  const joined = (labels: readonly string[]): string => [...new Set(labels)].join(' / ');
  return [...names].map(([key, fields]) => ({
    key,
    label: { zh: joined(fields.map(({ label }) => label.zh)), en: joined(fields.map(({ label }) => label.en)) },
  }));
}
