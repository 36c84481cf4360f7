import { ristretto255_FROST } from '@noble/curves/ed25519.js';
import * as z from 'zod';
import { base64url, canonicalBytes, fromBase64url } from '../kernel/bytes.ts';
import type { Council, TrusteeShare } from './council.ts';
import { sha256 } from './digest.ts';
import { elementOf, pointOf, polynomialAt } from './group.ts';
import { bytesShape, elementShape } from './shapes.ts';
import { reasons, type Verdict } from './verdict.ts';

/**
 * The key ceremony of a council: FROST distributed key generation (protocol §2), as pure steps over JSON messages.
 *
 *   begin → publish packageHash(package) → when all hashes stand: publish the package → dealShares (each goes sealed to
 *   its receiver) → finish. Nobody ever holds the whole key.
 */
export interface CeremonySize {
  readonly threshold: number;
  readonly trustees: number;
}

/** The public round-1 package: commitments to the polynomial and a proof of knowing its constant term. */
export const ceremonyPackageShape = z.strictObject({
  format: z.literal('yangguang/ceremony-package/v1'),
  index: z.int().min(1).max(255),
  commitment: z.array(elementShape).min(2).max(255),
  proof: bytesShape(64),
});
export type CeremonyPackage = z.infer<typeof ceremonyPackageShape>;

/** What a trustee keeps to itself between the steps: its polynomial. Never leaves its machine. */
export interface CeremonySecret {
  readonly index: number;
  readonly size: CeremonySize;
  readonly coefficients: readonly string[];
  readonly package: CeremonyPackage;
}

/** One trustee's round-2 share for one receiver; travels age-encrypted. */
export interface DealtShare {
  readonly from: number;
  readonly to: number;
  readonly signingShare: string;
}

export interface CeremonyResult {
  readonly share: TrusteeShare;
  readonly groupKey: string;
  /** by trustee index, ascending */
  readonly verifyingShares: readonly { readonly index: number; readonly verifyingShare: string }[];
}

const refute = reasons({
  'ceremony-package-malformed': { zh: '第一轮文件格式不符。', en: 'A round-1 package is not in the published format.' },
  'ceremony-hash-differs': { zh: '第一轮文件与事先公布的哈希不符。', en: 'A round-1 package is not the one whose hash was published.' },
  'ceremony-not-all': { zh: '成员文件缺失或重复。', en: 'The packages are not exactly one of each trustee.' },
  'ceremony-proof-wrong': { zh: '成员的知识证明不成立。', en: 'A trustee’s proof of knowledge does not hold.' },
  'ceremony-share-wrong': {
    zh: '收到的份额与承诺不符，应当投诉该成员。',
    en: 'A received share contradicts its commitments: complain about its sender.',
  },
});

/** A ceremony step that fails names the faulty trustee (protocol §2: a complaint, and a restart without a key). */
export type CeremonyVerdict<Facts, Reason extends string> = Verdict<Facts, Reason> & { readonly faulty?: number };

const identifier = (index: number): string => ristretto255_FROST.Identifier.fromNumber(index);
const signers = (size: CeremonySize) => ({ min: size.threshold, max: size.trustees });

/** Step 1: a fresh polynomial and its public package. Throws when the size is not one FROST allows. */
export function beginCeremony(index: number, size: CeremonySize): CeremonySecret {
  const { Fn } = ristretto255_FROST.utils;
  const begun = ristretto255_FROST.DKG.round1(identifier(index), signers(size));
  return {
    index,
    size,
    coefficients: (begun.secret.coefficients ?? []).map((coefficient) => base64url(Fn.toBytes(coefficient))),
    package: {
      format: 'yangguang/ceremony-package/v1',
      index,
      commitment: begun.public.commitment.map(base64url),
      proof: base64url(begun.public.proofOfKnowledge),
    },
  };
}

/** What every trustee publishes before anyone shows a package, so that the last to speak cannot steer the key. */
export const packageHash = (published: CeremonyPackage): string => base64url(sha256(canonicalBytes(published)));

