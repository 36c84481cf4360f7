import { Decrypter, Encrypter } from 'age-encryption';
import { canonicalBytes, textOf } from '../kernel/bytes.ts';

/** JSON under a passphrase: an age file with a scrypt stanza, which the stock `age` tool opens too. */

/** log2 of the scrypt cost: about a second on a machine of today. */
const usualWork = 18;

/** Seals a JSON value under a passphrase. */
export async function lockWithPassphrase(value: unknown, passphrase: string, workFactor = usualWork): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(canonicalBytes(value));
}

/** The value inside; undefined when the passphrase is wrong or it is no such file: nobody can know which. */
export async function unlockWithPassphrase(file: Uint8Array, passphrase: string): Promise<unknown> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const plain = await decrypter.decrypt(file).catch(() => undefined);
  const text = plain === undefined ? undefined : textOf(plain);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined; // not JSON
  }
}
