import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { dutyOf } from './duty.ts';
import { noReportAsked, reportFiled } from './problems.ts';
import { reportHash } from './report.ts';
import { composeReport } from './report-reads.ts';
import { SupervisorReport } from './schema.ts';

/** Files the written report with the supervisor: facts from the rooms themselves, kept as filed, their hash in the journal. */
export const fileReport = act({
  name: 'file-report',
  by: ['agent', 'tenderee'],
  says: { zh: '提交书面报告', en: 'File the written report' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('file-report', lot.phase);
    const limit = editionOf(lot, project, call.now).limits.fileReport?.by(groundOf(lot, call.now));
    if (!limit) throw noReportAsked();
    if ((await call.em.count(SupervisorReport, { lot: lot.id })) > 0) throw reportFiled();
    const facts = await composeReport(call.em, lot, project);
    const sha256 = reportHash(facts);
    call.em.create(SupervisorReport, { id: newId(call.now), lot: lot.id, facts, sha256, filedAt: call.now });
    const late = lot.awardedAt ? dutyOf(limit, lot.awardedAt, call.now).late : false;
    return { result: { sha256, late }, facts: [fact('report.filed', { lot: lot.id }, { sha256 })] };
  },
});
