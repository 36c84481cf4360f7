import { z } from 'zod';
import { words } from '../kernel/answer.ts';
import { entryKinds } from './kinds.ts';

const document = z.object({ name: z.string(), sha256: z.string(), bytes: z.number() });

/** One version of an entry as pages and programs read it. */
export const versionAnswer = z.object({
  version: z.number(),
  title: z.string(),
  fields: z.array(z.object({ key: z.string(), label: words, text: z.string() })),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  documents: z.array(document),
  sha256: z.string(),
  writtenAt: z.string(),
  confirmedAt: z.string().nullable(),
});
export type VersionAnswer = z.infer<typeof versionAnswer>;

export const keptAnswer = versionAnswer.extend({
  entry: z.string(),
  kind: z.enum(entryKinds),
  kindTitle: words,
  expired: z.boolean(),
  publishedAt: z.string().nullable(),
});
export type KeptAnswer = z.infer<typeof keptAnswer>;

const kindShown = z.object({ kind: z.enum(entryKinds), title: words, says: words });
/** The form of one kind of entry. */
export const formAnswer = kindShown.extend({
  fields: z.array(z.object({ key: z.string(), label: words, required: z.boolean(), long: z.boolean() })),
});
export type FormAnswer = z.infer<typeof formAnswer>;

export const dossierAnswer = z.object({
  kinds: z.array(kindShown),
  organisation: z.object({ code: z.string(), name: z.string() }),
  entries: z.array(keptAnswer),
  /** who looked at it, newest first */
  looks: z.array(z.object({ at: z.string(), office: z.string(), ground: z.string() })),
});
export type DossierAnswer = z.infer<typeof dossierAnswer>;

export const entryAnswer = z.object({
  organisation: z.string(),
  kept: keptAnswer,
  versions: z.array(versionAnswer),
  mayPublish: z.boolean(),
  form: formAnswer,
});
export type EntryAnswer = z.infer<typeof entryAnswer>;

/** What others see: what was published, and what a supervisor's look opened. */
export const shownDossierAnswer = z.object({
  organisation: z.object({ code: z.string(), name: z.string() }),
  entries: z.array(keptAnswer),
  /** the look by which it is shown; null: what is public */
  look: z.string().nullable(),
  mayLook: z.boolean(),
});
export type ShownDossierAnswer = z.infer<typeof shownDossierAnswer>;

/** What a bid may take: the newest confirmed version of each entry. */
export const offersAnswer = z.object({
  offers: z.array(
    z.object({
      entry: z.string(),
      version: z.number(),
      sha256: z.string(),
      kind: z.enum(entryKinds),
      title: z.string(),
      fields: z.record(z.string(), z.string()),
      validUntil: z.string().nullable(),
      documents: z.array(document),
    }),
  ),
});
export type OffersAnswer = z.infer<typeof offersAnswer>;
