import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat } from './member-reads.ts';
import { alreadySigned, workIncomplete } from './problems.ts';
import { afterStance } from './report-completion.ts';
import { EvaluationReport } from './schema.ts';

export const refusalFields = z.object({
  reason: z.string().trim().min(4, '请写明不同意见和理由。 | Please state what you disagree with and why.').max(2000),
});

/** A member refuses to sign and says in writing why (Regulation art. 53): the report carries it. Who refuses without reasons agrees (deem-report). */
export const refuseReport = act({
  name: 'refuse-report',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '拒绝签署评标报告并说明理由', en: 'Refuse to sign the report, with reasons' },
  takes: refusalFields.extend({ lot: idField }),
  async run(call, { lot: lotId, reason }) {
    const lot = await lock(call, Lot, lotId);
    allow('refuse-report', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    const report = await call.em.findOne(EvaluationReport, { lot: lot.id });
    if (!report) throw workIncomplete();
    if (member.stance) throw alreadySigned();
    Object.assign(member, { stance: 'refused', signedAt: call.now, dissent: reason });
    const refused = fact('report.refused', { lot: lot.id }, { member: member.id, sha256: report.sha256, reason });
    const { complete, facts } = await afterStance(call, lot, report, member);
    return { result: { complete }, facts: [refused, ...facts] };
  },
});
