import type { StagedFile, Visit } from './endpoint.ts';
import type { Problem } from './problem.ts';
import { csvTable, type Limits, type SheetTable, workbookTable } from './workbook.ts';

/**
 * The first sheet of an uploaded file, as text. It may name people: it is taken off the disk as soon as it has been read, whatever becomes of it.
 * The room says by which problems it refuses what it cannot take.
 */
export async function stagedTable(
  visit: Pick<Visit, 'files'>,
  staged: StagedFile,
  limits: Limits,
  refuse: { readonly tooLong: () => Problem; readonly unreadable: () => Problem },
): Promise<SheetTable> {
  try {
    if (staged.bytes > limits.fileBytes) throw refuse.tooLong();
    const pieces: Uint8Array[] = [];
    for await (const piece of visit.files.read(staged.key)) pieces.push(piece as Uint8Array);
    const bytes = Buffer.concat(pieces);
    const zipped = bytes.subarray(0, 2).toString('latin1') === 'PK';
    const table = zipped ? await workbookTable(bytes, 0, limits) : bytes.includes(0) ? null : csvTable(bytes, true, limits);
    if (!table || table.rows.length === 0) throw refuse.unreadable();
    if (table.more) throw refuse.tooLong();
    return table;
  } finally {
    await visit.files.remove(staged.key);
  }
}
