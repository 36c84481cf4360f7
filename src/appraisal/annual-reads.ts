import type { EntityManager } from '@mikro-orm/postgresql';
import { Expert } from '../experts/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameterInForce } from '../rulebook/parameters.ts';
import { allowedBy, bestVerdict, hintsOf, nextReviewDay, type YearFigures, type YearState } from './annual.ts';
import type { AnnualReviewAnswer, AnnualReviewsAnswer, ExpertYearAnswer } from './annual-answers.ts';
import { contestLimit, judgeLimit, recheckLimit } from './annual-limits.ts';
import { exactly, percentText, shareText } from './bias.ts';
import { meanText } from './dimensions.ts';
import { figuresOf } from './figure-reads.ts';
import { AnnualReview, ExpertYear } from './schema.ts';

const reviewHead = ({ id, year, from, through, openedAt }: AnnualReview) => ({
  id,
  year,
  from,
  through,
  openedAt,
  due: judgeLimit.due(openedAt),
});

/** Every annual review with how far it has come, for those who keep the pool. */
export async function annualReviews(em: EntityManager, by: Actor, now: Instant): Promise<AnnualReviewsAnswer> {
  const reviews = await em.findAll(AnnualReview, { orderBy: { through: 'desc' } });
  const rows = await em.execute<{ review: string; state: YearState; count: number }[]>(
    'select review, state, count(*)::int as count from expert_year group by review, state',
  );
  const countOf = (review: string, state: YearState): number =>
    rows.find((row) => row.review === review && row.state === state)?.count ?? 0;
  const from = reviews[0] ? nextReviewDay(reviews[0], dayOf(now)) : null;
  return {
    reviews: reviews.map((review) => ({
      ...reviewHead(review),
      counts: {
        open: countOf(review.id, 'open'),
        told: countOf(review.id, 'told'),
        contested: countOf(review.id, 'contested'),
        final: countOf(review.id, 'final'),
      },
    })),
    may: { open: by.role === 'centre' && from === null },
    from,
  };
}

/** Everyone in one review: what waits for somebody first. */
export async function annualReviewOf(em: EntityManager, id: string): Promise<AnnualReviewAnswer> {
  const review = await em.findOne(AnnualReview, { id });
  if (!review) throw notFound();
  const rows = await em.execute<AnnualReviewAnswer['rows']>(
    `select y.id, e.name, e.employer_name as employer, y.state, coalesce(y.rechecked, y.verdict) as verdict from expert_year y join expert e on e.id = y.expert
     where y.review = ? order by array_position(array['contested', 'open', 'told', 'final'], y.state::text), e.name, y.id`,
    [id],
  );
  return { review: reviewHead(review), rows };
}

/** One expert in one review. The expert reads its own figures from the opening on, and its verdict when it is told. */
export async function expertYear(em: EntityManager, by: Actor, id: string, now: Instant): Promise<ExpertYearAnswer> {
  const entry = await em.findOne(ExpertYear, { id });
  if (!entry || (by.role === 'expert' && entry.expert !== by.expert)) throw notFound();
  const review = await em.findOneOrFail(AnnualReview, { id: entry.review });
  const expert = await em.findOneOrFail(Expert, { id: entry.expert });
  // whoever is about to decide reads what holds now; what was decided rests on what was held then
  const live = entry.state === 'open' || entry.state === 'contested';
  const figures = (live ? null : entry.figures) ?? (await figuresOf(em, entry.expert, review));
  const on = live ? dayOf(now) : dayOf(entry.decidedAt ?? entry.toldAt ?? now);
  const best = bestVerdict(figures, on);
  return {
    id: entry.id,
    review: reviewHead(review),
    name: expert.name,
    expert: by.role === 'expert' ? null : expert.id,
    state: entry.state,
    figures: shown(figures),
    live,
    best: best.verdict,
    allowed: [...allowedBy(best.verdict)],
    grounds: [...best.grounds],
    hints: [...hintsOf(figures, on)],
    ...courseOf(entry),
    consequences: (['annual.suspension', 'annual.removal'] as const).map((key) => sentence(parameterInForce(key, on))),
    may: {
      judge: by.role === 'centre' && entry.state === 'open',
      contest: by.role === 'expert' && entry.state === 'told' && entry.toldAt != null && now < contestLimit.due(entry.toldAt),
      decide: by.role === 'regulator' && entry.state === 'contested' && entry.toldBy !== by.user,
    },
  };
}

function courseOf(entry: ExpertYear) {
  const { verdict, reason, toldAt, objection, objectedAt, rechecked, decision, decidedAt } = entry;
  const stands = rechecked ?? verdict;
  return {
    told: verdict && reason && toldAt ? { verdict, reason, at: toldAt } : null,
    objection: objection && objectedAt ? { text: objection, at: objectedAt } : null,
    decision: stands && decidedAt ? { verdict: stands, reason: decision ?? null, at: decidedAt } : null,
    contestUntil: toldAt ? contestLimit.due(toldAt) : null,
    recheckUntil: objectedAt ? recheckLimit.due(objectedAt) : null,
  };
}

/** The figures as people read them: rounded here, and nowhere before. */
function shown({ scored, deviation, lean, pairs, ...counts }: YearFigures): ExpertYearAnswer['figures'] {
  return {
    ...counts,
    mean: meanText(scored, counts.scores),
    deviation: deviation === null ? null : percentText(exactly(deviation)),
    lean: lean === null ? null : percentText(exactly(lean)),
    absence: shareText(counts.absent, counts.due),
    pairs: pairs.map(({ name, times, won }) => ({ name, times, won })),
  };
}

/** An expert's own reviews, newest first. */
export async function ownYears(em: EntityManager, expert: string, now: Instant) {
  const rows = await em.find(ExpertYear, { expert });
  const reviews = new Map((await em.find(AnnualReview, { id: { $in: rows.map(({ review }) => review) } })).map((row) => [row.id, row]));
  return rows
    .flatMap((row) => {
      const review = reviews.get(row.review);
      if (!review) return [];
      const until = row.toldAt ? contestLimit.due(row.toldAt) : null;
      return [
        {
          id: row.id,
          year: review.year,
          state: row.state,
          verdict: row.rechecked ?? row.verdict ?? null,
          contestUntil: row.state === 'told' && until !== null && now < until ? until : null,
        },
      ];
    })
    .sort((a, b) => b.year - a.year);
}
