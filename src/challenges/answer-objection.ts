import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { allow } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { objectionAnswered } from './problems.ts';
import { Objection } from './schema.ts';

export const answerFields = z.object({ answer: z.string().trim().min(1).max(8000) });

/**
 * The host answers an objection; what it held goes on. An answer that comes late is said and seen, not refused. Its event names no
 * objector: the objector's name must not be learnt from an answer before the bids are open.
 */
export const answerObjection = act({
  name: 'answer-objection',
  by: ['agent', 'tenderee'],
  says: { zh: '答复异议', en: 'Answer an objection' },
  takes: answerFields.extend({ objection: idField }),
  async run(call, command) {
    const found = await call.em.findOne(Objection, { id: command.objection });
    if (found === null) throw notFound();
    const { lot } = await lockHostedLot(call, found.lot);
    const objection = await lock<Objection>(call, Objection, found.id);
    allow('answer-objection', lot.phase);
    if (objection.answeredAt) throw objectionAnswered();
    objection.answer = command.answer;
    objection.answeredAt = call.now;
    const late = objection.answerUntil !== null && objection.answerUntil !== undefined && call.now >= objection.answerUntil;
    return {
      result: { objection: objection.id, lot: lot.id, stage: objection.stage, late },
      facts: [fact('objection.answered', { lot: lot.id }, { objection: objection.id, answer: command.answer })],
    };
  },
});
