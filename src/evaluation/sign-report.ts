import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat } from './member-reads.ts';
import { checkMemberSignature } from './member-signature.ts';
import { alreadySigned, workIncomplete } from './problems.ts';
import { afterStance } from './report-completion.ts';
import { reportStatement } from './report-statement.ts';
import { EvaluationReport } from './schema.ts';

/** base64 of the detached CMS over `reportStatement` */
export const signatureFields = z.object({ signature: z.base64().max(30_000) });
/** The words as the page signed them: a form sends line ends in two characters, and an empty field as an empty text. */
export const asSigned = (given: unknown): unknown =>
  typeof given !== 'string' ? given : given.trim() === '' ? undefined : given.replaceAll('\r\n', '\n');
export const reportFields = signatureFields.extend({
  /** what the member does not agree with, as it signed it; the report carries it */
  dissent: z.preprocess(asSigned, z.string().max(2000).optional()),
});

/** A member signs the report with its own certificate, with its dissent where it has one. With the last stand that is taken the evaluation ends. */
export const signReport = act({
  name: 'sign-report',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '签署评标报告', en: 'Sign the evaluation report' },
  takes: reportFields.extend({ lot: idField }),
  async run(call, { lot: lotId, signature, dissent }) {
    const lot = await lock(call, Lot, lotId);
    allow('sign-report', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    const report = await call.em.findOne(EvaluationReport, { lot: lot.id });
    if (!report) throw workIncomplete();
    if (member.stance) throw alreadySigned();
    await checkMemberSignature(call, canonicalBytes(reportStatement(lot.id, report.sha256, member.id, dissent)), signature);
    Object.assign(member, { stance: 'signed', signedAt: call.now, signature, dissent: dissent ?? null });
    const said = { member: member.id, sha256: report.sha256, signature, ...(dissent === undefined ? {} : { dissent }) };
    const { complete, facts } = await afterStance(call, lot, report, member);
    return { result: { complete }, facts: [fact('report.signed', { lot: lot.id }, said), ...facts] };
  },
});
