import { type Certificate, certificatePem, readCertificates } from '../sealing/certificate.ts';
import { type Signer, signerFromKey } from '../sealing/signer.ts';
import { askStore, openDatabase } from './database.ts';

/**
 * Keys that this browser keeps for its user. They are stored as WebCrypto keys that cannot be exported: a script may sign with them, nobody, not even
 * this page, can read them out. They leave with the browser's data; the key file is the copy that lasts.
 */
interface KeptKey {
  /** fingerprint of the certificate */
  readonly fingerprint: string;
  /** organisation code, or the user's id */
  readonly holder: string;
  readonly name: string;
  readonly notAfter: string;
  readonly key: CryptoKey;
  readonly pem: string;
}

const store = 'keys';

const open = (): Promise<IDBDatabase> =>
  openDatabase('yangguang', (database) => {
    database.createObjectStore(store, { keyPath: 'fingerprint' });
  });

/** Keeps a key with its certificate (and the chain above it), from now on without a way to export it. */
export async function keepKey(holder: string, key: CryptoKey, certificate: Certificate, chain: readonly Certificate[]): Promise<void> {
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', key);
  const locked = await crypto.subtle.importKey('pkcs8', pkcs8, key.algorithm as RsaHashedImportParams & EcKeyImportParams, false, ['sign']);
  const kept: KeptKey = {
    fingerprint: certificate.fingerprint,
    holder,
    name: certificate.subject.commonName ?? '',
    notAfter: certificate.notAfter,
    key: locked,
    pem: [certificate, ...chain].map(certificatePem).join(''),
  };
  await askStore(open, store, 'readwrite', (keys) => keys.put(kept));
}

/** What this browser keeps for a holder, newest first; empty where it keeps nothing or may not (private windows). */
export async function keptKeys(holder: string): Promise<readonly Omit<KeptKey, 'key' | 'pem'>[]> {
  const all = await askStore(open, store, 'readonly', (keys) => keys.getAll() as IDBRequest<KeptKey[]>).catch((): KeptKey[] => []);
  return all.filter((each) => each.holder === holder).sort((a, b) => (a.notAfter < b.notAfter ? 1 : -1));
}

/** The signer of a kept key; undefined when it is no longer here. */
export async function keptSigner(fingerprint: string): Promise<Signer | undefined> {
  const kept = await askStore(open, store, 'readonly', (keys) => keys.get(fingerprint) as IDBRequest<KeptKey | undefined>);
  const [certificate, ...chain] = readCertificates(kept?.pem ?? '');
  return kept === undefined || certificate === undefined ? undefined : signerFromKey(kept.key, certificate, chain);
}

/** Lets go of a key, as when its certificate was revoked. */
export async function forgetKey(fingerprint: string): Promise<void> {
  await askStore(open, store, 'readwrite', (keys) => keys.delete(fingerprint));
}
