import { beforeAll, describe, expect, it } from '@jest/globals';
import { judge, Refusal, type Trust } from '../../src/custody/judge.ts';
import { checkpointBody, noteKeyTypes, noteSigner, printVerifierKey, signCheckpoint } from '../../src/journal/checkpoint.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { commit, inclusionProof, leafHash, nodesOver, rootOf } from '../../src/journal/merkle.ts';
import { type ProbeStatement, signStatement } from '../../src/journal/probe.ts';
import { cosign } from '../../src/journal/witness.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { coverKey, sealCovered } from '../../src/sealing/layer.ts';
import type { InnerSeal } from '../../src/sealing/statement.ts';

const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const platform = noteSigner('node.example/journal', seed(1));
const witness = noteSigner('witness', seed(2), noteKeyTypes.cosignature);
const deadline = '2026-12-13T01:30:00.000Z' as Instant;
const limit = later(deadline, 30 * 60_000);
const lot = newId('2026-11-22T00:00:00.000Z' as Instant);
const { council } = holdCeremony(newId(), '开标委员会', ['甲', '乙', '丙'], 2);
const trust: Trust = { platform: printVerifierKey(platform), witnesses: [printVerifierKey(witness)], quorum: 1, council };

interface Sealed {
  readonly submission: string;
  readonly bidder: string;
  readonly inner: InnerSeal;
  readonly wrappedKey: string;
  readonly key: string;
}

async function seal(bidder: string): Promise<Sealed> {
  const own = await newAgeIdentity();
  const context = { lot, part: 'whole' as const, bidder };
  const covered = await sealCovered(new Blob([`bid of ${bidder}`]).stream(), { council, context, ownRecipient: own.recipient });
  await new Response(covered.envelope as BodyInit).arrayBuffer();
  const { seal: inner, head } = await covered.inner();
  const key = await coverKey(own.identity, inner.cover);
  if (key === undefined) throw new Error('an own layer does not open');
  return { submission: newId(), bidder, inner, wrappedKey: head.wrappedKey, key };
}

const digest = base64url(seed(9));
const event = (type: string, at: string, data: unknown, party?: string): JournalEvent => ({
  type,
  at,
  subject: { lot, ...(party ? { party } : {}) },
  data,
});
const received = ({ submission, bidder, inner }: Sealed): JournalEvent =>
  event(
    'bid.received',
    '2026-12-10T00:00:00.000Z',
    {
      statement: { id: submission, parts: [{ part: 'whole', inner }] },
      envelopes: [{ part: 'whole', bytes: 1000, sha256: digest, ephemeral: inner.ephemeral, proof: inner.proof }],
    },
    bidder,
  );
const removed = ({ submission, bidder, key }: Sealed, at: string = later(deadline, 60_000), given = key): JournalEvent =>
  event('layer.removed', at, { part: 'whole', submission, bidder, name: '甲', key: given });
const ended = (at: string = limit): JournalEvent => event('layers.closed', at, { part: 'whole', until: limit, removed: [], missing: [] });

function journalOf(before: readonly JournalEvent[], after: readonly JournalEvent[]) {
  const salts: Uint8Array[] = [];
  const hash = (each: JournalEvent): Uint8Array => {
    const salt = crypto.getRandomValues(new Uint8Array(32));
    salts.push(salt);
    return leafHash(commit(each, salt).commitment);
  };
  const sign = (leaves: readonly Uint8Array[]): string => {
    const body = { origin: platform.name, size: leaves.length, root: rootOf(leaves) };
    return signCheckpoint(body, platform) + cosign(checkpointBody(body), 1_800_000_000, witness);
  };
  const hashes = before.map(hash);
  const snapshot = sign(hashes);
  const closed = event('bidding.closed', deadline, { deadline, treeSize: hashes.length, root: base64url(rootOf(hashes)) });
  const all = [...before, closed, event('opening.started', deadline, { part: 'whole' }), ...after];
  for (const each of all.slice(before.length)) hashes.push(hash(each));
  const read = nodesOver(hashes);
  const events = all.map((each, index) => ({
    index,
    event: { ...each },
    salt: base64url(salts[index] ?? seed(0)),
    proof: inclusionProof(index, hashes.length, read).map(base64url),
  }));
  return { events, snapshot, size: before.length, checkpoint: sign(hashes) };
}

