import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Fact, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { bidsBefore } from './enquiry-reads.ts';
import { rowsOf } from './form-rows.ts';
import { lowPricesUnexplained } from './low-price.ts';
import { ownSeat } from './member-reads.ts';
import { asksOf, judgedPart, methodUpTo } from './part-work.ts';
import { declareFirst, explanationFirst, nothingChanged, reasonNeeded, sheetClosed, unknownItem } from './problems.ts';
import { EvaluationReport, PartResult, Review } from './schema.ts';

const verdict = z.object({
  bid: idField,
  item: z.string().min(1).max(64),
  /** a row of a form without it says nothing yet */
  pass: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]).optional(),
  reason: z.string().trim().max(1000).optional(),
});

export const reviewFields = z.object({
  verdicts: z.preprocess(rowsOf, z.array(verdict).max(500)),
  /** the bid whose page to show next */
  next: z.string().max(36).optional(),
});

/** One member's verdicts on items of bids (初步评审). A failure needs a reason; a correction is a new version and needs one too. */
export const reviewBid = act({
  name: 'review-bid',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '评审', en: 'Review bids' },
  takes: reviewFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('review-bid', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    if (!member.declaredAt) throw declareFirst();
    if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
    const part = judgedPart(lot);
    if ((await call.em.count(PartResult, { lot: lot.id, part })) > 0) throw sheetClosed();
    const asked = asksOf(termsOf(lot), part).items;
    const items = new Set(methodUpTo(termsOf(lot), part).items);
    const bids = await bidsBefore(call.em, lot.id, part);
    const unexplained = await lowPricesUnexplained(call, lot);
    const own = await call.em.find(Review, { member: member.id }, { orderBy: { version: 'asc' } });
    const standing = new Map(own.map((row) => [`${row.submission}/${row.item}`, row]));
    const facts: Fact[] = [];
    for (const [index, { bid, item, pass, reason }] of command.verdicts.entries()) {
      if (!items.has(item) || !bids.has(bid)) throw unknownItem();
      if (pass === undefined) continue;
      const before = standing.get(`${bid}/${item}`);
      // what was judged with an earlier envelope stands; a member who came later still owes its own word
      if (before && !asked.has(item)) throw sheetClosed();
      if (before && before.pass === pass && (before.reason ?? '') === (reason ?? '')) continue;
      if (!pass && unexplained(bid, item)) throw explanationFirst();
      if ((!pass || before) && !reason)
        throw reasonNeeded({ fields: [{ path: `verdicts.${index}.reason`, says: { zh: '请写明理由。', en: 'Please give the reason.' } }] });
      const row = call.em.create(Review, {
        id: newId(call.now),
        lot: lot.id,
        member: member.id,
        submission: bid,
        item,
        pass,
        reason: reason || null,
        version: (before?.version ?? 0) + 1,
        at: call.now,
      });
      standing.set(`${bid}/${item}`, row);
      const { version } = row;
      facts.push(
        fact('bid.reviewed', { lot: lot.id, member: member.id }, { member: member.id, bid, item, pass, reason: reason || null, version }),
      );
    }
    const [first, ...rest] = facts;
    if (!first) throw nothingChanged();
    return { result: { recorded: facts.length }, facts: [first, ...rest] };
  },
});
