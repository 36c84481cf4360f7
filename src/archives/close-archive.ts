import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { keepingFrom } from './keeping.ts';
import { archiveAsked } from './problems.ts';
import { ArchiveVolume } from './schema.ts';

/** The host closes the volume of a lot that has ended: from here on the platform makes it, and its time of keeping runs. */
export const closeArchive = act({
  name: 'close-archive',
  by: ['agent', 'tenderee'],
  says: { zh: '立卷归档', en: 'Close the volume of a lot' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot } = await lockHostedLot(call, command.lot);
    allow('close-archive', lot.phase);
    if ((await call.em.count(ArchiveVolume, { lot: lot.id })) > 0) throw archiveAsked();
    const { years, until } = keepingFrom(call.now);
    call.em.create(ArchiveVolume, { lot: lot.id, state: 'asked', askedAt: call.now, keepUntil: until, keepYears: years });
    return { result: { keepUntil: until }, facts: [fact('archive.closed', { lot: lot.id }, { keepYears: years, keepUntil: until })] };
  },
});
