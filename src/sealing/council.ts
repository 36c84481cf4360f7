import * as z from 'zod';
import { base64url, fromBase64url } from '../kernel/bytes.ts';
import { batchHolds, proveBatch } from './dleq.ts';
import { combineAtZero, elementBytes, engine, onOnePolynomial, pointAt, pointOf } from './group.ts';
import { bytesShape, elementShape, idShape } from './shapes.ts';
import { reasons, type Verdict } from './verdict.ts';

const trusteeShape = z.strictObject({ index: z.int().min(1).max(255), name: z.string().min(1), verifyingShare: elementShape });
/** The public description of an opening council (protocol §2). */
export const councilShape = z.strictObject({
  format: z.literal('yangguang/council/v1'),
  id: idShape,
  name: z.string().min(1),
  threshold: z.int().min(2),
  groupKey: elementShape,
  trustees: z.array(trusteeShape).min(2).max(255),
});
export type Council = z.infer<typeof councilShape>;
export type Trustee = Council['trustees'][number];

/** One trustee's answer for a list of points: D_j = x_i·P_j with one batched DLEQ proof (RFC 9497 VOPRF). */
export const shareShape = z.strictObject({ trustee: z.int().min(1).max(255), evaluated: z.array(elementShape), proof: bytesShape(64) });
export type Share = z.infer<typeof shareShape>;

/** A trustee's lasting secret: x_i, base64url of the 32-byte little-endian scalar. */
export interface TrusteeShare {
  readonly index: number;
  readonly signingShare: string;
}

/** RFC 9497 counts a batch in two bytes. */
const mostPoints = 65_535;

const refute = reasons({
  'council-malformed': { zh: '开标委员会文件格式不符。', en: 'This is not a council in the published format.' },
  'council-threshold': {
    zh: '门限必须大于成员数的一半且不超过成员数。',
    en: 'The threshold must be more than half of the trustees, and not more than all.',
  },
  'council-trustees': { zh: '成员编号重复或超出范围。', en: 'The trustees are not numbered each once from 1.' },
  'council-key': {
    zh: '成员验证份额与委员会公钥不一致。',
    en: 'The verifying shares do not lead to the group key.',
  },
  'share-trustee-unknown': { zh: '份额不属于本委员会的成员。', en: 'The share names a trustee who is not of this council.' },
  'share-wrong-length': { zh: '份额的数目与所求点数不符。', en: 'The share does not answer exactly the points asked.' },
  'share-proof-wrong': { zh: '成员的零知识证明不成立。', en: 'The trustee’s proof does not hold.' },
  'shares-same-trustee-twice': { zh: '同一成员的份额出现两次。', en: 'One trustee’s share appears twice.' },
  'shares-too-few': { zh: '提交份额的成员未达到门限。', en: 'Fewer trustees answered than the threshold asks.' },
  'shares-disagree': { zh: '不同成员组合得出不同结果。', en: 'Different trustees lead to different points.' },
});

export type CouncilFlaw = 'council-malformed' | 'council-threshold' | 'council-trustees' | 'council-key';
/** Checks a council: its form, its threshold, and that every t verifying shares interpolate at 0 to the group key. */
export function verifyCouncil(input: unknown): Verdict<{ readonly council: Council }, CouncilFlaw> {
  const read = councilShape.safeParse(input);
  if (!read.success) return refute('council-malformed');
  const council = read.data;
  const size = council.trustees.length;
  if (council.threshold * 2 <= size || council.threshold > size) return refute('council-threshold');
  const indexes = new Set(council.trustees.map((trustee) => trustee.index));
  if (indexes.size !== size || Math.max(...indexes) !== size) return refute('council-trustees');
  // The group key is the value at 0, so "every t of them interpolate to it" is: all n+1 values on one polynomial.
  const values = [
    { x: 0, point: pointOf(council.groupKey) },
    ...council.trustees.map((trustee) => ({ x: trustee.index, point: pointOf(trustee.verifyingShare) })),
  ];
  return onOnePolynomial(values, council.threshold) ? { ok: true, council } : refute('council-key');
}

/** D_j = x_i·P_j for every point, with the proof that anyone can check. Throws when the share is not this council's. */
export function evaluate(share: TrusteeShare, points: readonly string[], council: Council): Share {
  const trustee = council.trustees.find((each) => each.index === share.index);
  const secret = fromBase64url(share.signingShare);
  if (trustee === undefined || secret?.length !== 32 || publicShare(secret) !== trustee.verifyingShare) {
    throw refute('share-trustee-unknown').problem;
  }
  if (points.length === 0 || points.length > mostPoints) throw refute('share-wrong-length').problem;
  const inputs = points.map(elementBytes);
  if (!inputs.every((input) => engine().isElement(input))) throw new TypeError('not a ristretto255 element');
  const outputs = inputs.map((input) => engine().multiply(secret, input));
  const proof = proveBatch(secret, { key: elementBytes(trustee.verifyingShare), inputs, outputs });
  return { trustee: share.index, evaluated: outputs.map(base64url), proof: base64url(proof) };
}

const publicShare = (secret: Uint8Array): string => base64url(engine().multiplyBase(secret));

export type ShareFlaw = 'share-trustee-unknown' | 'share-wrong-length' | 'share-proof-wrong';
/** Checks one trustee's answer against its verifying share. */
export function verifyShare(council: Council, points: readonly string[], share: Share): Verdict<{ readonly trustee: Trustee }, ShareFlaw> {
  const trustee = council.trustees.find((each) => each.index === share.trustee);
  if (trustee === undefined) return refute('share-trustee-unknown');
  if (points.length === 0 || points.length > mostPoints || share.evaluated.length !== points.length) return refute('share-wrong-length');
  const proof = fromBase64url(share.proof);
  const batch = {
    key: elementBytes(trustee.verifyingShare),
    inputs: points.map(elementBytes),
    outputs: share.evaluated.map(elementBytes),
  };
  if (proof === undefined || !batchHolds(batch, proof)) return refute('share-proof-wrong');
  return { ok: true, trustee };
}

export type CombiningFlaw = ShareFlaw | 'shares-same-trustee-twice' | 'shares-too-few' | 'shares-disagree';
/**
 * S_j = Σ λ_i·D_ij: checks every proof, that at least t different trustees answered, and that every t of them agree. `verified` is a share whose proof
 * the caller has checked itself.
 */
export function combine(
  council: Council,
  points: readonly string[],
  shares: readonly Share[],
  verified?: Share,
): Verdict<{ readonly shared: readonly string[] }, CombiningFlaw> {
  if (new Set(shares.map((share) => share.trustee)).size !== shares.length) return refute('shares-same-trustee-twice');
  if (shares.length < council.threshold) return refute('shares-too-few');
  for (const share of shares) {
    if (share === verified) continue;
    const checked = verifyShare(council, points, share);
    if (!checked.ok) return checked;
  }
  const shared: string[] = [];
  for (const at of points.keys()) {
    const values = shares.map((share) => ({ x: share.trustee, element: elementBytes(share.evaluated[at] ?? '') }));
    if (values.length > council.threshold && !onOnePolynomial(values.map(pointAt), council.threshold)) return refute('shares-disagree');
    shared.push(base64url(combineAtZero(values.slice(0, council.threshold))));
  }
  return { ok: true, shared };
}
