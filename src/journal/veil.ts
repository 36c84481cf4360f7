import { base64url, fromBase64url, utf8 } from '../kernel/bytes.ts';
import { readAtRest, sealedAtRest } from '../sealing/at-rest.ts';
import { hkdfSha256, hmacSha256 } from '../sealing/digest.ts';
import type { JournalEvent } from './event.ts';
import { events } from './event-list.ts';
import type { EventSpec } from './event-spec.ts';

/**
 * Some events tell by their mere row that somebody means to bid: who asked for an account number, for which lot. In the journal's table such a row is veiled: type, lot, party,
 * person, text and salt are sealed under a key that does not lie in the database, all to the same length. The leaf in the tree is that of every other event, so that proofs,
 * receipts and the bundle know nothing of veils.
 */
export const veiledType = 'veiled';

/** Acts of which a refusal, too, would tell who means to bid. */
const quietActs: ReadonlySet<unknown> = new Set(['ask-account', 'lodge-guarantee']);

export function isVeiled({ type, data }: { readonly type: string; readonly data: unknown }): boolean {
  const spec = (events as Readonly<Record<string, EventSpec>>)[type];
  return spec?.veiled === true || (type === 'act.refused' && quietActs.has((data as { act?: unknown }).act));
}

interface Keys {
  readonly rows: Uint8Array;
  readonly index: Uint8Array;
}
let ring: readonly Keys[] = [];

/** Given once to a process: the secret in use, and before it those that were in use earlier; rows of the journal never change, so those under an earlier key stay under it. */
export function useVeils(current: Uint8Array, earlier: readonly Uint8Array[] = []): void {
  ring = [...earlier, current].map(veilKeys);
}

export const holdsVeils = (): boolean => ring.length > 0;

function veilKeys(secret: Uint8Array): Keys {
  const derived = (what: string): Uint8Array => hkdfSha256(secret, new Uint8Array(0), utf8(`yangguang/veil/${what}/v1`));
  return { rows: derived('rows'), index: derived('index') };
}

function newest(): Keys {
  const keys = ring.at(-1);
  if (!keys) throw new Error('this process was given no key of veiled events');
  return keys;
}

/** What a veiled row holds. */
export interface Veiled {
  readonly event: JournalEvent;
  readonly salt: Uint8Array;
  readonly actor: string | null;
  readonly address: string | null;
}

/** Longer than any event that is veiled. */
const block = 3072;

/** A text under a key, filled up to whole blocks: its length tells nothing. Blanks after JSON are nothing. */
export function sealedToBlocks(text: string, size: number, key: Uint8Array, place: string): string {
  const bytes = utf8(text).length;
  return sealedAtRest(text + ' '.repeat(Math.ceil(bytes / size) * size - bytes), key, place);
}

export const veil = (id: string, { event, salt, actor, address }: Veiled): string =>
  sealedToBlocks(JSON.stringify({ event, salt: base64url(salt), actor, address }), block, newest().rows, `journal/${id}`);

/** A row's event again; null where no key of the ring opens it. */
export function unveil(id: string, body: string): Veiled | null {
  for (const { rows } of ring.toReversed()) {
    const text = readAtRest(body, rows, `journal/${id}`);
    if (text === undefined) continue;
    const { salt, ...rest } = JSON.parse(text) as Omit<Veiled, 'salt'> & { readonly salt: string };
    return { ...rest, salt: fromBase64url(salt) ?? new Uint8Array(0) };
  }
  return null;
}

/** Where the nth veiled event of a lot is found, under each key, newest first: to whoever has none, no two of these belong together. */
export const veilPlaces = (lot: string, nth: number): readonly string[] =>
  ring.toReversed().map(({ index }) => base64url(hmacSha256(index, utf8(`lot/${lot}/${nth}`))));

/** A text told again is known again, and tells nothing. */
export const veiledMark = (text: string): string => base64url(hmacSha256(newest().index, utf8(`mark/${text}`)));
