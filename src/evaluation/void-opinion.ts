import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { watchedBy } from '../tenders/host-reads.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { breachNames } from './breach.ts';
import { leavesPanel } from './leaving.ts';
import { judgedPart } from './part-work.ts';
import { notAMember, sheetClosed } from './problems.ts';
import { EvaluationReport, PanelMember, PartResult } from './schema.ts';

export const breachFields = z.object({
  member: idField,
  ground: z.enum(breachNames),
  reason: z.string().trim().min(10, '请写明事实，至少十个字。 | State the facts, ten characters at least.').max(1000),
});

/**
 * A member has done what the law forbids (breach.ts): its opinion is void and another takes its seat, by decision of the supervisor. Never of a result that
 * is computed and waits for signatures: that is refused by the panel, or evaluated again.
 */
export const voidOpinion = act({
  name: 'void-opinion',
  by: ['regulator'],
  says: { zh: '认定成员评审意见无效并更换', en: 'Void a member’s opinion and replace it' },
  takes: breachFields.extend({ lot: idField }),
  async run(call, { lot: id, member: seat, ground, reason }) {
    const lot = await lock(call, Lot, id);
    await watchedBy(call, lot);
    allow('void-opinion', lot.phase);
    const by = call.by.code;
    if (by === null) throw notPermitted();
    const part = judgedPart(lot);
    const member = await call.em.findOne(PanelMember, { id: seat, lot: lot.id, leftAt: null });
    if (!member) throw notAMember();
    const concluded = (await call.em.count(EvaluationReport, { lot: lot.id })) + (await call.em.count(PartResult, { lot: lot.id, part }));
    if (concluded > 0) throw sheetClosed();
    const voided = fact('opinion.voided', { lot: lot.id, member: member.id }, { part, member: member.id, ground, reason, by });
    return { result: {}, facts: [voided, ...(await leavesPanel(call, member, 'replaced'))] };
  },
});