function verdict(
  after: readonly JournalEvent[],
  bids: readonly Sealed[],
  asked: readonly Sealed[],
  now: Instant,
  more: object = {},
  hidden = -1,
  { before = [], ...terms }: { readonly before?: readonly JournalEvent[]; readonly [term: string]: unknown } = {},
): string {
  const notice = event('notice.published', '2026-11-22T00:00:00.000Z', {
    council: council.id,
    deadline,
    parts: ['whole'],
    sealPolicy: 'bidder+council',
    layerMinutes: 30,
    ...terms,
  });
  const journal = journalOf([notice, ...bids.map(received), ...before], after);
  const items = asked.map(({ submission, bidder, inner, wrappedKey }) => ({
    submission,
    bidder,
    sha256: digest,
    ephemeral: inner.ephemeral,
    proof: inner.proof,
    wrappedKey,
  }));
  const evidence: TaskEvidence = {
    task: newId(),
    kind: 'opening',
    lot,
    council,
    checkpoint: journal.checkpoint,
    events: journal.events.filter(({ index }) => index !== hidden),
    opening: { part: 'whole', items },
    draw: null,
  };
  try {
    judge(evidence, trust, { now, answered: {}, snapshot: (size) => (size === journal.size ? journal.snapshot : undefined), ...more });
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  return 'answered';
}

describe('A custodian opens exactly the bids whose bidder removed its own layer in time', () => {
  let [a, b, c]: readonly [Sealed, Sealed, Sealed] = [] as never;
  let all: readonly Sealed[];
  beforeAll(async () => {
    [a, b, c] = await Promise.all([seal('91420500MA0030011Y'), seal('914205817X0000028B'), seal('91420100MA0030044C')]);
    all = [a, b, c];
  });

  it('answers at once when all have, and at the limit when one has not', () => {
    const everyone = [removed(a), removed(b), removed(c), ended(later(deadline, 120_000))];
    expect(verdict(everyone, all, all, later(deadline, 180_000))).toBe('answered');
    expect(verdict([removed(a), removed(b), ended()], all, [a, b], limit)).toBe('answered');
  });

  it('answers nothing before the limit while one is missing, by its own clock', () => {
    expect(verdict([removed(a), removed(b), ended()], all, [a, b], later(limit, -1))).toBe('layers-awaited');
  });

  it('refuses a list without a bidder that did remove its layer, and one with a bidder that did not', () => {
    const two = [removed(a), removed(b), ended()];
    expect(verdict(two, all, [a], limit)).toBe('list-differs');
    expect(verdict(two, all, all, limit)).toBe('list-differs');
  });

  it('counts a removal until the last millisecond, and neither at the limit nor behind the end', () => {
    expect(verdict([removed(a), removed(b), removed(c, later(limit, -1)), ended()], all, all, limit)).toBe('answered');
    expect(verdict([removed(a), removed(b), removed(c, limit), ended()], all, all, limit)).toBe('list-differs');
    expect(verdict([removed(a), removed(b), ended(), removed(c)], all, all, limit)).toBe('list-differs');
  });

  it('believes no removal without the key of the layer that the bidder signed', () => {
    const invented = removed(c, later(deadline, 60_000), base64url(new Uint8Array(16).fill(7)));
    expect(verdict([removed(a), removed(b), invented, ended()], all, all, limit)).toBe('list-differs');
    expect(verdict([removed(a), removed(b), removed(c, later(deadline, 60_000), a.key), ended()], all, all, limit)).toBe('list-differs');
  });

  it('refuses where the bidders’ time did not end, or ended twice', () => {
    expect(verdict([removed(a), removed(b), removed(c)], all, all, limit)).toBe('events');
    expect(verdict([removed(a), ended(), removed(b), removed(c), ended()], all, all, limit)).toBe('events');
  });

  it('refuses when a removal that it has followed in the register is kept from it', () => {
    const three = [removed(a), removed(b), removed(c), ended()];
    const hidden = 8;
    const register = { upTo: 10, lots: { [lot]: { indices: [hidden], deadline, after: null, order: null } } };
    // whoever has not followed the register cannot know; whoever has finds it out
    expect(verdict(three, all, [a, b], limit, {}, hidden)).toBe('answered');
    expect(verdict(three, all, [a, b], limit, { register }, hidden)).toBe('event-withheld');
    expect(verdict(three, all, all, limit, { register })).toBe('answered');
  });

  it('never answers for another list of the same opening', () => {
    const two = [removed(a), removed(b), ended()];
    const answered = { [`opening/${lot}/whole`]: 'another list' };
    expect(verdict(two, all, [a, b], limit, { answered })).toBe('answered-differently');
  });

  it('takes the envelope that the bidder signed for instead of its key, where the notice provides the remedy, in the same time, and no other', () => {
    const remedy = { plan: 'sealed-copy', minutes: 30, basis: 'documents' };
    const copy = (sealed: Sealed, at: string = later(deadline, 60_000), given: object = {}): JournalEvent =>
      event('remedy.applied', at, { part: 'whole', submission: sealed.submission, kind: 'inner', sha256: sealed.inner.sha256, ...given });
    const ask = (third: JournalEvent, terms: Record<string, unknown>): string =>
      verdict([removed(a), removed(b), third, ended()], all, all, limit, {}, -1, terms);
    expect(ask(copy(c), { remedy })).toBe('answered');
    expect(ask(copy(c), {})).toBe('list-differs');
    expect(ask(copy(c, later(limit, -1)), { remedy })).toBe('answered');
    expect(ask(copy(c, limit), { remedy })).toBe('list-differs');
    expect(ask(copy(c, undefined, { sha256: a.inner.sha256 }), { remedy })).toBe('list-differs');
    expect(ask(copy(c, undefined, { kind: 'sealed' }), { remedy })).toBe('list-differs');
    expect(verdict([removed(a), removed(b), ended(), copy(c)], all, all, limit, {}, -1, { remedy })).toBe('list-differs');
  });

  it('refuses where a bid was revoked although signed statements before it show that the platform was down in the bidders’ time', () => {
    const probes = [11, 12, 13].map((n) => noteSigner(`probe-${n}.example`, seed(n)));
    const outage = {
      probes: probes.map((key, n) => ({ vkey: printVerifierKey(key), institution: `机构${n}` })),
      ...{ quorum: 2, downMinutes: 10, windowMinutes: 120, moveHours: 24, mostMoves: 2, settleMinutes: 240 },
    };
    const says = (n: number, from: Instant, states: string, at: Instant): JournalEvent => {
      const key = probes[n] ?? platform;
      const named = { format: 'yangguang/probe-report/v1', platform: platform.name, probe: key.name } as const;
      const statement: ProbeStatement = { ...named, number: 1, previous: '', from, states, slowest: 30 };
      return { type: 'probe.reported', at, subject: {}, data: { probe: key.name, ...signStatement(statement, key) } };
    };
    const quiet = (n: number): JournalEvent => says(n, later(deadline, -120 * 60_000), 'u'.repeat(120), deadline);
    const stated = (n: number, down: number): JournalEvent => says(n, deadline, 'd'.repeat(down).padEnd(30, 'u'), limit);
    const reached = event('deadline.reached', deadline, { deadline });
    const revoked = event('bid.revoked', limit, { submission: c.submission, evidence: {} });
    const ask = (second: number, last: JournalEvent): string =>
      verdict([removed(a), removed(b), stated(0, 10), stated(1, second), ended(), last], all, [a, b], limit, {}, -1, {
        outage,
        layerOutage: { downMinutes: 10 },
        before: [quiet(0), quiet(1), quiet(2), reached],
      });
    expect(ask(10, revoked)).toBe('revoked-despite-outage');
    expect(ask(9, revoked)).toBe('answered');
    // a person's ruling, and what is laid to the platform, are not this question
    expect(ask(10, event('bid.revoked', limit, { submission: c.submission, evidence: null }))).toBe('answered');
    expect(ask(10, event('bid.withdrawn-by-platform', limit, { submission: c.submission }))).toBe('answered');
  });

  it('gives the bidders the time in which an order or a failure of the platform stopped the opening', () => {
    const stopped = [
      event('order.suspended', later(deadline, 60_000), { order: 'o', reason: '核查' }),
      event('order.lifted', later(deadline, 11 * 60_000), { order: 'o' }),
    ];
    const extended = later(limit, 10 * 60_000);
    const late = removed(c, later(limit, 60_000));
    expect(verdict([...stopped, removed(a), removed(b), late, ended(extended)], all, all, extended)).toBe('answered');
    expect(verdict([...stopped, removed(a), removed(b), ended(limit)], all, [a, b], limit)).toBe('layers-awaited');
    const failed = [event('openings.suspended', later(deadline, 60_000), { suspension: 's', reopensAt: later(deadline, 6 * 60_000) })];
    expect(verdict([...failed, removed(a), removed(b), removed(c, later(limit, 4 * 60_000)), ended()], all, all, extended)).toBe(
      'answered',
    );
  });
});
