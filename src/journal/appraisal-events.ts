import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const yuan = z.string();
const scores = z.record(z.string(), z.number());
/** a seat of the panel stands in them, no name: whose it is, each reader knows from when it may */
const ofOneSeat: Shown = { self: 'now', host: 'now', regulator: 'now' };
const guarded: Shown = { self: 'now', regulator: 'now' };

/** what was counted of one expert (appraisal/annual.ts `YearFigures`), as it stood */
const figures = z.record(z.string(), z.unknown());
const ofOneYear = { entry: id, expert: id, year: z.number() };

/** Events of what follows an evaluation for its experts. */
export const appraisalEvents = {
  'appraisal.given': {
    data: z.object({
      appraisal: id,
      member: id,
      side: z.enum(['host', 'regulator', 'expert']),
      scores,
      comment: z.string().nullable(),
      late: z.boolean(),
    }),
    shown: ofOneSeat,
    says: { zh: '评价评标专家', en: 'Expert appraised' },
  },
  'appraisal.answered': {
    data: z.object({ appraisal: id, member: id, text: z.string() }),
    shown: ofOneSeat,
    says: { zh: '专家答复评价', en: 'Appraisal answered' },
  },
  'agent.appraised': {
    data: z.object({ appraisal: id, member: id, scores, comment: z.string().nullable() }),
    // the host reads means of several, never who said what
    shown: guarded,
    says: { zh: '专家评价组织方', en: 'Host appraised by an expert' },
  },
  'conduct.entered': {
    data: z.object({
      entry: id,
      member: id,
      code: z.string(),
      points: z.number(),
      ground: z.string(),
      evidence: z.string(),
      until: z.string(),
      consequence: z.string(),
    }),
    shown: guarded,
    says: { zh: '登记不良行为记分', en: 'Conduct points entered' },
  },
  'conduct.contested': {
    data: z.object({ entry: id, member: id, text: z.string() }),
    shown: guarded,
    says: { zh: '专家对记分提出异议', en: 'Points contested' },
  },
  'conduct.decided': {
    data: z.object({ entry: id, member: id, state: z.string(), reason: z.string().nullable() }),
    shown: guarded,
    says: { zh: '记分异议处理或期满生效', en: 'Points upheld or struck' },
  },
  'conduct.applied': {
    data: z.object({ expert: id, status: z.string(), until: z.string().nullable() }),
    shown: guarded,
    says: { zh: '因记分变更专家状态', en: 'Standing changed by points' },
  },
  'fees.confirmed': {
    data: z.object({
      payer: z.string(),
      fees: z.array(
        z.object({
          member: id,
          minutes: z.number(),
          base: yuan,
          extra: yuan,
          travel: yuan,
          amount: yuan,
          withheld: z.string().nullable(),
        }),
      ),
      total: yuan,
    }),
    shown: { host: 'now', regulator: 'now', panel: 'now' },
    says: { zh: '确认评标劳务报酬', en: 'Fees of an evaluation confirmed' },
  },
  'fees.paid': {
    data: z.object({ payer: z.string(), paidOn: z.string(), reference: z.string(), total: yuan }),
    shown: { host: 'now', regulator: 'now', panel: 'now' },
    says: { zh: '登记评标劳务报酬支付', en: 'Fees of an evaluation paid' },
  },
  'annual.opened': {
    data: z.object({ review: id, year: z.number(), from: z.string(), through: z.string(), experts: z.number() }),
    shown: { regulator: 'now', administrator: 'now' },
    says: { zh: '年度考核开始', en: 'Annual review of experts opened' },
  },
  'annual.told': {
    data: z.object({ ...ofOneYear, verdict: z.string(), reason: z.string(), figures }),
    shown: guarded,
    says: { zh: '告知年度考核结论', en: 'Verdict of an annual review told' },
  },
  'annual.contested': {
    data: z.object({ ...ofOneYear, text: z.string() }),
    shown: guarded,
    says: { zh: '专家申请复核年度考核', en: 'Recheck of an annual review asked for' },
  },
  'annual.final': {
    /** without a reason: nobody asked for a recheck in time */
    data: z.object({ ...ofOneYear, verdict: z.string(), reason: z.string().nullable(), figures: figures.nullable() }),
    shown: guarded,
    says: { zh: '年度考核结论生效', en: 'Verdict of an annual review final' },
  },
} as const satisfies Record<string, EventSpec>;
