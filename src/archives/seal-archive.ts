import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { Lot } from '../tenders/schema.ts';
import { archiveNotSealed } from './problems.ts';
import { ArchiveVolume } from './schema.ts';

const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The volume has been made and stored: its digests stand in the journal from here on, and nothing is added to it any more. */
export const sealArchive = act({
  name: 'seal-archive',
  by: ['system'],
  says: { zh: '封存案卷', en: 'Seal a volume' },
  takes: z.object({
    lot: idField,
    sha256: hash,
    manifestSha256: hash,
    bytes: z.int().positive(),
    fileKey: z.string().regex(/^[0-9a-f]{40,64}$/),
    manifest: z.record(z.string(), z.unknown()),
    files: z.int().positive(),
    pages: z.int().nonnegative(),
  }),
  async run(call, { lot: id, files, pages, ...made }) {
    const lot = await lock(call, Lot, id);
    const volume = await call.em.findOne(ArchiveVolume, { lot: lot.id, state: 'asked' });
    if (!volume) throw archiveNotSealed();
    Object.assign(volume, { ...made, bytes: BigInt(made.bytes), state: 'sealed', sealedAt: call.now });
    const { sha256, manifestSha256, bytes } = made;
    return {
      result: { lot: lot.id },
      facts: [fact('archive.sealed', { lot: lot.id }, { sha256, manifestSha256, bytes, files, pages, keepUntil: volume.keepUntil })],
    };
  },
});
