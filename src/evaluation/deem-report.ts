import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { runsFrom } from '../openings/suspension.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { alreadySigned, notAMember, signingTimeRuns, workIncomplete } from './problems.ts';
import { afterStance } from './report-completion.ts';
import { EvaluationReport, PanelMember } from './schema.ts';
import { signUntil } from './sign-until.ts';

/** A member neither signs nor says in writing what it disagrees with: it is taken to agree (Regulation art. 53). Nobody holds a report up by silence. */
export const deemReport = act({
  name: 'deem-report',
  by: ['system'],
  says: { zh: '逾期未签署，视为同意', en: 'Take silence for agreement with the report' },
  takes: z.object({ lot: idField, member: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('deem-report', lot.phase);
    const report = await call.em.findOne(EvaluationReport, { lot: lot.id });
    if (!report) throw workIncomplete();
    const member = await call.em.findOne(PanelMember, { id: command.member, lot: lot.id, leftAt: null });
    if (!member) throw notAMember();
    if (member.stance) throw alreadySigned();
    if (call.now < signUntil(await runsFrom(call.em, lot.id, report.concludedAt))) throw signingTimeRuns();
    Object.assign(member, { stance: 'deemed', signedAt: call.now });
    const deemed = fact('report.deemed', { lot: lot.id }, { member: member.id, sha256: report.sha256 });
    const { complete, facts } = await afterStance(call, lot, report, member);
    return { result: { complete }, facts: [deemed, ...facts] };
  },
});

export const silentMembers = clockwork({
  name: 'silent-members',
  act: deemReport,
  async due(em, now) {
    const rows = await em.execute<{ lot: string; member: string; concluded_at: string | Date }[]>(
      `select m.lot, m.id as member, greatest(r.concluded_at, (select max(s.lifted_at) from suspension_order s where s.lot = r.lot)) as concluded_at from panel_member m
       join evaluation_report r on r.lot = m.lot join lot on lot.id = m.lot
       where lot.phase = 'evaluating' and m.left_at is null and m.stance is null order by m.lot, m.seat`,
    );
    return rows
      .filter(({ concluded_at }) => now >= signUntil(new Date(concluded_at).toISOString() as Instant))
      .map(({ lot, member }) => ({ lot: lot as Id, member: member as Id }));
  },
});
