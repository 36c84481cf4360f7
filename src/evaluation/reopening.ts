import { z } from 'zod';
import { canonical } from '../kernel/bytes.ts';
import type { Words } from '../kernel/words.ts';
import { cite, procurementOrder, tenderingRegulation } from '../rulebook/law.ts';
import type { EvaluationBundle } from './bundle.ts';

/**
 * A signed result is not changed. Where the law has it evaluated again, the original panel does so by an order that names its ground and what is
 * affected; the result is a further version, and nothing may differ from the one before but what the order names. Pure.
 */

/** On which grounds a signed evaluation is reopened. The list is closed. */
export const reopeningGrounds = {
  'regulator-decision': {
    says: { zh: '行政监督部门责令重新评审', en: 'the supervisor orders it' },
    source: cite(tenderingRegulation, '81'),
    by: 'regulator',
    phases: ['evaluated', 'publicity'],
  },
  'objection-upheld': {
    says: { zh: '对评标结果的异议成立', en: 'an objection to the result is upheld' },
    source: cite(tenderingRegulation, '54'),
    by: 'host',
    phases: ['publicity'],
  },
  'qualification-error': {
    says: { zh: '资格性检查认定错误', en: 'a qualification was judged in error' },
    source: cite(procurementOrder, '64'),
    by: 'host',
    phases: ['evaluated'],
  },
  'score-out-of-range': {
    says: { zh: '分项评分超出评分标准范围', en: 'a score lies outside the range of its criterion' },
    source: cite(procurementOrder, '64'),
    by: 'host',
    phases: ['evaluated'],
  },
  'objective-inconsistent': {
    says: { zh: '对客观评审因素评分不一致', en: 'objective criteria were not scored alike' },
    source: cite(procurementOrder, '64'),
    by: 'host',
    phases: ['evaluated'],
  },
  'sum-error': {
    says: { zh: '分值汇总计算错误', en: 'the scores were added up in error' },
    source: cite(procurementOrder, '64'),
    by: 'host',
    phases: ['evaluated'],
  },
} as const satisfies Record<
  string,
  {
    readonly says: Words;
    readonly source: Words;
    readonly by: 'host' | 'regulator';
    readonly phases: readonly ('evaluated' | 'publicity')[];
  }
>;
export type ReopeningGround = keyof typeof reopeningGrounds;
export const groundNames = Object.keys(reopeningGrounds) as [ReopeningGround, ...ReopeningGround[]];

/** Does an order on this ground name a decision or an objection? */
export const takesReference = (ground: ReopeningGround): boolean => ground === 'regulator-decision' || ground === 'objection-upheld';

/** What may be judged anew: these items and criteria of these bids. */
export const scopeShape = z.object({ bids: z.array(z.string()), items: z.array(z.string()), criteria: z.array(z.string()) });
export type Scope = z.infer<typeof scopeShape>;

export interface ReopeningOrder extends Scope {
  readonly ground: ReopeningGround;
  /** number of a decision, or id of an objection */
  readonly reference: string | null;
  readonly explanation: string;
  /** code of who ordered it */
  readonly by: string;
  /** what it was signed with (reassessment-statement.ts), base64; orders of an earlier time have none */
  readonly signature?: string;
}

/** One thing that differs between two versions: what a reviewer said of a bid, or, without a reviewer, a fact that nobody judges. */
export interface Difference {
  readonly reviewer: string | null;
  readonly bid: string | null;
  readonly of: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Everything in which the inputs of a later version differ from those before. A member who came in between brings its own sheet. */
export function differencesOf(before: EvaluationBundle, after: EvaluationBundle): readonly Difference[] {
  return [
    ...sheetsDiffering(rowsIn(before), rowsIn(after)),
    ...(['method', 'drawn', 'tieSeed', 'bids', 'adjustments', 'lot'] as const).flatMap((of) => {
      const [was, is] = [canonical(before[of]), canonical(after[of])];
      return was === is ? [] : [{ reviewer: null, bid: null, of, before: was, after: is }];
    }),
  ];
}

type Rows = ReadonlyMap<string, { readonly reviewer: string; readonly bid: string; readonly of: string; readonly value: string }>;

function rowsIn({ reviews, sheets }: EvaluationBundle): Rows {
  const rows = [
    ...reviews.map(({ reviewer, bid, item, pass }) => ({ reviewer, bid, of: item, kind: 'review', value: pass ? '✓' : '✗' })),
    ...sheets.map(({ reviewer, bid, criterion, score }) => ({ reviewer, bid, of: criterion, kind: 'score', value: score })),
  ];
  return new Map(rows.map((row) => [JSON.stringify([row.kind, row.reviewer, row.bid, row.of]), row]));
}

function sheetsDiffering(before: Rows, after: Rows): Difference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const row = was ?? is;
    if (!row || was?.value === is?.value) return [];
    return [{ reviewer: row.reviewer, bid: row.bid, of: row.of, before: was?.value ?? null, after: is?.value ?? null }];
  });
}

/**
 * What an order does not cover. A seat that both versions have may change what the order names, and give marks to a bid that comes back by it; the
 * sheet of a seat that only one of them has goes with the seat.
 */
export function outsideOf(before: EvaluationBundle, after: EvaluationBundle, scope: Scope): readonly Difference[] {
  const both = new Set(before.reviewers.filter((reviewer) => after.reviewers.includes(reviewer)));
  const [bids, of] = [new Set(scope.bids), new Set([...scope.items, ...scope.criteria])];
  const scoredIn = (bundle: EvaluationBundle): ReadonlySet<string> => new Set(bundle.sheets.map((sheet) => sheet.bid));
  const [was, is] = [scoredIn(before), scoredIn(after)];
  return differencesOf(before, after).filter((each) => {
    if (each.reviewer === null || each.bid === null) return true;
    if (!both.has(each.reviewer)) return false;
    // a verdict that the order covers may bring a bid back or put it out: its marks come or go as a whole
    const comesOrGoes = bids.has(each.bid) && was.has(each.bid) !== is.has(each.bid) && (each.before === null) !== (each.after === null);
    return !comesOrGoes && !(bids.has(each.bid) && of.has(each.of));
  });
}
