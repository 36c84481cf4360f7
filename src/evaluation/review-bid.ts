import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { OpeningItem } from '../openings/schema.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat } from './member.ts';
import { reasonNeeded, sheetClosed, unknownItem } from './problems.ts';
import { EvaluationReport, Review } from './schema.ts';

const verdict = z.object({
  bid: idField,
  item: z.string().min(1).max(64),
  pass: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  reason: z.string().trim().max(1000).optional(),
});

/** One member's verdicts on items of bids (初步评审). A failure needs a reason; a correction is a new version and needs one too. */
export const reviewBid = act({
  name: 'review-bid',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '评审', en: 'Review bids' },
  takes: z.object({ lot: idField, verdicts: z.array(verdict).min(1).max(500) }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('review-bid', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
    const items = new Set(termsOf(lot).method.items);
    const bids = new Set((await call.em.find(OpeningItem, { lot: lot.id, state: 'opened' })).map((item) => item.submission));
    const facts = [];
    for (const [index, { bid, item, pass, reason }] of command.verdicts.entries()) {
      if (!items.has(item) || !bids.has(bid)) throw unknownItem();
      const before = await latest(call, member.id, bid, item);
      if (before && before.pass === pass && (before.reason ?? undefined) === (reason || undefined)) continue;
      if ((!pass || before) && !reason)
        throw reasonNeeded({ fields: [{ path: `verdicts.${index}.reason`, says: { zh: '请写明理由。', en: 'Please give the reason.' } }] });
      const version = (before?.version ?? 0) + 1;
      call.em.create(Review, {
        id: newId(call.now),
        lot: lot.id,
        member: member.id,
        submission: bid,
        item,
        pass,
        reason: reason ?? null,
        version,
        at: call.now,
      });
      facts.push(
        fact('bid.reviewed', subjectOf(lot.id, member, call.by.user), {
          member: member.id,
          bid,
          item,
          pass,
          reason: reason ?? null,
          version,
        }),
      );
    }
    const [first, ...rest] = facts;
    if (!first) throw unknownItem({ says: { zh: '没有变化。', en: 'Nothing has changed.' } });
    return { result: { recorded: facts.length }, facts: [first, ...rest] };
  },
});

export const subjectOf = (lot: string, member: { readonly expert?: string | null | undefined }, user: string | null) => ({
  lot,
  ...(member.expert ? { expert: member.expert } : {}),
  ...(user ? { actor: user } : {}),
});

const latest = (call: Call, member: string, submission: string, item: string): Promise<Review | null> =>
  call.em.findOne(Review, { member, submission, item }, { orderBy: { version: 'desc' } });
