import { z } from 'zod';
import { type EvaluationBundle, evaluationShape } from '../evaluation/bundle.ts';
import { givenKey } from '../evaluation/given.ts';
import { type Ranking, rank } from '../evaluation/rank.ts';
import { base64url, canonical, canonicalBytes } from '../kernel/bytes.ts';
import { type Instant, later, parseInstant } from '../kernel/clock.ts';
import { Fraction } from '../kernel/fraction.ts';
import { fill } from '../kernel/words.ts';
import { dayOf, daysBetween } from '../kernel/working-days.ts';
import { sha256 } from '../sealing/digest.ts';
import { declaredIn } from '../tenders/policy.ts';
import { brandKey } from '../tenders/same-brand.ts';
import type { Closing } from './bidding.ts';
import type { Checklist } from './checks.ts';
import { type CheckedDraw, tieSeedOf } from './draws.ts';
import type { History, Placed } from './history.ts';
import { checkReopenings } from './reopenings.ts';
import { checkResult, shaped } from './verify.ts';

/** From evaluation to award: the ranking is recomputed from the journal's own inputs, and the award follows it. */

export interface Decided {
  readonly bundle: EvaluationBundle;
  readonly ranking: Ranking;
  readonly sha256: string;
  readonly index: number;
}

/** Checks every evaluation of the bundle; answers them in their order. */
export function checkEvaluations(
  history: History,
  list: Checklist,
  bundles: ReadonlyMap<string, unknown>,
  context: { readonly lot: string; readonly closing: Closing | undefined; readonly draw: CheckedDraw | undefined },
): readonly Decided[] {
  const concluded = history.all('evaluation.concluded');
  list.that({ zh: '日志中的每次评标都有数据', en: 'Every concluded evaluation is in the bundle' }, concluded.length === bundles.size);
  const decided: Decided[] = [];
  for (const event of concluded) {
    const stated = [...bundles.values()].find((each) => canonical(each) === canonical(event.data.bundle));
    list.that(
      { zh: '评标数据与日志及其散列一致', en: 'The evaluation bundle is the journalled one, with its digest' },
      stated !== undefined && event.data.sha256 === base64url(sha256(canonicalBytes(stated))),
    );
    const bundle = shaped(evaluationShape.safeParse(stated), list);
    checkInputs(history, list, event, bundle, context);
    const result = rank(bundle);
    checkResult(list, bundle.result, result);
    decided.push({ bundle, ranking: result.value, sha256: event.data.sha256, index: event.index });
  }
  checkReopenings(history, list, decided);
  return decided;
}

function checkInputs(
  history: History,
  list: Checklist,
  event: Placed<'evaluation.concluded'>,
  bundle: EvaluationBundle,
  { lot, closing, draw }: { readonly lot: string; readonly closing: Closing | undefined; readonly draw: CheckedDraw | undefined },
): void {
  const notice = history.one('notice.published');
  list.that(
    { zh: '评标办法是公告载明的办法', en: 'The method is the one the notice published' },
    bundle.lot === lot && canonical(notice?.data.method ?? null) === canonical(bundle.method),
  );
  const read = new Map(
    history
      .all('bid.read')
      .filter((each) => each.index < event.index && (each.data.part ?? 'whole') === (notice?.data.parts.at(-1) ?? 'whole'))
      .map((each) => [each.data.submission, each.data.price]),
  );
  const opened = new Set(read.keys());
  checkBrands(history, list, event, bundle);
  checkDeclared(history, list, event, bundle);
  const before = <T extends { readonly index: number }>(told: readonly T[]): readonly T[] =>
    told.filter((each) => each.index < event.index);
  const corrections = before(history.all('price.corrected'));
  const gone = before(history.all('correction.unconfirmed'));
  list.that(
    { zh: '算术修正以唱标报价为起点，不确认的不再参评', en: 'Corrections start from the price read out; who did not confirm one is out' },
    corrections.every(({ data }) => sameAmount(data.from, read.get(data.bid))) && gone.every(({ data }) => read.has(data.bid)),
  );
  for (const { data } of corrections) read.set(data.bid, data.to);
  for (const { data } of gone) read.delete(data.bid);
  const found = before(history.all('qualification.checked')).at(-1)?.data.bids ?? [];
  list.that(
    {
      zh: '资格审查针对的正是唱标的投标，不合格的不参评',
      en: 'The qualification was checked of the bids read out; who is not qualified is not evaluated',
    },
    found.every((each) => opened.has(each.bid)),
  );
  for (const { bid, pass } of found) if (!pass) read.delete(bid);
  const same =
    bundle.bids.length === read.size &&
    bundle.bids.every((bid) => sameAmount(bid.price, read.get(bid.id)) && closing?.counted.get(bid.id)?.receivedAt === bid.receivedAt);
  list.that(
    { zh: '参评的正是唱标的投标，价格和递交时间一致', en: 'The evaluated bids are those read out, with their prices and times of receipt' },
    same,
  );
  list.that(
    { zh: '平局种子和参数出自抽取，且在评标结束之前', en: 'The tie seed and parameters are the draw’s, made before the evaluation ended' },
    draw !== undefined &&
      draw.completedAt < event.index &&
      bundle.tieSeed === tieSeedOf(draw) &&
      canonical(bundle.drawn) === canonical(draw.transcript.parameters),
  );
  checkPanel(history, list, event, bundle);
}

