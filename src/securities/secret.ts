import { base64url, utf8 } from '../kernel/bytes.ts';
import { readAtRest, sealedAtRest } from '../sealing/at-rest.ts';
import { hkdfSha256, hmacSha256 } from '../sealing/digest.ts';

/**
 * Who pays a security is as secret as who bids. In the tables of securities nothing stands in clear that says whose a number, a movement or a guarantee is: rows are found by
 * keyed digests and read with a key, and both come from one secret that a node keeps in a file of its own (`securities`). The journal's own rows are in clear, as of who bids.
 */
interface Keys {
  readonly numbers: Uint8Array;
  readonly index: Uint8Array;
  readonly rows: Uint8Array;
}
let keys: Keys | undefined;

/** Given once to a process, by whoever starts it. */
export function useSecuritiesKey(secret: Uint8Array): void {
  if (secret.length !== 32) throw new RangeError('the key of securities has 32 bytes');
  const derived = (what: string): Uint8Array => hkdfSha256(secret, new Uint8Array(0), utf8(`yangguang/securities/${what}/v1`));
  keys = { numbers: derived('numbers'), index: derived('index'), rows: derived('rows') };
}

function inUse(): Keys {
  if (!keys) throw new Error('this process was given no key of securities');
  return keys;
}

/** The key out of which account numbers are made. */
export const numbersKey = (): Uint8Array => inUse().numbers;

const indexOf = (what: string, value: string): string => base64url(hmacSha256(inUse().index, utf8(`${what}/${value}`)));
/** By which the row of a bidder's number for a lot is found. */
export const holderIndex = (lot: string, party: string): string => indexOf('holder', `${lot}/${party}`);
export const numberIndex = (number: string): string => indexOf('number', number);
/** By which a movement that is reported again is known. */
export const refIndex = (account: string, ref: string): string => indexOf('reference', `${account}/${ref}`);
/** By which a guarantee that is lodged twice is known. */
export const guaranteeIndex = (issuer: string, number: string): string => indexOf('guarantee', `${issuer}/${number}`);

export const sealRow = (row: unknown, place: string): string => sealedAtRest(JSON.stringify(row), inUse().rows, place);

/** The row in clear. One that does not open was changed, moved, or sealed under another key: that stops everything. */
export function openRow<Row>(sealed: string, place: string): Row {
  const text = readAtRest(sealed, inUse().rows, place);
  if (text === undefined) throw new Error(`a row of securities does not open (${place.split('/')[0]})`);
  return JSON.parse(text) as Row;
}
