import { sealedToBlocks } from '../journal/veil.ts';
import { base64url, utf8 } from '../kernel/bytes.ts';
import { readAtRest } from '../sealing/at-rest.ts';
import { hkdfSha256, hmacSha256, randomBytes } from '../sealing/digest.ts';

/**
 * Who pays a security is as secret as who bids. In the tables of securities nothing stands in clear that says whose a number, a movement or a guarantee is: rows are found by
 * keyed digests and read with a key, and both come from one secret that a node keeps in a file of its own (`securities`). Rows are filled up to one length, and among those that
mean something stand others that do not (write-cover.ts): neither sizes nor numbers of rows tell how many pay. The journal's rows are veiled alike (journal/veil.ts).
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
/** By which the nth movement on a number is found: that two are on the same one, only the key tells. What belongs to no number lies under its statement (`strayGroup`). */
export const lineIndex = (group: string, nth: number): string => indexOf('line', `${group}/${nth}`);
export const strayGroup = (statement: string): string => `stray/${statement}`;
/** What a refund is about, by which the same is not ordered twice. */
export const aboutIndex = (about: string): string => indexOf('about', about);
/** The index of a row that means nothing: chance, which nobody without the key tells from a digest. */
export const chanceIndex = (): string => base64url(randomBytes(32));
/** By which a movement that is reported again is known. */
export const refIndex = (account: string, ref: string): string => indexOf('reference', `${account}/${ref}`);
/** By which a guarantee that is lodged twice is known. */
export const guaranteeIndex = (issuer: string, number: string): string => indexOf('guarantee', `${issuer}/${number}`);

/** Rows are of one length, but for the few that are longer than any usual one. */
const block = 2048;
/** Files are of some whole quarters of a megabyte. */
export const fileBlock = 256 * 1024;

export const sealRow = (row: unknown, place: string, size = block): string =>
  sealedToBlocks(JSON.stringify(row), size, inUse().rows, place);

/** A row that means nothing, as long as the others. */
export const coverRow = (place: string, size = block): string => sealRow(null, place, size);

/** The row in clear. One that does not open was changed, moved, or sealed under another key: that stops everything. Null of a row that means nothing. */
export function openIfAny<Row>(sealed: string, place: string): Row | null {
  const text = readAtRest(sealed, inUse().rows, place);
  if (text === undefined) throw new Error(`a row of securities does not open (${place.split('/')[0]})`);
  return JSON.parse(text) as Row | null;
}

export function openRow<Row>(sealed: string, place: string): Row {
  const row = openIfAny<Row>(sealed, place);
  if (row === null) throw new Error(`a row of securities means nothing (${place.split('/')[0]})`);
  return row;
}