/** Where bids of one brand count as one: each has the brand that was read out of it. */
function checkBrands(history: History, list: Checklist, event: Placed<'evaluation.concluded'>, bundle: EvaluationBundle): void {
  if (bundle.method.sameBrand === undefined) return;
  const said = history.all('bid.read').filter((each) => each.index < event.index && each.data.figures?.[brandKey] !== undefined);
  const brands = new Map(said.map(({ data }) => [data.submission, data.figures?.[brandKey]]));
  list.that(
    { zh: '各投标的品牌与唱标一致', en: 'The brands are those read out' },
    bundle.bids.every((bid) => bid.brand === brands.get(bid.id)),
  );
}

/** Where prices are reduced by policy: each bid declares what was read out of it. */
function checkDeclared(history: History, list: Checklist, event: Placed<'evaluation.concluded'>, bundle: EvaluationBundle): void {
  if (bundle.method.policy === null) return;
  const form = formShape.safeParse(history.one('notice.published')?.data.terms);
  const read = history.all('bid.read').filter((each) => each.index < event.index);
  list.that(
    { zh: '各投标的政策扣除与唱标的声明一致', en: 'What is deducted from a price is what its bid declared when it was read out' },
    form.success &&
      bundle.bids.every((bid) => {
        const figures = Object.assign({}, ...read.filter(({ data }) => data.submission === bid.id).map(({ data }) => data.figures ?? {}));
        const declared = declaredIn(form.data.bidForm, figures);
        return declared.small === bid.small && declared.domestic === bid.domestic;
      }),
  );
}
const formShape = z.object({
  bidForm: z.array(z.object({ key: z.string(), counts: z.object({ as: z.enum(['small', 'domestic']), value: z.string() }).optional() })),
});

/**
 * Reviewers are the panel, named by the ids of their seats as in `panel.formed`; where the journal's reviews and scores are in the
 * bundle, their last versions are the inputs.
 */
function checkPanel(history: History, list: Checklist, event: Placed<'evaluation.concluded'>, bundle: EvaluationBundle): void {
  const panel = history.all('panel.formed').findLast((each) => each.index < event.index);
  const members = panel?.data.seats.map((seat) => seat.member) ?? [];
  list.that({ zh: '评委正是评标委员会成员', en: 'The reviewers are the members of the panel' }, sameSet(members, bundle.reviewers));
  const { verdicts, marks } = history.given(event.index);
  if (verdicts.size === 0 && marks.size === 0) return;
  const asJournalled =
    bundle.reviews.every((each) => verdicts.get(givenKey(each.reviewer, each.bid, each.item))?.pass === each.pass) &&
    bundle.sheets.every((each) => sameAmount(each.score, marks.get(givenKey(each.reviewer, each.bid, each.criterion))));
  list.that({ zh: '评审和评分与日志中各评委最后提交的一致', en: 'Reviews and scores are those each member last gave' }, asJournalled);
}

/** Candidates, publicity and award follow the ranking. */
export function checkAward(history: History, list: Checklist, evaluations: readonly Decided[], award: unknown): void {
  for (const event of history.all('candidates.published', 'result.published')) checkCandidates(history, list, event, evaluations);
  const awarded = history.last('award.determined');
  list.that(
    { zh: '中标结果文件与日志一致', en: 'The award file is the journalled award' },
    canonical(award ?? null) === canonical(awarded?.raw ?? null),
  );
  if (awarded === undefined) return;
  list.that({ zh: '流标后没有授标', en: 'Nothing was awarded after the tender failed' }, !history.has('tender.failed'));
  const { submission, price, bidder, rank: place, reason } = awarded.data;
  // a line without publicity before the award publishes the candidates with it
  const publicFirst = (history.one('notice.published')?.data.publicityDays ?? 0) > 0;
  if (publicFirst) checkAfterPublicity(history, list, awarded);
  else checkWithResult(history, list, awarded, evaluations.at(-1));
  list.that(
    { zh: '期满未定的，视同确定排名第一', en: 'Silence awards the first-ranked and nobody else' },
    awarded.data.deemed !== true || (place === 1 && !publicFirst),
  );
  list.that(
    { zh: '未授予第一名的载明了理由', en: 'An award past the first candidate states its reason' },
    place === 1 || reason.trim() !== '',
  );
  const notified = history.last('award.notified');
  if (notified !== undefined) {
    const { data } = notified;
    list.that(
      { zh: '中标通知书与定标一致', en: 'The award notice names the award' },
      notified.index > awarded.index && data.submission === submission && data.bidder === bidder && sameAmount(data.price, price),
    );
  }
}

