import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { allow } from './phases.ts';
import { biddingOver } from './problems.ts';
import { lockPublishedLot } from './reads.ts';
import { Question } from './schema.ts';

export const questionFields = z.object({ text: z.string().trim().min(1).max(4000) });

/** A bidder asks about the tender documents. Who asked is kept from everyone: before the opening it would tell who bids. */
export const askQuestion = act({
  name: 'ask-question',
  by: ['bidder'],
  says: { zh: '对招标文件提问', en: 'Ask about the tender documents' },
  takes: questionFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lockPublishedLot(call, command.lot);
    allow('ask-question', lot.phase);
    if (!lot.deadline || call.now >= lot.deadline) throw biddingOver();
    const { code, user } = call.by;
    if (code === null || user === null) throw notPermitted();
    const question = call.em.create(Question, {
      id: newId(call.now),
      lot: lot.id,
      asker: code,
      text: command.text,
      askedAt: call.now,
      answer: null,
      answeredAt: null,
    });
    return {
      result: { question: question.id },
      facts: [fact('question.asked', { lot: lot.id, party: code, actor: user }, { question: question.id, text: question.text })],
    };
  },
});
