import type { LotTerms } from '../tenders/lot.ts';
import type { DeskResult, SeatSheet } from './answers.ts';
import { evaluationShape } from './bundle.ts';
import type { PanelWork } from './bundle-reads.ts';
import { explainRank } from './explain.ts';
import { maskWords, outWords } from './mask.ts';
import type { EvaluationReport } from './schema.ts';

/** So many verdicts and marks a page holds at once; of a larger evaluation it shows one bid at a time. The whole of it is in the bundle. */
const mostAtOnce = 1000;

/** Steps with a line for every bid and every item or criterion. */
const longSteps: readonly number[] = [1, 2, 5];

/**
 * The result of an evaluation as people read it: the ranking, every step of the arithmetic, and each seat's sheet. Where that is too much for a page, of
 * the chosen bid alone, or of the first in rank.
 */
export function resultOf(
  report: EvaluationReport,
  terms: LotTerms,
  work: PanelWork,
  { named, chosen }: { readonly named: boolean; readonly chosen: string | undefined },
): DeskResult {
  const bundle = evaluationShape.parse(report.bundle);
  const explained = explainRank(bundle);
  if (!explained.ok) throw new Error(`a stored bundle has no result: ${explained.error} ${explained.about}`);
  const { steps, result } = explained.value;
  const names = new Map(work.bids.map((item) => [item.submission, item.bidderName]));
  const prices = new Map(work.bids.map((item) => [item.submission, item.price]));
  const nameOf = (bid: string): string => names.get(bid) ?? bid;
  const titles = new Map([...terms.items, ...terms.criteria].map(({ id, title }) => [id, title]));
  const titleOf = (id: string) => titles.get(id) ?? { zh: id, en: id };
  const focus = focusOf(work, chosen, result.outcome === 'ranked' ? result.rows[0]?.bid : undefined);
  const inFocus = (bid: string | null): boolean => focus === null || bid === null || bid === focus;
  const candidates = new Set(result.outcome === 'ranked' ? result.candidates : []);
  return {
    sha256: report.sha256,
    outcome: result.outcome,
    concludedAt: report.concludedAt,
    benchmark: result.outcome === 'ranked' ? result.benchmark : null,
    drawn: Object.entries(bundle.drawn).map(([name, choice]) => ({ name, choice })),
    focus:
      focus === null
        ? null
        : { bid: focus, name: nameOf(focus), others: work.bids.map((item) => ({ bid: item.submission, name: item.bidderName })) },
    rows:
      result.outcome === 'ranked'
        ? result.rows.map((row) => ({
            bid: row.bid,
            rank: row.rank,
            name: nameOf(row.bid),
            bidPrice: prices.get(row.bid) ?? '',
            technical: row.technical,
            price: row.price,
            total: row.total,
            evaluatedPrice: row.evaluatedPrice,
            candidate: candidates.has(row.bid),
          }))
        : [],
    rejected: result.rejected.map(({ bid, reason }) => ({ name: nameOf(bid), reason: outWords(reason, terms.items) })),
    steps: steps.map(({ number, title, rule, lines }) => ({
      number,
      title,
      rule,
      lines: lines
        .filter((line) => !longSteps.includes(number) || inFocus(line.bid))
        .map((line) => ({
          bid: line.bid === null ? null : nameOf(line.bid),
          about: line.of === undefined ? null : titleOf(line.of),
          formula: line.formula.startsWith('review:') ? '' : line.formula,
          value: line.value,
        })),
    })),
    sheets: seatSheets(terms, work, named, focus),
  };
}

/** Every seat's sheet as it stands, under the titles of the notice; of one bid alone where that is asked. */
export function seatSheets(
  terms: LotTerms,
  { members, bids, reviews, scores }: PanelWork,
  named: boolean,
  only: string | null = null,
): SeatSheet[] {
  const shown = (bid: string): boolean => only === null || bid === only;
  const names = new Map(bids.map((item) => [item.submission, item.bidderName]));
  const nameOf = (bid: string): string => names.get(bid) ?? bid;
  const titles = new Map([...terms.items, ...terms.criteria].map(({ id, title }) => [id, title]));
  const titleOf = (id: string) => titles.get(id) ?? { zh: id, en: id };
  return members.map((member) => ({
    mask: maskWords(member.mask),
    name: named ? member.name : null,
    verdicts: reviews
      .filter((row) => row.member === member.id && shown(row.submission))
      .map(({ submission, item, pass, reason }) => ({ bid: nameOf(submission), item: titleOf(item), pass, reason: reason ?? null })),
    marks: scores
      .filter((row) => row.member === member.id && shown(row.submission))
      .map(({ submission, criterion, score, reason }) => ({
        bid: nameOf(submission),
        criterion: titleOf(criterion),
        score,
        reason: reason ?? null,
      })),
  }));
}

/** The bid that is shown alone; null where everything fits. */
function focusOf({ reviews, scores, bids }: PanelWork, chosen: string | undefined, first: string | undefined): string | null {
  if (reviews.length + scores.length <= mostAtOnce) return null;
  const known = bids.some((item) => item.submission === chosen) ? chosen : undefined;
  return known ?? first ?? bids[0]?.submission ?? null;
}
