import { checkpointAt } from '../journal/reads.ts';
import type { Call } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import type { Lot } from '../tenders/schema.ts';
import { signedByBidder } from './bidder-signature.ts';
import { type HallStatement, hallStatementBytes } from './hall-statement.ts';
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
  const verdict = await signedByBidder(call, { ...statement, content: hallStatementBytes(statement), signature });
  if (!verdict.ok) throw hallSignatureRefused({ says: verdict.says });
  const { part, bidder } = statement;
  const kept = { id: newId(call.now), lot: lot.id, part, bidder, bidderName: name, word };
  call.em.create(HallSignature, { ...kept, statement, signature, serial: verdict.serial, at: call.now });
}

/** The root of the closing snapshot: what an attendance is signed over. */
export async function closingRoot(em: Call['em'], lot: Pick<Lot, 'closedTreeSize'>): Promise<string | null> {
  if (lot.closedTreeSize === null || lot.closedTreeSize === undefined) return null;
  const checkpoint = await checkpointAt(em, Number(lot.closedTreeSize));
  return checkpoint && base64url(new Uint8Array(Buffer.from(checkpoint.root, 'base64')));
}
