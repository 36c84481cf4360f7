import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { documentField } from './keep-dossier-entry.ts';
import { openVersion, ownEntry, withDocuments, writtenOf } from './writing.ts';

/** A further file goes with an entry that is not confirmed yet. */
export const attachDocument = act({
  name: 'attach-dossier-document',
  by: ['bidder'],
  says: { zh: '为单位档案附文件', en: 'Attach a file to an entry of the dossier' },
  takes: z.object({ entry: idField, document: documentField }),
  async run(call, { entry: id, document: { name, type, key, sha256, bytes } }) {
    const entry = await ownEntry(call, id);
    const version = await openVersion(call, entry);
    const others = version.documents.filter((each) => each.sha256 !== sha256);
    withDocuments(entry, version, [...others, { name, type, key, sha256, bytes }]);
    const written = writtenOf(entry, version);
    return { result: written, facts: [fact('dossier.kept', { party: entry.organisation }, written)] };
  },
});
