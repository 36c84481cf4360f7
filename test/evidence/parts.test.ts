import { beforeAll, describe, expect, it } from '@jest/globals';
import { type PartInputs, partOutcome, partResultFormat } from '../../src/evaluation/part-result.ts';
import type { Closing } from '../../src/evidence/bidding.ts';
import { verification } from '../../src/evidence/checks.ts';
import { History } from '../../src/evidence/history.ts';
import { checkOpeningEvents } from '../../src/evidence/openings.ts';
import { checkParts } from '../../src/evidence/parts.ts';
import { base64url, canonicalBytes } from '../../src/kernel/bytes.ts';
import { sha256 } from '../../src/sealing/digest.ts';

/** A platform that lies about the turns of its envelopes: each lie made into the journal, and refuted by what the journal itself says. */
const lot = '0193f0a0-0000-7000-8000-000000000001';
const panel = ['m1', 'm2', 'm3'];
const deadline = '2026-12-13T01:30:00.000Z';
const session = '2026-12-13T08:00:00.000Z';
const bids = ['a', 'b', 'c'] as const;

interface Told {
  readonly type: string;
  readonly at: string;
  readonly data: Record<string, unknown>;
}
const tell = (type: string, data: Record<string, unknown>, at = '2026-12-13T02:00:00.000Z'): Told => ({ type, at, data });
const sealed = (bid: string, part: string) => ({ part, bytes: 10, sha256: `${bid}-${part}`, ephemeral: '', proof: '' });
const list = (part: string, of: readonly string[]) =>
  of.map((bid) => ({ submission: bid, bidder: `code-${bid}`, name: bid, sha256: `${bid}-${part}` }));
const opened = (part: string, of: readonly string[]) =>
  of.flatMap((bid, at) => [
    tell('bid.opened', { submission: bid, bidder: `code-${bid}`, part, packageSha256: '', signer: '' }, session),
    tell('bid.read', { submission: bid, bidder: `code-${bid}`, name: bid, part, order: at + 1, figures: {}, price: '' }, session),
  ]);

const inputs: PartInputs = {
  format: partResultFormat,
  lot,
  part: 'technical',
  at: '2026-12-13T03:00:00.000Z',
  items: ['response'],
  criteria: [],
  minimum: 2,
  bids: bids.map((id) => ({ id, bidder: `code-${id}`, invalid: null })),
  reviewers: [...panel],
  reviews: panel.flatMap((reviewer) => bids.map((bid) => ({ reviewer, bid, item: 'response', pass: bid !== 'c' }))),
  sheets: [],
  competition: null,
};
const digest = base64url(sha256(canonicalBytes(inputs)));
let honest: Told[];
beforeAll(() => {
  const verdict = partOutcome(inputs);
  if (!verdict.ok) throw new Error(verdict.about);
  const { outcome, passed, failed } = verdict.value;
  honest = [
    tell('notice.published', {
      deadline,
      council: 'c',
      minimumBids: 2,
      publicityDays: 3,
      parts: ['technical', 'price'],
      method: {},
    }),
    tell('opening.started', { part: 'technical', list: list('technical', bids) }),
    ...opened('technical', bids),
    tell('panel.formed', { seats: panel.map((member) => ({ member, kind: 'expert', expert: null, specialty: null })) }),
    ...inputs.reviews.map(({ reviewer, bid, item, pass }) =>
      tell('bid.reviewed', { member: reviewer, bid, item, pass, reason: null, version: 1 }),
    ),
    tell('part.concluded', { part: 'technical', result: inputs, sha256: digest }),
    tell('part.reported', { part: 'technical', sha256: digest, outcome, passed: [...passed], failed: [...failed] }),
    tell('session.scheduled', { part: 'price', at: session }),
    tell('opening.started', { part: 'price', list: list('price', ['a', 'b']) }, session),
    tell('envelope.returned', { submission: 'c', bidder: 'code-c', part: 'price', sha256: 'c-price' }, session),
    ...opened('price', ['a', 'b']),
  ];
});

const closing: Closing = {
  deadline,
  index: 1,
  counted: new Map(
    bids.map((bid) => [
      bid,
      {
        submission: bid,
        bidder: `code-${bid}`,
        receivedAt: '2026-12-12T00:00:00.000Z',
        envelopes: [sealed(bid, 'technical'), sealed(bid, 'price')],
        inner: new Map(),
        awaited: false,
      },
    ]),
  ),
};

async function verdictOf(told: readonly Told[]): Promise<string> {
  const proven = told.map(({ type, at, data }, place) => ({
    index: place + 2,
    event: { type, at, subject: { lot }, data },
    salt: '',
    proof: [],
  }));
  const verified = await verification(async (checks) => {
    const history = new History(proven, checks);
    const turns = await checkParts(history, checks, closing, { lot, anchors: [] });
    checkOpeningEvents(history, checks, closing, turns);
  });
  return verified.result === 'verified' ? 'verified' : (verified.checks.at(-1)?.says.en ?? '');
}
const changed = (type: string, part: string, change: Record<string, unknown>): Told[] =>
  honest.map((each) => (each.type === type && each.data.part === part ? { ...each, data: { ...each.data, ...change } } : each));
const without = (type: string, part?: string): Told[] =>
  honest.filter((each) => each.type !== type || (part !== undefined && each.data.part !== part));
const moved = (type: string, part: string, before: string, of: string): Told[] => {
  const one = honest.filter((each) => each.type === type && each.data.part === part);
  const rest = honest.filter((each) => !one.includes(each));
  const place = rest.findIndex((each) => each.type === before && each.data.part === of);
  return [...rest.slice(0, place), ...one, ...rest.slice(place)];
};
const result = 'The result of the envelopes technical is recomputed, as signed';
const returned = (count: number) => `${count} envelopes came back unopened: exactly those of bidders who did not go on`;

