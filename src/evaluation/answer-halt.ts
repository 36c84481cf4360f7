import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { startTime } from './panel-time.ts';
import { judgedPart } from './part-work.ts';
import { returnedEnvelopes } from './returned.ts';
import { EvaluationHalt } from './schema.ts';

export const haltAnswerFields = z.object({
  confirmed: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  answer: z.string().trim().min(10, '请写明理由，至少十个字。 | Give the reasons, ten characters at least.').max(2000),
});

/**
 * The host answers a panel that has stopped. It confirms: the tender fails, what is still sealed goes back, and the documents are mended before it is
 * tendered again (Order 87 art. 65). Or it says in writing why they can be evaluated by: the panel goes on, with its time anew, and may stop again.
 */
export const answerHalt = act({
  name: 'answer-halt',
  by: ['agent', 'tenderee'],
  says: { zh: '答复停止评标的意见', en: 'Answer a panel that has stopped' },
  takes: haltAnswerFields.extend({ lot: idField }),
  async run(call, { lot: id, confirmed, answer }) {
    const lot = await lock(call, Lot, id);
    await hostedBy(call, lot);
    allow('answer-halt', lot.phase);
    const halt = await call.em.findOneOrFail(EvaluationHalt, { lot: lot.id, answeredAt: null });
    Object.assign(halt, { answeredAt: call.now, confirmed, answer });
    const said = fact('halt.answered', { lot: lot.id }, { part: halt.part, confirmed, answer });
    const result: { confirmed: boolean } = { confirmed };
    const part = judgedPart(lot);
    if (!confirmed) {
      await startTime(call, lot.id, part);
      lot.phase = next(lot.phase, 'evaluation.resumed');
      return { result, facts: [said, fact('evaluation.resumed', { lot: lot.id }, { part })] };
    }
    const returned = await returnedEnvelopes(call, lot, { after: part, parts: termsOf(lot).parts, keep: new Set() });
    lot.phase = next(lot.phase, 'tender.failed');
    Object.assign(lot, { failedAt: call.now, failedFor: 'documents-flawed', resultedAt: call.now });
    return { result, facts: [said, ...returned, fact('tender.failed', { lot: lot.id }, { reason: 'documents-flawed', counted: null })] };
  },
});
