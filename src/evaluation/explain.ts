import { base64url } from '../kernel/bytes.ts';
import { type Fraction, round2, zero } from '../kernel/fraction.ts';
import type { Words } from '../kernel/words.ts';
import type { BenchmarkWorking } from './benchmark.ts';
import { type Computed, computed, type EvaluationBundle, type Method, type RankedBid } from './bundle.ts';
import { type Ranking, rankingOf, type Standing, type Working, workOut } from './rank.ts';
import { biddersIn, brandsOf } from './same-brand.ts';

/** One line of the calculation: about which bid (null = about all) and which item or criterion, the formula with its numbers, and the value it gives. */
export interface ExplainedLine {
  readonly bid: string | null;
  /** id of the review item or criterion the line is about */
  readonly of?: string;
  readonly formula: string;
  readonly value: string;
}
export interface ExplainedStep {
  /** step number of the published method, 1 to 8 */
  readonly number: number;
  readonly title: Words;
  readonly rule: Words;
  readonly lines: readonly ExplainedLine[];
}
export interface Explanation {
  readonly steps: readonly ExplainedStep[];
  readonly result: Ranking;
}

/** The ranking with every intermediate value, step by step: what the evaluation page and the report print. */
export function explainRank(bundle: EvaluationBundle): Computed<Explanation> {
  const worked = workOut(bundle);
  if (!worked.ok) return worked;
  const working = worked.value;
  const steps = [reviewStep(working), ceilingStep(bundle, working), validStep(bundle, working)];
  if (!working.tooFew) {
    steps.push(
      policyStep(bundle.method, working),
      criteriaStep(working),
      priceStep(bundle.method, working),
      totalStep(working),
      rankStep(bundle.method, working),
    );
  }
  return computed({ steps, result: rankingOf(bundle, working) });
}

/** An exact decimal as it is; anything else to 6 places, marked as rounded for the eye only. */
function shown(value: Fraction): string {
  const text = value.toString();
  return text.includes('/') ? `≈ ${value.print(6)}` : text;
}

function reviewStep({ votes, rejected }: Working): ExplainedStep {
  return {
    number: 1,
    title: { zh: '评审', en: 'Review' },
    rule: {
      zh: '超过半数评委判定不通过的，该项不合格，否决投标。',
      en: 'A bid fails an item when strictly more than half of the reviewers fail it.',
    },
    lines: [
      ...votes.map(({ bid, item, against, of }) => ({
        bid,
        of: item,
        formula: `${against} / ${of}${against * 2 > of ? ' > 1/2' : ''}`,
        value: against * 2 > of ? '✗' : '✓',
      })),
      ...rejected
        .filter((each) => each.reason !== 'above-ceiling')
        .map(({ bid, reason }) => ({ bid, of: reason.slice('review:'.length), formula: reason, value: '✗' })),
    ],
  };
}

function ceilingStep({ method, bids }: EvaluationBundle, { rejected }: Working): ExplainedStep {
  const above = new Set(rejected.filter((each) => each.reason === 'above-ceiling').map((each) => each.bid));
  return {
    number: 2,
    title: { zh: '最高限价', en: 'Ceiling' },
    rule: { zh: '投标报价超过最高限价的，否决投标。', en: 'A bid above the ceiling is rejected.' },
    lines:
      method.ceiling === null
        ? []
        : bids.map(({ id, price }) => ({ bid: id, formula: `${price} ≤ ${method.ceiling}`, value: above.has(id) ? '✗' : '✓' })),
  };
}

const validRule: Words = { zh: '有效投标不足规定数量的，评标失败。', en: 'Fewer valid bids than required: the evaluation fails.' };
const brandRules = {
  score: {
    zh: '提供相同品牌的投标人按一家计算，评审后得分最高的获得推荐资格；有效投标人不足规定数量的，评标失败。',
    en: 'Bidders of one brand count as one, and the best scored of them may be recommended; fewer bidders than required: the evaluation fails.',
  },
  'evaluated-price': {
    zh: '提供相同品牌的投标人按一家计算，报价最低的参加评审，其他无效；有效投标人不足规定数量的，评标失败。',
    en: 'Bidders of one brand count as one, and the cheapest of them stays; fewer bidders than required: the evaluation fails.',
  },
} as const satisfies Record<string, Words>;

