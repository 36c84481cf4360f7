import { beforeAll, describe, expect, it } from '@jest/globals';
import { pack, unpack } from '../../src/evidence/archive.ts';
import { type BundleInput, verifyBundle, writeBundle } from '../../src/evidence/bundle.ts';
import { noteSigner, parseVerifierKey } from '../../src/journal/checkpoint.ts';
import type { EventType } from '../../src/journal/event.ts';
import { utf8 } from '../../src/kernel/bytes.ts';
import { bundleOf, inputOf } from './a-bundle.ts';
import { addDraw, type Draft, deadline, lot, origin, platformKey, type Story, tell } from './a-tender.ts';

let honest: Story;
let bytes: Uint8Array;
let input: BundleInput;
beforeAll(async () => {
  honest = await tell();
  input = await inputOf(honest);
  bytes = await writeBundle(input);
}, 60_000);

const key = parseVerifierKey(platformKey);
/** The reason why a bundle is refuted, in English; what the last check said when it has none of its own. */
async function refusal(file: Uint8Array): Promise<string> {
  const verdict = await verifyBundle(file, { key });
  if (verdict.result === 'verified') return 'verified';
  return `${verdict.result}: ${verdict.checks.at(-1)?.says.en} / ${verdict.why.en}`;
}

/** The same tender with some events changed; the platform signs its lie like everything else. */
const lying = (change: (drafts: Draft[]) => Draft[]): Promise<string> =>
  bundleOf({ ...honest, drafts: change([...honest.drafts]) }).then(refusal);
const changed =
  (type: EventType, data: (data: Record<string, unknown>) => Record<string, unknown>, nth = 0) =>
  (drafts: Draft[]) => {
    const found = drafts.filter((each) => each.type === type)[nth];
    return drafts.map((each) => {
      if (each !== found) return each;
      const { data: before } = each;
      return { ...each, data: typeof before === 'function' ? (log: Parameters<typeof before>[0]) => data(before(log)) : data(before) };
    });
  };
const without = (type: EventType) => (drafts: Draft[]) => drafts.filter((each) => each.type !== type);
const dated =
  (type: EventType, at: string, nth = 0) =>
  (drafts: Draft[]) => {
    const found = drafts.filter((each) => each.type === type)[nth];
    return drafts.map((each) => (each === found ? { ...each, at } : each));
  };
/** Moves the first event of a type to just before the first of another. */
const moved = (type: EventType, before: EventType) => (drafts: Draft[]) => {
  const found = drafts.find((each) => each.type === type);
  if (found === undefined) throw new Error(type);
  const rest = drafts.filter((each) => each !== found);
  const place = rest.findIndex((each) => each.type === before);
  return [...rest.slice(0, place), found, ...rest.slice(place)];
};

