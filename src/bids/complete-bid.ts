import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, platformRule } from '../rulebook/law.ts';
import { bytesUntil } from '../sealing/grace.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { bytesTooLate, noBid, uploadDiffers } from './problems.ts';
import { arrivals } from './reads.ts';
import { Envelope, Submission } from './schema.ts';

/** The last byte by the database's clock; at the end of the grace itself it is too late. */
export const withinGrace: Rule<{ readonly completedAt: string; readonly until: string }> = rule({
  id: 'BID-GRACE',
  acts: ['complete-bid'],
  figures: ['bid.grace.base', 'bid.grace.bytesPerMinute', 'bid.grace.max'],
  source: cite(platformRule),
  says: {
    zh: '先行承诺的投标，文件须在宽限届满以前传完，逾期不计。',
    en: 'The bytes of a committed bid must be there before its grace ends; later they do not count.',
  },
  problem: bytesTooLate,
  refuses: ({ completedAt, until }) => completedAt >= until,
});

/** Records that the bytes of a committed bid are there: with the digest, the length and the heads that were committed. */
export const completeBid = act({
  name: 'complete-bid',
  by: ['system'],
  says: { zh: '投标文件传完', en: 'Complete a committed bid' },
  takes: z.object({ lot: idField, submission: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('complete-bid', lot.phase);
    const bid = await call.em.findOne(Submission, { id: command.submission, lot: lot.id, status: 'current', completedAt: null });
    if (!bid || bid.graceMinutes === null || bid.graceMinutes === undefined || !lot.deadline) throw noBid();
    const came = await arrivals(call.em, { submission: bid.id });
    const envelopes = await call.em.find(Envelope, { submission: bid.id });
    let completedAt = bid.receivedAt;
    for (const envelope of envelopes) {
      if (envelope.fileKey !== null) continue;
      const arrival = came.find((each) => each.envelope === envelope.id);
      if (!arrival) throw uploadDiffers();
      envelope.fileKey = arrival.fileKey;
      if (arrival.completedAt > completedAt) completedAt = arrival.completedAt;
    }
    uphold([withinGrace], { completedAt, until: bytesUntil(lot.deadline, bid.graceMinutes) });
    bid.completedAt = completedAt;
    const done = fact('bid.completed', { lot: lot.id, party: bid.bidder }, { submission: bid.id, completedAt });
    return { result: { submission: bid.id, completedAt }, facts: [done] };
  },
});

/** Nothing waits for the bidder: a page that was closed, or a process that died after the last byte, loses nothing. */
export const completions = clockwork({
  name: 'completions',
  act: completeBid,
  due: async (em: EntityManager) => {
    const rows = await em.execute<{ submission: Id; lot: Id }[]>(
      `select s.id as submission, s.lot from submission s join lot on lot.id = s.lot
       where s.status = 'current' and s.grace_minutes is not null and s.completed_at is null and lot.phase in ('bidding', 'closed')
         and not exists (select from envelope e where e.submission = s.id and e.file_key is null and not exists (
           select from upload u where u.envelope = e.id and u.sha256 = e.sha256 and u.bytes = e.bytes
             and u.completed_at < lot.deadline + s.grace_minutes * interval '1 minute'
             and u.seal ->> 'ephemeral' = e.ephemeral and u.seal ->> 'proof' = e.proof and u.seal ->> 'wrappedKey' = e.wrapped_key))
       order by s.received_at limit 200`,
    );
    return rows.map(({ submission, lot }) => ({ submission, lot }));
  },
});
