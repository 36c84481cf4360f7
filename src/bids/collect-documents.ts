import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { allow } from '../tenders/phases.ts';
import { windowClosed } from '../tenders/problems.ts';
import { documentsInForce, documentsOf, lockPublishedLot } from '../tenders/reads.ts';
import { Interest } from './schema.ts';

/**
 * A bidder's organisation takes the tender documents. That it did, and how many did, nobody learns before the opening
 * (Bidding Law art. 22): the event is shown to itself alone, and the lot's own row is not touched.
 */
export const collectDocuments = act({
  name: 'collect-documents',
  by: ['bidder'],
  says: { zh: '获取招标文件', en: 'Collect the tender documents' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lockPublishedLot(call, command.lot);
    allow('collect-documents', lot.phase);
    const { code, user } = call.by;
    if (code === null || user === null) throw notPermitted();
    const before = await call.em.findOne(Interest, { lot: lot.id, party: code });
    // Whoever collected in time gets later versions too, until the deadline.
    const until = before === null ? lot.documentsUntil : lot.deadline;
    if (!until || call.now >= until) throw windowClosed();
    if (before === null) call.em.create(Interest, { id: newId(call.now), lot: lot.id, party: code, at: call.now });
    const documents = documentsInForce(await documentsOf(call.em, lot.id)).map((each) => each.document);
    return {
      result: { lot: lot.id, documents },
      facts: [fact('documents.collected', { lot: lot.id, party: code, actor: user }, { documents })],
    };
  },
});
