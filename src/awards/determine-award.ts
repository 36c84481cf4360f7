import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow, next } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { type Ground, grounds, nothingHolds, type PassedOver, reasonOf, takenInOrder } from './decision.ts';
import { holdsOn } from './holds.ts';
import { unknownCandidate } from './problems.ts';
import { Award, Candidate } from './schema.ts';

const explained = z
  .object({
    candidate: idField,
    ground: z.preprocess(
      (given) => (given === '' || given === undefined ? null : given),
      z.enum(Object.keys(grounds) as [Ground, ...Ground[]]).nullable(),
    ),
    explanation: z.string().trim().max(2000).default(''),
  })
  .refine((each) => each.ground === null || each.explanation !== '', {
    path: ['explanation'],
    message: '请写明事实与证明材料。 | State the facts and their proof.',
  });

/** A form sends a line for every candidate; those without a ground say nothing. */
export const awardFields = z.object({ winner: idField, passed: z.array(explained).max(20).default([]) });

/**
 * Determines the winner among the published candidates, once publicity is over and nothing holds the lot. The first-ranked is taken;
 * another only when everyone ranked better falls away on a ground of the law.
 */
export const determineAward = act({
  name: 'determine-award',
  by: ['agent', 'tenderee'],
  says: { zh: '确定中标人', en: 'Determine the winner' },
  takes: awardFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('determine-award', lot.phase);
    if (!lot.publicityUntil) throw new Error(`lot ${lot.id} is in publicity without an end`);
    uphold(editionOf(lot, project, call.now).rules.award, { now: call.now, publicityUntil: lot.publicityUntil });
    uphold([nothingHolds], { holds: await holdsOn(call.em, lot.id) });
    const candidates = await call.em.find(Candidate, { lot: lot.id }, { orderBy: { rank: 'asc' } });
    const winner = candidates.find((each) => each.submission === command.winner);
    if (!winner) throw unknownCandidate({ fields: [{ path: 'winner', says: unknownCandidate().title }] });
    const passed = passedOver(candidates, command.passed);
    uphold([takenInOrder], { rank: winner.rank, grounds: passed.map((each) => each.rank) });
    const { submission, bidder, bidderName, price, rank } = winner;
    const reason = reasonOf(rank, passed);
    const id = newId(call.now);
    call.em.create(Award, { id, lot: lot.id, submission, bidder, bidderName, price, rank, reason, passed, determinedAt: call.now });
    lot.phase = next(lot.phase, 'award.determined');
    lot.awardedAt = call.now;
    const awarded = { submission, bidder, name: bidderName, price: yuan(fen(price)), rank, reason };
    return { result: awarded, facts: [fact('award.determined', { lot: lot.id }, awarded)] };
  },
});

function passedOver(candidates: readonly Candidate[], given: z.infer<typeof awardFields>['passed']): PassedOver[] {
  const stated = given.flatMap(({ candidate, ground, explanation }) => {
    if (ground === null) return [];
    const found = candidates.find((each) => each.submission === candidate);
    if (!found) throw unknownCandidate({ fields: [{ path: 'passed', says: unknownCandidate().title }] });
    return [{ rank: found.rank, name: found.bidderName, ground, explanation }];
  });
  return [...new Map(stated.map((each) => [each.rank, each])).values()].sort((a, b) => a.rank - b.rank);
}
