import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound, problem } from '../kernel/problem.ts';
import { regionWatched } from '../parties/reads.ts';
import { regionsWithin } from '../rulebook/regions.ts';
import { Lot, Project } from '../tenders/schema.ts';

export const nothingConfidential = problem(
  'nothing-confidential',
  'conflict',
  '评标不在进行中，没有需要留痕查看的保密内容。',
  'No evaluation is going on: there is nothing confidential to look at.',
);

/** What may be looked at before it is public, with a look that stays on record. */
export const matters = ['evaluation'] as const;

export const lookFields = z.object({
  matter: z.enum(matters),
  ground: z
    .string()
    .trim()
    .min(4, '请写明查看理由，至少四个字。 | Say why you look, in four characters at least.')
    .max(300, '理由过长。 | The ground is too long.'),
});

/**
 * A supervisor looks at an evaluation that is still going on. The look itself is an event: who, what, why and when; what it showed is what
 * stood at that moment.
 */
export const viewMatter = act({
  name: 'view-matter',
  by: ['regulator'],
  says: { zh: '查看保密事项（留痕）', en: 'Look at confidential matter, on record' },
  takes: lookFields.extend({ lot: idField }),
  async run(call, { lot: id, matter, ground }) {
    const lot = await lock(call, Lot, id);
    const project = await call.em.findOneOrFail(Project, { id: lot.project });
    const area = await regionWatched(call.em, call.by);
    if (area === null || !regionsWithin(area).includes(project.region)) throw notFound();
    if (!lot.evaluationStartedAt || lot.reportedAt || lot.failedAt) throw nothingConfidential();
    return {
      result: { lot: lot.id, matter },
      facts: [fact('matter.viewed', { lot: lot.id, ...(call.by.user === null ? {} : { actor: call.by.user }) }, { matter, ground })],
    };
  },
});