describe('a bid that was committed before its bytes were there', () => {
  const grace = { minutes: 30, bytesPerMinute: 15_000_000, mostMinutes: 180 };
  const until = '2026-05-20T02:01:00.000Z';
  const gamma = 3;
  const committed = (figures: object | undefined, ...more: readonly Draft[]) => {
    const mark = changed('bid.received', (data) => ({ ...data, awaited: true }), gamma);
    const state = changed('notice.published', (data) => (figures === undefined ? data : { ...data, grace: figures }));
    return (drafts: Draft[]): Draft[] => {
      const marked = state(mark(drafts));
      const place = marked.findIndex((each) => each.type === 'bidding.closed');
      return [...marked.slice(0, place), ...more, ...marked.slice(place)];
    };
  };
  const said = (type: 'bid.completed' | 'bid.lapsed', at: string, data: object): Draft => {
    const bid = honest.drafts.filter((each) => each.type === 'bid.received')[gamma];
    if (!bid) throw new Error('no such bid');
    const { statement } = bid.data as unknown as { statement: { id: string } };
    return { type, at, subject: bid.subject, data: { submission: statement.id, ...data } };
  };
  const at = '2026-05-20T01:30:01.000Z';

  it('counts when they came within the grace', async () => {
    expect(await lying(committed(grace, said('bid.completed', at, { completedAt: at })))).toBe('verified');
  });
  it('does not count without them, nor when they came at the end of the grace; the closing must have waited', async () => {
    expect(await lying(committed(grace))).toContain('The closing waited for the end of every grace');
    const late = said('bid.completed', until, { completedAt: until });
    expect(await lying(committed(grace, late))).toContain('judged by the notice’s grace');
    const early = said('bid.lapsed', at, { until: at, attributedTo: 'bidder' });
    expect(await lying(committed(grace, early))).toContain('judged by the notice’s grace');
  });
  it('has no grace that the notice did not give', async () => {
    expect(await lying(committed(undefined, said('bid.completed', at, { completedAt: at })))).toContain('judged by the notice’s grace');
  });
  it('is not both complete and lapsed, and not complete by another’s word', async () => {
    const done = said('bid.completed', at, { completedAt: at });
    expect(await lying(committed(grace, done, said('bid.lapsed', at, { until, attributedTo: 'bidder' })))).toContain('judged by');
    expect(await lying(committed(grace, { ...done, subject: { ...done.subject, party: '91420500NNPE6AC207' } }))).toContain('judged by');
  });
});

describe('an honest tender', () => {
  it('verifies, and the pinned key leaves nothing to say', async () => {
    const verdict = await verifyBundle(bytes, { key });
    expect(verdict).toMatchObject({ result: 'verified' });
    expect(verdict.notes.map(({ en }) => en)).toEqual([
      expect.stringMatching(/^Regulator’s edition/),
      expect.stringMatching(/^Withheld, \d+: a matter of one party alone/),
      expect.stringContaining('made in one process'),
    ]);
    expect(verdict.checks.length).toBeGreaterThan(60);
  });
  it('without --key says last that the key was not pinned', async () => {
    const verdict = await verifyBundle(bytes);
    expect(verdict.result).toBe('verified');
    expect(verdict.notes.at(-1)?.en).toContain('not pinned');
  });
  it('is written to the same bytes again', async () => {
    expect(Buffer.from(await writeBundle(input)).equals(Buffer.from(bytes))).toBe(true);
  });
  it('verifies before the award, before the opening, and before anyone bid', async () => {
    const until = (type: EventType, more: Partial<Story>): Promise<string> => {
      const place = honest.drafts.findIndex((each) => each.type === type);
      return bundleOf({ ...honest, award: null, ...more, drafts: honest.drafts.slice(0, place) }).then(refusal);
    };
    expect(await until('award.determined', {})).toBe('verified');
    expect(await until('panel.formed', { evaluations: {} })).toBe('verified');
    expect(await until('draw.requested', { evaluations: {}, draws: {} })).toBe('verified');
    expect(await until('deadline.reached', { evaluations: {}, draws: {}, openings: {} })).toBe('verified');
    expect(await until('bid.received', { evaluations: {}, draws: {}, openings: {} })).toBe('verified');
  });
  it('is refused under another pinned key', async () => {
    const other = noteSigner(origin, new Uint8Array(32).fill(9));
    expect(await verifyBundle(bytes, { key: other })).toMatchObject({
      result: 'refuted',
      why: { en: 'The platform’s key is the one given with --key' },
    });
  });
});

