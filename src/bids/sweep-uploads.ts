import { join } from 'node:path';
import { later } from '../kernel/clock.ts';
import { chore } from '../kernel/clockwork.ts';
import { uploadsLeftBehind } from './reads.ts';
import { Upload } from './schema.ts';
import { dropUnfinished } from './upload-router.ts';

let unfinished: string | null = null;

/** Said once by the process that sweeps: the folder in which unfinished uploads lie. */
export function sweepUploadsIn(folder: string): void {
  unfinished = folder;
}

/** How long after the deadline an upload that was never submitted is kept. */
const keptHours = 24;

/**
 * Uploads that never became a bid go a day after their lot's deadline: the unfinished ones and the finished ones that nobody submitted.
 * An envelope of a submission stays, also when it was replaced or withdrawn: it is evidence.
 */
export const leftovers = chore<{ readonly id: string; readonly fileKey: string | null }>({
  name: 'uploads-left-behind',
  find: async (em, now) => (unfinished === null ? [] : uploadsLeftBehind(em, later(now, -keptHours * 3_600_000))),
  key: (upload) => upload.id,
  async work({ id, fileKey }, { frame, files }) {
    if (unfinished !== null) await dropUnfinished(join(unfinished, id));
    if (fileKey !== null) await files.remove(fileKey);
    await frame.fork().nativeDelete(Upload, { id });
  },
});
