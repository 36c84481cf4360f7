import type { Certificate } from './certificate.ts';
import { type SchemeName, schemeOf, signWith } from './scheme.ts';

/** Whatever signs with one key, which stays where it is: a browser's memory, a file, a device. */
export interface SigningKey {
  readonly scheme: SchemeName;
  /** the signature as X.509 and CMS carry it (ECDSA in DER) */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** A signing key with the certificate that says whose it is. */
export interface Signer extends SigningKey {
  readonly certificate: Certificate;
  /** the authorities above it, nearest first */
  readonly chain: readonly Certificate[];
}

export const signingKey = (key: CryptoKey): SigningKey => ({ scheme: schemeOf(key), sign: (bytes) => signWith(key, bytes) });

export const signerFromKey = (key: CryptoKey, certificate: Certificate, chain: readonly Certificate[] = []): Signer => ({
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

export const publicKeyDer = async (key: CryptoKey): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.exportKey('spki', key));

/** A private key from PKCS#8, as the platform signs with it (RSA PKCS#1 v1.5, ECDSA P-256/P-384). */
export async function privateKeyFrom(pkcs8: Uint8Array<ArrayBuffer>): Promise<CryptoKey | undefined> {
  const kinds: readonly (RsaHashedImportParams | EcKeyImportParams)[] = [
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    { name: 'ECDSA', namedCurve: 'P-256' },
    { name: 'ECDSA', namedCurve: 'P-384' },
  ];
  for (const kind of kinds) {
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, kind, true, ['sign']).catch(() => undefined);
    if (key !== undefined) return key;
  }
  return undefined;
}