export type PackagesFlaw = 'ceremony-package-malformed' | 'ceremony-hash-differs' | 'ceremony-not-all' | 'ceremony-proof-wrong';
/** Checks the packages of all trustees (the own one included) against the hashes published before, by index from 1. */
export function checkPackages(
  size: CeremonySize,
  packages: readonly unknown[],
  hashes: readonly string[],
): CeremonyVerdict<{ readonly packages: readonly CeremonyPackage[] }, PackagesFlaw> {
  if (packages.length !== size.trustees || hashes.length !== size.trustees) return refute('ceremony-not-all');
  const checked: CeremonyPackage[] = [];
  for (const [at, sent] of packages.entries()) {
    const read = ceremonyPackageShape.safeParse(sent);
    if (!read.success || read.data.commitment.length !== size.threshold) return { ...refute('ceremony-package-malformed'), faulty: at + 1 };
    if (read.data.index !== at + 1) return { ...refute('ceremony-not-all'), faulty: at + 1 };
    if (packageHash(read.data) !== hashes[at]) return { ...refute('ceremony-hash-differs'), faulty: at + 1 };
    checked.push(read.data);
  }
  return { ok: true, packages: checked };
}

/** Step 2: one share for every other trustee. `packages` are those that `checkPackages` accepted. */
export function dealShares(
  secret: CeremonySecret,
  packages: readonly CeremonyPackage[],
): CeremonyVerdict<{ readonly shares: readonly DealtShare[] }, 'ceremony-proof-wrong'> {
  const others = packages.filter((each) => each.index !== secret.index);
  for (const other of others) {
    if (!provesKnowledge(other)) return { ...refute('ceremony-proof-wrong'), faulty: other.index };
  }
  const dealt = ristretto255_FROST.DKG.round2(roundSecret(secret), others.map(roundOne));
  const shares = others.map((other) => {
    const share = dealt[identifier(other.index)];
    if (share === undefined) throw new Error(`no share was dealt to trustee ${other.index}`);
    return { from: secret.index, to: other.index, signingShare: base64url(share.signingShare) };
  });
  return { ok: true, shares };
}

/** Step 3: checks every received share against its sender's commitments, then adds them up to the lasting share. */
export function finishCeremony(
  secret: CeremonySecret,
  packages: readonly CeremonyPackage[],
  received: readonly DealtShare[],
): CeremonyVerdict<{ readonly result: CeremonyResult }, 'ceremony-not-all' | 'ceremony-share-wrong'> {
  const others = packages.filter((each) => each.index !== secret.index);
  const shares = others.map((other) => received.find((share) => share.from === other.index && share.to === secret.index));
  for (const [at, other] of others.entries()) {
    const share = shares[at];
    if (share === undefined) return { ...refute('ceremony-not-all'), faulty: other.index };
    if (!shareFits(other, secret.size, share)) return { ...refute('ceremony-share-wrong'), faulty: other.index };
  }
  const state = roundSecret(secret);
  ristretto255_FROST.DKG.round2(state, others.map(roundOne));
  const key = ristretto255_FROST.DKG.round3(
    state,
    others.map(roundOne),
    shares.flatMap((share) =>
      share === undefined ? [] : [{ identifier: identifier(share.from), signingShare: bytesOf(share.signingShare) }],
    ),
  );
  const verifyingShares = packages.map(({ index }) => {
    const point = key.public.verifyingShares[identifier(index)];
    if (point === undefined) throw new Error(`no verifying share for trustee ${index}`);
    return { index, verifyingShare: base64url(point) };
  });
  const groupKey = key.public.commitments[0];
  if (groupKey === undefined) throw new Error('the ceremony gave no group key');
  return {
    ok: true,
    result: {
      share: { index: secret.index, signingShare: base64url(key.secret.signingShare) },
      groupKey: base64url(groupKey),
      verifyingShares: verifyingShares.sort((a, b) => a.index - b.index),
    },
  };
}

