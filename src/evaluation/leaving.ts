import { stepDown } from '../experts/answer-call.ts';
import { DrawSeat } from '../experts/schema.ts';
import { type Call, type Fact, lock } from '../kernel/act.ts';
import type { Lot } from '../tenders/schema.ts';
import { judgedPart } from './part-work.ts';
import { sheetClosed } from './problems.ts';
import { EvaluationReport, type PanelMember, PartResult } from './schema.ts';

/**
 * A member leaves the panel: what it judged no longer counts, what it kept for itself goes, and the next expert of its draw is called. A representative's
 * seat is the tenderee's to fill. The caller holds the lot's lock.
 */
export async function leavesPanel(call: Call, member: PanelMember, ground: string): Promise<readonly Fact[]> {
  member.leftAt = call.now;
  await call.em.execute('delete from desk_note where member = ?', [member.id]);
  await call.em.execute('delete from sheet_draft where member = ?', [member.id]);
  return member.drawSeat ? stepDown(call, await lock<DrawSeat>(call, DrawSeat, member.drawSeat), ground) : [];
}

/** Once there is a report nobody leaves the panel, nor while a result waits for signatures: it waits for the very members who reached it. */
export async function refuseFixedPanel(call: Call, lot: Lot): Promise<void> {
  if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
  if ((await call.em.count(PartResult, { lot: lot.id, part: judgedPart(lot), reportedAt: null })) > 0) throw sheetClosed();
}
