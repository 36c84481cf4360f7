import { identityOf, saltBehind, saltOf } from '../experts/pool.ts';
import { DrawSeat, Expert } from '../experts/schema.ts';
import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { base64url, fromBase64url } from '../kernel/bytes.ts';
import { DrawRequest as DrawRow } from '../openings/schema.ts';
import type { ExpertIdentity } from '../sealing/draw.ts';
import { next } from '../tenders/phases.ts';
import type { Lot } from '../tenders/schema.ts';
import { sittingMembers } from './member-reads.ts';
import type { EvaluationReport, PanelMember } from './schema.ts';
import { isWithdrawn } from './stance.ts';

/**
 * What follows when a member has taken its stand; the caller holds the lot's lock and has written the member's own. With the last one the report is
 * complete, the evaluation ends and the names of the drawn experts become recheckable; a report that half of the panel or more refuses is nobody's:
 * it is withdrawn and the sheets are open again.
 */
export async function afterStance(
  call: Call,
  lot: Lot,
  report: EvaluationReport,
  by: PanelMember,
): Promise<{ readonly complete: boolean; readonly facts: readonly Fact[] }> {
  const members = (await sittingMembers(call.em, lot.id)).map((each) => (each.id === by.id ? by : each));
  if (members.some((each) => !each.stance)) return { complete: false, facts: [] };
  const refused = members.filter((each) => each.stance === 'refused').length;
  if (isWithdrawn(refused, members.length)) return { complete: false, facts: [withdrawn(call, lot, report, members)] };
  const reported = fact('evaluation.reported', { lot: lot.id }, { sha256: report.sha256, outcome: report.outcome });
  lot.reportedAt = call.now;
  lot.phase = next(lot.phase, 'evaluation.reported');
  const after = report.outcome === 'ranked' ? [] : [failed(call, lot)];
  return {
    complete: true,
    facts: [reported, ...(await revealed(call, lot.id)), ...(lot.follows ? await revealed(call, lot.follows) : []), ...after],
  };
}

function withdrawn(call: Call, lot: Lot, report: EvaluationReport, members: readonly PanelMember[]): Fact {
  const refused = members.filter((each) => each.stance === 'refused').length;
  for (const member of members) Object.assign(member, { stance: null, signedAt: null, signature: null, dissent: null });
  call.em.remove(report);
  return fact('report.withdrawn', { lot: lot.id }, { sha256: report.sha256, refused, members: members.length });
}

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
      if (!expert) return [];
      const record = (seat.record as ExpertIdentity | null) ?? identityOf(expert);
      const salt = saltBehind({ saltKey }, record, seat.commitment) ?? saltOf({ saltKey }, expert.id);
      return [{ expert: seat.commitment, salt: base64url(salt), record }];
    });
    facts.push(fact('experts.revealed', { lot }, { request: draw.id, experts, drawSalt: draw.drawSalt ?? '' }));
  }
  return facts;
}
