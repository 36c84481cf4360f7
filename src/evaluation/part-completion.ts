import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { termsOf } from '../tenders/lot.ts';
import { next } from '../tenders/phases.ts';
import type { Lot } from '../tenders/schema.ts';
import { sittingMembers } from './member-reads.ts';
import { type PartInputs, partOutcome } from './part-result.ts';
import { judgedPart } from './part-work.ts';
import { returnedEnvelopes } from './returned.ts';
import { type PartResult, PartSignature } from './schema.ts';
import { isWithdrawn } from './stance.ts';

/**
 * What follows when a member has given its word on the result of an envelope, or is taken to have given it; the caller holds the lot's lock. With the
 * last word it stands: the others' next envelopes wait for their session, and where nobody is left, or competition is lacking, the tender fails and
 * every envelope that is still sealed goes back as it is. A result that half of the panel or more refuses is withdrawn, and its sheets are open again.
 */
export async function afterPartWord(
  call: Call,
  lot: Lot,
  row: PartResult,
  given: PartSignature,
): Promise<{ readonly complete: boolean; readonly facts: readonly Fact[] }> {
  const before = await call.em.find(PartSignature, { lot: lot.id, part: row.part });
  const words = new Map([...before, given].map((word) => [word.member, word.stance]));
  const members = await sittingMembers(call.em, lot.id);
  if (members.some((each) => !words.has(each.id))) return { complete: false, facts: [] };
  const refused = members.filter((each) => words.get(each.id) === 'refused').length;
  if (isWithdrawn(refused, members.length))
    return { complete: false, facts: [await withdrawn(call, lot, row, { refused, members: members.length })] };
  return { complete: true, facts: await reported(call, lot, row) };
}

/** Nothing of it stands but what the journal says: the panel judges on and concludes anew. */
async function withdrawn(
  call: Call,
  lot: Lot,
  row: PartResult,
  counts: { readonly refused: number; readonly members: number },
): Promise<Fact> {
  const { part, sha256 } = row;
  await takenBack(call, row);
  return fact('part.withdrawn', { lot: lot.id }, { part, sha256, ...counts });
}

/** A result goes, with every word on it; the sheets are open again. */
export async function takenBack(call: Call, row: PartResult): Promise<void> {
  await call.em.flush();
  await call.em.nativeDelete(PartSignature, { lot: row.lot, part: row.part });
  call.em.remove(row);
}

async function reported(call: Call, lot: Lot, row: PartResult): Promise<Fact[]> {
  const part = judgedPart(lot);
  const verdict = partOutcome(row.result as PartInputs);
  if (!verdict.ok) throw new Error(`a stored result has no outcome: ${verdict.about}`);
  const { outcome, passed, failed } = verdict.value;
  row.reportedAt = call.now;
  lot.phase = next(lot.phase, 'part.reported');
  lot.sessionAt = null;
  const stands = fact('part.reported', { lot: lot.id }, { part, sha256: row.sha256, outcome, passed: [...passed], failed: [...failed] });
  if (outcome === 'passed') return [stands];
  const returned = await returnedEnvelopes(call, lot, { after: part, parts: termsOf(lot).parts, keep: new Set() });
  lot.phase = next(lot.phase, 'tender.failed');
  lot.failedAt = call.now;
  lot.failedFor = outcome;
  lot.resultedAt = call.now;
  return [stands, ...returned, fact('tender.failed', { lot: lot.id }, { reason: outcome, counted: passed.length })];
}
