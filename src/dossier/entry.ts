import { z } from 'zod';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import type { DayString } from '../kernel/working-days.ts';
import { sha256 } from '../sealing/digest.ts';
import { bytesShape, codeShape, idShape, instantShape } from '../sealing/shapes.ts';
import { entryKinds } from './kinds.ts';

/** One version of an entry, in the words of which its owner vouches. Its digest names it wherever it is used. Pure. */
export const entryTextShape = z.strictObject({
  format: z.literal('yangguang/dossier-entry/v1'),
  organisation: codeShape,
  entry: idShape,
  version: z.int().min(1),
  kind: z.enum(entryKinds),
  title: z.string(),
  /** by the keys of its kind; what is empty is left out */
  fields: z.record(z.string(), z.string()),
  validFrom: z.iso.date().nullable(),
  validUntil: z.iso.date().nullable(),
  documents: z.array(z.strictObject({ name: z.string(), sha256: bytesShape(32), bytes: z.int().min(1) })),
});
export type EntryText = z.infer<typeof entryTextShape>;

/** base64url SHA-256 of its JCS */
export const entryDigest = (text: EntryText): string => base64url(sha256(canonicalBytes(text)));

/** What an organisation signs to say that these versions are true. */
export const confirmationShape = z.strictObject({
  format: z.literal('yangguang/dossier-confirmation/v1'),
  organisation: codeShape,
  entries: z.array(z.strictObject({ entry: idShape, version: z.int().min(1), sha256: bytesShape(32) })).min(1),
  at: instantShape,
});
export type Confirmation = z.infer<typeof confirmationShape>;

/** A version as a form names it: `entry:version:sha256`. */
export const referenceText = ({ entry, version, sha256: digest }: Confirmation['entries'][number]): string =>
  `${entry}:${version}:${digest}`;
export function readReference(text: string): Confirmation['entries'][number] {
  const [entry = '', version = '', digest = ''] = text.split(':');
  return { entry, version: Number(version), sha256: digest };
}

/** Validity is kept in days, the last one included (Asia/Shanghai): on `until` itself it still stands. */
export const expiredOn = (until: string | null, on: DayString): boolean => until !== null && until < on;
