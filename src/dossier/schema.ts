import { defineEntity, p } from '@mikro-orm/postgresql';
import { instant } from '../kernel/columns.ts';

/** Something an organisation keeps of itself. What it says stands in its versions. */
const DossierEntrySchema = defineEntity({
  name: 'DossierEntry',
  tableName: 'dossier_entry',
  properties: {
    id: p.uuid().primary(),
    organisation: p.string().length(18).index(),
    kind: p.string().length(20),
    keptAt: instant(),
    /** shown to everyone from here on, by its owner's will */
    publishedAt: instant().nullable(),
    /** the owner keeps it no longer: nothing new is made of it, and its history stays */
    removedAt: instant().nullable(),
  },
});
export class DossierEntry extends DossierEntrySchema.class {}
DossierEntrySchema.setClass(DossierEntry);

export interface KeptDocument {
  readonly name: string;
  readonly type: string;
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
}

const DossierVersionSchema = defineEntity({
  name: 'DossierVersion',
  tableName: 'dossier_version',
  properties: {
    id: p.uuid().primary(),
    entry: p.uuid(),
    number: p.integer(),
    title: p.string().length(200),
    fields: p.json().$type<Readonly<Record<string, string>>>(),
    /** calendar dates, Asia/Shanghai, the last one included */
    validFrom: p.string().length(10).nullable(),
    validUntil: p.string().length(10).nullable(),
    documents: p.json().$type<readonly KeptDocument[]>(),
    /** of its text (entry.ts) */
    sha256: p.string().length(43),
    writtenAt: instant(),
    /** when its owner signed that it is true */
    confirmedAt: instant().nullable(),
  },
  uniques: [{ name: 'dossier_version_number', properties: ['entry', 'number'] }],
});
export class DossierVersion extends DossierVersionSchema.class {}
DossierVersionSchema.setClass(DossierVersion);

/** An official looked at a dossier, and why: its owner is told. */
const DossierLookSchema = defineEntity({
  name: 'DossierLook',
  tableName: 'dossier_look',
  properties: {
    id: p.uuid().primary(),
    organisation: p.string().length(18).index(),
    user: p.uuid(),
    office: p.string().length(200),
    ground: p.string().length(300),
    at: instant(),
  },
});
export class DossierLook extends DossierLookSchema.class {}
DossierLookSchema.setClass(DossierLook);

export const dossierEntities = [DossierEntry, DossierVersion, DossierLook];
