import { z } from 'zod';
import type { Words } from '../kernel/words.ts';
import { type EntryKind, entryFields, entryKinds, fieldsOf } from './kinds.ts';

/** An entry as it is typed in, in a form or in a row of a table. Pure. */

const day = z
  .union([z.literal(''), z.null(), z.iso.date('日期应为 2026-12-20 这样的形式。 | A day is written like 2026-12-20.')])
  .default('')
  .transform((text) => (text === '' ? null : text));

const texts = Object.fromEntries(
  entryFields.map(({ key, long }) => [
    key,
    z
      .string()
      .trim()
      .max(long ? 2000 : 200)
      .default(''),
  ]),
);

export const entryGiven = z.object({
  kind: z.enum(entryKinds, '档案类别不在所列之中。 | There is no such kind of entry.'),
  title: z.string().trim().min(2, '请填写名称，至少两个字。 | A title has two characters at least.').max(200),
  validFrom: day,
  validUntil: day,
  ...texts,
});
export interface EntryGiven {
  readonly kind: EntryKind;
  readonly title: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly [field: string]: string | null;
}

/** The fields of its kind that say something. */
export const saidIn = (given: EntryGiven): Record<string, string> =>
  Object.fromEntries(fieldsOf(given.kind).flatMap(({ key }) => (given[key] ? [[key, given[key]]] : [])));

export interface GivenFault {
  readonly path: string;
  readonly says: Words;
  readonly what: 'missing' | 'validity';
}

/** What is wrong with an entry that its fields alone do not show. */
export function faultsIn(given: EntryGiven): readonly GivenFault[] {
  const missing = fieldsOf(given.kind)
    .filter(({ key, required }) => required.includes(given.kind) && !given[key])
    .map(({ key, label }) => ({
      path: key,
      what: 'missing' as const,
      says: { zh: `请填写“${label.zh}”。`, en: `“${label.en}” is missing.` },
    }));
  const { validFrom, validUntil } = given;
  if (validFrom === null || validUntil === null || validFrom <= validUntil) return missing;
  const says = { zh: '有效期至早于有效期起。', en: 'Valid until lies before valid from.' };
  return [...missing, { path: 'validUntil', what: 'validity', says }];
}
