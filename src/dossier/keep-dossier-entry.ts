import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { stagedFile } from '../tenders/document.ts';
import { type EntryGiven, entryGiven } from './given.ts';
import { newestVersion, ownEntry, ownOrganisation, roomFor, upholdGiven, writeVersion } from './writing.ts';

/** One file of an entry. */
const largestDocument = 20 * 1024 * 1024;
export const documentField = stagedFile.refine(
  ({ bytes }) => bytes <= largestDocument,
  '单个文件不超过20 MB。 | A file has 20 MB at most.',
);

/** An organisation writes an entry of its dossier, or a new version of one. What was confirmed before stays as it was. */
export const keepEntry = act({
  name: 'keep-dossier-entry',
  by: ['bidder'],
  says: { zh: '记入单位档案', en: 'Write an entry of the dossier' },
  takes: entryGiven.extend({ entry: idField.optional(), document: documentField.optional() }),
  async run(call, { entry: id, document, ...command }) {
    const given = command as unknown as EntryGiven;
    upholdGiven(given);
    const entry = id === undefined ? null : await ownEntry(call, id);
    // an entry keeps its kind: what it was published or used as would be another thing
    if (entry && entry.kind !== given.kind) throw notFound();
    if (!entry) await roomFor(call, 1);
    const before = entry && { entry, version: await newestVersion(call, entry) };
    const documents = document
      ? [{ name: document.name, type: document.type, key: document.key, sha256: document.sha256, bytes: document.bytes }]
      : [];
    const written = await writeVersion(call, given, before, documents);
    return { result: written, facts: [fact('dossier.kept', { party: ownOrganisation(call) }, written)] };
  },
});
