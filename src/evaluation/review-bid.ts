import { z } from 'zod';
import { act, lock } from '../kernel/act.ts';
import { rowsOf } from '../kernel/form-rows.ts';
import { idField } from '../kernel/ids.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { recordVerdicts } from './given-verdicts.ts';
import { nothingChanged, sheetsAreSealed } from './problems.ts';
import { workingMember } from './working-member.ts';

export const verdictField = z.object({
  bid: idField,
  item: z.string().min(1).max(64),
  /** a row of a form without it says nothing yet */
  pass: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]).optional(),
  reason: z.string().trim().max(1000).optional(),
});

export const reviewFields = z.object({
  verdicts: z.preprocess(rowsOf, z.array(verdictField).max(500)),
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
    const member = await workingMember(call, lot);
    if (termsOf(lot).sheets) throw sheetsAreSealed();
    const [first, ...rest] = await recordVerdicts(call, lot, member.id, command.verdicts);
    if (!first) throw nothingChanged();
    return { result: { recorded: rest.length + 1 }, facts: [first, ...rest] };
  },
});
