import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { readEntrySheet } from './entry-sheet.ts';
import { tableFaults, tableUnreadable } from './problems.ts';
import { ownOrganisation, roomFor, type Written, writeVersion } from './writing.ts';

/** So many faults are said in one sentence; all of them stand beside their rows. */
const saidAtOnce = 12;

/** Takes the rows of a table as entries, all of them or none. They wait to be read and confirmed like any other. */
export const importEntries = act({
  name: 'import-dossier-sheet',
  by: ['bidder'],
  says: { zh: '由表格记入单位档案', en: 'Take entries of the dossier from a table' },
  takes: z.object({ sha256: z.string().length(43), table: z.array(z.array(z.string())), numbers: z.array(z.int()) }),
  async run(call, { sha256, table, numbers }) {
    const { entries, faults } = readEntrySheet(table, numbers);
    if (faults.length > 0) {
      const shown = faults.slice(0, saidAtOnce);
      const rest = faults.length - shown.length;
      const says = {
        zh: shown.map((each) => each.says.zh).join('') + (rest > 0 ? `另有${rest}处。` : ''),
        en: shown.map((each) => each.says.en).join(' ') + (rest > 0 ? ` And ${rest} more.` : ''),
      };
      throw tableFaults({ says, fields: faults });
    }
    if (entries.length === 0) throw tableUnreadable();
    await roomFor(call, entries.length);
    const written: Written[] = [];
    for (const each of entries) written.push(await writeVersion(call, each, null, []));
    return {
      result: { stored: written.length },
      facts: [fact('dossier.imported', { party: ownOrganisation(call) }, { sha256, entries: written })],
    };
  },
});