/** The end of a publicity: the one published, or where a suspension has moved it since. */
function publicityEnd(history: History, published: Placed<'candidates.published'>, before: number): string {
  const moved = history
    .all('lot.resumed')
    .filter(({ index }) => index > published.index && index < before)
    .flatMap(({ data }) => data.periods.filter(({ period }) => period === 'publicity'));
  return moved.at(-1)?.until ?? published.data.until;
}

function checkAfterPublicity(history: History, list: Checklist, awarded: Placed<'award.determined'>): void {
  const published = history.last('candidates.published');
  list.that(
    { zh: '中标人是公示的候选人', en: 'The award went to a published candidate' },
    published !== undefined && isAmong(published.data.candidates, awarded),
  );
  list.that(
    { zh: '公示期满后才定标', en: 'The award came after the publicity period' },
    awarded.index > published.index &&
      awarded.at >= publicityEnd(history, published, awarded.index) &&
      !reopenedWithin(history, published.index, awarded.index),
  );
}

function checkWithResult(history: History, list: Checklist, awarded: Placed<'award.determined'>, decided: Decided | undefined): void {
  const published = history.last('result.published');
  if (published !== undefined)
    list.that(
      { zh: '中标人是公告的候选人', en: 'The award went to one of the candidates published with it' },
      published.index > awarded.index && isAmong(published.data.candidates, awarded),
    );
  // who may not see the evaluation yet sees the award alone
  if (decided !== undefined)
    list.that(
      { zh: '中标人是计算所得的候选人', en: 'The award went to a computed candidate' },
      decided.index < awarded.index &&
        decided.ranking.outcome === 'ranked' &&
        decided.ranking.candidates[awarded.data.rank - 1] === awarded.data.submission &&
        !reopenedWithin(history, decided.index, awarded.index),
    );
}

type Listed = Placed<'candidates.published'>['data']['candidates'];
const isAmong = (candidates: Listed, { data }: Placed<'award.determined'>): boolean =>
  candidates.some(
    (each) =>
      each.submission === data.submission && each.bidder === data.bidder && each.rank === data.rank && sameAmount(each.price, data.price),
  );

/** Was the evaluation done again between these entries? What followed from the version before is then void. */
const reopenedWithin = (history: History, from: number, until: number): boolean =>
  history.all('evaluation.reopened').some(({ index }) => index > from && index < until);

function checkCandidates(
  history: History,
  list: Checklist,
  published: Placed<'candidates.published' | 'result.published'>,
  evaluations: readonly Decided[],
): void {
  const decided = evaluations.findLast((each) => each.index < published.index);
  const ranking = decided?.ranking;
  list.that(
    { zh: '候选人公示以评标结果为据', en: 'Candidates follow a concluded evaluation' },
    decided !== undefined && ranking?.outcome === 'ranked' && !reopenedWithin(history, decided.index, published.index),
  );
  const { bundle } = decided;
  const bidders = new Map(history.all('bid.opened').map((event) => [event.data.submission, event.data.bidder]));
  const stated = published.data.candidates;
  const following =
    stated.length === ranking.candidates.length &&
    stated.every((each, i) => {
      const row = ranking.rows.find(({ bid }) => bid === each.submission);
      const price = bundle.bids.find((bid) => bid.id === each.submission)?.price;
      return (
        each.rank === i + 1 &&
        each.submission === ranking.candidates[i] &&
        (each.total === row?.total || each.total === row?.evaluatedPrice) &&
        sameAmount(each.price, price) &&
        bidders.get(each.submission) === each.bidder
      );
    });
  list.that({ zh: '公示的候选人就是计算所得的候选人', en: 'The published candidates are the computed ones' }, following);
  const days = history.one('notice.published')?.data.publicityDays ?? 0;
  // A period cannot have begun before anyone could read the notice.
  const from = parseInstant([published.data.from, published.at].sort().at(-1) ?? '');
  const until = parseInstant(published.data.until);
  list.that(
    fill({ zh: '公示期不少于 {days} 日', en: 'The publicity period has at least {days} days' }, { days }),
    from !== undefined && until !== undefined && fullDays(from, until) >= days,
  );
}

/** Days of a publicity: the day of publication is not counted, the last day is the one its last moment falls on. */
const fullDays = (from: Instant, until: Instant): number => daysBetween(dayOf(from), dayOf(later(until, -1)));

const sameSet = (a: readonly string[], b: readonly string[]): boolean => canonical([...a].sort()) === canonical([...b].sort());

function sameAmount(a: string, b: string | undefined): boolean {
  const [left, right] = [Fraction.parse(a), b === undefined ? undefined : Fraction.parse(b)];
  return left !== undefined && right !== undefined && left.equals(right);
}
