import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { publishable } from './kinds.ts';
import { notForEveryone } from './problems.ts';
import { stillValid } from './validity.ts';
import { confirmedVersion, ownEntry, writtenOf } from './writing.ts';

/** The owner shows a licence or an achievement to everyone, as the newest version says that it vouches for. */
export const publishEntry = act({
  name: 'publish-dossier-entry',
  by: ['bidder'],
  says: { zh: '公开档案中的一项', en: 'Publish an entry of the dossier' },
  takes: z.object({ entry: idField }),
  async run(call, { entry: id }) {
    const entry = await ownEntry(call, id);
    if (!(publishable as readonly string[]).includes(entry.kind)) throw notForEveryone();
    const version = await confirmedVersion(call, entry);
    uphold([stillValid], { title: version.title, validUntil: version.validUntil ?? null, today: dayOf(call.now) });
    entry.publishedAt = call.now;
    const written = writtenOf(entry, version);
    return { result: written, facts: [fact('dossier.published', { party: entry.organisation }, written)] };
  },
});
