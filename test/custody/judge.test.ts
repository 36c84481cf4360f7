import { beforeAll, describe, expect, it } from '@jest/globals';
import { inSeenTree, type JournalSource } from '../../src/custody/follow.ts';
import { judge, type LotRegister, Refusal, type Register, type Trust } from '../../src/custody/judge.ts';
import { emptyRegister, followRegister, noteDeadlines } from '../../src/custody/register.ts';
import { noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import { orderDigest } from '../../src/openings/order.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import type { Council } from '../../src/sealing/council.ts';
import { type DrawRequest, drawDigest, drawPoint } from '../../src/sealing/draw.ts';
import { newAgeIdentity, readEnvelopeHeader, sealStream } from '../../src/sealing/envelope.ts';
import { at, council, deadline, event, journalOf, lot, platform, refusal, seed, trust, witnesses } from './a-journal.ts';

interface Sealed {
  readonly submission: string;
  readonly bidder: string;
  readonly sha256: string;
  readonly ephemeral: string;
  readonly proof: string;
  readonly wrappedKey: string;
}

async function seal(bidder: string, forLot = lot, by: Council = council): Promise<Sealed> {
  const own = await newAgeIdentity();
  const plain = new Blob([`bid of ${bidder}`]).stream();
  const sealed = await sealStream(plain, { council: by, context: { lot: forLot, part: 'whole', bidder }, ownRecipient: own.recipient });
  const bytes = new Uint8Array(await new Response(sealed).arrayBuffer());
  const header = await readEnvelopeHeader(bytes);
  if (!header.ok) throw new Error(header.reason);
  const { ephemeral, proof, wrappedKey } = header.header;
  return { submission: newId(), bidder, sha256: base64url(seed(9)), ephemeral, proof, wrappedKey };
}

const received = (item: Sealed, at = '2026-12-10T00:00:00.000Z', type = 'bid.received'): JournalEvent =>
  event(
    type,
    at,
    {
      statement: { id: item.submission },
      envelopes: [{ part: 'whole', bytes: 1000, sha256: item.sha256, ephemeral: item.ephemeral, proof: item.proof }],
    },
    item.bidder,
  );

type Journal = ReturnType<typeof journalOf>;
const opening = (journal: Journal, items: readonly Sealed[]): TaskEvidence => ({
  task: newId(),
  kind: 'opening',
  lot,
  council,
  checkpoint: journal.checkpoint,
  events: journal.events,
  opening: { part: 'whole', items: [...items] },
  draw: null,
});
describe('A custodian answers an opening only when everything checks (protocol §2)', () => {
  let a: Sealed;
  let b: Sealed;
  let c: Sealed;
  const notice = event('notice.published', '2026-11-22T00:00:00.000Z', { council: council.id, deadline });
  let journal: Journal;
  beforeAll(async () => {
    [a, b, c] = await Promise.all([seal('91420500MA0030011Y'), seal('914205817X0000028B'), seal('91420100MA0030044C')]);
    journal = journalOf([notice, received(a), received(b), received(c)]);
  });

  it('answers with R of every item, in the order asked', () => {
    expect(judge(opening(journal, [b, a, c]), trust, at(journal)).points).toEqual([b.ephemeral, a.ephemeral, c.ephemeral]);
  });
  it('refuses one millisecond before the deadline by its own clock, and answers at the deadline', () => {
    expect(refusal(() => judge(opening(journal, [a, b, c]), trust, at(journal, later(deadline, -1))))).toBe('too-early');
    expect(refusal(() => judge(opening(journal, [a, b, c]), trust, at(journal, deadline)))).toBe('answered');
  });
  it('reckons with a deadline that an addendum moved', () => {
    const moved = journalOf([
      notice,
      event('addendum.published', '2026-12-01T00:00:00.000Z', { deadline: later(deadline, 86_400_000) }),
      received(a),
      received(b),
      received(c),
    ]);
    expect(refusal(() => judge(opening(moved, [a, b, c]), trust, at(moved)))).toBe('too-early');
  });
  it('refuses a list that leaves a bid out, or adds one', () => {
    expect(refusal(() => judge(opening(journal, [a, b]), trust, at(journal)))).toBe('list-differs');
    expect(refusal(() => judge(opening(journal, [a, b, c, a]), trust, at(journal)))).toBe('list-differs');
  });
  it('counts neither a withdrawn bid nor a replaced one', async () => {
    const second = await seal(a.bidder);
    const later_ = journalOf([
      notice,
      received(a),
      received(second, '2026-12-11T00:00:00.000Z', 'bid.replaced'),
      received(b),
      received(c),
      event('bid.withdrawn', '2026-12-12T00:00:00.000Z', {}, c.bidder),
    ]);
    expect(refusal(() => judge(opening(later_, [second, b]), trust, at(later_)))).toBe('answered');
    expect(refusal(() => judge(opening(later_, [a, b]), trust, at(later_)))).toBe('list-differs');
    expect(refusal(() => judge(opening(later_, [second, b, c]), trust, at(later_)))).toBe('list-differs');
  });
  it('does not count a bid that stands behind the snapshot, whatever time it claims', () => {
    const behind = journalOf([notice, received(a), received(b)], [received(c)]);
    expect(refusal(() => judge(opening(behind, [a, b, c]), trust, at(behind)))).toBe('list-differs');
    expect(refusal(() => judge(opening(behind, [a, b]), trust, at(behind)))).toBe('answered');
  });
  it('does not count a bid at the deadline itself', () => {
    const late = journalOf([notice, received(a), received(b), received(c, deadline)]);
    expect(refusal(() => judge(opening(late, [a, b, c]), trust, at(late)))).toBe('list-differs');
  });
  it('refuses an envelope sealed for another lot: R cannot be replayed under an invented one', async () => {
    const foreign = await seal(a.bidder, newId());
    const replayed = journalOf([notice, received(foreign), received(b), received(c)]);
    expect(refusal(() => judge(opening(replayed, [foreign, b, c]), trust, at(replayed)))).toBe('label');
  });
  it('refuses an envelope copied by another bidder', () => {
    const copy = { ...a, bidder: b.bidder, submission: newId() };
    const copied = journalOf([notice, received(a), received(copy), received(c)]);
    expect(refusal(() => judge(opening(copied, [a, copy, c]), trust, at(copied)))).toBe('label');
  });
  it('counts a commitment when its bytes came before its grace ended, and waits for that end by its own clock', () => {
    // 30 minutes and one for the first begun 15 MB
    const until = later(deadline, 31 * 60_000);
    const grace = { minutes: 30, bytesPerMinute: 15_000_000, mostMinutes: 180 };
    const generous = event('notice.published', '2026-11-22T00:00:00.000Z', { council: council.id, deadline, grace });
    const committed = { ...received(c), data: { ...(received(c).data as object), awaited: true } };
    const completed = (completedAt: string, of = c) =>
      event('bid.completed', completedAt, { submission: of.submission, completedAt }, c.bidder);
    const withEnd = (...more: JournalEvent[]) => journalOf([generous, received(a), received(b), committed, ...more]);
    const asked = (journal: Journal, items: readonly Sealed[], now: Instant) =>
      refusal(() => judge(opening(journal, items), trust, at(journal, now)));
    expect(asked(withEnd(completed(later(until, -1))), [a, b, c], until)).toBe('answered');
    expect(asked(withEnd(completed(later(until, -1))), [a, b], until)).toBe('list-differs');
    expect(asked(withEnd(completed(until)), [a, b, c], until)).toBe('list-differs');
    expect(asked(withEnd(completed(deadline, a)), [a, b, c], until)).toBe('list-differs');
    expect(asked(withEnd(), [a, b], later(until, -1))).toBe('bytes-awaited');
    expect(asked(withEnd(), [a, b], until)).toBe('answered');
    expect(asked(withEnd(), [a, b, c], until)).toBe('list-differs');
    const behind = journalOf([generous, received(a), received(b), committed], [completed(deadline)]);
    expect(asked(behind, [a, b, c], until)).toBe('list-differs');
    const ungracious = journalOf([notice, received(a), received(b), committed, completed(deadline)]);
    expect(asked(ungracious, [a, b, c], until)).toBe('list-differs');
  });
  it('refuses a second, different list of the same lot and part, for ever', () => {
    const { remember } = judge(opening(journal, [a, b, c]), trust, at(journal));
    const other = journalOf([notice, received(a), received(b)]);
    expect(refusal(() => judge(opening(other, [a, b]), trust, at(other, later(deadline, 1), { [remember.key]: remember.list })))).toBe(
      'answered-differently',
    );
    expect(
      refusal(() => judge(opening(journal, [a, b, c]), trust, at(journal, later(deadline, 1), { [remember.key]: remember.list }))),
    ).toBe('answered');
  });
  it('refuses a checkpoint that too few witnesses cosigned, and one of another key', () => {
    const lonely = journalOf([notice, received(a), received(b), received(c)], [], witnesses.slice(0, 1));
    expect(refusal(() => judge(opening(lonely, [a, b, c]), trust, at(lonely)))).toBe('not-witnessed');
    const strange: Trust = { ...trust, platform: printVerifierKey(noteSigner(platform.name, seed(8))) };
    expect(refusal(() => judge(opening(journal, [a, b, c]), strange, at(journal)))).toBe('checkpoint');
  });
  it('refuses an event that is not in the tree, or belongs to another lot', () => {
    const [first, ...rest] = journal.events;
    const forged = {
      ...journal,
      events: first
        ? [{ ...first, event: { ...first.event, data: { council: council.id, deadline: '2026-11-23T00:00:00.000Z' } } }, ...rest]
        : [],
    };
    expect(refusal(() => judge(opening(forged, [a, b, c]), trust, at(journal)))).toBe('not-included');
    expect(refusal(() => judge({ ...opening(journal, [a, b, c]), lot: newId() }, trust, at(journal)))).toBe('other-lot');
  });
  it('refuses without the snapshot that the closing names', () => {
    expect(refusal(() => judge(opening(journal, [a, b, c]), trust, { ...at(journal), snapshot: () => undefined }))).toBe('no-snapshot');
    expect(refusal(() => judge(opening(journal, [a, b, c]), trust, { ...at(journal), snapshot: () => journal.checkpoint }))).toBe(
      'snapshot-differs',
    );
  });
  it('refuses for a council that is not its own', () => {
    const other = holdCeremony(newId(), '另一委员会', ['甲', '乙', '丙'], 2).council;
    expect(refusal(() => judge({ ...opening(journal, [a, b, c]), council: other }, trust, at(journal)))).toBe('other-council');
  });
});

describe('A custodian follows what binds an opening, and is not told less later', () => {
  let bids: Sealed[];
  const notice = event('notice.published', '2026-11-22T00:00:00.000Z', { council: council.id, deadline });
  const statement = {
    format: 'yangguang/order/v1',
    kind: 'suspend',
    lot,
    authority: '9',
    reason: '投诉',
    ground: '六十二条',
    at: deadline,
  };
  const order = event('order.suspended', '2026-12-12T00:00:00.000Z', {
    order: 'o',
    reason: '投诉',
    ground: '六十二条',
    statement,
    signature: '',
  });
  const lifted = (lifts: string) =>
    event('order.lifted', '2026-12-12T01:00:00.000Z', {
      order: 'o',
      reason: '不成立',
      statement: { format: 'yangguang/order/v1', kind: 'lift', lot, authority: '9', reason: '不成立', lifts, at: deadline },
      signature: '',
    });
  beforeAll(async () => {
    bids = await Promise.all([seal('91420500MA0030011Y'), seal('914205817X0000028B'), seal('91420100MA0030044C')]);
  });
  const with_ = (...orders: JournalEvent[]) => journalOf([notice, ...bids.map((each) => received(each)), ...orders]);
  const lotOf = (register: Partial<LotRegister>, upTo = 100): Register => ({
    upTo,
    stated: [],
    lots: { [lot]: { indices: [], deadline: null, window: null, after: null, order: null, ...register } },
  });
  const asked = (journal: Journal, register?: Register, holds = {}) =>
    refusal(() => judge(opening(journal, bids), trust, { ...at(journal), ...(register ? { register } : {}), holds }));
  const pages =
    (journal: Journal, change: (events: Journal['events']) => Journal['events'] = (events) => events) =>
    async (from: number, size: number) => ({
      events: change(journal.events).filter(
        ({ index, event: each }) => index >= from && index < size && /^(notice|order|bidding)/.test(each.type),
      ),
      next: size,
    });
  const treeOf = (journal: Journal) => {
    const [, size = '0', root = ''] = journal.checkpoint.split('\n');
    return { origin: platform.name, size: Number(size), root: new Uint8Array(Buffer.from(root, 'base64')) };
  };
  const reasonOf = (run: Promise<unknown>) =>
    run.then(
      () => 'followed',
      (error: unknown) => (error instanceof Refusal ? error.reason : Promise.reject(error)),
    );

  it('refuses while an order stands in the events, and answers once it is lifted', () => {
    expect(asked(with_(order))).toBe('suspended');
    expect(asked(with_(order, lifted(orderDigest(statement))))).toBe('answered');
    expect(asked(with_(order, lifted('x'), order))).toBe('suspended');
  });
  it('refuses by an order it knows, also when the evidence keeps silent about it or claims that it was lifted', () => {
    const known = { id: 'o', digest: 'd', reason: '投诉' };
    expect(asked(with_(), lotOf({ order: known }))).toBe('suspended');
    expect(asked(with_(order, lifted(orderDigest(statement))), lotOf({ order: known }))).toBe('suspended');
  });
  it('refuses evidence that lacks an event of the register, and a register that ends before the evidence', () => {
    expect(asked(with_(), lotOf({ indices: [0] }))).toBe('answered');
    expect(asked(with_(), lotOf({ indices: [0, 2, 50] }))).toBe('answered');
    const journal = with_();
    const without = { ...opening(journal, bids), events: journal.events.filter(({ index }) => index !== 2) };
    expect(refusal(() => judge(without, trust, { ...at(journal), register: lotOf({ indices: [0, 2] }) }))).toBe('event-withheld');
    expect(asked(journal, lotOf({}, treeOf(journal).size - 1))).toBe('register-behind');
    expect(asked(journal, lotOf({}, treeOf(journal).size))).toBe('answered');
  });
  it('refuses a lot its own institution holds', () => {
    expect(asked(with_(), undefined, { [lot]: '书面通知' })).toBe('held-by-the-institution');
    expect(asked(with_(), undefined, { [newId()]: '书面通知' })).toBe('answered');
  });
  it('refuses a bid that came into the journal after the deadline by its own clock, whatever time the platform gave it', () => {
    expect(asked(with_(), lotOf({ after: 4 }))).toBe('answered');
    expect(asked(with_(), lotOf({ after: 3 }))).toBe('late-by-own-record');
  });
  it('notes the size of the journal once a deadline is past, not a moment before', () => {
    const register = lotOf({ deadline });
    expect(noteDeadlines(register, later(deadline, -1), 7)).toBe(register);
    expect(noteDeadlines(register, deadline, 7).lots[lot]?.after).toBe(7);
    expect(noteDeadlines(lotOf({ deadline, after: 5 }), deadline, 7).lots[lot]?.after).toBe(5);
  });

  it('takes the register only whole, in order, and as it stands in its own tree', async () => {
    const journal = with_(order);
    const followed = await followRegister(pages(journal), emptyRegister, treeOf(journal), []);
    expect(followed.lots[lot]).toMatchObject({ indices: [0, 4, 5], deadline, order: { id: 'o', reason: '投诉' } });
    const strange = with_(order);
    expect(await reasonOf(followRegister(pages(strange), emptyRegister, treeOf(journal), []))).toBe('not-included');
    expect(
      await reasonOf(
        followRegister(
          pages(journal, (events) => [...events].reverse()),
          emptyRegister,
          treeOf(journal),
          [],
        ),
      ),
    ).toBe('register');
    const stuck = async (from: number) => ({ events: [], next: from });
    expect(await reasonOf(followRegister(stuck, emptyRegister, treeOf(journal), []))).toBe('register');
  });
  it('lets an order stand until a lifting names it, and with known supervisors until one of them has signed', async () => {
    const orderAfter = async (journal: Journal, supervisors: string[]) =>
      (await followRegister(pages(journal), emptyRegister, treeOf(journal), supervisors)).lots[lot]?.order ?? null;
    expect(await orderAfter(with_(order, lifted(orderDigest(statement))), [])).toBeNull();
    expect(await orderAfter(with_(order, lifted('of another')), [])).not.toBeNull();
    expect(await orderAfter(with_(order, lifted(orderDigest(statement))), ['a'.repeat(64)])).not.toBeNull();
  });

  it('judges only by checkpoints of its own tree: a fork that witnesses cosigned elsewhere is refused', async () => {
    const [own, fork] = [with_(), with_()];
    const { size, root } = treeOf(own);
    const source: JournalSource = { checkpoint: async () => own.checkpoint, tile: async () => new Uint8Array(0) };
    const seen = { size, root: base64url(root) };
    expect(await reasonOf(inSeenTree(source, trust.platform, seen, own.checkpoint))).toBe('followed');
    expect(await reasonOf(inSeenTree(source, trust.platform, seen, fork.checkpoint))).toBe('journal-forked');
    expect(await reasonOf(inSeenTree(source, trust.platform, { ...seen, size: size - 1 }, own.checkpoint))).toBe('not-followed-yet');
  });
});

describe('A custodian answers a draw only for a journalled request', () => {
  const request: DrawRequest = {
    format: 'yangguang/draw/v1',
    id: newId(),
    lot,
    at: deadline,
    seats: [],
    eligible: {},
    parameters: [{ name: '下浮率', choices: ['1%', '2%'] }],
  };
  const asked = (each: DrawRequest, purpose = 'parameters') =>
    event('draw.requested', deadline, { request: each, digest: drawDigest(each), purpose });
  const draw = (journal: Journal, each: DrawRequest): TaskEvidence => ({
    task: newId(),
    kind: 'draw',
    lot,
    council,
    checkpoint: journal.checkpoint,
    events: journal.events,
    opening: null,
    draw: { request: each },
  });

  it('answers with the point it computed itself', () => {
    const journal = journalOf([asked(request)]);
    expect(judge(draw(journal, request), trust, at(journal)).points).toEqual([drawPoint(request)]);
  });
  it('refuses a request that is not in the journal, or was changed after it', () => {
    const journal = journalOf([asked(request)]);
    const changed = { ...request, parameters: [{ name: '下浮率', choices: ['2%', '3%'] }] };
    expect(refusal(() => judge(draw(journal, changed), trust, at(journal)))).toBe('request-not-in-the-journal');
  });
  it('answers one draw of a session’s parameters, never a second one', () => {
    const again = { ...request, id: newId() };
    const journal = journalOf([asked(request), asked(again)]);
    const { remember } = judge(draw(journal, request), trust, at(journal));
    expect(refusal(() => judge(draw(journal, again), trust, at(journal, later(deadline, 1), { [remember.key]: remember.list })))).toBe(
      'answered-differently',
    );
  });
  it('refuses a second draw of a session by the journal alone, also without any memory', () => {
    const again = { ...request, id: newId() };
    const journal = journalOf([asked(request), asked(again)]);
    expect(refusal(() => judge(draw(journal, again), trust, at(journal)))).toBe('asked-twice');
    expect(refusal(() => judge(draw(journal, request), trust, at(journal)))).toBe('answered');
  });
  it('refuses a pool changed after the request', () => {
    const expert = { expert: base64url(seed(1)), employer: base64url(seed(2)) };
    const pooled = { ...request, seats: [{ specialty: 'A08', count: 1, reserve: 0 }], eligible: { A08: [expert] }, parameters: [] };
    const journal = journalOf([asked(pooled, 'experts')]);
    const changed = { ...pooled, eligible: { A08: [{ ...expert, expert: base64url(seed(3)) }] } };
    expect(refusal(() => judge(draw(journal, pooled), trust, at(journal)))).toBe('answered');
    expect(refusal(() => judge(draw(journal, changed), trust, at(journal)))).toBe('request-not-in-the-journal');
  });
  it('answers a redraw of experts, which stands in the journal by itself', () => {
    const expert = { expert: base64url(seed(1)), employer: base64url(seed(2)) };
    const pooled = { ...request, seats: [{ specialty: 'A08', count: 1, reserve: 0 }], eligible: { A08: [expert] }, parameters: [] };
    const again = { ...pooled, id: newId() };
    const journal = journalOf([asked(pooled, 'experts'), asked(again, 'experts')]);
    const { remember } = judge(draw(journal, pooled), trust, at(journal));
    expect(refusal(() => judge(draw(journal, again), trust, at(journal, later(deadline, 1), { [remember.key]: remember.list })))).toBe(
      'answered',
    );
  });
});
