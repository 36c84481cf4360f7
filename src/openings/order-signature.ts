import type { Call } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { problem } from '../kernel/problem.ts';
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
  const trust = { anchors: ownAnchors(), at: call.now };
  const verdict = await verifyDetached(Buffer.from(signature, 'base64'), canonicalBytes(statement), trust);
  if (!verdict.ok) throw orderSignature({ says: verdict.problem.title });
  const { serial, fingerprint } = verdict.signer;
  if (!(await standingCertificate(call.em, holderOf(call.by).holder, serial, fingerprint, call.now)))
    throw orderSignature({ says: notYours });
}

const tooOld = { zh: '签名时间与当前时间相差过大，请重新签名。', en: 'It was signed too long ago; sign again.' };
const notYours = {
  zh: '签名证书不属于发出命令的单位或其经办人。',
  en: 'The signing certificate belongs neither to who gives the order nor to its official.',
};
