import { readAtRest, sealedAtRest } from '../sealing/at-rest.ts';

let key: Uint8Array | undefined;

/** The key under which members' own notes lie in the database; a node keeps it in a file of its own (`notes`). */
export function useNotesKey(bytes: Uint8Array): void {
  if (bytes.length !== 32) throw new RangeError('the key of the notes has 32 bytes');
  key = bytes;
}

const keyInUse = (): Uint8Array => {
  if (!key) throw new Error('this process was given no key of the notes');
  return key;
};
const place = (member: string, submission: string): string => `desk-note/${member}/${submission}`;

export const sealNote = (text: string, member: string, submission: string): string =>
  sealedAtRest(text, keyInUse(), place(member, submission));
export const readNote = (sealed: string, member: string, submission: string): string | undefined =>
  readAtRest(sealed, keyInUse(), place(member, submission));
