import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { lookFields } from '../supervision/view-matter.ts';
import { hostedBy, watchedBy } from '../tenders/host-reads.ts';
import { Lot } from '../tenders/schema.ts';
import { archiveNotSealed } from './problems.ts';
import { ArchiveVolume } from './schema.ts';

export const openFields = lookFields.pick({ ground: true });

/** Somebody with the right to it takes a volume out: each time on record, with who, why and when. */
export const openArchive = act({
  name: 'open-archive',
  by: ['agent', 'tenderee', 'regulator'],
  says: { zh: '调阅案卷（留痕）', en: 'Take out a volume, on record' },
  takes: openFields.extend({ lot: idField }),
  async run(call, { lot: id, ground }) {
    const lot = await lock(call, Lot, id);
    await (call.by.role === 'regulator' ? watchedBy : hostedBy)(call, lot);
    if ((await call.em.count(ArchiveVolume, { lot: lot.id, state: 'sealed' })) === 0) throw archiveNotSealed();
    const subject = { lot: lot.id, ...(call.by.user === null ? {} : { actor: call.by.user }) };
    return { result: { lot: lot.id }, facts: [fact('archive.opened', subject, { ground, by: call.by.organisationName ?? '' })] };
  },
});
