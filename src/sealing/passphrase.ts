import { armor, Decrypter, Encrypter } from 'age-encryption';
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

/** The text inside a file that the stock `age` tool, or this program, sealed under a passphrase, armoured or not; undefined when the passphrase is wrong or it is no such file. */
export async function unlockText(file: Uint8Array, passphrase: string): Promise<string | undefined> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const armoured = textOf(file)?.startsWith('-----BEGIN AGE ENCRYPTED FILE-----') === true;
  try {
    return textOf(await decrypter.decrypt(armoured ? armor.decode(textOf(file) ?? '') : file));
  } catch {
    return undefined; // nobody can know which
  }
}

/** The value inside; undefined when the passphrase is wrong or it is no such file: nobody can know which. */
export async function unlockWithPassphrase(file: Uint8Array, passphrase: string): Promise<unknown> {
  const text = await unlockText(file, passphrase);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined; // not JSON
  }
}
