import { type NoteVerifier, parseVerifierKey } from '../journal/checkpoint.ts';

/**
 * The platform's key as this browser knows it. The first one it is told is kept; should the platform ever name another one for the same
 * journal, the reader is told instead of the new key being taken in silence.
 */
export interface KnownKey {
  readonly vkey: string;
  readonly key: NoteVerifier;
  /** the key this browser kept from an earlier visit, where the platform now names another */
  readonly before: string | null;
}

const shelf = 'yangguang-platform-keys';

/** Asks the platform for its key and compares it with the kept one. Null while the platform has none. */
export async function platformKey(): Promise<KnownKey | null> {
  const answer = await fetch('/api/keys', { headers: { accept: 'application/json' } });
  if (!answer.ok) return null;
  const said = (await answer.json()) as { platform?: unknown };
  const vkey = typeof said.platform === 'string' ? said.platform : '';
  const key = parseVerifierKey(vkey);
  if (key === undefined) return null;
  const kept = keptKey(key.name);
  if (kept === null) keepKey(key.name, vkey);
  return { vkey, key, before: kept === null || kept === vkey ? null : kept };
}

function allKept(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(shelf) ?? '{}') as Record<string, string>;
  } catch {
    return {}; // a browser that keeps nothing, or something else lies there: then every visit is the first
  }
}

const keptKey = (journal: string): string | null => allKept()[journal] ?? null;

/** From now on this is the key of that journal in this browser. */
export function keepKey(journal: string, vkey: string): void {
  try {
    localStorage.setItem(shelf, JSON.stringify({ ...allKept(), [journal]: vkey }));
  } catch {
    // no room or no permission: nothing is remembered, and the next visit is a first one again
  }
}
