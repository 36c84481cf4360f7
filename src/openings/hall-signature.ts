import { checkpointAt } from '../journal/reads.ts';
import type { Call } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import { type Instant, later, parseInstant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { trustAt } from '../parties/authority-reads.ts';
import { standingCertificate } from '../parties/certificate-reads.ts';
import { verifyDetached } from '../sealing/signature.ts';
import type { Lot } from '../tenders/schema.ts';
import { type HallStatement, hallStatementBytes, signedWithin } from './hall-statement.ts';
import { hallSignatureRefused } from './problems.ts';
import { HallSignature } from './schema.ts';

export type HallWord = 'attended' | 'confirmed' | 'objected';

/** What a bidder signed in the hall, kept with the certificate it was signed with. */
export async function keepHallSignature(
  call: Call,
  lot: Lot,
  word: HallWord,
  signed: { readonly statement: HallStatement; readonly signature: string; readonly name: string },
): Promise<void> {
  const { statement, signature, name } = signed;
  const at = parseInstant(statement.at);
  if (at === undefined || !near(at, call.now)) throw hallSignatureRefused({ says: tooOld });
  const verdict = await verifyDetached(Buffer.from(signature, 'base64'), hallStatementBytes(statement), await trustAt(call.em, call.now));
  if (!verdict.ok) throw hallSignatureRefused({ says: verdict.problem.title });
  const { signer } = verdict;
  const stands = await standingCertificate(call.em, statement.bidder, signer.serial, signer.fingerprint, call.now);
  if (verdict.code !== statement.bidder || !stands) throw hallSignatureRefused({ says: notYours });
  const { part, bidder } = statement;
  const kept = { id: newId(call.now), lot: lot.id, part, bidder, bidderName: name, word };
  call.em.create(HallSignature, { ...kept, statement, signature, serial: signer.serial, at: call.now });
}

/** The root of the closing snapshot: what an attendance is signed over. */
export async function closingRoot(em: Call['em'], lot: Pick<Lot, 'closedTreeSize'>): Promise<string | null> {
  if (lot.closedTreeSize === null || lot.closedTreeSize === undefined) return null;
  const checkpoint = await checkpointAt(em, Number(lot.closedTreeSize));
  return checkpoint && base64url(new Uint8Array(Buffer.from(checkpoint.root, 'base64')));
}

const near = (at: Instant, now: Instant): boolean => later(at, signedWithin) >= now && later(now, signedWithin) >= at;
const tooOld = { zh: '签名时间与当前时间相差过大，请重新签名。', en: 'It was signed too long ago; sign again.' };
const notYours = { zh: '签名证书不属于贵单位，或已失效。', en: 'The certificate is not your organisation’s, or no longer stands.' };
