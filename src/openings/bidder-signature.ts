import type { Call } from '../kernel/act.ts';
import type { Words } from '../kernel/words.ts';
import { trustAt } from '../parties/authority-reads.ts';
import { standingCertificate } from '../parties/certificate-reads.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { signedNear } from './hall-statement.ts';

/**
 * Did this organisation sign these bytes just now, with a certificate of its own that stands? `at` is the moment in the statement. Answers the serial
 * number of the certificate, or why not.
 */
export async function signedByBidder(
  call: Call,
  signed: { readonly content: Uint8Array; readonly signature: string; readonly bidder: string; readonly at: string },
): Promise<{ readonly ok: true; readonly serial: string } | { readonly ok: false; readonly says: Words }> {
  if (!signedNear(signed.at, call.now)) return { ok: false, says: tooOld };
  const verdict = await verifyDetached(Buffer.from(signed.signature, 'base64'), signed.content, await trustAt(call.em, call.now));
  if (!verdict.ok) return { ok: false, says: verdict.problem.title };
  const { serial, fingerprint } = verdict.signer;
  const stands = await standingCertificate(call.em, signed.bidder, serial, fingerprint, call.now);
  return verdict.code === signed.bidder && stands ? { ok: true, serial } : { ok: false, says: notYours };
}

const tooOld = { zh: '签名时间与当前时间相差过大，请重新签名。', en: 'It was signed too long ago; sign again.' };
const notYours = { zh: '签名证书不属于贵单位，或已失效。', en: 'The certificate is not your organisation’s, or no longer stands.' };
