import { Readable } from 'node:stream';
import { perform } from '../kernel/act.ts';
import { theSystem } from '../kernel/actor.ts';
import { chore } from '../kernel/clockwork.ts';
import type { FileStore, StoredFile } from '../kernel/files.ts';
import { Problem } from '../kernel/problem.ts';
import { composePaper } from './compose.ts';
import { type PaperKind, type RenderedPaper, renderPaper } from './index.ts';
import { issuePaper } from './issue-paper.ts';
import { paperIssued } from './problems.ts';
import { type Range, rangeOf } from './range-reads.ts';
import { type DueSource, dueSources, journalEnd } from './reads.ts';

/** Composes and renders the paper of a range. */
export async function renderRange({
  source,
  events,
  names,
}: Range): Promise<RenderedPaper & { kind: PaperKind; data: Record<string, unknown>; number: string }> {
  const { kind } = source;
  const data = await composePaper(kind, events, names);
  return { ...(await renderPaper(kind, data)), kind, number: data.number, data: { ...data } };
}

/**
 * By database: the entry of the journal below which everything due had its paper when we last looked. Only spares looking again; a start looks
 * through the whole journal once.
 */
const settled = new WeakMap<object, number>();

/**
 * Papers are made when what they follow stands in the journal. One that was drawn and not issued is drawn again: the same bytes, and the
 * store's constraint lets one of them stand.
 */
export const issuePapers = chore<DueSource>({
  name: 'issue-papers',
  // the event alone: a log must not tell of which kind the paper is
  key: ({ source }) => source,
  async find(em) {
    const store = em.getDriver();
    const from = settled.get(store) ?? 0;
    const end = await journalEnd(em);
    if (end === from) return [];
    const due = await dueSources(em, from, 20);
    settled.set(store, due[0]?.trigger ?? end);
    return due;
  },
  async work({ source, lot }, { frame, files }) {
    const range = await rangeOf(frame.fork(), source);
    if (!range) throw new Error(`no paper follows ${source}`);
    const { bytes, sha256, dataHash, number, data } = await renderRange(range);
    const stored = await keep(files, bytes, sha256);
    const command = { lot, source, number, data, dataHash, sha256, bytes: stored.bytes, fileKey: stored.key };
    await perform(frame, issuePaper, theSystem, command).catch(async (error: unknown) => {
      // another worker was faster
      if (!(error instanceof Problem && error.problem === paperIssued().problem)) throw error;
      await files.remove(stored.key);
    });
  },
});

async function keep(files: FileStore, bytes: Uint8Array, sha256: string): Promise<StoredFile> {
  const stored = await files.put(Readable.from([Buffer.from(bytes)]));
  if (stored.sha256 === sha256) return stored;
  await files.remove(stored.key);
  throw new Error('the stored paper is not the one that was drawn');
}
