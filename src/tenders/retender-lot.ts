import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { stateMovedOn } from '../kernel/problem.ts';
import { digestOf, draftOf } from './draft.ts';
import { retenderNumber } from './number.ts';
import { allow, firstPhase } from './phases.ts';
import { lockHostedLot } from './reads.ts';
import { chainTo } from './retender-reads.ts';
import { Lot, TenderingEnd } from './schema.ts';
import { nextTradeCode } from './trade-code.ts';

/**
 * Tenders a lot again that failed (重新招标): a new lot of the same project, linked to it, with its draft to go on from. Its dates are left open; everything
 * else is to be looked at anew, because the law asks for the causes of the failure first.
 */
export const retenderLot = act({
  name: 'retender-lot',
  by: ['agent', 'tenderee'],
  says: { zh: '重新招标', en: 'Tender a failed lot again' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot: failed, project } = await lockHostedLot(call, command.lot);
    allow('retender-lot', failed.phase);
    const taken = (await call.em.count(Lot, { retenderOf: failed.id })) + (await call.em.count(TenderingEnd, { lot: failed.id }));
    if (taken > 0) throw stateMovedOn();
    const draft = { ...draftOf(failed.draft), documentsUntil: null, deadline: null };
    const round = (await chainTo(call.em, failed)).length + 1;
    const lot = call.em.create(Lot, {
      id: newId(call.now),
      project: project.id,
      number: retenderNumber(failed.number),
      tradeCode: await nextTradeCode(call, { line: project.line, code: project.tenderee }),
      name: failed.name,
      phase: firstPhase,
      draft,
      revision: 1,
      retenderOf: failed.id,
      createdAt: call.now,
    });
    const { id, number, revision } = lot;
    const subject = { lot: id, project: project.id };
    return {
      result: { lot: id, number },
      facts: [
        fact('lot.retendered', subject, { previous: failed.id, previousNumber: failed.number, reason: failed.failedFor ?? '', round }),
        fact('lot.drafted', subject, { revision, sha256: digestOf(draft) }),
      ],
    };
  },
});
