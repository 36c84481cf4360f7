import * as z from 'zod';
import { canonical } from '../kernel/bytes.ts';
import {
  beginCeremony,
  type CeremonySecret,
  ceremonyPackageShape,
  type DealtShare,
  dealShares,
  finishCeremony,
  packageHash,
  shareFits,
} from './ceremony.ts';
import {
  type CeremonyCall,
  type CeremonyRound,
  type CeremonyStatement,
  type CeremonyTranscript,
  comparisonCode,
  identityPattern,
  type StatementOf,
  saidOf,
  transcriptDigest,
} from './ceremony-messages.ts';
import { openShare, sealedDigest, sealShare } from './ceremony-shares.ts';
import { type CeremonyFacts, councilThatFollows, verifyCeremony } from './ceremony-verify.ts';
import type { Certificate } from './certificate.ts';
import type { Council, TrusteeShare } from './council.ts';
import { ageRecipientOf, newAgeIdentity } from './envelope.ts';
import { lockWithPassphrase, unlockWithPassphrase } from './passphrase.ts';
import { bytesShape, idShape } from './shapes.ts';
import { reasons, type Verdict } from './verdict.ts';

/** One trustee's side of a ceremony, the same in a browser and on the command line: what it keeps, and what it says next. */

/** What a trustee keeps between the steps; never leaves its machine but sealed under its passphrase, and never to the platform. */
const secretShape = z.strictObject({
  format: z.literal('yangguang/ceremony-secret/v1'),
  ceremony: idShape,
  /** digest of the call that was joined: another call under the same id is not that one */
  call: bytesShape(32),
  index: z.int().min(1).max(255),
  threshold: z.int(),
  trustees: z.int(),
  coefficients: z.array(bytesShape(32)),
  package: ceremonyPackageShape,
  identity: z.string().regex(identityPattern),
  /** verifier key of its custodian's witness */
  witness: z.string(),
  /** the secret half, where the page made it */
  witnessKey: z.string().nullable(),
});
export type MemberSecret = z.infer<typeof secretShape>;

const refute = reasons({
  'ceremony-secret-locked': {
    zh: '口令不正确，或不是本仪式的保存内容。',
    en: 'The passphrase is wrong, or this is not what was kept of a ceremony.',
  },
  'ceremony-not-the-one-joined': {
    zh: '平台出示的仪式与您加入的不同，或改动了您已签名的消息。',
    en: 'The platform shows another ceremony than the one you joined, or other words of yours than you signed.',
  },
  'ceremony-relay-altered': {
    zh: '平台转交的份额不是对方发出的那一份。请重试；一再如此，请终止仪式。',
    en: 'The platform handed over another share than the one that was dealt. Try again; should it stay so, abandon the ceremony.',
  },
});

/** Joins a ceremony: a fresh polynomial, and an age identity that also becomes the lasting one. */
export async function joinCeremony(
  call: CeremonyCall,
  index: number,
  witness: { readonly vkey: string; readonly key: string | null },
): Promise<MemberSecret> {
  const begun = beginCeremony(index, { threshold: call.threshold, trustees: call.trustees.length });
  return {
    format: 'yangguang/ceremony-secret/v1',
    ceremony: call.id,
    call: transcriptDigest(call, [], 'hash'),
    index,
    threshold: call.threshold,
    trustees: call.trustees.length,
    coefficients: [...begun.coefficients],
    package: begun.package,
    identity: (await newAgeIdentity()).identity,
    witness: witness.vkey,
    witnessKey: witness.key,
  };
}

/** Seals what is kept, so that a page may be loaded again or a machine restarted in the middle of a ceremony. */
export const sealSecret = (secret: MemberSecret, passphrase: string, workFactor?: number): Promise<Uint8Array> =>
  lockWithPassphrase(secret, passphrase, workFactor);

/** Opens what was kept. */
export async function openSecret(
  kept: Uint8Array,
  passphrase: string,
): Promise<Verdict<{ readonly secret: MemberSecret }, 'ceremony-secret-locked'>> {
  const read = secretShape.safeParse(await unlockWithPassphrase(kept, passphrase));
  return read.success ? { ok: true, secret: read.data } : refute('ceremony-secret-locked');
}

/** A sealed share as the platform hands it over. */
export interface SealedShare {
  readonly from: number;
  readonly to: number;
  readonly sealed: string;
}

/** What a trustee does next. */
export type MemberStep =
  | { readonly kind: 'wait'; readonly round: CeremonyRound; readonly waitingFor: readonly number[] }
  /** to be signed and sent; shares go with the statement that names them */
  | { readonly kind: 'say'; readonly statement: CeremonyStatement; readonly sealed: readonly SealedShare[] }
  /** everything holds: a person compares the code with the others and keeps the key file before this is said */
  | { readonly kind: 'confirm'; readonly statement: StatementOf<'confirmation'>; readonly made: MadeKey }
  | { readonly kind: 'complain'; readonly statement: StatementOf<'complaint'> }
  | { readonly kind: 'formed'; readonly made: MadeKey }
  | { readonly kind: 'failed'; readonly culprit: number; readonly complainer: number };

/** What the ceremony gave this trustee. */
export interface MadeKey {
  readonly council: Council;
  readonly share: TrusteeShare;
  readonly identity: string;
  readonly code: string;
  /** verifier keys of every trustee's witness, by place */
  readonly witnesses: readonly string[];
}

/**
 * Checks everything the platform shows, signatures included, and answers what to do next. Throws the Problem that was found: a trustee says nothing more
 * into a ceremony that does not hold.
 */
