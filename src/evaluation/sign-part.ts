import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat, sittingMembers } from './member-reads.ts';
import { checkMemberSignature } from './member-signature.ts';
import { type PartInputs, partOutcome } from './part-result.ts';
import { partStatement } from './part-statement.ts';
import { judgedPart } from './part-work.ts';
import { alreadySigned, workIncomplete } from './problems.ts';
import { returnedEnvelopes } from './returned.ts';
import { PartResult, PartSignature } from './schema.ts';
import { signatureFields } from './sign-report.ts';

/**
 * A member signs the result of an envelope. With the last signature it stands: the others' next envelopes wait for their session, and where nobody
 * is left, or competition is lacking, the tender fails and every envelope that is still sealed goes back as it is.
 */
export const signPart = act({
  name: 'sign-part',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '签署本信封评审结果', en: 'Sign the result of an envelope' },
  takes: signatureFields.extend({ lot: idField }),
  async run(call, { lot: lotId, signature }) {
    const lot = await lock(call, Lot, lotId);
    allow('sign-part', lot.phase);
    const part = judgedPart(lot);
    const member = await ownSeat(call.em, call.by, lot.id);
    const row = await call.em.findOne(PartResult, { lot: lot.id, part });
    if (!row) throw workIncomplete();
    const signed = await call.em.find(PartSignature, { lot: lot.id, part });
    if (signed.some((each) => each.member === member.id)) throw alreadySigned();
    await checkMemberSignature(call, canonicalBytes(partStatement(lot.id, part, row.sha256, member.id)), signature);
    call.em.create(PartSignature, { lot: lot.id, part, member: member.id, signature, signedAt: call.now });
    const given = fact('part.signed', { lot: lot.id }, { part, member: member.id, sha256: row.sha256, signature });
    const signers = new Set([...signed.map((each) => each.member), member.id]);
    const complete = (await sittingMembers(call.em, lot.id)).every((each) => signers.has(each.id));
    return { result: { complete }, facts: [given, ...(complete ? await reported(call, lot, row) : [])] };
  },
});

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
