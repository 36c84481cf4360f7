import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { documentName, stagedFile } from './document.ts';
import { allow } from './phases.ts';
import { documentSuperseded, needsAddendum } from './problems.ts';
import { lockHostedLot } from './reads.ts';
import { type Lot, TenderDocument } from './schema.ts';

export const documentFields = {
  document: stagedFile,
  name: z.string().max(200).optional(),
  /** the document this one replaces; absent or empty for a new one */
  supersedes: z.preprocess((given) => (given === '' ? undefined : given), idField.optional()),
};

/** Stores one version of a tender document. Whoever calls this has locked the lot. */
export async function holdDocument(
  call: Call,
  lot: Lot,
  given: { document: z.infer<typeof stagedFile>; name?: string | undefined; supersedes?: string | undefined },
) {
  const before = given.supersedes === undefined ? null : await call.em.findOne(TenderDocument, { id: given.supersedes, lot: lot.id });
  if (given.supersedes !== undefined && before === null) throw notFound();
  if (before !== null && (await call.em.count(TenderDocument, { supersedes: before.id })) > 0) throw documentSuperseded();
  const { document } = given;
  const row = call.em.create(TenderDocument, {
    id: newId(call.now),
    lot: lot.id,
    name: before === null ? documentName(given.name, document) : given.name?.trim() || before.name,
    version: (before?.version ?? 0) + 1,
    supersedes: before?.id ?? null,
    type: document.type,
    bytes: BigInt(document.bytes),
    sha256: document.sha256,
    fileKey: document.key,
    publishedAt: call.now,
  });
  return {
    document: row.id,
    name: row.name,
    version: row.version,
    sha256: row.sha256,
    bytes: document.bytes,
    supersedes: before?.id ?? null,
  };
}

/** Adds a tender document, or a new version of one, before the notice. Afterwards only an addendum changes documents, so that all learn of it. */
export const publishDocument = act({
  name: 'publish-document',
  by: ['agent', 'tenderee'],
  says: { zh: '上传招标文件', en: 'Add a tender document' },
  takes: z.object({ lot: idField, ...documentFields }),
  async run(call, command) {
    const { lot } = await lockHostedLot(call, command.lot);
    allow('publish-document', lot.phase);
    if (lot.publishedAt) throw needsAddendum();
    const held = await holdDocument(call, lot, command);
    return { result: held, facts: [fact('document.published', { lot: lot.id }, held)] };
  },
});
