import type { Call } from '../kernel/act.ts';
import { lock } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notFound, notPermitted } from '../kernel/problem.ts';
import { type EntryText, entryDigest } from './entry.ts';
import { type EntryGiven, faultsIn, saidIn } from './given.ts';
import type { EntryKind } from './kinds.ts';
import { entryConfirmed, entryFieldMissing, entryUnconfirmed, tooManyKept, validityImpossible } from './problems.ts';
import { DossierEntry, DossierVersion, type KeptDocument } from './schema.ts';

/** So much one organisation keeps, and so many files go with one entry. */
export const mostEntries = 2000;
export const mostDocuments = 20;

/** Whose dossier the actor may write: its own organisation's and nobody else's. */
export function ownOrganisation(call: Call): string {
  if (call.by.role !== 'bidder' || call.by.code === null) throw notPermitted();
  return call.by.code;
}

/** An entry of the actor's own that is still kept, locked. Of anybody else's it is not said that it exists. */
export async function ownEntry(call: Call, id: string): Promise<DossierEntry> {
  const organisation = ownOrganisation(call);
  const known = await call.em.findOne(DossierEntry, { id, organisation, removedAt: null });
  if (!known) throw notFound();
  return lock(call, DossierEntry, id);
}

export async function newestVersion(call: Call, entry: DossierEntry): Promise<DossierVersion> {
  const [version] = await call.em.find(DossierVersion, { entry: entry.id }, { orderBy: { number: 'desc' }, limit: 1 });
  if (!version) throw notFound();
  return version;
}

/** The newest version its owner vouches for: what others may see of it. */
export async function confirmedVersion(call: Call, entry: DossierEntry): Promise<DossierVersion> {
  const vouched = { entry: entry.id, confirmedAt: { $ne: null } };
  const [version] = await call.em.find(DossierVersion, vouched, { orderBy: { number: 'desc' }, limit: 1 });
  if (!version) throw entryUnconfirmed();
  return version;
}

/** Nothing is changed of what was vouched for. */
export async function openVersion(call: Call, entry: DossierEntry): Promise<DossierVersion> {
  const version = await newestVersion(call, entry);
  if (version.confirmedAt) throw entryConfirmed();
  return version;
}

/** The text of a version: what is signed, and what its digest is taken of. */
export const textOf = (
  entry: Pick<DossierEntry, 'id' | 'organisation' | 'kind'>,
  version: Pick<DossierVersion, 'number' | 'title' | 'fields' | 'validFrom' | 'validUntil' | 'documents'>,
): EntryText => ({
  format: 'yangguang/dossier-entry/v1',
  organisation: entry.organisation,
  entry: entry.id,
  version: version.number,
  kind: entry.kind as EntryKind,
  title: version.title,
  fields: version.fields,
  validFrom: version.validFrom ?? null,
  validUntil: version.validUntil ?? null,
  documents: version.documents.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
});

/** What happens to documents of a version that nobody has vouched for yet changes its text. */
export function withDocuments(entry: DossierEntry, version: DossierVersion, documents: readonly KeptDocument[]): void {
  if (documents.length > mostDocuments) throw tooManyKept();
  version.documents = documents;
  version.sha256 = entryDigest(textOf(entry, version));
}

export interface Written {
  readonly entry: string;
  readonly version: number;
  readonly sha256: string;
}
export const writtenOf = (entry: DossierEntry, version: DossierVersion): Written => ({
  entry: entry.id,
  version: version.number,
  sha256: version.sha256,
});

/** Refuses an entry that lacks what its kind must say, or that ends before it begins. */
export function upholdGiven(given: EntryGiven): void {
  const [fault, ...more] = faultsIn(given);
  if (!fault) return;
  const fields = [fault, ...more].map(({ path, says }) => ({ path, says }));
  throw fault.what === 'missing' ? entryFieldMissing({ fields }) : validityImpossible({ fields });
}

/** Writes a new entry, or the next version of one; the files of the version before go on with it. */
export async function writeVersion(
  call: Call,
  given: EntryGiven,
  before: { readonly entry: DossierEntry; readonly version: DossierVersion } | null,
  documents: readonly KeptDocument[],
): Promise<Written> {
  const organisation = ownOrganisation(call);
  const entry =
    before?.entry ??
    call.em.create(DossierEntry, {
      id: newId(call.now),
      organisation,
      kind: given.kind,
      keptAt: call.now,
      publishedAt: null,
      removedAt: null,
    });
  const all = [...(before?.version.documents ?? []), ...documents];
  if (all.length > mostDocuments) throw tooManyKept();
  const text = {
    number: (before?.version.number ?? 0) + 1,
    title: given.title,
    fields: saidIn(given),
    validFrom: given.validFrom,
    validUntil: given.validUntil,
    documents: all,
  };
  const sha256 = entryDigest(textOf(entry, text));
  const id = newId(call.now);
  const version = call.em.create(DossierVersion, { id, entry: entry.id, ...text, sha256, writtenAt: call.now, confirmedAt: null });
  return writtenOf(entry, version);
}

/** Two writers of one organisation wait for each other here, so that neither counts without the other. */
export async function roomFor(call: Call, more: number): Promise<void> {
  const organisation = ownOrganisation(call);
  await call.em.execute('select id from organisation where code = ? for update', [organisation]);
  if ((await call.em.count(DossierEntry, { organisation, removedAt: null })) + more > mostEntries) throw tooManyKept();
}
