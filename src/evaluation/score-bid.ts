import { z } from 'zod';
import { act, lock } from '../kernel/act.ts';
import { rowsOf } from '../kernel/form-rows.ts';
import { idField } from '../kernel/ids.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { recordMarks } from './given-marks.ts';
import { nothingChanged, sheetsAreSealed } from './problems.ts';
import { workingMember } from './working-member.ts';

export const markField = z.object({
  bid: idField,
  criterion: z.string().min(1).max(64),
  /** decimal, at most two places; a row of a form that leaves it empty says nothing yet */
  score: z.string().trim(),
  reason: z.string().trim().max(1000).optional(),
});

export const scoreFields = z.object({
  scores: z.preprocess(rowsOf, z.array(markField).max(1000)),
  /** the bid whose page to show next */
  next: z.string().max(36).optional(),
});

/** One member's scores (详细评审). Each lies between 0 and the criterion's maximum with at most two places; a correction needs a reason. */
export const scoreBid = act({
  name: 'score-bid',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '评分', en: 'Score bids' },
  takes: scoreFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('score-bid', lot.phase);
    const member = await workingMember(call, lot);
    if (termsOf(lot).sheets) throw sheetsAreSealed();
    const [first, ...rest] = await recordMarks(call, lot, member.id, command.scores);
    if (!first) throw nothingChanged();
    return { result: { recorded: rest.length + 1 }, facts: [first, ...rest] };
  },
});
