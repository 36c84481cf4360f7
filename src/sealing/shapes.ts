import * as z from 'zod';
import { fromBase64url } from '../kernel/bytes.ts';
import { isElementText } from './group.ts';

/** Base64url of exactly `bytes` bytes, strictly encoded: one text per value. */
export const bytesShape = (bytes: number) =>
  z.string().refine((text) => fromBase64url(text)?.length === bytes, { error: `expected base64url of ${bytes} bytes` });

/** A group element as it stands in JSON: canonical encoding, never the identity. */
export const elementShape = z.string().refine(isElementText, { error: 'expected a ristretto255 element' });

/** UUIDv7 in lower case (protocol §0). */
export const idShape = z.uuidv7().lowercase();

/** RFC 3339, UTC, milliseconds, `Z` (protocol §0). */
export const instantShape = z.iso.datetime({ precision: 3 });

/** A unified social credit code or another party code; it stands inside paths and labels, so it holds no separator. */
export const codeShape = z.string().regex(/^[0-9A-Z]{1,64}$/);

/** The part of a bid that one envelope carries. */
export const partShape = z.enum(['qualification', 'technical', 'price', 'whole']);
export type Part = z.infer<typeof partShape>;
