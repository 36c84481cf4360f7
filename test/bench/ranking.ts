import { type EvaluationBundle, evaluationFormat } from '../../src/evaluation/bundle.ts';
import { rank } from '../../src/evaluation/rank.ts';
import { base64url, canonicalBytes } from '../../src/kernel/bytes.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { type Comparison, rate } from './measure.ts';

/** As many as a large evaluation has, and how long its result may take to compute, in milliseconds. */
const size = { bids: 25, members: 7, criteria: 40, items: 12 } as const;
const allowed = 50;

/** The result of a large evaluation computed anew, with the digest that the members sign; against what is allowed for it. */
export async function ranking(): Promise<Comparison[]> {
  const inputs = largeEvaluation();
  const result = rank(inputs);
  if (!result.ok || result.value.outcome !== 'ranked' || result.value.rows.length !== size.bids) throw new Error('the bench ranks nothing');
  const compute = async (): Promise<string> => {
    const ranked = rank(inputs);
    return ranked.ok ? base64url(sha256(canonicalBytes({ ...inputs, result: ranked.value }))) : '';
  };
  return [
    {
      what: `result of ${size.bids} bids × ${size.members} members × ${size.criteria} criteria`,
      ours: await rate(compute),
      bare: `${allowed} ms each`,
      bareRate: 1000 / allowed,
      limit: 1,
    },
  ];
}

const list = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

function largeEvaluation(): EvaluationBundle {
  const [bids, reviewers] = [list('bid', size.bids), list('member', size.members)];
  const [items, criteria] = [list('item', size.items), list('criterion', size.criteria)];
  return {
    format: evaluationFormat,
    id: 'bench',
    lot: 'bench',
    method: {
      items,
      criteria: criteria.map((id, at) => ({ id, max: '1', kind: at % 4 === 3 ? 'objective' : 'subjective' })),
      trimFrom: 5,
      ceiling: '19800000.00',
      minimumValid: 3,
      policy: null,
      price: { kind: 'ratio', full: '60' },
      rank: 'score',
      candidates: 3,
    },
    drawn: {},
    tieSeed: base64url(new Uint8Array(32)),
    bids: bids.map((id, at) => ({
      id,
      price: `${17_000_000 + at * 10_000}.00`,
      small: false,
      domestic: false,
      receivedAt: '2026-11-28T01:00:00.000Z',
    })),
    reviewers,
    reviews: reviewers.flatMap((reviewer) => bids.flatMap((bid) => items.map((item) => ({ reviewer, bid, item, pass: true })))),
    sheets: reviewers.flatMap((reviewer, seat) =>
      bids.flatMap((bid, place) =>
        criteria.map((criterion, at) => ({
          reviewer,
          bid,
          criterion,
          score: at % 4 === 3 ? '0.80' : `0.${10 + ((seat * 3 + place * 7 + at) % 89)}`,
        })),
      ),
    ),
    adjustments: [],
  };
}
