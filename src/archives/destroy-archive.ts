import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { watchedBy } from '../tenders/host-reads.ts';
import { Lot } from '../tenders/schema.ts';
import { keptLongEnough } from './keeping.ts';
import { openFields } from './open-archive.ts';
import { archiveNotSealed, destructionNotAsked } from './problems.ts';
import { ArchiveVolume } from './schema.ts';

/** The supervisor agrees to the destruction that the host asked for: two bodies, both on record. The journal keeps the digests; the file goes. */
export const destroyArchive = act({
  name: 'destroy-archive',
  by: ['regulator'],
  says: { zh: '同意销毁期满案卷', en: 'Agree to the destruction of a volume' },
  takes: openFields.extend({ lot: idField }),
  async run(call, { lot: id, ground }) {
    const lot = await lock(call, Lot, id);
    await watchedBy(call, lot);
    const volume = await call.em.findOne(ArchiveVolume, { lot: lot.id, state: 'sealed' });
    if (!volume) throw archiveNotSealed();
    if (!volume.destructionAskedAt) throw destructionNotAsked();
    uphold([keptLongEnough], { now: call.now, until: volume.keepUntil });
    Object.assign(volume, { state: 'destroyed', destroyedAt: call.now });
    return { result: { lot: lot.id }, facts: [fact('archive.destroyed', { lot: lot.id }, { ground, sha256: volume.sha256 ?? '' })] };
  },
});
