import { defineEntity, p } from '@mikro-orm/postgresql';
import { instant } from '../kernel/columns.ts';

/** The volume of a lot (一标一档): asked for when the lot has ended, sealed when its file is made, kept until its day, then destroyed by two. */
const ArchiveVolumeSchema = defineEntity({
  name: 'ArchiveVolume',
  tableName: 'archive_volume',
  properties: {
    lot: p.uuid().primary(),
    /** `asked`, `sealed`, `destroyed` */
    state: p.string().length(16).index(),
    askedAt: instant(),
    /** the first moment at which it need not be kept any more */
    keepUntil: instant(),
    keepYears: p.integer(),
    sealedAt: instant().nullable(),
    /** base64url SHA-256 of the file, and of its manifest */
    sha256: p.string().length(43).nullable(),
    manifestSha256: p.string().length(43).nullable(),
    bytes: p.bigint().nullable(),
    fileKey: p.string().length(64).nullable(),
    /** the list of what it holds (evidence/archive-volume.ts) */
    manifest: p.json().$type<object>().nullable(),
    destructionAskedAt: instant().nullable(),
    destructionAskedBy: p.uuid().nullable(),
    destroyedAt: instant().nullable(),
  },
});
export class ArchiveVolume extends ArchiveVolumeSchema.class {}
ArchiveVolumeSchema.setClass(ArchiveVolume);

export const archivesEntities = [ArchiveVolume];
