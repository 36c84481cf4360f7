import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

/** What an organisation keeps of itself is its own: when it was readied would tell who is about to bid. */
const own: Shown = { self: 'now' };
const version = z.object({ entry: z.string(), version: z.number(), sha256: z.string() });

export const dossierEvents = {
  'dossier.kept': { data: version, shown: own, says: { zh: '单位档案记入一项', en: 'Entry of the dossier written' } },
  'dossier.imported': {
    data: z.object({ sha256: z.string(), entries: z.array(version) }),
    shown: own,
    says: { zh: '单位档案由表格记入', en: 'Entries of the dossier taken from a table' },
  },
  'dossier.confirmed': {
    data: z.object({ statement: z.record(z.string(), z.unknown()), signature: z.string() }),
    shown: own,
    says: { zh: '单位签名确认档案真实', en: 'Dossier confirmed as true' },
  },
  'dossier.removed': {
    data: z.object({ entry: z.string() }),
    shown: own,
    says: { zh: '单位档案停用一项', en: 'Entry of the dossier no longer kept' },
  },
  'dossier.published': { data: version, shown: { public: 'now' }, says: { zh: '单位公开档案一项', en: 'Entry of a dossier published' } },
  'dossier.unpublished': {
    data: z.object({ entry: z.string() }),
    shown: { public: 'now' },
    says: { zh: '单位停止公开档案一项', en: 'Entry of a dossier no longer public' },
  },
  'dossier.viewed': {
    data: z.object({ organisation: z.string(), ground: z.string() }),
    shown: { self: 'now', regulator: 'now', administrator: 'now' },
    says: { zh: '查看单位档案（留痕）', en: 'A dossier was looked at, on record' },
  },
} as const satisfies Record<string, EventSpec>;
