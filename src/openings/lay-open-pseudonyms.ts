import { fact } from '../journal/event.ts';
import type { Call, Facts } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import type { Council, Share } from '../sealing/council.ts';
import { type AnyDrawRequest, drawTranscript, openDraw } from '../sealing/draw.ts';
import type { Part } from '../sealing/shapes.ts';
import type { Lot } from '../tenders/schema.ts';
import { blindPurpose, pseudonymRoot } from './pseudonym.ts';
import { CouncilRow, CouncilShare, DrawRequest as DrawRow, PseudonymRow } from './schema.ts';

/** Lays the pseudonyms of a part open, with the whole draw that they follow from: from now on anyone computes list and root. The caller holds the lot's lock. */
export async function layOpenPseudonyms(call: Call, lot: Lot, part: Part): Promise<Facts> {
  const row = await call.em.findOneOrFail(DrawRow, { lot: lot.id, part, purpose: blindPurpose });
  const request = row.request as AnyDrawRequest;
  const council = (await call.em.findOneOrFail(CouncilRow, { id: lot.council ?? '' })).body as Council;
  const given = await call.em.find(CouncilShare, { task: row.task }, { orderBy: { trustee: 'asc' } });
  const shares = given.map((each): Share => ({ trustee: each.trustee, evaluated: each.evaluated as string[], proof: each.proof }));
  const opened = openDraw(request, council, shares);
  if (!opened.ok) throw opened.problem;
  const transcript = drawTranscript(request, council, shares);
  row.transcript = transcript;
  row.seed = base64url(opened.seed);
  row.completedAt = call.now;
  lot.unblindedAt = call.now;
  const rows = await call.em.find(PseudonymRow, { lot: lot.id, part }, { orderBy: { number: 'asc' } });
  const list = rows.map(({ id, number, submission }) => ({ id, number, submission }));
  const revealed = fact('pseudonyms.revealed', { lot: lot.id }, { part, root: pseudonymRoot(opened.seed, list), list });
  return [fact('draw.completed', { lot: lot.id }, { transcript }), revealed];
}
