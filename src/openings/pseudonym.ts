import { leafHash, rootOf } from '../journal/merkle.ts';
import type { Pseudonym } from '../journal/pseudonym.ts';
import { base64url, canonicalBytes, utf8 } from '../kernel/bytes.ts';
import type { Words } from '../kernel/words.ts';
import type { Share } from '../sealing/council.ts';
import { concat, hmacSha256, sha256 } from '../sealing/digest.ts';
import type { AnyDrawRequest, DrawRequest, DrawResult } from '../sealing/draw.ts';
import { asksOrderOf, drawnOrderOf, orderRequest } from './order-draw.ts';

/**
 * The pseudonyms under which a panel judges blind (暗标): the bids of a session in an order that the council draws and nobody may see yet. What stands in the
 * journal before their envelopes are opened is the root of a tree over the whole list, each leaf salted from the draw's own seed: with a handful of bids a
 * bare root would be tried out in a moment. When the last blind sheet is in, the draw is laid open, and anyone computes list and root again.
 */
export const blindPurpose = 'blind';
export const blindSeat = 'blind-order';

/** What the council is asked, for exactly the bids whose envelopes are about to be opened. */
export const blindRequest = (head: Pick<DrawRequest, 'id' | 'lot' | 'at'>, submissions: readonly string[]): DrawRequest =>
  orderRequest(blindSeat, head, submissions);
export const asksBlindOf = (request: AnyDrawRequest, submissions: readonly string[]): boolean =>
  asksOrderOf(blindSeat, request, submissions);
export const drawsBlind = ({ seats }: Pick<AnyDrawRequest, 'seats'>): boolean => seats[0]?.specialty === blindSeat;

/** The bids in the order of their pseudonyms: the first is number 1. */
export const blindOrderOf = (result: Pick<DrawResult, 'called'>, listed: readonly string[]): readonly string[] =>
  drawnOrderOf(blindSeat, result, listed);

const destination = utf8('yangguang-pseudonym-v1');
/** HMAC-SHA256(seed, "yangguang-pseudonym-v1" || 0x00 || submission): known to nobody before the draw is laid open. */
const saltOf = (seed: Uint8Array, submission: string): string =>
  base64url(hmacSha256(seed, concat(destination, new Uint8Array(1), utf8(submission))));

/** The root (RFC 6962) over the canonical lines in the order of their numbers, each with its salt; base64url. */
export const pseudonymRoot = (seed: Uint8Array, list: readonly Pseudonym[]): string =>
  base64url(
    rootOf(
      [...list]
        .sort((a, b) => a.number - b.number)
        .map((each) => leafHash(canonicalBytes({ ...each, salt: saltOf(seed, each.submission) }))),
    ),
  );

/** Is it the list that the draw gives: every bid once, numbered from 1 in the drawn order, each under an id of its own? */
export function isListOf(list: readonly Pseudonym[], order: readonly string[]): boolean {
  const sorted = [...list].sort((a, b) => a.number - b.number);
  return (
    sorted.length === order.length &&
    sorted.every(({ number, submission }, at) => number === at + 1 && submission === order[at]) &&
    new Set(sorted.map(({ id }) => id)).size === sorted.length
  );
}

/** 暗标 01, 暗标 02 … */
export const pseudonymWords = (number: number): Words => {
  const digits = String(number).padStart(2, '0');
  return { zh: `暗标 ${digits}`, en: `Blind bid ${digits}` };
};

/**
 * What the journal says of a trustee's share before the list is laid open: SHA-256 of whose it is and of its points, base64url. Without its proof, which is
 * another each time: a trustee that lost its memory knows its own share again.
 */
export const shareDigest = ({ trustee, evaluated }: Pick<Share, 'trustee' | 'evaluated'>): string =>
  base64url(sha256(canonicalBytes({ trustee, evaluated: [...evaluated] })));
