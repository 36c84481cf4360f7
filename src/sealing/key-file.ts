import forge from 'node-forge';
import { textOf, utf8 } from '../kernel/bytes.ts';
import { type Certificate, certificatePem, readCertificate } from './certificate.ts';
import { derIn, encode, pemOf } from './der.ts';
import { concat } from './digest.ts';
import type { PrivateKey } from './scheme.ts';
import { isKeyOf, privateKeyDer, privateKeyFrom, type Signer, signerFromKey } from './signer.ts';
import { lockPkcs8, unlockPkcs8 } from './sm2-pkcs8.ts';
import { reasons, type Verdict } from './verdict.ts';

/**
 * The organisation's key file, made in its browser, kept by itself: PKCS#12 for an RSA key; for an SM2 key PEM with the key under SM4 and the
 * certificates behind it, because PKCS#12 has no place that all software reads alike for a national cipher.
 */
const refute = reasons({
  'key-file-passphrase': {
    zh: '口令须为 8 位以上的英文字母、数字或符号。',
    en: 'The passphrase must have at least 8 characters, all of them ASCII letters, digits or signs.',
  },
  'key-file-locked': {
    zh: '口令不正确，或文件不是密钥文件（PKCS#12，或 SM2 的 PEM）。',
    en: 'The passphrase is wrong, or this is no key file (PKCS#12, or PEM for SM2).',
  },
  'key-file-no-key': {
    zh: '密钥文件中没有可用于签名的私钥和证书。',
    en: 'The key file holds no private key with its certificate that could sign.',
  },
});

/** PKCS#12 writes a passphrase once as UTF-8 and once as UTF-16; only ASCII is read alike by all software. */
export const passphraseFits = (passphrase: string): boolean => /^[ -~]{8,}$/.test(passphrase);

/** Rounds of PBKDF2: what a browser does in script within about a second. */
const rounds = 10_000;

/**
 * A key file with the key's certificate and chain: PKCS#12 (AES-256, PBKDF2-SHA256) of an RSA key; of an SM2 key PEM, an encrypted PKCS#8 (SM4-CBC,
 * PBKDF2-SHA256) before the certificates. Throws `key-file-passphrase`.
 */
export async function createKeyFile(
  key: PrivateKey,
  certificate: Certificate,
  chain: readonly Certificate[],
  passphrase: string,
): Promise<Uint8Array> {
  if (!passphraseFits(passphrase)) throw refute('key-file-passphrase').problem;
  const pkcs8 = await privateKeyDer(key);
  if ('kind' in key) return sm2KeyFile(await lockPkcs8(pkcs8, passphrase), [certificate, ...chain]);
  const privateKey = forge.pki.privateKeyFromPem(pemOf('PRIVATE KEY', pkcs8));
  const options = { algorithm: 'aes256' as const, count: rounds, saltSize: 16, prfAlgorithm: 'sha256', friendlyName: 'yangguang' };
  const certificates = [certificate, ...chain].map((each) => forge.pki.certificateFromPem(certificatePem(each)));
  return encode(forge.pkcs12.toPkcs12Asn1(privateKey, certificates, passphrase, options));
}

const lockedLabel = 'ENCRYPTED PRIVATE KEY';

const sm2KeyFile = (locked: Uint8Array, certificates: readonly Certificate[]): Uint8Array =>
  utf8(pemOf(lockedLabel, locked) + certificates.map(certificatePem).join(''));

/** Opens a key file, from here or from any other authority. RSA, ECDSA P-256 and P-384, SM2. */
export async function signerFromKeyFile(
  file: Uint8Array,
  passphrase: string,
): Promise<Verdict<{ readonly signer: Signer }, 'key-file-locked' | 'key-file-no-key'>> {
  const bags = (await unlockedPem(file, passphrase)) ?? unlocked(file, passphrase);
  if (bags === undefined) return refute('key-file-locked');
  const key = bags.pkcs8 === undefined ? undefined : await privateKeyFrom(bags.pkcs8);
  if (key === undefined) return refute('key-file-no-key');
  const signers = bags.certificates.map((certificate) =>
    signerFromKey(
      key,
      certificate,
      bags.certificates.filter((other) => other !== certificate && other.authority),
    ),
  );
  for (const signer of signers) {
    if (await isKeyOf(key, signer.certificate)) return { ok: true, signer };
  }
  return refute('key-file-no-key');
}

interface Bags {
  readonly pkcs8: Uint8Array<ArrayBuffer> | undefined;
  readonly certificates: readonly Certificate[];
}

/** The PEM form; undefined when it is none, or the passphrase is wrong. */
async function unlockedPem(file: Uint8Array, passphrase: string): Promise<Bags | undefined> {
  const text = textOf(file) ?? '';
  const [locked] = derIn(lockedLabel, text);
  const pkcs8 = locked === undefined ? undefined : await unlockPkcs8(locked, passphrase);
  if (pkcs8 === undefined) return undefined;
  const certificates = derIn('CERTIFICATE', text).flatMap((der) => {
    const read = readCertificate(der);
    return read.ok ? [read.certificate] : [];
  });
  return { pkcs8: concat(pkcs8), certificates };
}

function unlocked(file: Uint8Array, passphrase: string): Bags | undefined {
  const { keyBag, pkcs8ShroudedKeyBag, certBag } = forge.pki.oids;
  if (keyBag === undefined || pkcs8ShroudedKeyBag === undefined || certBag === undefined)
    throw new Error('node-forge names no PKCS#12 bags');
  try {
    const content = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(forge.util.binary.raw.encode(file)), passphrase);
    const bagsOf = (bagType: string) => content.getBags({ bagType })[bagType] ?? [];
    const [key] = [...bagsOf(pkcs8ShroudedKeyBag), ...bagsOf(keyBag)];
    return { pkcs8: privateKeyIn(key), certificates: bagsOf(certBag).flatMap(certificateIn) };
  } catch {
    return undefined; // forge throws on a wrong passphrase and on whatever is no PKCS#12 alike
  }
}

/** forge reads RSA keys itself and leaves others as ASN.1. */
function privateKeyIn(bag: forge.pkcs12.Bag | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (bag === undefined) return undefined;
  if (bag.key) return concat(encode(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key))));
  return bag.asn1 ? concat(encode(bag.asn1)) : undefined;
}

function certificateIn(bag: forge.pkcs12.Bag): Certificate[] {
  const node = bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1;
  const read = node ? readCertificate(encode(node)) : undefined;
  return read?.ok ? [read.certificate] : [];
}
