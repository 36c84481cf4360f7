import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Fact, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { bidsBefore } from './enquiry-reads.ts';
import { rowsOf } from './form-rows.ts';
import { readScore } from './mark.ts';
import { ownSeat } from './member-reads.ts';
import { asksOf, judgedPart, methodUpTo } from './part-work.ts';
import { declareFirst, nothingChanged, reasonNeeded, scoreOutOfRange, sheetClosed, unknownItem } from './problems.ts';
import { EvaluationReport, PartResult, Score } from './schema.ts';

const given = z.object({
  bid: idField,
  criterion: z.string().min(1).max(64),
  /** decimal, at most two places; a row of a form that leaves it empty says nothing yet */
  score: z.string().trim(),
  reason: z.string().trim().max(1000).optional(),
});

export const scoreFields = z.object({
  scores: z.preprocess(rowsOf, z.array(given).max(1000)),
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
    const member = await ownSeat(call.em, call.by, lot.id);
    if (!member.declaredAt) throw declareFirst();
    if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
    const part = judgedPart(lot);
    if ((await call.em.count(PartResult, { lot: lot.id, part })) > 0) throw sheetClosed();
    const asked = asksOf(termsOf(lot), part).criteria;
    const criteria = new Map(methodUpTo(termsOf(lot), part).criteria.map((criterion) => [criterion.id, criterion.max]));
    const bids = await bidsBefore(call.em, lot.id, part);
    const own = await call.em.find(Score, { member: member.id }, { orderBy: { version: 'asc' } });
    const standing = new Map(own.map((row) => [`${row.submission}/${row.criterion}`, row]));
    const facts: Fact[] = [];
    for (const [index, { bid, criterion, score: written, reason }] of command.scores.entries()) {
      const max = criteria.get(criterion);
      if (max === undefined || !bids.has(bid)) throw unknownItem();
      if (written === '') continue;
      const score = scoreWithin(written, max, `scores.${index}.score`);
      const before = standing.get(`${bid}/${criterion}`);
      // what was scored with an earlier envelope stands; a member who came later still owes its own marks
      if (before && !asked.has(criterion)) throw sheetClosed();
      // the same score again says something new only with a reason that it did not have
      if (before?.score === score && (!reason || reason === before.reason)) continue;
      if (before && !reason)
        throw reasonNeeded({
          fields: [{ path: `scores.${index}.reason`, says: { zh: '更正须写明理由。', en: 'A correction needs a reason.' } }],
        });
      const row = call.em.create(Score, {
        id: newId(call.now),
        lot: lot.id,
        member: member.id,
        submission: bid,
        criterion,
        score,
        reason: reason || null,
        version: (before?.version ?? 0) + 1,
        at: call.now,
      });
      standing.set(`${bid}/${criterion}`, row);
      const { version } = row;
      facts.push(
        fact(
          'bid.scored',
          { lot: lot.id, member: member.id },
          { member: member.id, bid, criterion, score, reason: reason || null, version },
        ),
      );
    }
    const [first, ...rest] = facts;
    if (!first) throw nothingChanged();
    return { result: { recorded: facts.length }, facts: [first, ...rest] };
  },
});

function scoreWithin(written: string, max: string, path: string): string {
  const score = readScore(written, max);
  if (score !== undefined) return score;
  throw scoreOutOfRange({
    fields: [{ path, says: { zh: `应在0至${max}之间，最多两位小数。`, en: `Between 0 and ${max}, at most two decimals.` } }],
  });
}