describe('a changed byte', () => {
  it('fails anywhere in the file', async () => {
    const places = Array.from({ length: 250 }, (_, i) => Math.floor((i * bytes.length) / 250));
    const tail = Array.from({ length: 120 }, (_, i) => bytes.length - 1 - i * 13);
    for (const place of [...places, ...tail]) {
      const bent = bytes.slice();
      bent[place] = (bent[place] ?? 0) ^ (1 << (place % 8));
      const verdict = await verifyBundle(bent, { key });
      if (verdict.result === 'verified') throw new Error(`a bit flipped at ${place} went unnoticed`);
    }
    expect(places).toHaveLength(250);
  }, 120_000);
  it('fails with a byte more, a byte less, or something before it', async () => {
    for (const bent of [Buffer.concat([bytes, Buffer.of(0)]), bytes.slice(0, -1), Buffer.concat([Buffer.from('PK'), bytes])]) {
      expect((await verifyBundle(new Uint8Array(bent), { key })).result).not.toBe('verified');
    }
  });
  it('names the file whose content was changed', async () => {
    const files = await unpack(bytes);
    files?.set('award.json', utf8('{}'));
    expect(await refusal(await pack(files ?? new Map()))).toContain('File award.json is as the manifest says');
  });
  it('fails for an added, a removed and a differently written file', async () => {
    const files = (await unpack(bytes)) ?? new Map<string, Uint8Array>();
    expect(await refusal(await pack(new Map([...files, ['extra.txt', utf8('x')]])))).toContain('refuted');
    expect(await refusal(await pack(new Map([...files].filter(([name]) => name !== 'council.json'))))).toContain('council.json');
    const spaced = new Map([...files, ['manifest.json', utf8(`${new TextDecoder().decode(files.get('manifest.json'))}\n`)]]);
    expect(await refusal(await pack(spaced))).toContain('refuted');
  });
  it('is unreadable as anything but a bundle', async () => {
    expect(await refusal(utf8('PK nothing'))).toContain('unreadable');
    expect(await refusal(await pack(new Map([['a.txt', utf8('x')]])))).toContain('unreadable');
  });
});

describe('a lying platform, which signs its lies: bids and closing', () => {
  it.each<[string, (drafts: Draft[]) => Draft[], string]>([
    ['a bid at the deadline itself', dated('bid.received', deadline, 3), 'No bid was taken at or after the deadline'],
    ['a bid past the deadline', dated('bid.replaced', '2026-05-20T09:00:00.000Z'), 'No bid was taken at or after the deadline'],
    ['a withdrawal past the deadline', dated('bid.withdrawn', deadline), 'No bid was taken at or after the deadline'],
    [
      'a bid without its signature',
      changed('bid.received', (data) => ({ ...data, signature: 'AAAA' })),
      'statement is signed by its bidder',
    ],
    [
      'a statement altered',
      changed('bid.received', (data) => ({ ...data, statement: { ...(data.statement as object), supersedes: 'x' } })),
      'What was signed is not this content',
    ],
    [
      'another envelope under the statement',
      changed('bid.received', (data) => ({ ...data, envelopes: [{ ...(data.envelopes as object[])[0], bytes: 1 }] })),
      'envelopes are those of the statement',
    ],
    [
      'a bid hidden by an early snapshot',
      changed('bidding.closed', (data) => ({ ...data, treeSize: 3 })),
      'snapshot covers the deadline event',
    ],
    ['a closing before the deadline', dated('bidding.closed', '2026-05-20T01:29:00.000Z'), 'closed after its deadline'],
    [
      'a closing at another deadline',
      changed('bidding.closed', (data) => ({ ...data, deadline: '2026-05-19T01:30:00.000Z' })),
      'closed after its deadline',
    ],
    ['another root in the snapshot', changed('bidding.closed', (data) => ({ ...data, root: 'AAAA' })), 'snapshot of'],
    [
      'an addendum that shortens the time',
      changed('addendum.published', (data) => ({ ...data, deadline: '2026-05-10T01:30:00.000Z' })),
      'did not shorten it',
    ],
    ['an addendum after the deadline', dated('addendum.published', deadline), 'Addenda came before the deadline'],
    ['no notice at all', without('notice.published'), 'notice with a deadline'],
    ['two closings', (drafts) => [...drafts, ...drafts.filter((each) => each.type === 'bidding.closed')], 'bidding.closed stands once'],
    [
      'a withdrawal of another bid',
      changed('bid.withdrawn', (data) => ({ ...data, submission: 'x' })),
      'the statement is for another lot or bidder',
    ],
    ['a replacement of nothing', without('bid.received'), 'follows its bidder'],
    [
      'a bid taken by another party',
      (drafts) =>
        drafts.map((each) =>
          each.type === 'bid.received' ? { ...each, subject: { ...each.subject, party: '91420500PYKRKJ0X0W' } } : each,
        ),
      'the certificate is of',
    ],
  ])('%s', async (_name, change, why) => expect(await lying(change)).toContain(why));
});

