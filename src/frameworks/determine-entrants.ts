import { z } from 'zod';
import { recommendedBy } from '../awards/candidates.ts';
import { nothingHolds } from '../awards/decision.ts';
import { holdsOn } from '../awards/holds.ts';
import { hostDecides } from '../awards/problems.ts';
import { evaluationShape } from '../evaluation/bundle.ts';
import { EvaluationReport } from '../evaluation/schema.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { parseYuan, yuan, zeroFen } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { addMonths, dayOf, endOfDay } from '../kernel/working-days.ts';
import { OpeningItem } from '../openings/schema.ts';
import { underOwnLaw } from '../tenders/line.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { next } from '../tenders/phases.ts';
import { entrantsOf } from './entrants.ts';
import { lockAgreed } from './locking.ts';
import { Agreement, Entrant } from './schema.ts';

/** Who enters follows from the signed report and the notice: nobody chooses. From here on the agreement runs, and the result is public. */
export const determineEntrants = act({
  name: 'determine-entrants',
  by: ['agent', 'tenderee'],
  says: { zh: '确定入围供应商', en: 'Determine who enters' },
  takes: z.object({ lot: idField }),
  async run(call, { lot: id }) {
    const { lot, project, terms } = await lockAgreed(call, id, 'determine-entrants');
    if (call.by.role !== 'tenderee') throw hostDecides();
    const edition = editionOf(lot, project, call.now);
    uphold(underOwnLaw(edition, [nothingHolds]), { holds: await holdsOn(call.em, lot.id) });
    const report = await call.em.findOneOrFail(EvaluationReport, { lot: lot.id });
    const { rows } = recommendedBy(report.bundle);
    const prices = new Map(evaluationShape.parse(report.bundle).bids.map((bid) => [bid.id, bid.price]));
    const items = await call.em.find(OpeningItem, { lot: lot.id });
    const kept = entrantsOf(rows.length, terms.eliminated, terms.most);
    const entrants = rows.slice(0, kept).map(({ bid }, at) => {
      const item = items.find((each) => each.submission === bid);
      if (!item) throw new Error(`bid ${bid} was not opened`);
      const price = parseYuan(prices.get(bid) ?? '') ?? zeroFen;
      const row = { bidder: item.bidder, name: item.bidderName, submission: bid, rank: at + 1, price };
      call.em.create(Entrant, { lot: lot.id, ...row });
      return { ...row, price: yuan(price) };
    });
    const until = endOfDay(addMonths(dayOf(call.now), terms.months));
    call.em.create(Agreement, { lot: lot.id, startedAt: call.now, until });
    lot.phase = next(lot.phase, 'entrants.determined');
    Object.assign(lot, { awardedAt: call.now, candidatesAt: call.now, resultedAt: call.now });
    const eliminated = rows.slice(kept).map(({ bid }) => bid);
    return {
      result: { entrants: kept, until },
      facts: [fact('entrants.determined', { lot: lot.id }, { entrants, eliminated, from: call.now, until })],
    };
  },
});
