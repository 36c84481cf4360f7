import { createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dateOf, type Instant, instantOf } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { type Certificate, certificatePem, readCertificates } from '../sealing/certificate.ts';
import { derIn, pemOf } from '../sealing/der.ts';
import { issueAuthority, issueCertificate, issueRoot, type Naming, type SigningRequest } from '../sealing/issuing.ts';
import { newKeyPair, privateKeyFrom, type Signer, signerFromKey } from '../sealing/signer.ts';
import { noAuthority } from './problems.ts';

/** The platform's certificate authority as a running node holds it: the issuing key and the chain up to the root. */
export interface Authority {
  readonly issuing: Signer;
  readonly root: Certificate;
}

/** Where its parts lie. The root's key is needed only to make an issuing authority and belongs into a safe, not on the machine. */
export interface AuthorityFiles {
  readonly rootCertificate: string;
  readonly issuingCertificate: string;
  readonly issuingKey: string;
}

export const authorityFilesIn = (folder: string): AuthorityFiles & { readonly rootKey: string } => ({
  rootKey: join(folder, 'ca-root-key.pem'),
  rootCertificate: join(folder, 'ca-root.pem'),
  issuingKey: join(folder, 'ca-issuing-key.pem'),
  issuingCertificate: join(folder, 'ca-issuing.pem'),
});

export const hasAuthority = (files: AuthorityFiles): boolean =>
  existsSync(files.issuingKey) && existsSync(files.issuingCertificate) && existsSync(files.rootCertificate);

const years = (from: Instant, count: number): Instant => {
  const until = dateOf(from);
  until.setUTCFullYear(until.getUTCFullYear() + count);
  return instantOf(until);
};

/** How long certificates hold, in years: one's own root outlives two issuing authorities, each of which outlives its certificates. */
const validYears = { root: 20, issuing: 10, holder: 2 } as const;

/**
 * Makes root and issuing authority (RSA-3072) in this folder; key files are readable by their owner only. It is done once, when a node is created:
 * where the issuing key already stands, nothing is made and the standing authority is read.
 */
export async function createAuthority(folder: string, options: { readonly now: Instant; readonly sandbox: boolean }): Promise<Authority> {
  const files = authorityFilesIn(folder);
  if (hasAuthority(files)) return readAuthority(files);
  const named = options.sandbox ? 'Yangguang Sandbox' : 'Yangguang';
  const from = options.now;
  const [rootPair, issuingPair] = [await newKeyPair(), await newKeyPair()];
  const root = await issueRoot(`${named} Root CA`, rootPair, { from, until: years(from, validYears.root) });
  const rootSigner = signerFromKey(rootPair.privateKey, root);
  const validity = { from, until: years(from, validYears.issuing) };
  const certificate = await issueAuthority(`${named} Issuing CA`, issuingPair.publicKey, validity, rootSigner);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The issuing key is written last: only a whole authority counts as there.
  keep(files.rootKey, await keyPem(rootPair.privateKey), 0o600);
  keep(files.rootCertificate, certificatePem(root), 0o644);
  keep(files.issuingCertificate, certificatePem(certificate), 0o644);
  keep(files.issuingKey, await keyPem(issuingPair.privateKey), 0o600);
  return { issuing: signerFromKey(issuingPair.privateKey, certificate, [root]), root };
}

/** Reads an authority made here or elsewhere. Throws when a part is missing or the parts do not belong together. */
export async function readAuthority(files: AuthorityFiles): Promise<Authority> {
  const [root] = readCertificates(readFileSync(files.rootCertificate, 'utf8'));
  const [certificate] = readCertificates(readFileSync(files.issuingCertificate, 'utf8'));
  const [pkcs8] = derIn('PRIVATE KEY', readFileSync(files.issuingKey, 'utf8'));
  const key = pkcs8 === undefined ? undefined : await privateKeyFrom(new Uint8Array(pkcs8));
  if (root === undefined || certificate === undefined || key === undefined)
    throw new Error(`the certificate authority in ${dirname(files.issuingKey)} cannot be read: it needs PEM certificates and a PKCS#8 key`);
  return { issuing: signerFromKey(key, certificate, [root]), root };
}

async function keyPem(key: CryptoKey): Promise<string> {
  return pemOf('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', key)));
}

/** Written aside and moved, so that a process that dies here leaves no half of a file. */
function keep(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.${process.pid}`, text, { mode, flush: true });
  renameSync(`${file}.${process.pid}`, file);
}

let present: Authority | null = null;

/** Gives this process its authority; main does it before the first request. */
export function useAuthority(authority: Authority): void {
  present = authority;
}

/** This process's authority; refuses where none has been given. */
export function theAuthority(): Authority {
  if (present === null) throw noAuthority();
  return present;
}

/** Issuing authority and root as PEM: what a stranger needs to verify a certificate of this platform. */
export const authorityPem = ({ issuing, root }: Authority): string => `${certificatePem(issuing.certificate)}${certificatePem(root)}`;

/** A certificate for a request, under the name the platform verified, from now on. */
export function issueTo(authority: Authority, naming: Naming, request: SigningRequest, now: Instant): Promise<Certificate> {
  return issueCertificate(naming, request, { from: now, until: years(now, validYears.holder) }, authority.issuing);
}

const curves = ['prime256v1', 'secp384r1'];

/** Why a public key is too weak to sign bids with, or null: RSA of at least 3072 bits, or ECDSA on P-256 or P-384. */
export function weaknessOf(spki: Uint8Array): Words | null {
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  if (asymmetricKeyType === 'rsa') {
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits >= 3072
      ? null
      : { zh: `RSA 密钥仅 ${bits} 位，至少需要 3072 位。`, en: `The RSA key has ${bits} bits; at least 3072 are needed.` };
  }
  if (asymmetricKeyType === 'ec' && curves.includes(asymmetricKeyDetails?.namedCurve ?? '')) return null;
  return {
    zh: '只接受 RSA（不少于 3072 位）或 P-256、P-384 密钥。',
    en: 'Only RSA of at least 3072 bits or keys on P-256 or P-384 are taken.',
  };
}