export async function nextStep(
  secret: MemberSecret,
  transcript: CeremonyTranscript,
  sealed: readonly SealedShare[],
  anchors: readonly Certificate[],
): Promise<MemberStep> {
  const verdict = await verifyCeremony(transcript, anchors);
  if (!verdict.ok) throw verdict.problem;
  const { call } = verdict.transcript;
  const { statements, outcome } = verdict;
  await sameCeremony(secret, verdict);
  if (outcome.kind === 'failed') return outcome;
  if (outcome.kind === 'formed') {
    const { made } = await finish(secret, call, statements, sealed);
    if (made === null) throw refute('ceremony-not-the-one-joined').problem;
    return { kind: 'formed', made };
  }
  if (!outcome.waitingFor.includes(secret.index)) return { ...outcome, kind: 'wait' };
  const head = {
    format: 'yangguang/ceremony-message/v1' as const,
    ceremony: call.id,
    index: secret.index,
    transcript: transcriptDigest(call, statements, outcome.round),
  };
  if (outcome.round === 'hash') {
    const recipient = (await ageRecipientOf(secret.identity)) ?? '';
    return {
      kind: 'say',
      statement: { ...head, kind: 'hash', packageHash: packageHash(secret.package), recipient, witness: secret.witness },
      sealed: [],
    };
  }
  if (outcome.round === 'package') return { kind: 'say', statement: { ...head, kind: 'package', package: secret.package }, sealed: [] };
  if (outcome.round === 'shares') return deal(secret, statements, head);
  const { made, complaint } = await finish(secret, call, statements, sealed);
  if (complaint) return { kind: 'complain', statement: { ...head, kind: 'complaint', ...complaint } };
  return { kind: 'confirm', statement: { ...head, kind: 'confirmation', council: made.council }, made };
}

/** The ceremony shown must be the one joined, and one's own words in it one's own. */
async function sameCeremony(secret: MemberSecret, { transcript, statements }: CeremonyFacts): Promise<void> {
  const { call } = transcript;
  const mine = <K extends CeremonyStatement['kind']>(kind: K) => saidOf(statements, kind).find(({ index }) => index === secret.index);
  const hash = mine('hash');
  const published = mine('package');
  const same =
    call.id === secret.ceremony &&
    transcriptDigest(call, [], 'hash') === secret.call &&
    (hash === undefined ||
      (hash.packageHash === packageHash(secret.package) &&
        hash.witness === secret.witness &&
        hash.recipient === (await ageRecipientOf(secret.identity)))) &&
    (published === undefined || canonical(published.package) === canonical(secret.package));
  if (!same) throw refute('ceremony-not-the-one-joined').problem;
}

const polynomialOf = ({ index, threshold, trustees, coefficients, package: published }: MemberSecret): CeremonySecret => ({
  index,
  size: { threshold, trustees },
  coefficients,
  package: published,
});

type Head = Pick<CeremonyStatement, 'format' | 'ceremony' | 'index' | 'transcript'>;

async function deal(secret: MemberSecret, statements: readonly CeremonyStatement[], head: Head): Promise<MemberStep> {
  const dealt = dealShares(
    polynomialOf(secret),
    saidOf(statements, 'package').map((each) => each.package),
  );
  if (!dealt.ok) throw dealt.problem;
  const recipients = new Map(saidOf(statements, 'hash').map(({ index, recipient }) => [index, recipient]));
  const sealed = await Promise.all(
    dealt.shares.map(async (share) => ({
      from: share.from,
      to: share.to,
      sealed: await sealShare(share, recipients.get(share.to) ?? ''),
    })),
  );
  const shares = sealed.map(({ to, sealed: text }) => ({ to, sha256: sealedDigest(text) }));
  return { kind: 'say', statement: { ...head, kind: 'shares', shares }, sealed };
}

type Finished =
  | { readonly made: MadeKey; readonly complaint: null }
  | { readonly made: null; readonly complaint: { readonly against: number; readonly sealed: string; readonly identity: string } };

/** Opens what was dealt and adds it up; or the complaint, with its proof, about the first trustee whose share is wrong. */
async function finish(
  secret: MemberSecret,
  call: CeremonyCall,
  statements: readonly CeremonyStatement[],
  relayed: readonly SealedShare[],
): Promise<Finished> {
  const packages = saidOf(statements, 'package').map((each) => each.package);
  const size = { threshold: secret.threshold, trustees: secret.trustees };
  const shares: DealtShare[] = [];
  for (const sender of packages.filter(({ index }) => index !== secret.index)) {
    const named = saidOf(statements, 'shares')
      .find(({ index }) => index === sender.index)
      ?.shares.find(({ to }) => to === secret.index);
    const sealed = relayed.find(({ from, to }) => from === sender.index && to === secret.index)?.sealed ?? '';
    // another share than the one that was named is the platform's doing, and nothing to hold against the dealer
    if (named === undefined || sealedDigest(sealed) !== named.sha256) throw refute('ceremony-relay-altered').problem;
    const share = await openShare(sealed, secret.identity);
    if (share === undefined || share.from !== sender.index || share.to !== secret.index || !shareFits(sender, size, share))
      return { made: null, complaint: { against: sender.index, sealed, identity: secret.identity } };
    shares.push(share);
  }
  const finished = finishCeremony(polynomialOf(secret), packages, shares);
  if (!finished.ok) throw finished.problem;
  return {
    made: {
      council: councilThatFollows(call, statements),
      share: finished.result.share,
      identity: secret.identity,
      code: comparisonCode(call, statements),
      witnesses: saidOf(statements, 'hash').map(({ witness }) => witness),
    },
    complaint: null,
  };
}
