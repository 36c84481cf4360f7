import { canonical } from '../kernel/bytes.ts';
import { decimal, Fraction, hundred, round2, sum, zero } from '../kernel/fraction.ts';
import type { DrawnParameter } from '../tenders/benchmark.ts';
import type { EvaluationMethod } from '../tenders/method.ts';
import type { ExampleRow, MethodFinding } from '../tenders/method-check.ts';
import { type EvaluationBundle, evaluationFormat, type Method, methodShape } from './bundle.ts';
import { type Ranking, rankingOf, workOut } from './rank.ts';

/**
 * What a method of award does before anybody has bid: three properties, each shown broken by an example that anyone can recompute with
 * `yangguang rank`, and what its rule on brands does where it has one. The search walks a fixed grid of prices and technical scores, so that the same method gives the same examples everywhere;
 * it proves a property broken, and proves no property whole: what is not found on the grid is said to be "not found".
 */

/** How far a price may lie from the ceiling, in percent of it; ascending. */
const gridPercent = [70, 75, 80, 85, 90, 95, 99] as const;
/** The field that stands for honest bids: five close prices, all equally good. */
const honestPercent = [86, 88, 90, 92, 94] as const;
/** As many agreed bids are tried. */
const mostAgreed = 4;
/** Where the documents name no ceiling, prices are a share of this. */
const withoutCeiling = '1000000.00';
/** The share of all points of the criteria that a bid of an example gets, where nothing else is wanted of it; and one that is far behind. */
const alike = '0.8';
const behind = '0.4';

interface Offer {
  readonly id: string;
  readonly price: Fraction;
  /** the sum of its criteria */
  readonly technical: Fraction;
  readonly brand?: string;
}
type Drawn = Readonly<Record<string, string>>;
interface Given {
  readonly method: Method;
  /** what could be drawn, every combination */
  readonly draws: readonly Drawn[];
  readonly top: Fraction;
}

/** Every property the method breaks on the grid, at most one example each. */
export function methodFindings(method: EvaluationMethod | Method, parameters: readonly DrawnParameter[]): readonly MethodFinding[] {
  const read = methodShape.parse(method);
  const given: Given = { method: read, draws: combinations(parameters), top: decimal(method.ceiling ?? withoutCeiling) };
  return [lowerPriceLoses(given), loserDecides(given), movable(given), brandCountsOnce(given)].filter((found) => found !== null);
}

/** The same, remembered: a draft is looked at again and again, and the search takes a quarter of a second. */
export function rememberedFindings(method: EvaluationMethod, parameters: readonly DrawnParameter[]): readonly MethodFinding[] {
  const key = canonical({ method, parameters });
  const known = remembered.get(key) ?? methodFindings(method, parameters);
  remembered.delete(key);
  remembered.set(key, known);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  return known;
}
const remembered = new Map<string, readonly MethodFinding[]>();
const mostRemembered = 200;

/** Where more than this many combinations could be drawn, they are tried along the diagonal. */
const mostCombinations = 9;
/**
 * Combinations of what may be drawn; of a long list of choices the first, the middle and the last. All of them while they are few; else all first
 * choices together, all middle ones, all last ones.
 */
function combinations(parameters: readonly DrawnParameter[]): readonly Drawn[] {
  const all = parameters.map(({ name, choices }) => ({ name, choices: telling(choices) }));
  if (all.reduce((product, { choices }) => product * choices.length, 1) > mostCombinations)
    return [0, 0.5, 1].map((along) =>
      Object.fromEntries(all.map(({ name, choices }) => [name, choices[Math.round(along * (choices.length - 1))] ?? ''])),
    );
  return all.reduce<readonly Drawn[]>(
    (drawns, { name, choices }) => drawns.flatMap((drawn) => choices.map((choice) => ({ ...drawn, [name]: choice }))),
    [{}],
  );
}
const telling = (choices: readonly string[]): readonly string[] => [
  ...new Set([choices[0], choices[Math.floor(choices.length / 2)], choices.at(-1)].filter((each) => each !== undefined)),
];

/** A bidder who offers the same for less loses the first place. */
function lowerPriceLoses(given: Given): MethodFinding | null {
  for (const others of fieldsOf(given, 4, 1))
    for (const drawn of given.draws)
      for (const high of untaken(given, others).reverse()) {
        const mine = offer(given, '甲', high);
        const before = ranked(given, [mine, ...others], drawn);
        if (before?.[0]?.bid !== mine.id) continue;
        for (const low of untaken(given, others).filter((percent) => percent < high)) {
          const after = ranked(given, [{ ...mine, price: share(given.top, low) }, ...others], drawn);
          if (after?.[0] && after[0].bid !== mine.id) return { id: 'lower-price-loses', bid: mine.id, before, after };
        }
      }
  return null;
}

