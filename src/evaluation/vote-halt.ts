import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { votes } from './panel-vote.ts';
import { judgedPart } from './part-work.ts';
import { unknownGround } from './problems.ts';
import { EvaluationHalt } from './schema.ts';
import { isMajority } from './share.ts';

export const haltFields = z.object({
  /** id of one of the grounds that the line declares */
  ground: z.string().min(1).max(40),
  reason: z
    .string()
    .trim()
    .min(10, '请写明具体条款和理由，至少十个字。 | Name the clause and the reason, ten characters at least.')
    .max(2000),
});

/**
 * A member finds that the documents are ambiguous, defective or unlawful, so that nobody can evaluate by them (Order 87 art. 65). When more than half of the
 * members do, the evaluation stops until the host has answered.
 */
export const voteHalt = act({
  name: 'vote-halt',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '因招标文件问题提议停止评标', en: 'Move to stop the evaluation because of the documents' },
  takes: haltFields.extend({ lot: idField }),
  async run(call, { lot: id, ground, reason }) {
    const lot = await lock(call, Lot, id);
    allow('vote-halt', lot.phase);
    const project = await call.em.findOneOrFail(Project, { id: lot.project });
    if (!editionOf(lot, project, call.now).halts.some((each) => each.id === ground)) throw unknownGround();
    const part = judgedPart(lot);
    const round = await call.em.count(EvaluationHalt, { lot: lot.id });
    const { member, votes: given, members } = await votes(call, lot, { kind: 'halt', round, ground, reason });
    const moved = fact('halt.moved', { lot: lot.id, member }, { part, member, ground, reason });
    if (!isMajority(given.length, members)) return { result: { halted: false }, facts: [moved] };
    const grounds = given.map((vote) => ({ ground: vote.ground ?? '', reason: vote.reason }));
    call.em.create(EvaluationHalt, { id: newId(call.now), lot: lot.id, part, haltedAt: call.now, grounds });
    lot.phase = next(lot.phase, 'evaluation.halted');
    const halted = fact(
      'evaluation.halted',
      { lot: lot.id },
      { part, grounds: [...new Set(grounds.map((each) => each.ground))], votes: given.length, members },
    );
    return { result: { halted: true }, facts: [moved, halted] };
  },
});