const reaching = (reach: object) => (data: Record<string, unknown>) => ({ ...data, reach: { A0801: reach } });

describe('a lying platform: openings and draws', () => {
  it.each<[string, (drafts: Draft[]) => Draft[], string]>([
    ['an opening before the closing', moved('bid.opened', 'bidding.closed'), 'Nothing was opened before the closing'],
    ['a reading before the deadline', dated('bid.read', '2026-05-20T01:00:00.000Z'), 'Nothing was opened before the closing'],
    [
      'a list that leaves a bid out',
      changed('opening.started', (data) => ({ ...data, list: (data.list as object[]).slice(1) })),
      'opening list (whole) is exactly',
    ],
    ['a share before the closing', moved('share.given', 'bidding.closed'), 'share stands in the journal'],
    ['a share nobody journalled', without('share.given'), 'share stands in the journal'],
    [
      'an opening with too few bids',
      changed('notice.published', (data) => ({ ...data, minimumBids: 4 })),
      'only because there were enough',
    ],
    [
      'a failure for too few bids that were enough',
      (drafts) => [...drafts, { type: 'tender.failed', at: deadline, subject: {}, data: { reason: 'too-few-bids', counted: 2 } }],
      'they were too few',
    ],
    ['an outcome for a stranger', changed('bid.opened', (data) => ({ ...data, submission: 'x' })), 'Every bid has one outcome'],
    [
      'a bid both opened and invalid',
      (drafts) =>
        drafts.flatMap((each) =>
          each.type === 'bid.opened'
            ? [each, { ...each, type: 'bid.invalid' as const, data: { ...each.data, reason: 'x', attributedTo: 'bidder' } }]
            : [each],
        ),
      'Every bid has one outcome',
    ],
    [
      'a bid read twice',
      (drafts) => drafts.flatMap((each) => (each.type === 'bid.read' ? [each, each] : [each])),
      'Only opened bids were read out',
    ],
    ['a council made up later', without('council.formed'), 'formation stands in the journal'],
    [
      'a witness of its own making',
      changed('council.formed', (data) => ({ ...data, witnesses: [] })),
      'those named when the council was formed',
    ],
    ['a notice for another council', changed('notice.published', (data) => ({ ...data, council: 'x' })), 'council that the notice names'],
    ['a draw asked after it was answered', moved('draw.completed', 'draw.requested'), 'asked in the journal before'],
    ['parameters drawn before the closing', moved('draw.requested', 'bidding.closed'), 'asked for after the closing'],
    ['another digest', changed('draw.requested', (data) => ({ ...data, digest: 'x' })), 'asked in the journal before'],
    [
      'a draw of experts under another name',
      changed('draw.requested', (data) => ({ ...data, purpose: 'parameters' }), 1),
      'Each draw is of what its purpose names',
    ],
    [
      'experts of other specialties than the rung reaches',
      changed('draw.requested', reaching({ rung: 'province', specialties: ['A'], region: '42' }), 1),
      'looked for where its rung',
    ],
    [
      'a city passed off as the province',
      changed('draw.requested', reaching({ rung: 'province', specialties: ['A0801'], region: '4205' }), 1),
      'looked for where its rung',
    ],
    [
      'a draw kept back',
      (drafts) => [...drafts, ...drafts.filter((each) => each.type === 'draw.completed')],
      'Every completed draw is in the bundle',
    ],
    [
      'an expert called out of order',
      changed('expert.called', (data) => ({ ...data, expert: 'x' })),
      'Experts were called in the drawn order',
    ],
    ['a further expert without a refusal', without('expert.declined'), 'Experts were called in the drawn order'],
    [
      'a panel member who was not drawn',
      changed('panel.formed', (data) => ({ ...data, seats: [{ member: 'm0', kind: 'expert', expert: 'x', specialty: 'A0801' }] })),
      'panel’s experts are those drawn',
    ],
    [
      'another person behind a commitment',
      changed('experts.revealed', (data) => ({ ...data, drawSalt: 'AAAA' })),
      'revealed experts are those committed to',
    ],
  ])('%s', async (_name, change, why) => expect(await lying(change)).toContain(why));
});

