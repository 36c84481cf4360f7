import { readFileSync } from 'node:fs';
import type { EvaluationBundle, Method } from '../../src/evaluation/bundle.ts';
import { rank } from '../../src/evaluation/rank.ts';
import { noteKeyTypes, noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import type { EventType } from '../../src/journal/event.ts';
import { base64url, canonicalBytes } from '../../src/kernel/bytes.ts';
import { parseInstant } from '../../src/kernel/clock.ts';
import { readingOrderOf, readingRequest } from '../../src/openings/reading-draw.ts';
import { type Council, evaluate, type TrusteeShare } from '../../src/sealing/council.ts';
import { randomBytes, sha256 } from '../../src/sealing/digest.ts';
import {
  type DrawRequest,
  type DrawTranscript,
  drawDigest,
  drawPoint,
  employerTag,
  expertCommitment,
  nextCalled,
  openDraw,
  resolveDraw,
  sortedCandidates,
} from '../../src/sealing/draw.ts';
import { councilRecipient } from '../../src/sealing/envelope.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { type TestAuthority, testAuthority } from '../sealing/pki.ts';

/** A whole construction tender in memory, from notice to award, as an honest platform would have written it. */

const vector = JSON.parse(readFileSync(new URL('../vectors/council.json', import.meta.url), 'utf8')) as {
  council: Council;
  secretShares: TrusteeShare[];
};
export const { council } = vector;
export const trustees = vector.secretShares.slice(0, 2);

export const lot = '01a20305-5a3e-7724-8fb5-8cf50217a446';
export const origin = 'ggzy.example.cn/journal';
export const platform = noteSigner(origin, new Uint8Array(32).fill(1));
export const witness = noteSigner('regulator.example.cn', new Uint8Array(32).fill(2), noteKeyTypes.cosignature);
export const platformKey = printVerifierKey(platform);
export const deadline = '2026-05-20T01:30:00.000Z';

const idOf = (n: number): string => `01a20305-5a48-7fd4-a51f-${n.toString(16).padStart(12, '0')}`;
export const codes = {
  alpha: '91420500NNPE6AC207',
  beta: '91420500PYKRKJ0X0W',
  gamma: '914205009YFNH5QQ16',
  delta: '91420500CLNKH3A8XF',
} as const;
type Bidder = keyof typeof codes;
/** What the journal holds at the moment an event is written. */
interface Log {
  readonly size: number;
  readonly root: (size: number) => string;
}
export interface Draft {
  readonly type: EventType;
  readonly at: string;
  readonly subject: Record<string, string>;
  data: Record<string, unknown> | ((log: Log) => Record<string, unknown>);
  /** marks a leaf whose event the bundle does not hold: after the opening it is listed as withheld */
  readonly foreign?: boolean;
}

export const method: Method = {
  items: ['签章', '资质'],
  criteria: [{ id: '施工组织', max: '40', kind: 'subjective' }],
  trimFrom: 5,
  ceiling: '1200.00',
  minimumValid: 3,
  policy: null,
  price: {
    kind: 'deviation',
    full: '60',
    floor: '0',
    above: '1',
    below: '0.5',
    benchmark: { kind: 'mean', discount: { drawn: '下浮率' } },
  },
  rank: 'score',
  candidates: 3,
};

interface Envelope {
  readonly part: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly ephemeral: string;
  readonly proof: string;
  readonly wrappedKey: string;
}
interface Bid {
  readonly id: string;
  readonly bidder: Bidder;
  readonly envelope: Envelope;
}

let authority: Promise<TestAuthority> | undefined;
/** The authority below which the tender's bidders stand. */
export const testPki = (): Promise<TestAuthority> => {
  authority ??= testAuthority();
  return authority;
};

function envelopeOf(bidder: Bidder): Envelope {
  const context = { lot, part: 'whole' as const, bidder: codes[bidder] };
  const stanzas = councilRecipient(council, context).wrapFileKey(randomBytes(16));
  const [stanza] = Array.isArray(stanzas) ? stanzas : [];
  const [, , ephemeral = '', proof = ''] = stanza?.args ?? [];
  return {
    part: 'whole',
    sha256: base64url(randomBytes(32)),
    bytes: 5000,
    ephemeral,
    proof,
    wrappedKey: base64url(stanza?.body ?? new Uint8Array()),
  };
}

export async function signedBy(bidder: Bidder, statement: unknown, at: string): Promise<string> {
  const { signer } = await (await testPki()).certify({ commonName: bidder, organization: bidder, code: codes[bidder] });
  const moment = parseInstant(at);
  if (moment === undefined) throw new Error(at);
  return base64url(await signDetached(canonicalBytes(statement), signer, moment));
}

async function submission(type: 'bid.received' | 'bid.replaced', bid: Bid, at: string, supersedes: string | null = null): Promise<Draft> {
  const { wrappedKey: _, ...head } = bid.envelope;
  const { part, sha256: digest, bytes } = head;
  const statement = {
    format: 'yangguang/submission/v1',
    id: bid.id,
    lot,
    bidder: codes[bid.bidder],
    parts: [{ part, sha256: digest, bytes }],
    supersedes,
    at,
  };
  return {
    type,
    at,
    subject: { lot, party: codes[bid.bidder] },
    data: { statement, signature: await signedBy(bid.bidder, statement, at), envelopes: [head] },
  };
}

/** All drafts of the honest tender, with everything that its files need. */
export interface Story {
  drafts: Draft[];
  readonly openings: Record<string, unknown>;
  readonly draws: Record<string, unknown>;
  readonly evaluations: Record<string, unknown>;
  award: unknown;
}

/** Bids are read as they were received, or in the order that the council draws. */
export async function tell(readingOrder: 'received' | 'drawn' = 'received', expertCode = 'A0801'): Promise<Story> {
  const drafts: Draft[] = [];
  const add = (type: EventType, at: string, data: Draft['data'], subject: Record<string, string> = { lot }): void => {
    drafts.push({ type, at, subject, data });
  };
  const foreign = (): void => {
    drafts.push({ type: 'session.opened', at: deadline, subject: {}, data: { address: null, n: drafts.length }, foreign: true });
  };
  add('node.created', '2026-04-01T00:00:00.000Z', { origin, sandbox: false }, {});
  add('council.formed', '2026-04-01T00:00:01.000Z', { council, witnesses: [printVerifierKey(witness)] }, {});
  foreign();
  add('notice.published', '2026-04-20T01:00:00.000Z', { ...notice(), readingOrder });
  add('addendum.published', '2026-05-01T01:00:00.000Z', {
    addendum: idOf(1),
    number: 1,
    text: '延期',
    affectsPreparation: true,
    deadline,
    previousDeadline: '2026-05-15T01:30:00.000Z',
    documents: [],
  });
  const bids = await addBids(drafts, foreign);
  add('deadline.reached', '2026-05-20T01:30:00.004Z', { deadline });
  foreign();
  let size = 0;
  add('bidding.closed', '2026-05-20T01:30:02.000Z', (log) => {
    size = log.size - 1;
    return { deadline, treeSize: size, root: log.root(size) };
  });
  const { openings, order } = addOpening(add, bids, readingOrder);
  const session = addDraw(
    add,
    { id: idOf(50), seats: [], eligible: {}, parameters: [{ name: '下浮率', choices: ['3%', '4%', '5%'] }] },
    'parameters',
    '2026-05-20T02:10:00.000Z',
  );
  const experts = addExperts(add, expertCode);
  const evaluation = addEvaluation(add, bids, session, drafts);
  const award = addAward(add, bids, evaluation);
  return {
    drafts,
    openings,
    draws: Object.fromEntries([...order, session.transcript, experts].map((transcript) => [transcript.request.id, transcript])),
    evaluations: { [evaluation.id]: evaluation },
    award,
  };
}

export const notice = (): Record<string, unknown> => ({
  number: '420500-2026-0001',
  name: '示例工程',
  line: 'construction',
  edition: '2020',
  region: '420500',
  tenderee: 'T',
  agent: null,
  documentsFrom: '2026-04-20T01:00:00.000Z',
  documentsUntil: '2026-04-27T01:00:00.000Z',
  deadline: '2026-05-15T01:30:00.000Z',
  ceiling: '1200.00',
  security: null,
  sealPolicy: 'council',
  parts: ['whole'],
  council: council.id,
  minimumBids: 3,
  publicityDays: 3,
  method,
  parameters: [{ name: '下浮率', choices: ['3%', '4%', '5%'] }],
  documents: [],
});

async function addBids(drafts: Draft[], foreign: () => void): Promise<readonly Bid[]> {
  const bid = (n: number, bidder: Bidder): Bid => ({ id: idOf(n), bidder, envelope: envelopeOf(bidder) });
  const [first, replaced, beta, gamma, gone] = [bid(10, 'alpha'), bid(11, 'alpha'), bid(12, 'beta'), bid(13, 'gamma'), bid(14, 'delta')];
  drafts.push(await submission('bid.received', first, '2026-05-18T01:00:00.000Z'));
  foreign();
  drafts.push(await submission('bid.received', beta, '2026-05-19T01:00:00.000Z'));
  drafts.push(await submission('bid.received', gone, '2026-05-19T02:00:00.000Z'));
  drafts.push(await submission('bid.replaced', replaced, '2026-05-19T03:00:00.000Z', first.id));
  const withdrawal = { format: 'yangguang/withdrawal/v1', submission: gone.id, lot, bidder: codes.delta, at: '2026-05-19T04:00:00.000Z' };
  drafts.push({
    type: 'bid.withdrawn',
    at: withdrawal.at,
    subject: { lot, party: codes.delta },
    data: { submission: gone.id, statement: withdrawal, signature: await signedBy('delta', withdrawal, withdrawal.at) },
  });
  drafts.push(await submission('bid.received', gamma, '2026-05-20T01:29:59.999Z'));
  return [beta, replaced, gamma];
}

type Add = (type: EventType, at: string, data: Draft['data'], subject?: Record<string, string>) => void;
const prices = ['1000.00', '980.00', '1050.00'] as const;

function addOpening(
  add: Add,
  bids: readonly Bid[],
  readingOrder: 'received' | 'drawn',
): { openings: Record<string, unknown>; order: readonly DrawTranscript[] } {
  const items = bids.map(({ id, bidder, envelope: { sha256: digest, ephemeral, proof, wrappedKey } }) => ({
    submission: id,
    bidder: codes[bidder],
    sha256: digest,
    ephemeral,
    proof,
    wrappedKey,
  }));
  add('opening.started', '2026-05-20T01:30:02.000Z', {
    part: 'whole',
    list: items.map(({ submission, bidder, sha256: digest }) => ({ submission, bidder, name: bidder, sha256: digest })),
  });
  const shares = trustees.map((trustee) =>
    evaluate(
      trustee,
      items.map((item) => item.ephemeral),
      council,
    ),
  );
  for (const share of shares) add('share.given', '2026-05-20T01:30:03.000Z', { task: idOf(40), name: 'x', ...share });
  add('opening.combined', '2026-05-20T01:30:03.000Z', {
    task: idOf(40),
    trustees: shares.map((share) => share.trustee),
    items: items.length,
  });
  for (const { submission, bidder } of items)
    add('bid.opened', '2026-05-20T01:30:05.000Z', { submission, bidder, packageSha256: 'x', signer: bidder });
  const received = items.map((item) => item.submission);
  const order = readingOrder === 'drawn' ? [addReadingDraw(add, received)] : [];
  const inOrder = order[0] ? readingOrderOf(order[0], received) : received;
  inOrder.forEach((submission, i) => {
    const at = received.indexOf(submission);
    const bidder = items[at]?.bidder ?? '';
    add('bid.read', '2026-05-20T01:40:00.000Z', { submission, bidder, name: bidder, order: i + 1, figures: {}, price: prices[at] ?? '' });
  });
  return { openings: { whole: { format: 'yangguang/opening/v1', lot, part: 'whole', council, items, shares } }, order };
}

/** Asked again under other ids until the order is another than that of receipt: a test must be able to tell them apart. */
function addReadingDraw(add: Add, received: readonly string[]): DrawTranscript {
  const at = '2026-05-20T01:35:00.000Z';
  for (let n = 70; ; n += 1) {
    const { format: _, lot: __, at: ___, ...asked } = readingRequest({ id: idOf(n), lot, at }, received);
    const steps: Parameters<Add>[] = [];
    const { transcript } = addDraw((...step) => steps.push(step), asked, 'reading', at);
    if (readingOrderOf(transcript, received).join() === received.join()) continue;
    for (const step of steps) add(...step);
    return transcript;
  }
}

interface Drawn {
  readonly transcript: DrawTranscript;
  readonly seed: Uint8Array;
}
/** Asked, answered by the council and completed, as the journal has it. */
export function addDraw(
  add: Add,
  asked: Omit<DrawRequest, 'format' | 'lot' | 'at'>,
  purpose: string,
  at: string,
  more: object = {},
): Drawn {
  const request: DrawRequest = { format: 'yangguang/draw/v1', lot, at, ...asked };
  add('draw.requested', at, { request, digest: drawDigest(request), purpose, excluded: {}, ...more });
  const shares = trustees.map((trustee) => evaluate(trustee, [drawPoint(request)], council));
  for (const share of shares) add('share.given', at, { task: idOf(41), name: 'x', ...share });
  const opened = openDraw(request, council, shares);
  if (!opened.ok) throw opened.problem;
  const transcript: DrawTranscript = {
    format: 'yangguang/draw-transcript/v1',
    request,
    council,
    shares,
    ...resolveDraw(request, opened.seed),
  };
  add('draw.completed', at, { transcript });
  return { transcript, seed: opened.seed };
}

function addExperts(add: Add, code: string): DrawTranscript {
  const drawSalt = randomBytes(32);
  const people = Array.from({ length: 9 }, (_, n) => ({
    record: { id: idOf(200 + n), name: `专家${n}`, employer: `EMPLOYER${n}`, specialties: [code] },
    salt: randomBytes(32),
  }));
  const pool = people.map(({ record, salt }) => ({
    expert: expertCommitment(record, salt),
    employer: employerTag(drawSalt, record.employer),
  }));
  const request = {
    id: idOf(51),
    seats: [{ specialty: 'A0801', count: 3, reserve: 1 }],
    eligible: { A0801: sortedCandidates(pool) },
    parameters: [],
  };
  const at = '2026-05-20T03:00:00.000Z';
  const reach = { A0801: { rung: 'province', specialties: ['A0801'], region: '42' } };
  const { transcript, seed } = addDraw(add, request, 'experts', at, { reach });
  const [first = '', second = '', third = ''] = transcript.called.A0801 ?? [];
  const call = (type: 'expert.called' | 'expert.accepted', expert: string): void =>
    add(type, at, { request: request.id, specialty: 'A0801', expert });
  for (const expert of [first, second, third]) call('expert.called', expert);
  call('expert.accepted', first);
  add('expert.declined', at, { request: request.id, specialty: 'A0801', expert: second, ground: '出差' });
  const spare = nextCalled(transcript.request, seed, 'A0801', new Set([first, second, third])) ?? '';
  call('expert.called', spare);
  call('expert.accepted', third);
  call('expert.accepted', spare);
  const seats = [first, third, spare].map((expert, i) => ({ member: `m${i}`, kind: 'expert', expert, specialty: 'A0801' }));
  add('panel.formed', at, { seats });
  const revealed = people.map(({ record, salt }, i) => ({ expert: pool[i]?.expert ?? '', salt: base64url(salt), record }));
  add('experts.revealed', '2026-05-27T03:00:00.000Z', { request: request.id, experts: revealed, drawSalt: base64url(drawSalt) });
  return transcript;
}

function addEvaluation(add: Add, bids: readonly Bid[], session: Drawn, drafts: readonly Draft[]): EvaluationBundle {
  const reviewers = ['m0', 'm1', 'm2'];
  const receivedAt = (id: string): string =>
    drafts.find((each) => typeof each.data === 'object' && (each.data.statement as { id?: string } | undefined)?.id === id)?.at ?? '';
  const pairs = bids.flatMap((bid, b) => reviewers.map((reviewer, r) => ({ bid: bid.id, reviewer, b, r })));
  const reviews = pairs.flatMap(({ bid, reviewer }) => method.items.map((item) => ({ reviewer, bid, item, pass: true })));
  const sheets = pairs.map(({ bid, reviewer, b, r }) => ({ reviewer, bid, criterion: '施工组织', score: `${30 + b}.${r}0` }));
  const inputs = {
    format: 'yangguang/evaluation/v1' as const,
    id: idOf(60),
    lot,
    method,
    drawn: session.transcript.parameters,
    tieSeed: base64url(session.seed),
    bids: bids.map((bid, i) => ({ id: bid.id, price: prices[i] ?? '', small: false, domestic: true, receivedAt: receivedAt(bid.id) })),
    reviewers,
    reviews,
    sheets,
    adjustments: [],
  };
  const at = '2026-05-21T01:00:00.000Z';
  for (const { reviewer, bid, item, pass } of reviews)
    add('bid.reviewed', at, { member: reviewer, bid, item, pass, reason: null, version: 1 });
  for (const { reviewer, bid, criterion, score } of sheets) {
    add('bid.scored', at, { member: reviewer, bid, criterion, score: '1.00', reason: null, version: 1 });
    add('bid.scored', at, { member: reviewer, bid, criterion, score, reason: null, version: 2 });
  }
  const result = rank(inputs);
  if (!result.ok) throw new Error(result.error);
  const bundle = { ...inputs, result: result.value };
  add('evaluation.concluded', '2026-05-21T08:00:00.000Z', { bundle, sha256: base64url(sha256(canonicalBytes(bundle))) });
  return bundle;
}

function addAward(add: Add, bids: readonly Bid[], evaluation: EvaluationBundle): unknown {
  const ranking = rank(evaluation);
  if (!ranking.ok || ranking.value.outcome !== 'ranked') throw new Error('not ranked');
  const candidates = ranking.value.rows.map((row) => {
    const at = bids.findIndex((bid) => bid.id === row.bid);
    const bidder = codes[bids[at]?.bidder ?? 'alpha'];
    return { rank: row.rank, submission: row.bid, bidder, name: bidder, price: prices[at] ?? '', total: row.total, figures: {} };
  });
  add('candidates.published', '2026-05-22T01:00:00.000Z', {
    candidates,
    from: '2026-05-22T01:00:00.000Z',
    until: '2026-05-25T01:00:00.000Z',
  });
  const [winner] = candidates;
  if (winner === undefined) throw new Error('no winner');
  const { submission: id, bidder, name, price } = winner;
  const award = { submission: id, bidder, name, price, rank: 1, reason: '' };
  add('award.determined', '2026-05-25T01:00:00.000Z', award);
  add('award.notified', '2026-05-26T01:00:00.000Z', { submission: id, bidder, name, price, contractUntil: '2026-06-25T01:00:00.000Z' });
  return award;
}