/** The council that a finished ceremony made; every trustee must arrive at the same bytes. */
export function councilOf(
  id: string,
  name: string,
  names: readonly string[],
  size: CeremonySize,
  result: Pick<CeremonyResult, 'groupKey' | 'verifyingShares'>,
): Council {
  return {
    format: 'yangguang/council/v1',
    id,
    name,
    threshold: size.threshold,
    groupKey: result.groupKey,
    trustees: result.verifyingShares.map((each) => ({ ...each, name: names[each.index - 1] ?? '' })),
  };
}

/**
 * The whole ceremony in one process: for a sandbox, seeds and tests, where one program plays every trustee and
 * therefore has seen every share.
 */
export function holdCeremony(
  id: string,
  name: string,
  names: readonly string[],
  threshold: number,
): { readonly council: Council; readonly shares: readonly TrusteeShare[] } {
  const size = { threshold, trustees: names.length };
  const secrets = names.map((_, at) => beginCeremony(at + 1, size));
  const packages = secrets.map((secret) => secret.package);
  const dealt = secrets.flatMap((secret) => {
    const step = dealShares(secret, packages);
    if (!step.ok) throw step.problem;
    return step.shares;
  });
  const results = secrets.map((secret) => {
    const step = finishCeremony(secret, packages, dealt);
    if (!step.ok) throw step.problem;
    return step.result;
  });
  const first = results[0];
  if (first === undefined) throw new TypeError('a council needs trustees');
  return { council: councilOf(id, name, names, size, first), shares: results.map((result) => result.share) };
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = fromBase64url(text);
  if (bytes === undefined) throw new TypeError('not base64url');
  return new Uint8Array(bytes);
};

const roundOne = (published: CeremonyPackage) => ({
  identifier: identifier(published.index),
  commitment: published.commitment.map(bytesOf),
  proofOfKnowledge: bytesOf(published.proof),
});

/** The library's state after round 1, made anew for each step because it changes in its hands. */
const roundSecret = (secret: CeremonySecret) => {
  const { Fn } = ristretto255_FROST.utils;
  return {
    identifier: BigInt(secret.index),
    coefficients: secret.coefficients.map((coefficient) => Fn.fromBytes(bytesOf(coefficient))),
    commitment: secret.package.commitment.map(bytesOf),
    signers: signers(secret.size),
    step: 1 as const,
  };
};

/** Asks the library about one package alone, as a bystander in a ceremony of two, so that the faulty trustee has a name and anybody can ask. */
export function provesKnowledge(published: CeremonyPackage): boolean {
  const bystander = beginCeremony(published.index === 1 ? 2 : 1, { threshold: 2, trustees: 2 });
  try {
    ristretto255_FROST.DKG.round2(roundSecret(bystander), [roundOne({ ...published, commitment: published.commitment.slice(0, 2) })]);
    return true;
  } catch {
    return false; // shapes are checked before: what is left to throw on is the proof
  }
}

/** Whether a dealt share is the value that its sender's commitments say it must be at its receiver's place: anybody who sees it can ask. */
export function shareFits(sender: CeremonyPackage, size: CeremonySize, share: DealtShare): boolean {
  const bytes = fromBase64url(share.signingShare);
  if (bytes?.length !== 32 || share.from !== sender.index) return false;
  try {
    ristretto255_FROST.validateSecret(
      { identifier: identifier(share.to), signingShare: new Uint8Array(bytes) },
      { signers: signers(size), commitments: sender.commitment.map(bytesOf), verifyingShares: {} },
    );
    return true;
  } catch {
    return false;
  }
}

/** The group key and every verifying share, from the published commitments alone: nobody needs to be believed about them. */
export function publicResult(packages: readonly CeremonyPackage[]): Pick<CeremonyResult, 'groupKey' | 'verifyingShares'> {
  const at = (x: number): string =>
    elementOf(packages.map(({ commitment }) => polynomialAt(commitment.map(pointOf), x)).reduce((sum, each) => sum.add(each)));
  return { groupKey: at(0), verifyingShares: packages.map(({ index }) => ({ index, verifyingShare: at(index) })) };
}
