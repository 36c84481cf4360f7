import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import * as z from 'zod';
import { base64url, canonicalBytes, fromBase64url, textOf } from '../kernel/bytes.ts';
import { type DealtShare, shareFits } from './ceremony.ts';
import { type CeremonyCall, type CeremonyStatement, type StatementOf, saidOf } from './ceremony-messages.ts';
import { sha256 } from './digest.ts';
import { bytesShape } from './shapes.ts';

/** A dealt share on its way: an age file for its receiver alone, named in public by its digest. */

const shareShape = z.strictObject({ from: z.int(), to: z.int(), signingShare: bytesShape(32) });

/** Seals a share to its receiver's recipient; the answer is base64url of an age file. */
export async function sealShare(share: DealtShare, recipient: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return base64url(await encrypter.encrypt(canonicalBytes(share)));
}

/** By what a sealed share is named in public. */
export const sealedDigest = (sealed: string): string => base64url(sha256(fromBase64url(sealed) ?? new Uint8Array()));

/** The share inside; undefined for anything that does not open under this identity, or opens to something else. */
export async function openShare(sealed: string, identity: string): Promise<DealtShare | undefined> {
  const bytes = fromBase64url(sealed);
  if (bytes === undefined) return undefined;
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const plain = await decrypter.decrypt(bytes).catch(() => undefined); // whatever the library throws: it does not open
  const text = plain === undefined ? undefined : textOf(plain);
  if (text === undefined) return undefined;
  try {
    const read = shareShape.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined; // not JSON
  }
}

/** How a complaint ends: whose doing it was, and by what. Anybody who has the transcript comes to the same answer. */
export interface ComplaintJudged {
  readonly culprit: number;
  readonly finding: 'other-identity' | 'not-what-was-dealt' | 'does-not-open' | 'contradicts-commitments' | 'share-is-right';
}

/**
 * Judges a complaint from public facts alone: the identity must be the one of the recipient published in round 1, the sealed share the one named in
 * round 3. Then either it does not open to a share that fits the accused one's commitments, or the complainer lied.
 */
export async function judgeComplaint(
  call: CeremonyCall,
  statements: readonly CeremonyStatement[],
  complaint: StatementOf<'complaint'>,
): Promise<ComplaintJudged> {
  const { index, against, sealed, identity } = complaint;
  const own = saidOf(statements, 'hash').find((each) => each.index === index);
  const dealt = saidOf(statements, 'shares')
    .find((each) => each.index === against)
    ?.shares.find(({ to }) => to === index);
  const sender = saidOf(statements, 'package').find((each) => each.index === against);
  const recipient = await identityToRecipient(identity).catch(() => undefined);
  if (own === undefined || recipient !== own.recipient) return { culprit: index, finding: 'other-identity' };
  if (dealt === undefined || sender === undefined || sealedDigest(sealed) !== dealt.sha256)
    return { culprit: index, finding: 'not-what-was-dealt' };
  const share = await openShare(sealed, identity);
  if (share === undefined) return { culprit: against, finding: 'does-not-open' };
  const size = { threshold: call.threshold, trustees: call.trustees.length };
  const right = share.from === against && share.to === index && shareFits(sender.package, size, share);
  return right ? { culprit: index, finding: 'share-is-right' } : { culprit: against, finding: 'contradicts-commitments' };
}
