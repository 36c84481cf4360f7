import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Facts } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { ownEntry } from './writing.ts';

/** The owner keeps an entry no longer: it is offered for no bid and shown to nobody any more; what bids took of it stays as they have it. */
export const removeEntry = act({
  name: 'remove-dossier-entry',
  by: ['bidder'],
  says: { zh: '停用档案中的一项', en: 'Keep an entry of the dossier no longer' },
  takes: z.object({ entry: idField }),
  async run(call, { entry: id }) {
    const entry = await ownEntry(call, id);
    const about = { party: entry.organisation };
    const removed = fact('dossier.removed', about, { entry: entry.id });
    const facts: Facts = entry.publishedAt ? [removed, fact('dossier.unpublished', about, { entry: entry.id })] : [removed];
    entry.removedAt = call.now;
    entry.publishedAt = null;
    return { result: { entry: entry.id }, facts };
  },
});
