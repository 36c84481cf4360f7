import type { Call } from '../kernel/act.ts';
import type { Lot } from '../tenders/schema.ts';
import { ownSeat } from './member-reads.ts';
import { judgedPart } from './part-work.ts';
import { declareFirst, sheetClosed } from './problems.ts';
import { EvaluationReport, type PanelMember, PartResult } from './schema.ts';

/** The actor's seat, where it has declared and the result of the envelope at hand has not been computed. The caller holds the lot's lock. */
export async function workingMember(call: Call, lot: Lot): Promise<PanelMember> {
  const member = await ownSeat(call.em, call.by, lot.id);
  if (!member.declaredAt) throw declareFirst();
  if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
  if ((await call.em.count(PartResult, { lot: lot.id, part: judgedPart(lot) })) > 0) throw sheetClosed();
  return member;
}