/** Every brand that several bids offer: by lowest price with the one that stays, by score only that they count as one. */
function brandLines(bids: readonly RankedBid[], out: ReadonlySet<string>, by: Method['rank']): ExplainedLine[] {
  return brandsOf(bids)
    .filter((group) => group.length > 1)
    .flatMap((group) =>
      group.map((bid) => ({
        bid: bid.id,
        formula: `${bid.brand ?? ''} · P = ${bid.price}`,
        value: by === 'score' ? `1 / ${group.length}` : out.has(bid.id) ? '✗' : '✓',
      })),
    );
}

function validStep({ method, bids }: EvaluationBundle, { rejected, tooFew, outdone }: Working): ExplainedStep {
  // bids that are out for their brand are counted with the one that stays
  const out = rejected.filter((each) => each.reason !== 'same-brand');
  const gone = new Set(out.map((each) => each.bid));
  const conforming = bids.filter((bid) => !gone.has(bid.id));
  const bidders = biddersIn(conforming, method.sameBrand);
  const counted = method.sameBrand ? ` → ${bidders}` : '';
  return {
    number: 3,
    title: { zh: '有效投标数', en: 'Valid bids' },
    rule: method.sameBrand ? brandRules[method.rank === 'score' ? 'score' : 'evaluated-price'] : validRule,
    lines: [
      ...(method.sameBrand ? brandLines(conforming, new Set(outdone.map((each) => each.bid)), method.rank) : []),
      {
        bid: null,
        formula: `${bids.length} − ${out.length} = ${conforming.length}${counted} ≥ ${method.minimumValid}`,
        value: tooFew ? '✗' : '✓',
      },
    ],
  };
}

function policyStep({ policy }: Method, { standings }: Working): ExplainedStep {
  const off = (share: string): string => (share === '0' ? '' : ` − P × ${share}`);
  return {
    number: 4,
    title: { zh: '政策扣除后价格 P′', en: 'Price after policy deductions, P′' },
    rule: {
      zh: '对小微企业、本国产品按原报价的比例扣除，仅用于评审。',
      en: 'Each deduction is a share of the original price P; it counts in the evaluation only.',
    },
    lines: standings.map(({ bid, price, policyPrice }) => ({
      bid: bid.id,
      formula: `P = ${shown(price)}${bid.small ? off(policy?.small ?? '0') : ''}${bid.domestic ? off(policy?.domestic ?? '0') : ''}`,
      value: shown(policyPrice),
    })),
  };
}

function criteriaStep({ standings }: Working): ExplainedStep {
  return {
    number: 5,
    title: { zh: '评分项得分', en: 'Criterion scores' },
    rule: {
      zh: '各评委平均（按规定去掉一个最高分和一个最低分），四舍五入保留两位。',
      en: 'The mean over the reviewers, after dropping one highest and one lowest where the method says so; rounded to 2 places.',
    },
    lines: standings.flatMap(({ bid, criteria, technical }) => [
      ...criteria.map((row) => ({
        bid: bid.id,
        of: row.criterion,
        formula: `mean(${row.scores.map((each) => shown(each.score)).join(', ')})${row.trimmed ? ' − max − min' : ''} = ${shown(row.mean)}`,
        value: row.score.print(2),
      })),
      { bid: bid.id, formula: criteria.map((row) => row.score.print(2)).join(' + ') || '0', value: technical.print(2) },
    ]),
  };
}

function priceStep({ price: rule }: Method, { benchmark, standings }: Working): ExplainedStep {
  return {
    number: 6,
    title: { zh: '价格得分', en: 'Price score' },
    rule:
      rule?.kind === 'ratio'
        ? { zh: '低价优先法：最低 P′ ÷ P′ × 满分。', en: 'Lowest P′ / P′ × full.' }
        : {
            zh: '偏差率 δ = (P − B) ÷ B × 100；满分减去 |δ| 乘以每百分点扣分，不低于下限。',
            en: 'δ = (P − B) / B × 100; full − |δ| × deduction per point, not below the floor.',
          },
    lines: [
      ...(benchmark === null ? [] : benchmarkLines(benchmark)),
      ...(rule === null ? [] : standings.map((each) => priceLine(rule, each))),
    ],
  };
}

