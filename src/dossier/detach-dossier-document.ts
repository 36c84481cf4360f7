import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { openVersion, ownEntry, withDocuments, writtenOf } from './writing.ts';

/** A file no longer goes with an entry that is not confirmed yet; versions before it keep theirs. */
export const detachDocument = act({
  name: 'detach-dossier-document',
  by: ['bidder'],
  says: { zh: '移除单位档案所附文件', en: 'Take a file from an entry of the dossier' },
  takes: z.object({ entry: idField, document: z.string().max(43) }),
  async run(call, { entry: id, document }) {
    const entry = await ownEntry(call, id);
    const version = await openVersion(call, entry);
    const rest = version.documents.filter(({ sha256 }) => sha256 !== document);
    if (rest.length === version.documents.length) throw notFound();
    withDocuments(entry, version, rest);
    const written = writtenOf(entry, version);
    return { result: written, facts: [fact('dossier.kept', { party: entry.organisation }, written)] };
  },
});
