import { appendFile, open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';

const stateShape = z.object({ seen: z.object({ size: z.number(), root: z.string() }), answered: z.record(z.string(), z.string()) });
export type CustodianState = z.infer<typeof stateShape>;

const fresh: CustodianState = { seen: { size: 0, root: '' }, answered: {} };

/** Reads the state file; a missing one is a custodian's first day. A damaged one throws: forgetting what was answered is not an option. */
export async function readState(path: string): Promise<CustodianState> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? fresh : stateShape.parse(JSON.parse(text));
}

/** Writes the state so that after a crash either the old or the new one is there, whole and on the disk. */
export async function writeState(path: string, state: CustodianState): Promise<void> {
  const aside = `${path}.new`;
  const file = await open(aside, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(state));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}

/** The custodian's own append-only log: what it was asked, what it answered or why it refused. */
export async function note(path: string, entry: Readonly<Record<string, unknown>>): Promise<void> {
  await appendFile(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
}
