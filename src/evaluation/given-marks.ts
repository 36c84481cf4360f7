import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { blindingOf, submissionNamed } from './blind-reads.ts';
import { blindPartFirst } from './blind-rule.ts';
import { bidsBefore } from './enquiry-reads.ts';
import { readScore } from './mark.ts';
import { asksOf, judgedPart, methodUpTo } from './part-work.ts';
import { outsideReopening, reasonNeeded, scoreOutOfRange, sheetClosed, unknownItem } from './problems.ts';
import { judgedBlind, mayChange } from './report-version.ts';
import { Score } from './schema.ts';

/** A mark as a member gives it; an empty one says nothing yet. */
export interface WrittenMark {
  readonly bid: string;
  readonly criterion: string;
  readonly score: string;
  readonly reason?: string | undefined;
}

/** Writes down one member's marks; one that was given before is corrected, with a reason. Answers a fact for each that says something new. */
export async function recordMarks(call: Call, lot: Lot, member: string, marks: readonly WrittenMark[]): Promise<Fact[]> {
  const part = judgedPart(lot);
  const asked = asksOf(termsOf(lot), part).criteria;
  const criteria = new Map(methodUpTo(termsOf(lot), part).criteria.map((criterion) => [criterion.id, criterion.max]));
  const bids = await bidsBefore(call.em, lot.id, part);
  const own = await call.em.find(Score, { member }, { orderBy: { version: 'asc' } });
  const standing = new Map(own.map((row) => [`${row.submission}/${row.criterion}`, row]));
  const changeable = await mayChange(call.em, lot.id);
  const fixed = await judgedBlind(call.em, lot);
  const facts: Fact[] = [];
  const blinding = await blindingOf(call.em, lot);
  for (const [index, { bid: named, criterion, score: written, reason }] of marks.entries()) {
    const max = criteria.get(criterion);
    const bid = submissionNamed(blinding, named);
    if (bid === undefined || max === undefined || !bids.has(bid)) throw unknownItem();
    uphold([blindPartFirst], { blind: blinding?.blind.criteria.includes(criterion) === false });
    if (written === '') continue;
    const score = scoreWithin(written, max, `scores.${index}.score`);
    const before = standing.get(`${bid}/${criterion}`);
    // what was scored with an earlier envelope stands; a member who came later still owes its own marks
    if (before && !asked.has(criterion)) throw sheetClosed();
    // the same score again says something new only with a reason that it did not have
    if (before?.score === score && (!reason || reason === before.reason)) continue;
    if (before && fixed.has(criterion)) throw sheetClosed();
    if (before && !changeable(bid, criterion)) throw outsideReopening();
    if (before && !reason)
      throw reasonNeeded({
        fields: [{ path: `scores.${index}.reason`, says: { zh: '更正须写明理由。', en: 'A correction needs a reason.' } }],
      });
    const row = call.em.create(Score, {
      id: newId(call.now),
      lot: lot.id,
      member,
      submission: bid,
      criterion,
      score,
      reason: reason || null,
      version: (before?.version ?? 0) + 1,
      at: call.now,
    });
    standing.set(`${bid}/${criterion}`, row);
    const { version } = row;
    facts.push(fact('bid.scored', { lot: lot.id, member }, { member, bid: named, criterion, score, reason: reason || null, version }));
  }
  return facts;
}

function scoreWithin(written: string, max: string, path: string): string {
  const score = readScore(written, max);
  if (score !== undefined) return score;
  throw scoreOutOfRange({
    fields: [{ path, says: { zh: `应在0至${max}之间，最多两位小数。`, en: `Between 0 and ${max}, at most two decimals.` } }],
  });
}
