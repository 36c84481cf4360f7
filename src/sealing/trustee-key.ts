import * as z from 'zod';
import { lockWithPassphrase, unlockWithPassphrase } from './passphrase.ts';
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
  'trustee-key-passphrase': {
    zh: '口令至少 12 个字符，首尾不能有空格。',
    en: 'A passphrase has at least 12 characters and no blank at either end.',
  },
});

/**
 * Seals the key under a passphrase (age scrypt). `workFactor` is log2 of the scrypt cost: 18 takes about a second and
 * is the default; lower values are for sandboxes, where the passphrase is printed anyway.
 */
export async function sealTrusteeKey(key: Omit<TrusteeKey, 'format'>, passphrase: string, workFactor?: number): Promise<Uint8Array> {
  const { council, index, signingShare, identity } = key;
  return lockWithPassphrase({ format: 'yangguang/trustee-key/v1', council, index, signingShare, identity }, passphrase, workFactor);
}

/** Opens a trustee key file. The refusal does not say whether the passphrase or the file is wrong: nobody can know. */
export async function openTrusteeKey(
  file: Uint8Array,
  passphrase: string,
): Promise<Verdict<{ readonly key: TrusteeKey }, 'trustee-key-locked'>> {
  const read = trusteeKeyShape.safeParse(await unlockWithPassphrase(file, passphrase));
  return read.success ? { ok: true, key: read.data } : refute('trustee-key-locked');
}

/** What a passphrase must have to guard a share of a council: long enough that scrypt is not the only obstacle. */
export const keyPassphraseFits = (passphrase: string): boolean => passphrase.length >= 12 && passphrase === passphrase.trim();

/** The same key under another passphrase, opened again to be sure of it. Refuses `trustee-key-passphrase` and `trustee-key-locked`. */
export async function changeKeyPassphrase(
  file: Uint8Array,
  passphrase: string,
  next: string,
  workFactor?: number,
): Promise<Verdict<{ readonly file: Uint8Array; readonly key: TrusteeKey }, 'trustee-key-locked' | 'trustee-key-passphrase'>> {
  if (!keyPassphraseFits(next)) return refute('trustee-key-passphrase');
  const opened = await openTrusteeKey(file, passphrase);
  if (!opened.ok) return opened;
  const sealed = await sealTrusteeKey(opened.key, next, workFactor);
  const again = await openTrusteeKey(sealed, next);
  return again.ok ? { ok: true, file: sealed, key: again.key } : again;
}
