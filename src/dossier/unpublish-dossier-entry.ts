import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { ownEntry } from './writing.ts';

/** From here on the entry is the owner's alone again; that it was public stays in the journal. */
export const unpublishEntry = act({
  name: 'unpublish-dossier-entry',
  by: ['bidder'],
  says: { zh: '停止公开档案中的一项', en: 'Show an entry of the dossier no longer' },
  takes: z.object({ entry: idField }),
  async run(call, { entry: id }) {
    const entry = await ownEntry(call, id);
    if (!entry.publishedAt) throw notFound();
    entry.publishedAt = null;
    return { result: { entry: entry.id }, facts: [fact('dossier.unpublished', { party: entry.organisation }, { entry: entry.id })] };
  },
});
