import { type Certificate, publicKeyOf } from './certificate.ts';
import { sameBytes } from './digest.ts';
import { type PrivateKey, type SchemeName, type Suite, schemeOf, signWith } from './scheme.ts';
import { newSm2KeyPair, type Sm2KeyPair, type Sm2PublicKey, sm2Spki } from './sm2.ts';
import { sm2Pkcs8, sm2PrivateKeyIn } from './sm2-pkcs8.ts';

/** Whatever signs with one key, which stays where it is: a browser's memory, a file, a device. */
export interface SigningKey {
  readonly scheme: SchemeName;
  /** the signature as X.509 and CMS carry it (ECDSA and SM2 in DER) */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** A signing key with the certificate that says whose it is. */
export interface Signer extends SigningKey {
  readonly certificate: Certificate;
  /** the authorities above it, nearest first */
  readonly chain: readonly Certificate[];
}

/** Keys of either suite. */
export type KeyPair = CryptoKeyPair | Sm2KeyPair;

export const signingKey = (key: PrivateKey): SigningKey => ({ scheme: schemeOf(key), sign: (bytes) => signWith(key, bytes) });

export const signerFromKey = (key: PrivateKey, certificate: Certificate, chain: readonly Certificate[] = []): Signer => ({
  ...signingKey(key),
  certificate,
  chain,
});

/** A fresh RSA-3072 key pair for organisations and authorities; extractable, because it is to be kept in a key file. */
export const newKeyPair = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );

/** A fresh key pair of a suite: RSA-3072, or SM2. */
export const newKeyPairOf = async (suite: Suite): Promise<KeyPair> => (suite === 'sm' ? newSm2KeyPair() : newKeyPair());

export const publicKeyDer = async (key: CryptoKey | Sm2PublicKey): Promise<Uint8Array> =>
  'kind' in key ? sm2Spki(key) : new Uint8Array(await crypto.subtle.exportKey('spki', key));

export const privateKeyDer = async (key: PrivateKey): Promise<Uint8Array> =>
  'kind' in key ? sm2Pkcs8(key) : new Uint8Array(await crypto.subtle.exportKey('pkcs8', key));

/** A private key from PKCS#8, as the platform signs with it (RSA PKCS#1 v1.5, ECDSA P-256/P-384, SM2). */
export async function privateKeyFrom(pkcs8: Uint8Array<ArrayBuffer>): Promise<PrivateKey | undefined> {
  const kinds: readonly (RsaHashedImportParams | EcKeyImportParams)[] = [
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    { name: 'ECDSA', namedCurve: 'P-256' },
    { name: 'ECDSA', namedCurve: 'P-384' },
  ];
  for (const kind of kinds) {
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, kind, true, ['sign']).catch(() => undefined);
    if (key !== undefined) return key;
  }
  return sm2PrivateKeyIn(pkcs8);
}

/** Whether a private key is the one that a certificate names; the key must be one that may be exported. */
export async function isKeyOf(key: PrivateKey, certificate: Certificate): Promise<boolean> {
  return sameBytes(await publicHalf(key), publicKeyOf(certificate).spki);
}

async function publicHalf(key: PrivateKey): Promise<Uint8Array> {
  if ('kind' in key) return sm2Spki(key);
  const { d, p, q, dp, dq, qi, key_ops, ...open } = await crypto.subtle.exportKey('jwk', key);
  const publicKey = await crypto.subtle.importKey('jwk', open, key.algorithm as RsaHashedImportParams & EcKeyImportParams, true, [
    'verify',
  ]);
  return publicKeyDer(publicKey);
}
