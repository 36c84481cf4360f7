import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { Lot } from '../tenders/schema.ts';
import { keptLongEnough } from './keeping.ts';
import { openFields } from './open-archive.ts';
import { archiveNotSealed } from './problems.ts';
import { ArchiveVolume } from './schema.ts';

/** The host asks that a volume be destroyed; the supervisor agrees or does not. One alone destroys nothing. */
export const askDestruction = act({
  name: 'ask-destruction',
  by: ['tenderee'],
  says: { zh: '申请销毁期满案卷', en: 'Ask for the destruction of a volume' },
  takes: openFields.extend({ lot: idField }),
  async run(call, { lot: id, ground }) {
    const lot = await lock(call, Lot, id);
    await hostedBy(call, lot);
    const volume = await call.em.findOne(ArchiveVolume, { lot: lot.id, state: 'sealed' });
    if (!volume) throw archiveNotSealed();
    uphold([keptLongEnough], { now: call.now, until: volume.keepUntil });
    Object.assign(volume, { destructionAskedAt: call.now, destructionAskedBy: call.by.user });
    return { result: { lot: lot.id }, facts: [fact('destruction.asked', { lot: lot.id }, { ground, sha256: volume.sha256 ?? '' })] };
  },
});