describe('a lying platform: draws', () => {
  it('experts of another specialty than their seat was looked for in', async () => {
    expect(await bundleOf(await tell('received', 'A0802')).then(refusal)).toContain('revealed experts are those committed to');
  }, 60_000);
  it('a second draw of the parameters', async () => {
    const more: Draft[] = [];
    const request = {
      id: '01a20305-5a48-7fd4-a51f-0000000000fe',
      seats: [],
      eligible: {},
      parameters: [{ name: '下浮率', choices: ['3%', '4%'] }],
    };
    const { transcript } = addDraw((type, at, data) => more.push({ type, at, subject: { lot }, data }), request, 'parameters', deadline);
    const place = honest.drafts.findIndex(({ type }) => type === 'bid.read');
    const drafts = [...honest.drafts.slice(0, place), ...more, ...honest.drafts.slice(place)];
    const twice = await bundleOf({ ...honest, drafts, draws: { ...honest.draws, [request.id]: transcript } });
    expect(await refusal(twice)).toContain('Parameters were drawn once');
  });
});

describe('a lying platform: evaluation and award', () => {
  const evaluation = (change: (bundle: Record<string, unknown>) => Record<string, unknown>) =>
    changed('evaluation.concluded', (data) => ({ ...data, bundle: change(data.bundle as Record<string, unknown>) }));
  it.each<[string, (drafts: Draft[]) => Draft[], string]>([
    ['a bundle other than the journalled', evaluation((bundle) => ({ ...bundle, id: 'x' })), 'evaluation bundle is the journalled one'],
    [
      'a digest of another bundle',
      changed('evaluation.concluded', (data) => ({ ...data, sha256: 'x' })),
      'evaluation bundle is the journalled one',
    ],
    [
      'a method the notice did not publish',
      changed('notice.published', (data) => ({ ...data, method: {} })),
      'method is the one the notice published',
    ],
    ['a price other than read out', changed('bid.read', (data) => ({ ...data, price: '1.00' })), 'evaluated bids are those read out'],
    [
      'a score other than given',
      changed('bid.scored', (data) => ({ ...data, score: '40.00' }), 1),
      'Reviews and scores are those each member last gave',
    ],
    [
      'a review other than given',
      changed('bid.reviewed', (data) => ({ ...data, pass: false })),
      'Reviews and scores are those each member last gave',
    ],
    [
      'reviewers who are not the panel',
      changed('panel.formed', (data) => ({ ...data, seats: (data.seats as object[]).slice(1) })),
      'reviewers are the members of the panel',
    ],
    [
      'candidates in another order',
      changed('candidates.published', (data) => ({ ...data, candidates: [...(data.candidates as object[])].reverse() })),
      'published candidates are the computed ones',
    ],
    [
      'a publicity of under three days',
      changed('candidates.published', (data) => ({ ...data, until: '2026-05-24T16:00:00.000Z' })),
      'publicity period has at least 3 days',
    ],
    [
      'a publicity that began before it was shown',
      dated('candidates.published', '2026-05-22T16:00:00.000Z'),
      'publicity period has at least 3 days',
    ],
    ['an award before the publicity ended', dated('award.determined', '2026-05-25T00:59:59.999Z'), 'award came after the publicity period'],
    ['an award notice to another', changed('award.notified', (data) => ({ ...data, bidder: 'x' })), 'award notice names the award'],
    [
      'an award of a failed tender',
      (drafts) => [...drafts, { type: 'tender.failed', at: deadline, subject: {}, data: { reason: 'x', counted: null } }],
      'Nothing was awarded after the tender failed',
    ],
    ['candidates without an evaluation', moved('candidates.published', 'evaluation.concluded'), 'Candidates follow a concluded evaluation'],
  ])('%s', async (_name, change, why) => expect(await lying(change)).toContain(why));

  it('an award to somebody who is no candidate, or past the first without a reason', async () => {
    const award = (change: Record<string, unknown>): Promise<string> => {
      const given = { ...(honest.award as Record<string, unknown>), ...change };
      return bundleOf({ ...honest, award: given, drafts: changed('award.determined', () => given)([...honest.drafts]) }).then(refusal);
    };
    expect(await award({ submission: 'x' })).toContain('award went to a published candidate');
    expect(await award({ price: '1.00' })).toContain('award went to a published candidate');
    const published = honest.drafts.find((each) => each.type === 'candidates.published')?.data;
    const [, second] = (published as { candidates: Record<string, unknown>[] } | undefined)?.candidates ?? [];
    const { submission, bidder, name, price } = second ?? {};
    expect(await award({ submission, bidder, name, price, rank: 2 })).toContain('states its reason');
    expect(await award({ submission, bidder, name, price, rank: 2, reason: '第一名放弃' })).toContain('award notice names the award');
  });
});

