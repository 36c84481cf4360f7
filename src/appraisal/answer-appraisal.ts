import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { alreadyAnswered } from './problems.ts';
import { Appraisal } from './schema.ts';

export const answerFields = z.object({ text: z.string().trim().min(1).max(1000) });

/** An expert answers what was said of it, once. Both stand side by side from then on. */
export const answerAppraisal = act({
  name: 'answer-appraisal',
  by: ['expert'],
  says: { zh: '答复对本人的评价', en: 'Answer an appraisal' },
  takes: answerFields.extend({ appraisal: idField }),
  async run(call, command) {
    const row = await lock(call, Appraisal, command.appraisal);
    if (row.expert !== call.by.expert || row.side === 'expert') throw notFound();
    if (row.answeredAt) throw alreadyAnswered();
    row.answer = command.text;
    row.answeredAt = call.now;
    const { id: appraisal, lot, member } = row;
    return { result: { appraisal }, facts: [fact('appraisal.answered', { lot, member }, { appraisal, member, text: command.text })] };
  },
});
