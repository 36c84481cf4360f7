import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { Organisation } from '../parties/schema.ts';
import type { DossierAnswer, EntryAnswer, FormAnswer, KeptAnswer, OffersAnswer, ShownDossierAnswer, VersionAnswer } from './answers.ts';
import { expiredOn } from './entry.ts';
import { type EntryKind, entryKinds, fieldsOf, kindWords, publishable } from './kinds.ts';
import { DossierEntry, DossierLook, DossierVersion, type KeptDocument } from './schema.ts';

/** For so long a look shows what it opened; whoever must look again says so again. */
const lookLasts = 15 * 60_000;

const versionOf = (kind: EntryKind, row: DossierVersion): VersionAnswer => ({
  version: row.number,
  title: row.title,
  fields: fieldsOf(kind).flatMap(({ key, label }) => (row.fields[key] ? [{ key, label: { ...label }, text: row.fields[key] }] : [])),
  validFrom: row.validFrom ?? null,
  validUntil: row.validUntil ?? null,
  documents: row.documents.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
  sha256: row.sha256,
  writtenAt: row.writtenAt,
  confirmedAt: row.confirmedAt ?? null,
});

const keptOf = (entry: DossierEntry, row: DossierVersion, now: Instant): KeptAnswer => {
  const kind = entry.kind as EntryKind;
  return {
    ...versionOf(kind, row),
    entry: entry.id,
    kind,
    kindTitle: { ...kindWords[kind].title },
    expired: expiredOn(row.validUntil ?? null, dayOf(now)),
    publishedAt: entry.publishedAt ?? null,
  };
};

/** The newest version of each of these entries (`confirmed`: the newest that was confirmed), by kind and title. */
async function newest(
  em: EntityManager,
  entries: readonly DossierEntry[],
  confirmed: boolean,
): Promise<readonly (readonly [DossierEntry, DossierVersion])[]> {
  const rows = await em.find(
    DossierVersion,
    { entry: { $in: entries.map(({ id }) => id) }, ...(confirmed ? { confirmedAt: { $ne: null } } : {}) },
    { orderBy: { number: 'asc' } },
  );
  const last = new Map(rows.map((row) => [row.entry, row]));
  return entries
    .flatMap((entry) => {
      const row = last.get(entry.id);
      return row ? [[entry, row] as const] : [];
    })
    .sort(([a, x], [b, y]) => (a.kind + x.title < b.kind + y.title ? -1 : 1));
}

const kindOf = (kind: EntryKind) => ({ kind, title: { ...kindWords[kind].title }, says: { ...kindWords[kind].says } });

/** What one kind of entry asks. */
export const formOf = (kind: EntryKind): FormAnswer => ({
  ...kindOf(kind),
  fields: fieldsOf(kind).map(({ key, label, required, long }) => ({
    key,
    label: { ...label },
    required: required.includes(kind),
    long: long === true,
  })),
});

/** The dossier of the reader's own organisation. */
export async function ownDossier(em: EntityManager, by: Actor, now: Instant): Promise<DossierAnswer> {
  if (by.code === null) throw notFound();
  const entries = await em.find(DossierEntry, { organisation: by.code, removedAt: null });
  const looks = await em.find(DossierLook, { organisation: by.code }, { orderBy: { at: 'desc', id: 'desc' }, limit: 50 });
  return {
    kinds: entryKinds.map(kindOf),
    organisation: { code: by.code, name: by.organisationName ?? by.code },
    entries: (await newest(em, entries, false)).map(([entry, row]) => keptOf(entry, row, now)),
    looks: looks.map(({ at, office, ground }) => ({ at, office, ground })),
  };
}

