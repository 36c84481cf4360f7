import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact } from '../kernel/act.ts';
import { rowsOf } from '../kernel/form-rows.ts';
import { idField } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { groundFor } from '../rulebook/override-reads.ts';
import { parameter } from '../rulebook/parameters.ts';
import { editionFor } from '../tenders/line.ts';
import { allow, next } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { type Lot, Prequalification } from '../tenders/schema.ts';
import { drawAsked, judgementIncomplete } from './problems.ts';
import { EntryApplication } from './schema.ts';

const finding = z.object({
  application: idField,
  pass: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  reason: z.string().trim().max(1000).default(''),
});
type Finding = z.infer<typeof finding>;
export const findingFields = z.object({ findings: z.preprocess(rowsOf, z.array(finding).max(500)) });

/**
 * The host judges every application by the conditions of its notice, all of them in one act, each failure with its reason. Until those invited are drawn it
 * may be put right. With too few qualified nobody is invited.
 */
export const judgeApplications = act({
  name: 'judge-applications',
  by: ['agent', 'tenderee'],
  says: { zh: '资格预审', en: 'Judge the applications' },
  takes: findingFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('judge-applications', lot.phase);
    const notice = await call.em.findOneOrFail(Prequalification, { lot: lot.id });
    if (notice.witnesses) throw drawAsked();
    const applied = await call.em.find(EntryApplication, { lot: lot.id, withdrawnAt: null }, { orderBy: { id: 'asc' } });
    refuseIncomplete(applied, command.findings);
    const applications = applied.map((each) => {
      const { pass, reason } = command.findings.find(({ application }) => application === each.id) as Finding;
      each.pass = pass;
      each.reason = pass ? null : reason;
      return { application: each.id, party: each.party, pass, reason: each.reason };
    });
    notice.judgedAt = call.now;
    const passed = applied.filter(({ pass }) => pass).length;
    const { parameters } = editionFor(project, lot.edition, call.now);
    const least = parameter(parameters.minimumBids, await groundFor(call.em, project, dayOf(call.now)));
    const after = passed < least ? failed(call, lot, applied, passed) : [];
    return {
      result: { passed, failed: after.length > 0 },
      facts: [fact('applications.judged', { lot: lot.id }, { applications }), ...after],
    };
  },
});

/** Every application is judged once, and none fails without a reason. */
function refuseIncomplete(applied: readonly EntryApplication[], given: readonly Finding[]): void {
  const fields = applied.flatMap(({ id, name }) => {
    const [own, ...more] = given.filter(({ application }) => application === id);
    if (!own || more.length > 0)
      return [{ path: 'findings', says: { zh: `${name}应当有且只有一个结论。`, en: `${name} needs exactly one finding.` } }];
    return own.pass || own.reason !== ''
      ? []
      : [{ path: `findings.${given.indexOf(own)}.reason`, says: { zh: '请写明不合格的理由。', en: 'State why it does not qualify.' } }];
  });
  const stray = given.some(({ application }) => !applied.some(({ id }) => id === application));
  if (fields.length > 0 || stray) throw judgementIncomplete({ fields });
}

/** Too few: the tender ends before anybody was invited, and whoever does not qualify is told why. */
function failed(call: Call, lot: Lot, applied: readonly EntryApplication[], passed: number): Fact[] {
  lot.phase = next(lot.phase, 'tender.failed');
  lot.failedAt = call.now;
  lot.failedFor = 'too-few-qualified';
  lot.resultedAt = call.now;
  const out = applied.filter(({ pass }) => !pass).map((each) => answered(each, 'not-qualified'));
  return [fact('tender.failed', { lot: lot.id }, { reason: 'too-few-qualified', counted: passed }), ...out];
}

/** Tells one applicant what came of its application. */
export function answered(application: EntryApplication, outcome: 'invited' | 'not-drawn' | 'not-qualified'): Fact {
  application.outcome = outcome;
  const { id, lot, party, reason = null } = application;
  return fact('application.answered', { lot, party }, { application: id, outcome, reason });
}
