import type { EntityManager } from '@mikro-orm/postgresql';
import { Submission } from '../bids/schema.ts';
import type { Instant } from '../kernel/clock.ts';
import { fateOfSerial } from '../parties/certificate-reads.ts';
import { signerIn } from '../sealing/signature.ts';
import { type Aftermath, type Fall, type Fate, judgeSigners } from '../sealing/standing.ts';
import type { Lot } from '../tenders/schema.ts';
import type { OpeningItem } from './schema.ts';

/**
 * What became of the certificates that signed a bid: that of its statement and those of its package, which nobody could see before. A package signed
 * with a certificate that its holder was never given here is refused like a revoked one.
 */
export async function signersJudged(
  em: EntityManager,
  lot: Lot,
  item: OpeningItem,
  packageSigners: readonly { readonly code: string; readonly serial: string; readonly fingerprint: string }[],
  now: Instant,
): Promise<{ readonly refused: Fall | 'certificate-unknown' | null; readonly note: Aftermath | null }> {
  const submission = await em.findOneOrFail(Submission, { id: item.submission });
  const statementSigner = signerIn(Buffer.from(submission.signature, 'base64'));
  const fates: Fate[] = [];
  const signers = [statementSigner && { ...statementSigner, code: item.bidder }, ...packageSigners];
  for (const signer of signers) {
    const fate = signer === undefined ? null : await fateOfSerial(em, signer.code, signer.serial, signer.fingerprint);
    if (fate === null) return { refused: 'certificate-unknown', note: null };
    fates.push(fate);
  }
  return judgeSigners(fates, { receivedAt: submission.receivedAt as Instant, deadline: lot.deadline as Instant, now });
}