/** Prices of the grid that none of these bids has: an example with a tie would say less. */
function untaken(given: Given, offers: readonly Offer[]): number[] {
  const taken = new Set(offers.map(({ price }) => price.print(2)));
  return gridPercent.filter((percent) => !taken.has(share(given.top, percent).print(2)));
}

/**
 * A bid that does not win decides, by being there, which of the others does. Of three bids one is far behind in its criteria; the second of the
 * others is better than the first by as much as lies between the gaps of their price scores with and without it.
 */
function loserDecides(given: Given): MethodFinding | null {
  for (const field of fieldsOf(given, 3))
    for (const drawn of given.draws)
      for (const third of field) {
        const found = withoutThird(given, field, third, drawn);
        if (found) return found;
      }
  return null;
}

function withoutThird(given: Given, field: readonly Offer[], third: Offer, drawn: Drawn): MethodFinding | null {
  const loser = { ...third, technical: partOf(given, behind) };
  const rest = field.filter((each) => each !== third);
  const [ahead, after] = rest;
  const gaps = [[...rest, loser], rest].map((offers) => gapOf(ranked(given, offers, drawn), ahead?.id, after?.id));
  const [wide, narrow] = gaps;
  if (!ahead || !after || !wide || !narrow || wide.equals(narrow)) return null;
  const better = { ...after, technical: after.technical.plus(round2(wide.plus(narrow).over(Fraction.of(2)))) };
  if (better.technical.isAbove(pointsOf(given)) || better.technical.isBelow(zero)) return null;
  const before = ranked(given, [ahead, better, loser], drawn);
  const alone = ranked(given, [ahead, better], drawn);
  const [first] = before ?? [];
  const [second] = alone ?? [];
  if (!before || !alone || !first || !second || first.bid === loser.id || second.bid === first.bid) return null;
  return { id: 'loser-decides', bid: loser.id, before, after: alone };
}

/** By how much the total of one bid lies above that of another. */
function gapOf(rows: readonly ExampleRow[] | null, above: string | undefined, below: string | undefined): Fraction | null {
  const [one, other] = [above, below].map((bid) => rows?.find((row) => row.bid === bid)?.total);
  return one === undefined || other === undefined ? null : decimal(one).minus(decimal(other));
}

/**
 * The fewest bidders who, agreed among themselves and knowing the others' prices, put one of them in the first place at a higher price than the
 * best that one bidder reaches alone, whatever is drawn.
 */
function movable(given: Given): MethodFinding | null {
  const honest = honestPercent.map((percent, at) => offer(given, nameOf(at), percent));
  const alone = highestWin(given, honest, 1);
  if (alone === null) return null;
  for (let bids = 2; bids <= mostAgreed; bids++) {
    const together = highestWin(given, honest, bids);
    if (together === null || !together.price.isAbove(alone.price)) continue;
    const agreed = { bids, of: honest.length + bids, alone: alone.price.print(2), together: together.price.print(2) };
    return { id: 'movable-by-agreement', bid: together.winner, before: alone.rows, after: together.rows, agreed };
  }
  return null;
}

interface Win {
  readonly price: Fraction;
  readonly winner: string;
  readonly rows: ExampleRow[];
}
/** The highest price, in whole percents of the ceiling, at which the first of so many agreed bids wins whatever is drawn; the others of them all bid one price. */
function highestWin(given: Given, honest: readonly Offer[], bids: number): Win | null {
  const names = Array.from({ length: bids }, (_, at) => nameOf(honest.length + at));
  const covers = bids === 1 ? [100] : [...gridPercent, 100];
  for (let percent = 100; percent >= 70; percent--)
    for (const cover of covers) {
      const agreed = names.map((id, at) => offer(given, id, at === 0 ? percent : cover));
      const outcomes = given.draws.map((drawn) => ranked(given, [...honest, ...agreed], drawn));
      const winner = names[0] ?? '';
      if (outcomes.every((rows) => rows?.[0]?.bid === winner)) return { price: share(given.top, percent), winner, rows: outcomes[0] ?? [] };
    }
  return null;
}

