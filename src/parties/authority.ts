import { createPublicKey } from 'node:crypto';
import { dateOf, type Instant, instantOf } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { type Certificate, certificatePem, checkChain, publicKeyOf, readCertificates, suiteOf } from '../sealing/certificate.ts';
import { derIn, pemOf } from '../sealing/der.ts';
import { issueAuthority, issueCertificate, issueRoot, issueTimestamper, type Naming, type SigningRequest } from '../sealing/issuing.ts';
import { type PrivateKey, type Suite, suites } from '../sealing/scheme.ts';
import { newKeyPairOf, privateKeyDer, privateKeyFrom, type Signer, signerFromKey } from '../sealing/signer.ts';
import { sm2PointIn } from '../sealing/sm2.ts';
import { noAuthority, noTimestamps } from './problems.ts';
import { figures } from './settings.ts';

/** A certificate authority of the platform as a running node holds it: the issuing key and the chain up to the root, all of one suite. */
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
 * Makes a root and an issuing authority below it (RSA-3072; SM2 in the national suite), as PEM. The root's key is needed only to make another
 * issuing authority and belongs into a safe. A sandbox's authority says so in its name.
 */
export async function makeAuthority(options: {
  readonly now: Instant;
  readonly sandbox: boolean;
  readonly suite?: Suite;
}): Promise<AuthorityPems & { readonly rootKey: string }> {
  const suite = options.suite ?? 'international';
  const named = `Yangguang${options.sandbox ? ' Sandbox' : ''}${suite === 'sm' ? ' SM2' : ''}`;
  const from = options.now;
  const [rootPair, issuingPair] = [await newKeyPairOf(suite), await newKeyPairOf(suite)];
  const root = await issueRoot(`${named} Root CA`, rootPair, { from, until: years(from, validYears.root) });
  const validity = { from, until: years(from, validYears.issuing) };
  const issuing = await issueAuthority(`${named} Issuing CA`, issuingPair.publicKey, validity, signerFromKey(rootPair.privateKey, root));
  return {
    rootKey: await keyPem(rootPair.privateKey),
    rootCertificate: certificatePem(root),
    issuingKey: await keyPem(issuingPair.privateKey),
    issuingCertificate: certificatePem(issuing),
    // one time-stamping key serves the node, below the authority that every tool can read
    ...(suite === 'sm' ? {} : await makeTimestamper(options, signerFromKey(issuingPair.privateKey, issuing))),
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

async function keyPem(key: PrivateKey): Promise<string> {
  return pemOf('PRIVATE KEY', await privateKeyDer(key));
}

const present = new Map<Suite, Authority>();
let address: string | undefined;

/** Gives this process its authority of a suite; main does it before the first request. `publicUrl` is where people reach its revocation list. */
export function useAuthority(authority: Authority, publicUrl?: string): void {
  present.set(suiteOf(authority.root), authority);
  address = publicUrl ?? address;
}

/** The paths of the revocation lists, one for each suite's authority; certificates name them, so they never change. */
export const listPaths: Readonly<Record<Suite, string>> = {
  international: '/certificates/revocations.crl',
  sm: '/certificates/revocations-sm2.crl',
};

/** This process's authority of a suite; refuses where none has been given. */
export function theAuthority(suite: Suite = 'international'): Authority {
  const authority = present.get(suite);
  if (authority === undefined) throw noAuthority();
  return authority;
}

/** Every authority of this process, in the order of the suites. */
export const theAuthorities = (): readonly Authority[] => suites.flatMap((suite) => present.get(suite) ?? []);

/** The roots that signatures of the platform's own certificates lead to. */
export const ownAnchors = (): readonly Certificate[] => theAuthorities().map(({ root }) => root);

/** Issuing authority and root as PEM: what a stranger needs to verify a certificate of this platform. */
export const authorityPem = ({ issuing, root }: Authority): string => `${certificatePem(issuing.certificate)}${certificatePem(root)}`;

/** The authorities of this process as PEM, by suite. */
export const authorityPems = (): ReadonlyMap<Suite, string> =>
  new Map(theAuthorities().map((authority) => [suiteOf(authority.root), authorityPem(authority)]));

/** A certificate for a request, under the name the platform verified, from now on. */
export function issueTo(authority: Authority, naming: Naming, request: SigningRequest, now: Instant): Promise<Certificate> {
  const validity = { from: now, until: years(now, figures().certificateYears) };
  const list = address === undefined ? undefined : `${address}${listPaths[suiteOf(authority.root)]}`;
  return issueCertificate(naming, request, validity, authority.issuing, list);
}

/** This process's time-stamping key; refuses where the authority has none. */
export function theTimestamper(): Signer {
  const { timestamping } = theAuthority();
  if (timestamping === null) throw noTimestamps();
  return timestamping;
}

const curves = ['prime256v1', 'secp384r1'];

/** What is asked of RSA keys of other authorities: theirs are made by them, and many of their devices hold no longer ones. */
export const outsideKeyBits = 2048;

/** Why a public key is too weak to sign with, or null: RSA of at least `leastBits`, ECDSA on P-256 or P-384, SM2. */
export function weaknessOf(spki: Uint8Array, leastBits = 3072): Words | null {
  if (sm2PointIn(spki) !== undefined) return null;
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  if (asymmetricKeyType === 'rsa') {
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits >= leastBits
      ? null
      : { zh: `RSA 密钥仅 ${bits} 位，至少需要 ${leastBits} 位。`, en: `The RSA key has ${bits} bits; at least ${leastBits} are needed.` };
  }
  if (asymmetricKeyType === 'ec' && curves.includes(asymmetricKeyDetails?.namedCurve ?? '')) return null;
  return {
    zh: `只接受 RSA（不少于 ${leastBits} 位）、P-256、P-384 或国密 SM2 密钥。`,
    en: `Only RSA of at least ${leastBits} bits, keys on P-256 or P-384, or SM2 keys are taken.`,
  };
}
