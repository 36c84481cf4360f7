import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { Fraction } from '../kernel/fraction.ts';
import { idField, newId } from '../kernel/ids.ts';
import { OpeningItem } from '../openings/schema.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat } from './member.ts';
import { reasonNeeded, scoreOutOfRange, sheetClosed, unknownItem } from './problems.ts';
import { subjectOf } from './review-bid.ts';
import { EvaluationReport, Score } from './schema.ts';

const given = z.object({
  bid: idField,
  criterion: z.string().min(1).max(64),
  /** decimal, at most two places */
  score: z.string().trim(),
  reason: z.string().trim().max(1000).optional(),
});

/** One member's scores (详细评审). Each lies between 0 and the criterion's maximum with at most two places; a correction needs a reason. */
export const scoreBid = act({
  name: 'score-bid',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '评分', en: 'Score bids' },
  takes: z.object({ lot: idField, scores: z.array(given).min(1).max(1000) }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('score-bid', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
    const criteria = new Map(termsOf(lot).method.criteria.map((criterion) => [criterion.id, criterion.max]));
    const bids = new Set((await call.em.find(OpeningItem, { lot: lot.id, state: 'opened' })).map((item) => item.submission));
    const facts = [];
    for (const [index, { bid, criterion, score, reason }] of command.scores.entries()) {
      const max = criteria.get(criterion);
      if (max === undefined || !bids.has(bid)) throw unknownItem();
      checkRange(score, max, `scores.${index}.score`);
      const before = await latest(call, member.id, bid, criterion);
      if (before?.score === score) continue;
      if (before && !reason)
        throw reasonNeeded({
          fields: [{ path: `scores.${index}.reason`, says: { zh: '更正须写明理由。', en: 'A correction needs a reason.' } }],
        });
      const version = (before?.version ?? 0) + 1;
      call.em.create(Score, {
        id: newId(call.now),
        lot: lot.id,
        member: member.id,
        submission: bid,
        criterion,
        score,
        reason: reason ?? null,
        version,
        at: call.now,
      });
      facts.push(
        fact('bid.scored', subjectOf(lot.id, member, call.by.user), {
          member: member.id,
          bid,
          criterion,
          score,
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

function checkRange(score: string, max: string, path: string): void {
  const value = /^\d{1,3}(\.\d{1,2})?$/.test(score) ? Fraction.parse(score) : undefined;
  const most = Fraction.parse(max);
  if (value === undefined || most === undefined || value.isAbove(most)) {
    throw scoreOutOfRange({
      fields: [{ path, says: { zh: `应在0至${max}之间，最多两位小数。`, en: `Between 0 and ${max}, at most two decimals.` } }],
    });
  }
}

const latest = (call: Call, member: string, submission: string, criterion: string): Promise<Score | null> =>
  call.em.findOne(Score, { member, submission, criterion }, { orderBy: { version: 'desc' } });