describe('Envelopes in turn, rechecked offline', () => {
  it('verifies as it happened, also where the reviews are not shown', async () => {
    expect(await verdictOf(honest)).toBe('verified');
    expect(await verdictOf(honest.filter((each) => each.type !== 'part.concluded' && each.type !== 'bid.reviewed'))).toBe('verified');
  });

  it.each<[string, () => Told[], string]>([
    [
      'the price opened before the technical result',
      () => moved('opening.started', 'price', 'part.reported', 'technical'),
      'The envelopes price were opened at their announced time or later',
    ],
    [
      'the price opened without any technical result',
      () => without('part.reported'),
      'No envelope was opened before the result of the one before',
    ],
    [
      'the price opened first',
      () => moved('opening.started', 'price', 'opening.started', 'technical'),
      'The envelopes were opened in the order of the notice, each part once',
    ],
    ['a session nobody announced', () => without('session.scheduled'), 'The envelopes price were opened at their announced time or later'],
    [
      'a session a millisecond early',
      () => changed('session.scheduled', 'price', { at: '2026-12-13T08:00:00.001Z' }),
      'The envelopes price were opened at their announced time or later',
    ],
    [
      'a failed bidder’s price opened',
      () => changed('opening.started', 'price', { list: list('price', bids) }),
      'No envelope that came back was ever asked of the council',
    ],
    [
      'a bidder who passed left out',
      () => changed('opening.started', 'price', { list: list('price', ['a']) }),
      'The opening list (price) is exactly the bids that count',
    ],
    ['nothing returned', () => without('envelope.returned'), returned(0)],
    ['another envelope returned', () => changed('envelope.returned', 'price', { sha256: 'c-technical' }), returned(1)],
    [
      'a passed bidder’s envelope said to be returned',
      () => changed('envelope.returned', 'price', { submission: 'a', bidder: 'code-a', sha256: 'a-price' }),
      returned(1),
    ],
    ['another result than the reviews give', () => changed('part.reported', 'technical', { passed: ['a', 'b', 'c'], failed: [] }), result],
    ['a result with another digest', () => changed('part.reported', 'technical', { sha256: 'x' }), result],
    ['a result about fewer bids than were opened', () => changed('part.reported', 'technical', { passed: ['a', 'b'], failed: [] }), result],
    [
      'reviews other than the members gave',
      () =>
        honest.map((each) =>
          each.type === 'bid.reviewed' && each.data.bid === 'a' ? { ...each, data: { ...each.data, pass: false } } : each,
        ),
      result,
    ],
    [
      'another panel',
      () =>
        honest.map((each) =>
          each.type === 'panel.formed'
            ? { ...each, data: { seats: [{ member: 'x', kind: 'expert', expert: null, specialty: null }] } }
            : each,
        ),
      'Every member of the panel judged the envelopes technical',
    ],
    [
      'a panel that is said to have been silent, with nobody’s signature',
      () =>
        honest.flatMap((each) =>
          each.type === 'part.reported'
            ? [
                ...panel.map((member) => tell('part.deemed', { part: 'technical', member, sha256: digest }, '2026-12-20T02:00:00.000Z')),
                each,
              ]
            : [each],
        ),
      'Silence on technical came to its end, beside the signatures of more than half',
    ],
    [
      'a result that stands although it is said to have lapsed',
      () =>
        honest.flatMap((each) =>
          each.type === 'part.reported'
            ? [
                tell(
                  'part.lapsed',
                  { part: 'technical', sha256: digest, signed: 0, members: 3, silent: panel },
                  '2026-12-20T02:00:00.000Z',
                ),
                each,
              ]
            : [each],
        ),
      'Everything said on technical was said before its result stood',
    ],
    [
      'an envelope the notice does not name',
      () => changed('bid.opened', 'price', { part: 'whole' }),
      'Only envelopes that the notice names were opened',
    ],
  ])('refutes %s', async (_what, lie, says) => {
    expect(await verdictOf(lie())).toBe(says);
  });
});

type Path = readonly (string | number)[];
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, each]) => leaves(each, [...path, Array.isArray(value) ? Number(name) : name]));
}
function replaced(value: unknown, [name, ...rest]: Path): unknown {
  if (name === undefined) return typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value ?? ''}x`;
  if (Array.isArray(value)) return value.map((each, at) => (at === name ? replaced(each, rest) : each));
  const held = value as Record<string, unknown>;
  return { ...held, [name]: replaced(held[String(name)], rest) };
}

describe('One value written otherwise into the journal of a tender cut into envelopes', () => {
  /** What this stage of the verifier rests nothing on: words for people, what a statement or a transcript proves elsewhere, a session told earlier than it was held. */
  const elsewhere =
    /\.name$|packageSha256|signer$|figures|\.price$|^bid\.reviewed (reason|version)$|^panel\.formed .*(kind|expert|specialty)$/;

  it('is refuted, whichever value it is', async () => {
    const passed: string[] = [];
    for (const [place, { type, data, at }] of honest.entries()) {
      if (!/^(part\.|session\.|envelope\.|opening\.started|panel\.formed|bid\.(reviewed|opened))/.test(type)) continue;
      for (const path of leaves(data)) {
        const named = `${type} ${path.join('.')}`;
        if (elsewhere.test(named)) continue;
        const verdict = await verdictOf(honest.with(place, { type, at, data: replaced(data, path) as Record<string, unknown> }));
        if (verdict === 'verified') passed.push(named);
      }
    }
    expect(passed).toEqual([]);
  }, 60_000);
});
