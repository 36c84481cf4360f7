import { z } from 'zod';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { underOwnLaw } from '../tenders/line.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow, nextOn } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { awardTo, candidatesToAward } from './awarding.ts';
import { type Ground, grounds, nothingHolds, type PassedOver, takenInOrder } from './decision.ts';
import { holdsOn } from './holds.ts';
import { hostDecides, unknownCandidate } from './problems.ts';
import type { Candidate } from './schema.ts';

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
 * Determines the winner among the candidates, once their publicity is over where the line has one, and nothing holds the lot. The first-ranked is taken;
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
    const edition = editionOf(lot, project, call.now);
    // not before the candidates have been public, where the line publishes them
    nextOn(edition.phases, lot.phase, 'award.determined');
    if (edition.result && call.by.role !== 'tenderee') throw hostDecides();
    uphold(edition.rules.award, { now: call.now, publicityUntil: lot.publicityUntil ?? null });
    uphold(underOwnLaw(edition, [nothingHolds]), { holds: await holdsOn(call.em, lot.id) });
    const candidates = await candidatesToAward(call, lot);
    const winner = candidates.find((each) => each.submission === command.winner);
    if (!winner) throw unknownCandidate({ fields: [{ path: 'winner', says: unknownCandidate().title }] });
    const passed = passedOver(candidates, command.passed);
    uphold(underOwnLaw(edition, [takenInOrder]), { rank: winner.rank, grounds: passed.map((each) => each.rank) });
    const { awarded, fact } = awardTo(call, lot, edition, { winner, passed, deemed: false });
    return { result: awarded, facts: [fact] };
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
