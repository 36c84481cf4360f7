import { z } from 'zod';
import { EvaluationReport } from '../evaluation/schema.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { parseYuan } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { bidFigures, openedBid } from '../openings/record.ts';
import { OpeningItem } from '../openings/schema.ts';
import { termsOf } from '../tenders/lot.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow, next } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { recommendedBy } from './candidates.ts';
import { dutyOf } from './duty.ts';
import { publicityFrom } from './publicity.ts';
import { Candidate } from './schema.ts';

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
    const report = await call.em.findOneOrFail(EvaluationReport, { lot: lot.id });
    const edition = editionOf(lot, project, call.now);
    const ground = groundOf(lot, call.now);
    const { until } = publicityFrom(call.now, termsOf(lot).publicityDays);
    uphold(edition.rules.publicity, { ...ground, from: call.now, until });
    const items = await call.em.find(OpeningItem, { lot: lot.id });
    const published = recommendedBy(report.bundle).candidates.map(({ rank, submission, price, total }) => {
      const item = items.find((each) => each.submission === submission);
      const amount = parseYuan(price);
      if (!item || amount === undefined) throw new Error(`candidate ${submission} was not opened`);
      const { figures } = bidFigures(openedBid(items, submission), termsOf(lot).bidForm);
      const { bidder, bidderName } = item;
      call.em.create(Candidate, { id: newId(call.now), lot: lot.id, rank, submission, bidder, bidderName, price: amount, total, figures });
      return { rank, submission, bidder, name: bidderName, price, total, figures };
    });
    lot.phase = next(lot.phase, 'candidates.published');
    lot.candidatesAt = call.now;
    lot.publicityUntil = until;
    const { late } = dutyOf(edition.limits.publishCandidates.by(ground), lot.reportedAt ?? report.concludedAt, call.now);
    return {
      result: { candidates: published.length, until, late },
      facts: [fact('candidates.published', { lot: lot.id }, { candidates: published, from: call.now, until })],
    };
  },
});
