import { fromBase64url, utf8 } from '../kernel/bytes.ts';
import { hmacSha256 } from '../sealing/digest.ts';

/** The lot that breaks ties: HMAC-SHA256(tieSeed, utf8(bid id)). The seed comes from a draw, so nobody can aim at it. */
export function ticketOf(tieSeed: string, bid: string): Uint8Array {
  const key = fromBase64url(tieSeed);
  if (key === undefined) throw new RangeError('a tie seed is base64url');
  return hmacSha256(key, utf8(bid));
}

/** Order of two byte strings, as unsigned bytes. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The first comparison that tells two apart decides. */
export const inOrder =
  <T>(...comparisons: readonly ((a: T, b: T) => number)[]) =>
  (a: T, b: T): number => {
    for (const compare of comparisons) {
      const difference = compare(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  };
