import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { termsOf } from '../tenders/lot.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow, nextOn } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { dutyOf } from './duty.ts';
import { publicityFrom } from './publicity.ts';
import { candidateFact, enterCandidates } from './recommended.ts';

/**
 * Publishes the candidates the panel recommends, in its order, for the days the notice announced. The end is computed, never typed in.
 * Publishing later than the law asks is said and seen, not refused: late publicity is better than none.
 */
export const publishCandidates = act({
  name: 'publish-candidates',
  by: ['agent', 'tenderee'],
  says: { zh: '公示中标候选人', en: 'Publish the candidates' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('publish-candidates', lot.phase);
    const edition = editionOf(lot, project, call.now);
    const ground = groundOf(lot, call.now);
    const { until } = publicityFrom(call.now, termsOf(lot).publicityDays);
    uphold(edition.rules.publicity, { ...ground, from: call.now, until });
    const published = (await enterCandidates(call, lot)).map(candidateFact);
    lot.phase = nextOn(edition.phases, lot.phase, 'candidates.published');
    lot.candidatesAt = call.now;
    lot.publicityUntil = until;
    const limit = edition.limits.publishCandidates?.by(ground);
    const late = limit !== undefined && lot.reportedAt != null && dutyOf(limit, lot.reportedAt, call.now).late;
    return {
      result: { candidates: published.length, until, late },
      facts: [fact('candidates.published', { lot: lot.id }, { candidates: published, from: call.now, until })],
    };
  },
});