/** The second of three bids offers the brand of the first: the rule passes it over, and whoever came after it is recommended in its place. */
function brandCountsOnce(given: Given): MethodFinding | null {
  if (given.method.sameBrand === undefined) return null;
  for (const field of fieldsOf(given, 3))
    for (const drawn of given.draws) {
      const before = ranked(given, field, drawn);
      const [first, second] = before ?? [];
      if (!before || !first || !second) continue;
      const of = new Map([first.bid, second.bid].map((bid) => [bid, 'A']));
      const after = ranked(
        given,
        field.map((each) => ({ ...each, brand: of.get(each.id) ?? 'B' })),
        drawn,
      );
      if (after) return { id: 'brand-counts-once', bid: second.bid, before, after };
    }
  return null;
}

/** Fields of so many bids, alike but for their prices: every ascending choice of the grid. `first` is the place of the first name. */
function* fieldsOf(given: Given, size: number, first = 0): Generator<readonly Offer[]> {
  for (const prices of ascendingChoices(gridPercent, size)) yield prices.map((percent, at) => offer(given, nameOf(at + first), percent));
}
function* ascendingChoices(from: readonly number[], size: number): Generator<readonly number[]> {
  if (size === 0) yield [];
  else for (const [at, first] of from.entries()) for (const rest of ascendingChoices(from.slice(at + 1), size - 1)) yield [first, ...rest];
}

const heavenlyStems = '甲乙丙丁戊己庚辛壬癸';
const nameOf = (at: number): string => heavenlyStems[at] ?? String(at + 1);
const share = (top: Fraction, percent: number): Fraction => round2(top.times(Fraction.of(percent)).over(hundred));
const pointsOf = ({ method }: Given): Fraction => sum(method.criteria.map(({ max }) => decimal(max)));
const partOf = (given: Given, part: string): Fraction => round2(pointsOf(given).times(decimal(part)));
const offer = (given: Given, id: string, percent: number): Offer => ({
  id,
  price: share(given.top, percent),
  technical: partOf(given, alike),
});

/** The field ranked by the method's own arithmetic; null where it gives no ranking. */
function ranked({ method }: Given, offers: readonly Offer[], drawn: Drawn): ExampleRow[] | null {
  const bundle = exampleBundle(method, offers, drawn);
  const worked = workOut(bundle);
  if (!worked.ok) return null;
  const ranking = rankingOf(bundle, worked.value);
  if (ranking.outcome !== 'ranked') return null;
  // whoever another of its brand outdoes cannot be recommended
  const passed = new Set(worked.value.outdone.map(({ bid }) => bid));
  return rowsOf(method, offers, ranking).filter(({ bid }) => !passed.has(bid));
}

function rowsOf(method: EvaluationMethod, offers: readonly Offer[], { rows }: Extract<Ranking, { outcome: 'ranked' }>): ExampleRow[] {
  return rows.map(({ bid, rank: place, technical, total, evaluatedPrice }) => ({
    bid,
    price: offers.find((each) => each.id === bid)?.price.print(2) ?? '',
    technical,
    total: method.rank === 'evaluated-price' ? evaluatedPrice : total,
    rank: place,
  }));
}

/**
 * One reviewer who passes everything and gives each bid its points. Where the method looks at brands every bid has its own, unless the example is about
 * brands: bids of one brand could only do less, for the rule takes them out or passes them over, and agreed bidders choose what they offer. The ties' seed
 * is fixed: it decides nothing here but itself.
 */
function exampleBundle(method: Method, offers: readonly Offer[], drawn: Drawn): EvaluationBundle {
  const reviewer = 'R';
  return {
    format: evaluationFormat,
    id: 'example',
    lot: 'example',
    method: { ...method, trimFrom: null, minimumValid: 1 },
    drawn: { ...drawn },
    tieSeed: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    bids: offers.map(({ id, price, brand }) => ({
      id,
      price: price.print(2),
      ...(brand === undefined ? {} : { brand }),
      small: false,
      domestic: false,
      receivedAt: '2026-01-01T00:00:00.000Z',
    })),
    reviewers: [reviewer],
    reviews: offers.flatMap(({ id }) => method.items.map((item) => ({ reviewer, bid: id, item, pass: true }))),
    sheets: offers.flatMap(({ id, technical }) =>
      pointsByCriterion(method, technical).map(({ criterion, score }) => ({ reviewer, bid: id, criterion, score })),
    ),
    adjustments: [],
  };
}

/** A sum of points, given to the criteria in their order until it is used up. */
function pointsByCriterion(method: Method, technical: Fraction): readonly { readonly criterion: string; readonly score: string }[] {
  let left = technical;
  return method.criteria.map(({ id, max }) => {
    const score = left.isAbove(decimal(max)) ? decimal(max) : left;
    left = left.minus(score);
    return { criterion: id, score: score.print(2) };
  });
}
