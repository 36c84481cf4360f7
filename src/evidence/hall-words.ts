import { canonicalBytes, fromBase64 } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { type HallStatement, hallStatementShape, signedNear } from '../openings/hall-statement.ts';
import type { Certificate } from '../sealing/certificate.ts';
import { verifyDetached } from '../sealing/signature.ts';
import type { Checklist } from './checks.ts';

interface SignedText {
  readonly bidder: string;
  readonly statement: unknown;
  readonly signature: string;
  /** when the platform took it */
  readonly at: string;
}

/** The statement is one of the hall's, its bidder's own, and signed near the moment at which it was taken. */
export async function checkWord(word: SignedText, list: Checklist, anchors: readonly Certificate[], about: Words): Promise<HallStatement> {
  const read = hallStatementShape.safeParse(word.statement);
  const at = parseInstant(word.at);
  list.that(about, read.success && at !== undefined && read.data.bidder === word.bidder);
  list.that(about, signedNear(read.data.at, at), { zh: '签名时间与接收时间不符', en: 'signed at another time' });
  const der = fromBase64(word.signature);
  list.that(about, der !== undefined);
  const verdict = await verifyDetached(der, canonicalBytes(read.data), { anchors, at });
  list.that(about, verdict.ok, verdict.ok ? undefined : verdict.problem.title);
  list.that(about, verdict.signer.code === word.bidder, { zh: '证书属于另一单位', en: 'the certificate is somebody else’s' });
  return read.data;
}

/** Serial of the certificate that a statement was signed with. */
export async function serialIn(signature: string, statement: HallStatement): Promise<string> {
  const verdict = await verifyDetached(fromBase64(signature) ?? new Uint8Array(), canonicalBytes(statement), 'any-certificate');
  return verdict.ok ? verdict.signer.serial : '';
}
