import type { EvaluationBundle } from '../evaluation/bundle.ts';
import { decimal, Fraction, hundred, mean, sum } from '../kernel/fraction.ts';

/**
 * How an expert judged beside the others, over the evaluations of a period (XE-13). Pure and exact: only what is printed is rounded. These figures
 * are looked into; none of them decides anything by itself.
 */

/** One evaluation in which the expert sat, as its signed report holds it. */
export interface JudgedLot {
  /** the expert's seat */
  readonly reviewer: string;
  readonly bundle: Pick<EvaluationBundle, 'method' | 'sheets' | 'bids'>;
  /** code of the bidder of each bid */
  readonly bidders: ReadonlyMap<string, string>;
  /** the bid that won; null where the tender failed */
  readonly winner: string | null;
}

export interface Bias {
  /** marks of subjective criteria that have others to be compared with */
  readonly marks: number;
  /** mean distance from the mean of the others, as a share of the full mark; null without such marks */
  readonly deviation: Fraction | null;
  /** the same with its sign: above or below the others */
  readonly lean: Fraction | null;
  /** evaluations in which the expert put one bid before another and somebody won, and those of them in which its own first won */
  readonly ranked: number;
  readonly firstWon: number;
  /** bidders it met more than once, those met most often first */
  readonly pairs: readonly Meeting[];
}
export interface Meeting {
  readonly bidder: string;
  readonly times: number;
  readonly won: number;
}

export function biasOf(lots: readonly JudgedLot[]): Bias {
  const shares = lots.flatMap(deviationsOf);
  const firsts = lots.flatMap((lot) => firstOf(lot) ?? []);
  return {
    marks: shares.length,
    deviation: shares.length === 0 ? null : mean(shares.map((share) => share.absolute())),
    lean: shares.length === 0 ? null : mean(shares),
    ranked: firsts.length,
    firstWon: firsts.filter((won) => won).length,
    pairs: meetingsOf(lots),
  };
}

/** Of each subjective mark: how far from the mean of the others, in full marks. */
function deviationsOf({ reviewer, bundle }: JudgedLot): Fraction[] {
  const full = new Map(bundle.method.criteria.filter(({ kind }) => kind === 'subjective').map(({ id, max }) => [id, decimal(max)]));
  const cells = new Map<string, { own: Fraction | null; others: Fraction[]; max: Fraction }>();
  for (const { reviewer: by, bid, criterion, score } of bundle.sheets) {
    const max = full.get(criterion);
    if (max === undefined) continue;
    const key = JSON.stringify([bid, criterion]);
    const cell = cells.get(key) ?? { own: null, others: [], max };
    if (by === reviewer) cell.own = decimal(score);
    else cell.others.push(decimal(score));
    cells.set(key, cell);
  }
  return [...cells.values()].flatMap(({ own, others, max }) =>
    own === null || others.length === 0 ? [] : [own.minus(mean(others)).over(max)],
  );
}

/** Did the bid to which the expert gave most win? Null where it put none before another, or nobody won. A shared first place counts for each. */
function firstOf({ reviewer, bundle, winner }: JudgedLot): boolean | null {
  if (winner === null) return null;
  const own = new Map<string, Fraction[]>();
  for (const { reviewer: by, bid, score } of bundle.sheets) if (by === reviewer) own.set(bid, [...(own.get(bid) ?? []), decimal(score)]);
  const totals = [...own].map(([bid, scores]) => ({ bid, total: sum(scores) }));
  const best = totals.reduce<Fraction | null>((most, { total }) => (most === null || total.isAbove(most) ? total : most), null);
  const first = totals.filter(({ total }) => best?.equals(total));
  if (totals.length < 2 || first.length === totals.length) return null;
  return first.some(({ bid }) => bid === winner);
}

function meetingsOf(lots: readonly JudgedLot[]): Meeting[] {
  const met = new Map<string, { times: number; won: number }>();
  for (const { bidders, winner } of lots) {
    const winning = winner === null ? undefined : bidders.get(winner);
    for (const bidder of new Set(bidders.values())) {
      const { times, won } = met.get(bidder) ?? { times: 0, won: 0 };
      met.set(bidder, { times: times + 1, won: won + (bidder === winning ? 1 : 0) });
    }
  }
  return [...met]
    .filter(([, { times }]) => times > 1)
    .map(([bidder, counts]) => ({ bidder, ...counts }))
    .sort((a, b) => b.times - a.times || b.won - a.won || (a.bidder < b.bidder ? -1 : 1));
}

/** A share as it is kept, exactly: numerator/denominator. */
export const exactText = ({ numerator, denominator }: Fraction): string => `${numerator}/${denominator}`;
export function exactly(text: string): Fraction {
  const [numerator = '', denominator = ''] = text.split('/');
  return Fraction.of(BigInt(numerator), BigInt(denominator));
}

/** A share as people read it: percent with one place. */
export const percentText = (share: Fraction): string => share.times(hundred).print(1);

/** A share of a count, as people read it; null of nothing. */
export const shareText = (part: number, whole: number): string | null => (whole === 0 ? null : percentText(Fraction.of(part, whole)));