describe('a bundle put together wrongly', () => {
  const packed = (change: Partial<BundleInput>): Promise<string> => writeBundle({ ...input, ...change }).then(refusal);
  it.each<[string, () => Partial<BundleInput>, string]>([
    ['without a witness’s cosignature', () => ({ checkpoint: `${input.checkpoint.split('— regulator')[0]}` }), 'cosigned by witness'],
    ['with the snapshot of another size', () => ({ closing: { checkpoint: input.checkpoint, consistency: [] } }), 'snapshot of'],
    ['without the snapshot', () => ({ closing: null }), 'snapshot of'],
    [
      'with a wrong consistency proof',
      () => ({ closing: { checkpoint: input.closing?.checkpoint ?? '', consistency: [] } }),
      'consistency proof does not hold',
    ],
    [
      'with a wrong salt',
      () => ({ events: input.events.map((each, i) => (i === 4 ? { ...each, salt: input.events[5]?.salt ?? '' } : each)) }),
      'does not',
    ],
    ['with events out of order', () => ({ events: [...input.events].reverse() }), 'journal order'],
    ['for another lot', () => ({ lot: 'x' }), 'Every event is of this lot'],
    ['for another origin', () => ({ origin: 'other.example' }), 'checkpoint is signed by'],
    ['without trust anchors', () => ({ certificates: {} }), 'does not lead to a trusted authority'],
    [
      'with broken trust anchors',
      () => ({ certificates: { root: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' } }),
      'trust anchors can be read',
    ],
    ['without the opening', () => ({ openings: {} }), 'Every opening has its transcript'],
    ['without a draw', () => ({ draws: {} }), 'Every completed draw is in the bundle'],
    ['without the evaluation', () => ({ evaluations: {} }), 'Every concluded evaluation is in the bundle'],
    ['without the award', () => ({ award: null }), 'award file is the journalled award'],
    ['without the council', () => ({ council: null }), 'of this lot and council'],
  ])('%s', async (_name, change, why) => expect(await packed(change())).toContain(why));
});
