import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { allow } from './phases.ts';
import { alreadyAnswered, biddingOver } from './problems.ts';
import { lockHostedLot } from './reads.ts';
import { Question } from './schema.ts';

export const answerFields = z.object({ answer: z.string().trim().min(1).max(8000) });

/** The host answers: question and answer go to everyone at once, without the asker (Regulation art. 21, Order 20 art. 22). */
export const answerQuestion = act({
  name: 'answer-question',
  by: ['agent', 'tenderee'],
  says: { zh: '答复疑问', en: 'Answer a question' },
  takes: answerFields.extend({ lot: idField, question: idField }),
  async run(call, command) {
    const { lot } = await lockHostedLot(call, command.lot);
    allow('answer-question', lot.phase);
    if (!lot.deadline || call.now >= lot.deadline) throw biddingOver();
    const question = await lock<Question>(call, Question, command.question);
    if (question.lot !== lot.id) throw notFound();
    if (question.answeredAt) throw alreadyAnswered();
    question.answer = command.answer;
    question.answeredAt = call.now;
    return {
      result: { question: question.id },
      facts: [fact('question.answered', { lot: lot.id }, { question: question.id, text: question.text, answer: command.answer })],
    };
  },
});
