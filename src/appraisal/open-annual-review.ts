import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { nextReviewDay, periodOf } from './annual.ts';
import { reviewedExperts } from './figure-reads.ts';
import { nobodyToReview, reviewTooSoon } from './problems.ts';
import { AnnualReview, ExpertYear } from './schema.ts';

/**
 * The centre, which keeps the pool, opens the year's review: of every expert of whom the period holds something. What an evaluation without a result
 * holds is secret and does not count; it will, in the review of the period in which its result falls.
 */
export const openAnnualReview = act({
  name: 'open-annual-review',
  by: ['centre'],
  says: { zh: '开始年度考核', en: 'Open the annual review of experts' },
  takes: z.object({}),
  async run(call) {
    await call.em.execute('select pg_advisory_xact_lock(hashtext(?))', ['annual-review']);
    const on = dayOf(call.now);
    const year = Number(on.slice(0, 4));
    const [last] = await call.em.findAll(AnnualReview, { orderBy: { through: 'desc' }, limit: 1 });
    if (last && nextReviewDay(last, on) !== null) throw reviewTooSoon();
    const period = periodOf(on, last ?? null);
    const experts = await reviewedExperts(call.em, period);
    if (experts.length === 0) throw nobodyToReview();
    const review = newId(call.now);
    call.em.create(AnnualReview, { id: review, year, ...period, openedBy: call.by.user ?? '', openedAt: call.now });
    for (const expert of experts) call.em.create(ExpertYear, { id: newId(call.now), review, expert, state: 'open' });
    return {
      result: { review },
      facts: [fact('annual.opened', {}, { review, year, ...period, experts: experts.length })],
    };
  },
});