/** One entry of one's own with every version it had. */
export async function ownEntryPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<EntryAnswer> {
  const entry = await em.findOne(DossierEntry, { id, organisation: by.code ?? '', removedAt: null });
  if (!entry) throw notFound();
  const rows = await em.find(DossierVersion, { entry: id }, { orderBy: { number: 'desc' } });
  const [last] = rows;
  if (!last) throw notFound();
  return {
    organisation: entry.organisation,
    kept: keptOf(entry, last, now),
    versions: rows.map((row) => versionOf(entry.kind as EntryKind, row)),
    mayPublish: (publishable as readonly string[]).includes(entry.kind),
    form: formOf(entry.kind as EntryKind),
  };
}

/** What a bid may take of the bidder's own dossier: nothing that was not confirmed. */
export async function ownOffers(em: EntityManager, by: Actor): Promise<OffersAnswer> {
  const entries = await em.find(DossierEntry, { organisation: by.code ?? '', removedAt: null });
  return {
    offers: (await newest(em, entries, true)).map(([entry, row]) => ({
      entry: entry.id,
      version: row.number,
      sha256: row.sha256,
      kind: entry.kind as EntryKind,
      title: row.title,
      fields: { ...row.fields },
      validUntil: row.validUntil ?? null,
      documents: row.documents.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
    })),
  };
}

/** A file of one's own entry, of whichever version. */
export async function ownDocument(em: EntityManager, by: Actor, entry: string, sha256: string): Promise<KeptDocument> {
  const own = await em.findOne(DossierEntry, { id: entry, organisation: by.code ?? '' });
  return documentOf(em, own, sha256);
}

async function documentOf(em: EntityManager, entry: DossierEntry | null, sha256: string): Promise<KeptDocument> {
  const rows = entry ? await em.find(DossierVersion, { entry: entry.id }) : [];
  const found = rows.flatMap(({ documents }) => documents).find((each) => each.sha256 === sha256);
  if (!found) throw notFound();
  return found;
}

async function organisationNamed(em: EntityManager, code: string): Promise<{ code: string; name: string }> {
  const found = await em.findOne(Organisation, { code });
  if (!found) throw notFound();
  return { code: found.code, name: found.name };
}

/** What an organisation shows to everyone: of each published entry the newest version it has vouched for. */
export async function publicDossier(em: EntityManager, by: Actor, code: string, now: Instant): Promise<ShownDossierAnswer> {
  const organisation = await organisationNamed(em, code);
  const entries = await em.find(DossierEntry, { organisation: code, removedAt: null, publishedAt: { $ne: null } });
  const shown = (await newest(em, entries, true)).map(([entry, row]) => keptOf(entry, row, now));
  return { organisation, entries: shown, look: null, mayLook: by.role === 'regulator' };
}

/** A look that its official may still read by, for the dossier it was made of. */
async function standingLook(em: EntityManager, by: Actor, code: string, id: string, now: Instant): Promise<DossierLook> {
  const look = await em.findOne(DossierLook, { id, organisation: code, user: by.user ?? '' });
  if (!look || by.user === null || now >= later(look.at, lookLasts)) throw notFound();
  return look;
}

/** What a supervisor's look opens: all that is kept, as it stands. */
export async function lookedAt(em: EntityManager, by: Actor, code: string, id: string, now: Instant): Promise<ShownDossierAnswer> {
  const look = await standingLook(em, by, code, id, now);
  const entries = await em.find(DossierEntry, { organisation: code, removedAt: null });
  const shown = (await newest(em, entries, false)).map(([entry, row]) => keptOf(entry, row, now));
  return { organisation: await organisationNamed(em, code), entries: shown, look: look.id, mayLook: false };
}

export async function lookedAtDocument(
  em: EntityManager,
  by: Actor,
  { code, look, entry, document }: { readonly code: string; readonly look: string; readonly entry: string; readonly document: string },
  now: Instant,
): Promise<KeptDocument> {
  await standingLook(em, by, code, look, now);
  return documentOf(em, await em.findOne(DossierEntry, { id: entry, organisation: code, removedAt: null }), document);
}
