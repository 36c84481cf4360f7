import { createPublicKey } from 'node:crypto';
import { dateOf, type Instant, instantOf } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { type Certificate, certificatePem, checkChain, publicKeyOf, readCertificates, suiteOf } from '../sealing/certificate.ts';
import { derIn, pemOf } from '../sealing/der.ts';
import { issueAuthority, issueCertificate, issueRoot, type Naming, type SigningRequest } from '../sealing/issuing.ts';
import { type PrivateKey, type Suite, suites } from '../sealing/scheme.ts';
import { newKeyPairOf, privateKeyDer, privateKeyFrom, type Signer, signerFromKey } from '../sealing/signer.ts';
import { sm2PointIn } from '../sealing/sm2.ts';
import { noAuthority } from './problems.ts';
import { figures } from './settings.ts';

/** A certificate authority of the platform as a running node holds it: the issuing key and the chain up to the root, all of one suite. */
export interface Authority {
  readonly issuing: Signer;
  readonly root: Certificate;
}

/** An authority as PEM texts, as it is kept in files. */
export interface AuthorityPems {
  readonly rootCertificate: string;
  readonly issuingCertificate: string;
  readonly issuingKey: string;
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
  };
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
  return { issuing: signerFromKey(key, certificate, [root]), root };
}

async function keyPem(key: PrivateKey): Promise<string> {
  return pemOf('PRIVATE KEY', await privateKeyDer(key));
}

const present = new Map<Suite, Authority>();

/** Gives this process its authority of a suite; main does it before the first request. */
export function useAuthority(authority: Authority): void {
  present.set(suiteOf(authority.root), authority);
}

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
  return issueCertificate(naming, request, { from: now, until: years(now, figures().certificateYears) }, authority.issuing);
}

const curves = ['prime256v1', 'secp384r1'];

/** Why a public key is too weak to sign bids with, or null: RSA of at least 3072 bits, ECDSA on P-256 or P-384, SM2. */
export function weaknessOf(spki: Uint8Array): Words | null {
  if (sm2PointIn(spki) !== undefined) return null;
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  if (asymmetricKeyType === 'rsa') {
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits >= 3072
      ? null
      : { zh: `RSA 密钥仅 ${bits} 位，至少需要 3072 位。`, en: `The RSA key has ${bits} bits; at least 3072 are needed.` };
  }
  if (asymmetricKeyType === 'ec' && curves.includes(asymmetricKeyDetails?.namedCurve ?? '')) return null;
  return {
    zh: '只接受 RSA（不少于 3072 位）、P-256、P-384 或国密 SM2 密钥。',
    en: 'Only RSA of at least 3072 bits, keys on P-256 or P-384, or SM2 keys are taken.',
  };
}
