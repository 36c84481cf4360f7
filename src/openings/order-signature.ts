import type { Call } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { ownAnchors } from '../parties/authority.ts';
import { standingCertificate } from '../parties/certificate-reads.ts';
import { holderOf } from '../parties/certify.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { signedNear } from './hall-statement.ts';

export const orderSignature = problem(
  'order-signature-refused',
  'refused',
  '命令的签名未通过验证。',
  'The signature of the order does not verify.',
);

/** An order must be signed now, by a certificate of whoever gives it that stands now: the organisation's, or the official's own. */
export async function checkOrderSignature(call: Call, statement: { readonly at: string }, signature: string): Promise<void> {
  if (!signedNear(statement.at, call.now)) throw orderSignature({ says: tooOld });
  const fault = await signatureFault(call, canonicalBytes(statement), signature);
  if (fault) throw orderSignature({ says: fault });
}

/** What is wrong with a signature over these bytes that should be the actor's own, by a certificate that stands now; null when nothing is. */
export async function signatureFault(call: Call, bytes: Uint8Array, signature: string): Promise<Words | null> {
  const trust = { anchors: ownAnchors(), at: call.now };
  const verdict = await verifyDetached(Buffer.from(signature, 'base64'), bytes, trust);
  if (!verdict.ok) return verdict.problem.title;
  const { serial, fingerprint } = verdict.signer;
  return (await standingCertificate(call.em, holderOf(call.by).holder, serial, fingerprint, call.now)) ? null : notYours;
}

const tooOld = { zh: '签名时间与当前时间相差过大，请重新签名。', en: 'It was signed too long ago; sign again.' };
const notYours = {
  zh: '签名证书不属于签名单位或其经办人。',
  en: 'The signing certificate belongs neither to who signs here nor to its official.',
};
