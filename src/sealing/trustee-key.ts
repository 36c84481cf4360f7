import { Decrypter, Encrypter } from 'age-encryption';
import * as z from 'zod';
import { canonicalBytes, textOf } from '../kernel/bytes.ts';
import { bytesShape, idShape } from './shapes.ts';
import { reasons, type Verdict } from './verdict.ts';

/** A trustee's lasting secret (protocol §2): its share of the opening key and its age identity, in one sealed file. */
const trusteeKeyShape = z.strictObject({
  format: z.literal('yangguang/trustee-key/v1'),
  council: idShape,
  index: z.int().min(1).max(255),
  signingShare: bytesShape(32),
  identity: z.string().regex(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/),
});
export type TrusteeKey = z.infer<typeof trusteeKeyShape>;

const refute = reasons({
  'trustee-key-locked': {
    zh: '口令不正确，或文件不是委员会成员密钥文件。',
    en: 'The passphrase is wrong, or this is no trustee key file.',
  },
});

/**
 * Seals the key under a passphrase (age scrypt). `workFactor` is log2 of the scrypt cost: 18 takes about a second and
 * is the default; lower values are for sandboxes, where the passphrase is printed anyway.
 */
export async function sealTrusteeKey(key: Omit<TrusteeKey, 'format'>, passphrase: string, workFactor = 18): Promise<Uint8Array> {
  const { council, index, signingShare, identity } = key;
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(canonicalBytes({ format: 'yangguang/trustee-key/v1', council, index, signingShare, identity }));
}

/** Opens a trustee key file. The refusal does not say whether the passphrase or the file is wrong: nobody can know. */
export async function openTrusteeKey(
  file: Uint8Array,
  passphrase: string,
): Promise<Verdict<{ readonly key: TrusteeKey }, 'trustee-key-locked'>> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const plain = await decrypter.decrypt(file).catch(() => undefined);
  const read = trusteeKeyShape.safeParse(jsonOf(plain));
  return read.success ? { ok: true, key: read.data } : refute('trustee-key-locked');
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  const text = bytes === undefined ? undefined : textOf(bytes);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