function benchmarkLines(working: BenchmarkWorking): ExplainedLine[] {
  const { kind, used, dropped, parts, base, weight, discount, benchmark } = working;
  const without = dropped.length === 0 ? '' : ` ∖ {${dropped.map(shown).join(', ')}}`;
  const by = [...(weight === null ? [] : [{ name: 'w', value: weight }]), ...parts].map(({ name, value }) => `, ${name} = ${shown(value)}`);
  return [
    { bid: null, formula: `${kind}(${used.map(shown).join(', ')})${without}${by.join('')}`, value: shown(base) },
    { bid: null, formula: `B = ${shown(base)}${discount === null ? '' : ` × (1 − ${shown(discount)})`}`, value: benchmark.print(2) },
  ];
}

function priceLine(rule: NonNullable<Method['price']>, { bid, price, policyPrice, priceScore }: Standing): ExplainedLine {
  const score = (priceScore?.score ?? zero).print(2);
  if (rule.kind === 'ratio' || priceScore === null)
    return { bid: bid.id, formula: `min(P′) / ${shown(policyPrice)} × ${rule.full} = ${shown(priceScore?.exact ?? zero)}`, value: score };
  const deviation = priceScore.deviation ?? zero;
  const perPoint = deviation.isAbove(zero) ? rule.above : rule.below;
  const formula = `P = ${shown(price)}: δ = ${shown(deviation)}; max(${rule.floor}, ${rule.full} − |δ| × ${perPoint} = ${shown(priceScore.exact)})`;
  return { bid: bid.id, formula, value: score };
}

function totalStep({ standings }: Working): ExplainedStep {
  return {
    number: 7,
    title: { zh: '总分', en: 'Total' },
    rule: { zh: '技术商务得分与价格得分之和。', en: 'Technical score plus price score.' },
    lines: standings.map(({ bid, technical, priceScore, total }) => ({
      bid: bid.id,
      formula: `${technical.print(2)} + ${(priceScore?.score ?? zero).print(2)}`,
      value: total.print(2),
    })),
  };
}

function rankStep({ rank: by }: Method, { standings, outdone }: Working): ExplainedStep {
  const passed = new Set(outdone.map((each) => each.bid));
  const rules = {
    score: {
      zh: '总分由高到低；相同的依次比较报价低、技术分高、抽取的序号。',
      en: 'Total, highest first; ties by lower price, higher technical score, drawn ticket.',
    },
    'evaluated-price': {
      zh: '评标价由低到高；相同的依次比较报价低、抽取的序号。',
      en: 'Evaluated price, lowest first; ties by lower price, drawn ticket.',
    },
    'highest-price': {
      zh: '报价由高到低；相同的依次比较递交早、抽取的序号。',
      en: 'Price, highest first; ties by earlier receipt, drawn ticket.',
    },
  } as const satisfies Record<Method['rank'], Words>;
  return {
    number: 8,
    title: { zh: '排序', en: 'Rank' },
    rule: rules[by],
    lines: standings.map((each, i) => ({
      bid: each.bid.id,
      formula: `${rankFormula(by, each)}${passed.has(each.bid.id) ? ` · ${each.bid.brand ?? ''} ✗` : ''}`,
      value: String(i + 1),
    })),
  };
}

function rankFormula(
  by: Method['rank'],
  { bid, price, total, technical, evaluatedPrice, adjustments, policyPrice, ticket }: Standing,
): string {
  const tie = base64url(ticket).slice(0, 8);
  if (by === 'score') return `${total.print(2)} · P = ${shown(price)} · ${technical.print(2)} · ${tie}…`;
  if (by === 'highest-price') return `P = ${shown(price)} · ${bid.receivedAt} · ${tie}…`;
  const sums = adjustments.map((each) => (each.isBelow(zero) ? ` − ${shown(each.absolute())}` : ` + ${shown(each)}`)).join('');
  return `E = ${shown(policyPrice)}${sums} = ${round2(evaluatedPrice).print(2)} · P = ${shown(price)} · ${tie}…`;
}
