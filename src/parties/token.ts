import { createHash, randomBytes } from 'node:crypto';

/** What a session is opened with: 32 random bytes as base64url. Only its digest is kept, so that whoever reads the database signs in as nobody. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** The key under which a session is kept; null for a text that cannot be a token. */
export function digestOfToken(token: string): Buffer | null {
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? createHash('sha256').update(token).digest() : null;
}
