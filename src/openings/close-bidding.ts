import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { Envelope, Submission } from '../bids/schema.ts';
import { fact } from '../journal/event.ts';
import type { Fact, Facts } from '../kernel/act.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { askInSession } from './ask-pseudonyms.ts';
import { bytesAwaited, snapshotNotReady } from './problems.ts';
import { notSuspended, platformStop } from './suspension.ts';

/**
 * Fixes the closing list (protocol §5): N is the size of the first checkpoint that covers the deadline event; a bid counts if and only if
 * its last receipt has an index below N, it is not withdrawn, and it bears a time before the deadline. With enough bids the opening starts
 * in the same transaction, at once and by itself, when every committed bid's bytes are there or their grace has ended; with too few nothing is opened (Bidding Law art. 28; regulations art. 44).
 */
export const closeBidding = act({
  name: 'close-bidding',
  by: ['system'],
  says: { zh: '截标快照并开标', en: 'Close bidding and start the opening' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('close-bidding', lot.phase);
    await notSuspended(call, lot.id);
    const terms = termsOf(lot);
    const snapshot = await snapshotOf(call.em, lot.id);
    if (!snapshot || !lot.deadline) throw snapshotNotReady();
    if ((await call.em.count(Submission, awaitedIn(lot.id))) > 0) throw bytesAwaited();
    lot.closedTreeSize = BigInt(snapshot.size);
    const closed = fact('bidding.closed', { lot: lot.id }, { deadline: lot.deadline, treeSize: snapshot.size, root: snapshot.root });
    const bids = await closingList(call.em, lot, snapshot.size);
    if (bids.length < terms.minimumBids) return fail(call, lot, closed, bids);
    return start(call, lot, terms, closed, bids);
  },
});

/** Commitments that are neither complete nor lapsed. */
const awaitedIn = (lot: string) => ({ lot, status: 'current', graceMinutes: { $ne: null }, completedAt: null });

/** Too few: nothing is opened, and each bidder gets back what it handed in, as sealed as it was; the council is never asked for it. */
async function fail(
  call: Call,
  lot: Lot,
  closed: Fact,
  bids: readonly Submission[],
): Promise<{ result: { opened: boolean }; facts: Facts }> {
  lot.phase = next(lot.phase, 'tender.failed');
  lot.failedAt = call.now;
  lot.failedFor = 'too-few-bids';
  lot.resultedAt = call.now;
  const envelopes = await call.em.find(Envelope, { submission: { $in: bids.map((bid) => bid.id) } }, { orderBy: { part: 'asc' } });
  const returned = bids.map(({ id: submission, bidder }) => {
    const parts = envelopes.filter((each) => each.submission === submission).map(({ part, sha256 }) => ({ part, sha256 }));
    return fact('bid.returned', { lot: lot.id, party: bidder }, { submission, parts });
  });
  const failed = fact('tender.failed', { lot: lot.id }, { reason: 'too-few-bids', counted: bids.length });
  return { result: { opened: false }, facts: [closed, failed, ...returned] };
}

async function start(call: Call, lot: Lot, terms: LotTerms, closed: Fact, bids: readonly Submission[]) {
  lot.phase = next(lot.phase, 'opening.started');
  lot.openedAt = call.now;
  const part = terms.parts[0] ?? 'whole';
  // under `bidder+council` the bidders come first: the council is asked when their time is over (close-layers.ts)
  const { list, facts } = await askInSession(call, lot, part, bids);
  return { result: { opened: true }, facts: [closed, fact('opening.started', { lot: lot.id }, { part, list }), ...facts] as const };
}

/** Size and root of the first checkpoint that covers the deadline event; null while the sequencer has not reached it. */
async function snapshotOf(em: EntityManager, lot: string): Promise<{ size: number; root: string } | null> {
  const rows = await em.execute<{ size: string; root: Buffer }[]>(
    `select c.size, c.root from journal_checkpoint c
     where c.size > (select l.index from journal_leaf l join journal_event e on e.id = l.event where e.lot = ? and e.type = 'deadline.reached')
     order by c.size limit 1`,
    [lot],
  );
  const row = rows[0];
  return row ? { size: Number(row.size), root: base64url(new Uint8Array(row.root)) } : null;
}

/** Current bids whose receipt stands below N and before the deadline, in order of receipt. */
async function closingList(em: EntityManager, lot: Lot, size: number): Promise<Submission[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select s.id from submission s
     join journal_event e on e.lot = s.lot and e.party = s.bidder and e.type in ('bid.received', 'bid.replaced') and e.body::jsonb #>> '{data,statement,id}' = s.id::text
     join journal_leaf l on l.event = e.id
     where s.lot = ? and s.status = 'current' and (s.grace_minutes is null or s.completed_at is not null) and s.received_at < ? and l.index < ? order by s.received_at, l.index`,
    [lot.id, lot.deadline, size],
  );
  const found = new Map((await em.find(Submission, { id: { $in: rows.map((row) => row.id) } })).map((bid) => [bid.id, bid]));
  return rows.flatMap(({ id }) => found.get(id) ?? []);
}

export const closings = clockwork({
  name: 'closings',
  act: closeBidding,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot join journal_event e on e.lot = lot.id and e.type = 'deadline.reached' join journal_leaf l on l.event = e.id where lot.phase = 'closed'
       and not exists (select from submission s where s.lot = lot.id and s.status = 'current' and s.grace_minutes is not null and s.completed_at is null)
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null) limit 200`,
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
