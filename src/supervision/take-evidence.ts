import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { regionWatched } from '../parties/reads.ts';
import { liesWithin } from '../rulebook/regions.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { lookFields } from './view-matter.ts';

export const evidenceFields = lookFields.pick({ ground: true });

/**
 * A supervisor takes the regulator's edition of a lot's evidence: it holds what is not public, so the taking stands on record with who, why and
 * when. The file is that moment's; whoever wants what came later takes it again.
 */
export const takeEvidence = act({
  name: 'take-evidence',
  by: ['regulator'],
  says: { zh: '调取监管版证据包（留痕）', en: 'Take the regulator’s edition of the evidence, on record' },
  takes: evidenceFields.extend({ lot: idField }),
  async run(call, { lot: id, ground }) {
    const lot = await lock(call, Lot, id);
    const project = await call.em.findOneOrFail(Project, { id: lot.project });
    const area = await regionWatched(call.em, call.by);
    if (!lot.publishedAt || area === null || !liesWithin(project.region, area)) throw notFound();
    return {
      result: { lot: lot.id },
      facts: [
        fact('matter.viewed', { lot: lot.id, ...(call.by.user === null ? {} : { actor: call.by.user }) }, { matter: 'evidence', ground }),
      ],
    };
  },
});
