import { execFileSync } from 'node:child_process';
import { type Instant, parseInstant } from '../../src/kernel/clock.ts';
import type { Certificate } from '../../src/sealing/certificate.ts';
import {
  createSigningRequest,
  issueAuthority,
  issueCertificate,
  issueRoot,
  type Naming,
  readSigningRequest,
} from '../../src/sealing/issuing.ts';
import type { PrivateKey, Suite } from '../../src/sealing/scheme.ts';
import { type KeyPair, newKeyPairOf, type Signer, signerFromKey } from '../../src/sealing/signer.ts';

export const moment = (text: string): Instant => {
  const at = parseInstant(text);
  if (at === undefined) throw new TypeError(`${text} is no moment`);
  return at;
};

export const validity = { from: moment('2026-01-01T00:00:00.000Z'), until: moment('2028-01-01T00:00:00.000Z') };
export const now = moment('2026-11-22T11:30:00.000Z');

/** A root, an issuing authority below it, and a way to certify organisations. */
export interface TestAuthority {
  readonly root: Signer;
  readonly issuing: Signer;
  readonly certify: (naming: Naming) => Promise<{ readonly signer: Signer; readonly key: PrivateKey }>;
}

export async function testAuthority(name = 'Yangguang Test', suite: Suite = 'international'): Promise<TestAuthority> {
  const [rootPair, issuingPair, leafPair] = await Promise.all([newKeyPairOf(suite), newKeyPairOf(suite), newKeyPairOf(suite)]);
  const years = { from: validity.from, until: moment('2046-01-01T00:00:00.000Z') };
  const root = signerFromKey(rootPair.privateKey, await issueRoot(`${name} Root`, rootPair, years));
  const authority = await issueAuthority(`${name} Issuing`, issuingPair.publicKey, years, root);
  const issuing = signerFromKey(issuingPair.privateKey, authority);
  return {
    root,
    issuing,
    certify: async (naming) => {
      const certificate = await certifyKey(issuing, naming, leafPair);
      return { signer: signerFromKey(leafPair.privateKey, certificate, [authority]), key: leafPair.privateKey };
    },
  };
}

export async function certifyKey(issuing: Signer, naming: Naming, pair: KeyPair): Promise<Certificate> {
  const read = await readSigningRequest(await createSigningRequest(naming, pair));
  if (!read.ok) throw read.problem;
  return issueCertificate(naming, read.request, validity, issuing);
}

/**
 * Asks openssl, the second opinion: exit status and what it said. A machine without it must say SKIP_OPENSSL=1, so that
 * the comparison is never lost unnoticed.
 */
export function openssl(...args: readonly string[]): { readonly accepted: boolean; readonly says: string } {
  try {
    return { accepted: true, says: execFileSync('openssl', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error('openssl is not in PATH: install it, or set SKIP_OPENSSL=1 to go without this comparison');
    }
    return { accepted: false, says: String(error instanceof Error && 'stderr' in error ? error.stderr : error) };
  }
}

export const withOpenssl = process.env.SKIP_OPENSSL !== '1';
