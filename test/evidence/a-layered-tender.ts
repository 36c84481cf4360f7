import { noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import type { EventType } from '../../src/journal/event.ts';
import { type ProbeStatement, signStatement } from '../../src/journal/probe.ts';
import { base64url, fromBase64url } from '../../src/kernel/bytes.ts';
import { evaluate } from '../../src/sealing/council.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { coverKey, sealCovered } from '../../src/sealing/layer.ts';
import { codes, council, type Draft, deadline, lot, notice, origin, type Story, signedBy, trustees, witness } from './a-tender.ts';

/**
 * A tender under `bidder+council` in memory, up to its reading, as an honest platform would have written it: alpha removes its layer, and its stored bytes turn out to
 * be damaged; beta hands in the inner copy for a lost key; gamma and delta (who declares that it was the platform) do not decrypt. Three probes watch, and two of them
 * see the platform down for so many minutes of the bidders' time.
 */
type Bidder = keyof typeof codes;
const minute = 60_000;
const started = '2026-05-20T01:30:02.000Z';
const limit = '2026-05-20T02:00:02.000Z';
const after = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();
const idOf = (n: number): string => `01a20305-5a48-7fd4-a51f-${n.toString(16).padStart(12, '0')}`;
const probes = [1, 2, 3].map((n) => noteSigner(`probe-${n}.example`, new Uint8Array(32).fill(20 + n)));
const outage = {
  probes: probes.map((key, n) => ({ vkey: printVerifierKey(key), institution: `独立机构${n}` })),
  ...{ quorum: 2, downMinutes: 10, windowMinutes: 120, moveHours: 24, mostMoves: 2, settleMinutes: 240 },
};

async function bidOf(bidder: Bidder, n: number) {
  const own = await newAgeIdentity();
  const context = { lot, part: 'whole' as const, bidder: codes[bidder] };
  const covered = await sealCovered(new Blob([`bid of ${bidder}`]).stream(), { council, context, ownRecipient: own.recipient });
  const bytes = new Uint8Array(await new Response(covered.envelope as BodyInit).arrayBuffer());
  const { seal: inner, head } = await covered.inner();
  const outer = { sha256: base64url(sha256(bytes)), bytes: bytes.length };
  return { id: idOf(n), bidder, code: codes[bidder], inner, head, outer, key: (await coverKey(own.identity, inner.cover)) ?? '' };
}
type Bid = Awaited<ReturnType<typeof bidOf>>;

async function received(bid: Bid, at: string): Promise<Draft> {
  const { inner, outer } = bid;
  const parts = [{ part: 'whole', ...outer, inner }];
  const statement = { format: 'yangguang/submission/v1', id: bid.id, lot, bidder: bid.code, parts, supersedes: null, at };
  const envelopes = [{ part: 'whole', ...outer, ephemeral: inner.ephemeral, proof: inner.proof }];
  return {
    type: 'bid.received',
    at,
    subject: { lot, party: bid.code },
    data: { statement, signature: await signedBy(bid.bidder, statement, at), envelopes },
  };
}

/** As the events of the hall carry it: standard base64. */
const inHall = async (bidder: Bidder, statement: unknown, at: string): Promise<string> =>
  Buffer.from(fromBase64url(await signedBy(bidder, statement, at)) ?? []).toString('base64');

function stated(n: number, number: number, from: string, states: string, at: string): Draft {
  const key = probes[n] ?? witness;
  const head = { format: 'yangguang/probe-report/v1', platform: origin, probe: key.name } as const;
  const statement = { ...head, number, previous: '', from, states, slowest: 30 } as ProbeStatement;
  return { type: 'probe.reported', at, subject: {}, data: { probe: key.name, ...signStatement(statement, key) } };
}

async function copyOf(bid: Bid, kind: 'sealed' | 'inner', at: string): Promise<Draft> {
  const { id: submission, code: bidder, inner, outer } = bid;
  const digest = kind === 'inner' ? inner.sha256 : outer.sha256;
  const statement = {
    format: 'yangguang/remedy/v1',
    lot,
    part: 'whole',
    submission,
    bidder,
    plan: 'sealed-copy',
    kind,
    sha256: digest,
    at,
  };
  const signature = await inHall(bid.bidder, statement, at);
  const data = { submission, bidder, name: bid.bidder, part: 'whole', plan: 'sealed-copy', kind, sha256: digest, statement, signature };
  return { type: 'remedy.applied', at, subject: { lot }, data };
}

/** `down`: for how many minutes two probes saw the platform down; ten are enough. */
export async function tellLayered(down: number): Promise<Story> {
  const drafts: Draft[] = [];
  const add = (type: EventType, at: string, data: Draft['data'], subject: Record<string, string> = { lot }): void => {
    drafts.push({ type, at, subject, data });
  };
  const all = await Promise.all((Object.keys(codes) as Bidder[]).map((bidder, at) => bidOf(bidder, 10 + at)));
  const [alpha, beta, gamma, delta] = all as [Bid, Bid, Bid, Bid];
  add('node.created', '2026-04-01T00:00:00.000Z', { origin, sandbox: false }, {});
  add('council.formed', '2026-04-01T00:00:01.000Z', { council, witnesses: [printVerifierKey(witness)] }, {});
  add('notice.published', '2026-04-20T01:00:00.000Z', {
    ...notice(),
    deadline,
    sealPolicy: 'bidder+council',
    layerMinutes: 30,
    layerOutage: { downMinutes: 10 },
    remedy: { plan: 'sealed-copy', minutes: 20, basis: 'documents' },
    outage,
  });
  for (const [at, bid] of all.entries()) drafts.push(await received(bid, `2026-05-1${5 + at}T01:00:00.000Z`));
  const window = new Date(Date.parse(deadline) - 120 * minute).toISOString();
  for (const n of [0, 1, 2]) drafts.push(stated(n, 1, window, 'u'.repeat(120), after(deadline, 0.002)));
  add('deadline.reached', after(deadline, 0.004), { deadline });
  add('bidding.closed', after(deadline, 2), (log) => ({ deadline, treeSize: log.size, root: log.root(log.size) }));
  const listed = all.map(({ id, code, bidder, outer }) => ({ submission: id, bidder: code, name: bidder, sha256: outer.sha256 }));
  add('opening.started', started, { part: 'whole', list: listed });
  const { id, code, bidder: name, key } = alpha;
  add('layer.removed', after(started, 300), { part: 'whole', submission: id, bidder: code, name, key });
  drafts.push(await copyOf(beta, 'inner', after(started, 360)));
  const at = after(started, 420);
  const dispute = {
    format: 'yangguang/layer-dispute/v1',
    lot,
    submission: delta.id,
    bidder: delta.code,
    text: '平台一直超时，无法解密',
    at,
  };
  const disputed = { submission: delta.id, bidder: delta.code, name: delta.bidder, statement: dispute };
  add('layer.disputed', at, { ...disputed, signature: await inHall('delta', dispute, at) });
  const [removed, missing] = [
    [alpha.id, beta.id],
    [gamma.id, delta.id],
  ];
  add('layers.closed', limit, { part: 'whole', until: limit, removed, missing });
  for (const n of [0, 1]) drafts.push(stated(n, 2, deadline, `u${'d'.repeat(down)}`.padEnd(30, 'u'), after(limit, 1)));
  attribute(add, { gamma, delta }, down);
  const openings = await opened(add, drafts, [alpha, beta]);
  return { drafts, openings, draws: {}, evaluations: {}, award: null };
}

type Add = (type: EventType, at: string, data: Draft['data']) => void;
function attribute(add: Add, { gamma, delta }: { readonly gamma: Bid; readonly delta: Bid }, down: number): void {
  const at = after(limit, 2);
  const sawDown = down >= 10 ? 2 : 0;
  const evidence = (disputed: boolean) => ({ disputed, attended: false, othersRemoved: 2, sawDown });
  const of = ({ id: submission, code: bidder, bidder: name }: Bid) => ({ submission, bidder, name });
  const reason = 'layer-not-removed';
  const platform = { reason, attributedTo: 'platform' };
  if (down >= 10) {
    for (const bid of [gamma, delta])
      add('bid.withdrawn-by-platform', at, { ...of(bid), ...platform, ground: 'platform-down', evidence: evidence(bid === delta) });
    return;
  }
  add('bid.revoked', at, { ...of(gamma), reason, ground: 'others-removed', attributedTo: 'bidder', evidence: evidence(false) });
  add('attribution.asked', at, { ...of(delta), ground: 'disputed', evidence: evidence(true) });
  const { name: _, ...about } = of(delta);
  add('attribution.ruled', after(at, 1), { ...about, attributedTo: 'platform', ground: '经核实', by: 'R', authority: '监管部门' });
  add('bid.withdrawn-by-platform', after(at, 1), { ...of(delta), ...platform, ground: '经核实' });
}

/** The council opens the two whose layer is off; the first waits for its bidder's copy. */
async function opened(add: Add, drafts: Draft[], bids: readonly Bid[]): Promise<Story['openings']> {
  const items = bids.map(({ id, code, outer, head }) => {
    const { ephemeral, proof, wrappedKey } = head;
    return { submission: id, bidder: code, sha256: outer.sha256, ephemeral, proof, wrappedKey };
  });
  const points = items.map((item) => item.ephemeral);
  const shares = trustees.map((trustee) => evaluate(trustee, points, council));
  const at = after(limit, 5);
  for (const share of shares) add('share.given', at, { task: idOf(40), name: 'x', ...share });
  add('opening.combined', at, { task: idOf(40), trustees: shares.map((share) => share.trustee), items: items.length });
  const [first, second] = bids;
  if (!first || !second) throw new Error('two bids were decrypted');
  const of = ({ id: submission, code: bidder }: Bid) => ({ submission, bidder });
  const open = (bid: Bid, when: string): void => add('bid.opened', when, { ...of(bid), packageSha256: 'x', signer: 's' });
  const asked = after(at, 1);
  const waits = { name: first.bidder, part: 'whole', plan: 'sealed-copy', reason: 'stored-bytes-differ', until: after(asked, 20 * 60) };
  add('remedy.awaited', asked, { ...of(first), ...waits });
  open(second, asked);
  drafts.push(await copyOf(first, 'sealed', after(asked, 600)));
  open(first, after(asked, 601));
  for (const [place, bid] of bids.entries())
    add('bid.read', after(asked, 700), { ...of(bid), name: bid.bidder, order: place + 1, figures: {}, price: `${900 + place}.00` });
  return { whole: { format: 'yangguang/opening/v1', lot, part: 'whole', council, items, shares } };
}
