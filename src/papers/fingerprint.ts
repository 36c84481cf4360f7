import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';

/** The two typefaces papers are set in, and the hash of both: a template and its fonts make the bytes. */
export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  /** base64url SHA-256 of regular || bold */
  readonly hash: string;
}

/** base64url SHA-256 without padding, 43 characters. */
export const digest = (bytes: Uint8Array): string => base64url(sha256(bytes));

/** SHA-256 of the JCS of a paper's data: what stands in the foot of every page. */
export const dataHashOf = (data: unknown): string => digest(canonicalBytes(data));
