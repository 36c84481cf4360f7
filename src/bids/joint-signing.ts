import * as z from 'zod';
import { base64, fromBase64, fromBase64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { furtherMembers, memberManifest, membersShape, bidShape as packedBid } from '../sealing/package.ts';
import { codeShape, idShape, type Part, partShape } from '../sealing/shapes.ts';
import { signDetached, verifyDetached } from '../sealing/signature.ts';
import type { Signer } from '../sealing/signer.ts';
import { reasons, type Verdict } from '../sealing/verdict.ts';
import type { BidField } from '../tenders/line.ts';
import { type Bid, bidShape } from './bid.ts';
import { cutBid } from './cut.ts';

/**
 * How the members of a joint venture sign one bid (protocol §4): the lead hands each of them this file, by whatever way they trust, and each hands back its
 * signatures. Nothing of it goes to the platform: nobody there may learn before the opening that they bid, or with whom.
 */
const envelopeShape = z.strictObject({
  /** the `bid.json` of the envelope, with the digests of its attachments */
  bid: bidShape.extend({ members: membersShape }),
  /** attachments in the order of the package */
  files: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
});
export const jointSigningShape = z.strictObject({
  format: z.literal('yangguang/joint-signing/v1'),
  lot: z.strictObject({ id: idShape, number: z.string(), name: z.string() }),
  envelopes: z.array(envelopeShape).min(1).max(3),
});
export type JointSigning = z.infer<typeof jointSigningShape>;

export const jointSignatureShape = z.strictObject({
  format: z.literal('yangguang/joint-signature/v1'),
  lot: idShape,
  member: codeShape,
  /** detached CMS over the member's manifest of each envelope, base64 */
  envelopes: z
    .array(z.strictObject({ part: partShape, signature: z.base64().max(30_000) }))
    .min(1)
    .max(3),
});
export type JointSignature = z.infer<typeof jointSignatureShape>;

const refute = reasons({
  'joint-signing-unreadable': {
    zh: '这不是联合体投标待签文件或签名文件。',
    en: 'This is no file of a joint bid to be signed, nor a signature of one.',
  },
  'joint-signer-no-member': {
    zh: '这个证书的单位不是该联合体的成员。',
    en: 'The organisation of this certificate is no member of the joint venture.',
  },
  'joint-signature-differs': {
    zh: '这份签名签的不是现在的投标内容：表单或附件在生成待签文件以后改动过，或者签名属于另一份投标。',
    en: 'This signature is over something else: form or attachments were changed after the file was made, or it is of another bid.',
  },
});
export type JointSigningFlaw = Parameters<typeof refute>[0];

/** What the members are to sign: the bid cut into its envelopes, with the digests of its attachments in the order of `bid.files`. */
export function jointSigning(
  bid: Bid,
  digests: readonly string[],
  { lot, form, parts }: { readonly lot: JointSigning['lot']; readonly form: readonly BidField[]; readonly parts: readonly Part[] },
): JointSigning {
  const whole = { ...bid, files: bid.files.map((file, at) => ({ ...file, sha256: digests[at] ?? '' })) };
  const envelopes = cutBid(whole, form, parts).map((cut) => ({
    bid: { ...cut.bid, part: cut.part },
    files: cut.files.map((at) => ({ name: whole.files[at]?.name ?? '', sha256: digests[at] ?? '' })),
  }));
  return jointSigningShape.parse({ format: 'yangguang/joint-signing/v1', lot, envelopes });
}

/** The file as it was handed over; anything else is unreadable. */
export function readJointSigning(value: unknown): Verdict<{ readonly signing: JointSigning }, JointSigningFlaw> {
  const read = jointSigningShape.safeParse(value);
  const [first] = read.data?.envelopes ?? [];
  const one = read.data?.envelopes.every(({ bid }) => bid.lot === read.data.lot.id && bid.members.join() === first?.bid.members.join());
  return read.success && one ? { ok: true, signing: read.data } : refute('joint-signing-unreadable');
}

const manifestOf = ({ bid, files }: JointSigning['envelopes'][number], member: number): Uint8Array =>
  memberManifest(
    packedBid.parse(bid),
    files.map(({ name, sha256 }) => ({ name, sha256: fromBase64url(sha256) ?? new Uint8Array() })),
    member,
  );

/** The place of a member among those who sign beside the lead, from 1; 0 for anybody else. */
const placeOf = ({ envelopes: [first] }: JointSigning, code: string | undefined): number =>
  first && code !== undefined ? furtherMembers(packedBid.parse(first.bid)).indexOf(code) + 1 : 0;

/** A member's signatures, with its own certificate. */
export async function signAsMember(
  signing: JointSigning,
  signer: Signer,
  at: Instant,
): Promise<Verdict<{ readonly signature: JointSignature }, JointSigningFlaw>> {
  const member = signer.certificate.code;
  const place = placeOf(signing, member);
  if (place === 0 || member === undefined) return refute('joint-signer-no-member');
  const envelopes: { readonly part: Part; readonly signature: string }[] = [];
  for (const envelope of signing.envelopes)
    envelopes.push({ part: envelope.bid.part as Part, signature: base64(await signDetached(manifestOf(envelope, place), signer, at)) });
  return { ok: true, signature: { format: 'yangguang/joint-signature/v1', lot: signing.lot.id, member, envelopes } };
}

/** Whether a member's signatures are over exactly this bid, and whose they are. */
export async function checkJointSignature(
  signing: JointSigning,
  value: unknown,
): Promise<Verdict<{ readonly signature: JointSignature }, JointSigningFlaw>> {
  const read = jointSignatureShape.safeParse(value);
  if (!read.success) return refute('joint-signing-unreadable');
  const { member, lot, envelopes } = read.data;
  const place = placeOf(signing, member);
  if (place === 0) return refute('joint-signer-no-member');
  if (lot !== signing.lot.id || envelopes.length !== signing.envelopes.length) return refute('joint-signature-differs');
  for (const envelope of signing.envelopes) {
    const own = envelopes.find(({ part }) => part === envelope.bid.part);
    const bytes = own && fromBase64(own.signature);
    const signed = bytes && (await verifyDetached(bytes, manifestOf(envelope, place), 'any-certificate'));
    if (!signed?.ok || signed.code !== member) return refute('joint-signature-differs');
  }
  return { ok: true, signature: read.data };
}

/** Members who have not signed yet, by code. */
export const unsigned = (signing: JointSigning, signatures: readonly JointSignature[]): readonly string[] =>
  (signing.envelopes[0]?.bid.members.slice(1) ?? []).filter((code) => !signatures.some(({ member }) => member === code));

/** The signatures as a package takes them: by envelope, in the order of the members. */
export function signaturesByPart(
  signing: JointSigning,
  signatures: readonly JointSignature[],
): Readonly<Partial<Record<Part, readonly Uint8Array[]>>> {
  const order = signing.envelopes[0]?.bid.members.slice(1) ?? [];
  const of = (code: string, part: string): readonly Uint8Array[] => {
    const own = signatures.find(({ member }) => member === code)?.envelopes.find((each) => each.part === part);
    const bytes = own && fromBase64(own.signature);
    return bytes ? [bytes] : [];
  };
  return Object.fromEntries(signing.envelopes.map(({ bid: { part } }) => [part, order.flatMap((code) => of(code, part))]));
}
