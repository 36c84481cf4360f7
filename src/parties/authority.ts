import { createPublicKey } from 'node:crypto';
import { dateOf, type Instant, instantOf } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { type Certificate, certificatePem, checkChain, publicKeyOf, readCertificates } from '../sealing/certificate.ts';
import { derIn, pemOf } from '../sealing/der.ts';
import { issueAuthority, issueCertificate, issueRoot, issueTimestamper, type Naming, type SigningRequest } from '../sealing/issuing.ts';
import { newKeyPair, privateKeyFrom, type Signer, signerFromKey } from '../sealing/signer.ts';
import { noAuthority, noTimestamps } from './problems.ts';
import { figures } from './settings.ts';

/** The platform's certificate authority as a running node holds it: the issuing key and the chain up to the root. */
export interface Authority {
  readonly issuing: Signer;
  readonly root: Certificate;
  /** null where a node's authority was brought from elsewhere without one */
  readonly timestamping: Signer | null;
}

/** An authority as PEM texts, as it is kept in files. */
export interface AuthorityPems {
  readonly rootCertificate: string;
  readonly issuingCertificate: string;
  readonly issuingKey: string;
  readonly timestampCertificate?: string;
  readonly timestampKey?: string;
}

const years = (from: Instant, count: number): Instant => {
  const until = dateOf(from);
  until.setUTCFullYear(until.getUTCFullYear() + count);
  return instantOf(until);
};

/** How long certificates hold, in years: one's own root outlives two issuing authorities, each of which outlives its certificates. */
const validYears = { root: 20, issuing: 10 } as const;

/**
 * Makes a root and an issuing authority below it (RSA-3072), as PEM. The root's key is needed only to make another issuing authority and belongs
 * into a safe. A sandbox's authority says so in its name.
 */
export async function makeAuthority(options: {
  readonly now: Instant;
  readonly sandbox: boolean;
}): Promise<Required<AuthorityPems> & { readonly rootKey: string }> {
  const named = options.sandbox ? 'Yangguang Sandbox' : 'Yangguang';
  const from = options.now;
  const [rootPair, issuingPair] = [await newKeyPair(), await newKeyPair()];
  const root = await issueRoot(`${named} Root CA`, rootPair, { from, until: years(from, validYears.root) });
  const validity = { from, until: years(from, validYears.issuing) };
  const issuing = await issueAuthority(`${named} Issuing CA`, issuingPair.publicKey, validity, signerFromKey(rootPair.privateKey, root));
  return {
    rootKey: await keyPem(rootPair.privateKey),
    rootCertificate: certificatePem(root),
    issuingKey: await keyPem(issuingPair.privateKey),
    issuingCertificate: certificatePem(issuing),
    ...(await makeTimestamper(options, signerFromKey(issuingPair.privateKey, issuing))),
  };
}

/** A time-stamping key (P-256) with its certificate below the issuing authority, whose life it shares. */
export async function makeTimestamper(
  { now, sandbox }: { readonly now: Instant; readonly sandbox: boolean },
  issuing: Signer,
): Promise<{ readonly timestampCertificate: string; readonly timestampKey: string }> {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])) as CryptoKeyPair;
  const name = `${sandbox ? 'Yangguang Sandbox' : 'Yangguang'} Time Stamping`;
  const until = issuing.certificate.notAfter;
  const certificate = await issueTimestamper(name, pair.publicKey, { from: now, until }, issuing);
  return { timestampCertificate: certificatePem(certificate), timestampKey: await keyPem(pair.privateKey) };
}

/** Reads an authority made here or elsewhere. Throws when a part is missing or the parts do not belong together. */
export async function readAuthority(pems: AuthorityPems): Promise<Authority> {
  const [root] = readCertificates(pems.rootCertificate);
  const [certificate] = readCertificates(pems.issuingCertificate);
  const [pkcs8] = derIn('PRIVATE KEY', pems.issuingKey);
  const key = pkcs8 === undefined ? undefined : await privateKeyFrom(new Uint8Array(pkcs8));
  if (root === undefined || certificate === undefined || key === undefined)
    throw new Error('the certificate authority cannot be read: it needs two PEM certificates and a PKCS#8 key');
  const below = await checkChain(certificate, [], { anchors: [root], at: certificate.notBefore });
  const keys = createPublicKey(pems.issuingKey).export({ format: 'der', type: 'spki' });
  if (!below.ok || !keys.equals(publicKeyOf(certificate).spki))
    throw new Error('the parts of the certificate authority do not belong together');
  return { issuing: signerFromKey(key, certificate, [root]), root, timestamping: await readTimestamper(pems, certificate, root) };
}

async function readTimestamper(pems: AuthorityPems, issuing: Certificate, root: Certificate): Promise<Signer | null> {
  if (pems.timestampCertificate === undefined || pems.timestampKey === undefined) return null;
  const [certificate] = readCertificates(pems.timestampCertificate);
  const [pkcs8] = derIn('PRIVATE KEY', pems.timestampKey);
  const key = pkcs8 === undefined ? undefined : await privateKeyFrom(new Uint8Array(pkcs8));
  const own = createPublicKey(pems.timestampKey).export({ format: 'der', type: 'spki' });
  if (certificate === undefined || key === undefined || !own.equals(publicKeyOf(certificate).spki))
    throw new Error('the parts of the time-stamping authority do not belong together');
  return signerFromKey(key, certificate, [issuing, root]);
}

async function keyPem(key: CryptoKey): Promise<string> {
  return pemOf('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', key)));
}

let present: Authority | null = null;
let address: string | undefined;

/** Gives this process its authority; main does it before the first request. `publicUrl` is where people reach its revocation list. */
export function useAuthority(authority: Authority, publicUrl?: string): void {
  present = authority;
  address = publicUrl;
}

/** The path of the revocation list; certificates name it, so it never changes. */
export const listPath = '/certificates/revocations.crl';

/** This process's authority; refuses where none has been given. */
export function theAuthority(): Authority {
  if (present === null) throw noAuthority();
  return present;
}

/** Issuing authority and root as PEM: what a stranger needs to verify a certificate of this platform. */
export const authorityPem = ({ issuing, root }: Authority): string => `${certificatePem(issuing.certificate)}${certificatePem(root)}`;

/** A certificate for a request, under the name the platform verified, from now on. */
export function issueTo(authority: Authority, naming: Naming, request: SigningRequest, now: Instant): Promise<Certificate> {
  const validity = { from: now, until: years(now, figures().certificateYears) };
  return issueCertificate(naming, request, validity, authority.issuing, address === undefined ? undefined : `${address}${listPath}`);
}

/** This process's time-stamping key; refuses where the authority has none. */
export function theTimestamper(): Signer {
  const { timestamping } = theAuthority();
  if (timestamping === null) throw noTimestamps();
  return timestamping;
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
