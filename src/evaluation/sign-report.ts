import { z } from 'zod';
import { identityOf, saltOf } from '../experts/pool.ts';
import { DrawSeat, Expert } from '../experts/schema.ts';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { base64url, canonicalBytes, fromBase64url } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { DrawRequest as DrawRow } from '../openings/schema.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat, sittingMembers } from './member-reads.ts';
import { checkMemberSignature } from './member-signature.ts';
import { alreadySigned, workIncomplete } from './problems.ts';
import { reportStatement } from './report-statement.ts';
import { EvaluationReport } from './schema.ts';

/** base64 of the detached CMS over `reportStatement` */
export const signatureFields = z.object({ signature: z.base64().max(30_000) });

/**
 * A member signs the report with its own certificate. With the last signature the report is complete, the evaluation ends, and the names of the
 * drawn experts become recheckable.
 */
export const signReport = act({
  name: 'sign-report',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '签署评标报告', en: 'Sign the evaluation report' },
  takes: signatureFields.extend({ lot: idField }),
  async run(call, { lot: lotId, signature }) {
    const lot = await lock(call, Lot, lotId);
    allow('sign-report', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    const report = await call.em.findOne(EvaluationReport, { lot: lot.id });
    if (!report) throw workIncomplete();
    if (member.signedAt) throw alreadySigned();
    await checkMemberSignature(call, canonicalBytes(reportStatement(lot.id, report.sha256, member.id)), signature);
    member.signedAt = call.now;
    member.signature = signature;
    const signed = fact('report.signed', { lot: lot.id }, { member: member.id, sha256: report.sha256, signature });
    const others = (await sittingMembers(call.em, lot.id)).filter((each) => each.id !== member.id);
    if (others.some((each) => !each.signedAt)) return { result: { complete: false }, facts: [signed] };
    const reported = fact('evaluation.reported', { lot: lot.id }, { sha256: report.sha256, outcome: report.outcome });
    lot.reportedAt = call.now;
    lot.phase = next(lot.phase, 'evaluation.reported');
    const after = report.outcome === 'ranked' ? [] : [failed(call, lot)];
    return { result: { complete: true }, facts: [signed, reported, ...(await revealed(call, lot.id)), ...after] };
  },
});

function failed(call: Call, lot: Lot): Fact {
  lot.phase = next(lot.phase, 'tender.failed');
  lot.failedAt = call.now;
  lot.failedFor = 'too-few-valid';
  lot.resultedAt = call.now;
  return fact('tender.failed', { lot: lot.id }, { reason: 'too-few-valid', counted: null });
}

/** Salts and names of all who were called (protocol §7): shown to the regulator now, to everyone with the result. */
async function revealed(call: Call, lot: string): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const draw of await call.em.find(DrawRow, { lot, purpose: 'experts', completedAt: { $ne: null } })) {
    const seats = await call.em.find(DrawSeat, { request: draw.id, calledAt: { $ne: null } }, { orderBy: { calledAt: 'asc', id: 'asc' } });
    const people = new Map(
      (await call.em.find(Expert, { id: { $in: seats.map((seat) => seat.expert) } })).map((expert) => [expert.id, expert]),
    );
    const saltKey = fromBase64url(draw.saltKey ?? '') ?? new Uint8Array(0);
    const experts = seats.flatMap((seat) => {
      const expert = people.get(seat.expert);
      return expert ? [{ expert: seat.commitment, salt: base64url(saltOf({ saltKey }, expert.id)), record: identityOf(expert) }] : [];
    });
    facts.push(fact('experts.revealed', { lot }, { request: draw.id, experts, drawSalt: draw.drawSalt ?? '' }));
  }
  return facts;
}
