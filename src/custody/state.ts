import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { type Entry, emptyLog, type LogHead } from './evaluations.ts';
import type { Register } from './judge.ts';

const seenShape = z.object({ size: z.number(), root: z.string() });
const lotShape = z.object({
  indices: z.array(z.number()),
  deadline: z.string().nullable(),
  window: z.number().nullable().default(null),
  after: z.number().nullable(),
  order: z.object({ id: z.string(), digest: z.string(), reason: z.string() }).nullable(),
});
const stateShape = z.object({
  seen: seenShape,
  answered: z.record(z.string(), z.string()),
  /** tasks it gave a share for */
  given: z.array(z.string()).default([]),
  register: z
    .object({
      upTo: z.number(),
      lots: z.record(z.string(), lotShape),
      stated: z.array(z.object({ index: z.number(), from: z.string(), until: z.string() })).default([]),
    })
    .default({ upTo: 0, lots: {}, stated: [] }),
  /** orders it has signed that it keeps to */
  heeded: z.array(z.string()).default([]),
  /** the latest moment its own clock has shown */
  clock: z.string().nullable().default(null),
  log: z.object({ entries: z.number(), head: z.string() }).default(emptyLog),
});
export type CustodianState = Omit<z.infer<typeof stateShape>, 'register'> & { readonly register: Register };

export const freshState: CustodianState = stateShape.parse({ seen: { size: 0, root: '' }, answered: {} });

/** Reads the state file; null when there is none. A damaged one throws: forgetting what was answered is not an option. */
export async function readState(path: string): Promise<CustodianState | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : stateShape.parse(JSON.parse(text));
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

/** What starting up found amiss with the memory; goes into the log and onto the status page. */
export type MemoryFinding = 'first-start' | 'state-recalled' | 'state-older-than-log' | 'log-shorter-than-state';

/**
 * The memory a custodian starts with: its state file together with what its log says that it did. Either alone can be lost or set back without its answering
 * twice; the log is written first, so that it knows at least as much. With both gone it can only go by its own shares in the journal (own-shares.ts).
 */
export function recall(
  state: CustodianState | null,
  entries: readonly Entry[],
  head: LogHead,
): { readonly state: CustodianState; readonly finding: MemoryFinding | null } {
  if (state === null && entries.length === 0) return { state: freshState, finding: 'first-start' };
  const known = state ?? freshState;
  const answers = entries.filter((entry) => entry.what === 'answered');
  const missing = answers.filter((entry) => known.answered[String(entry.key)] === undefined);
  const cosigned = entries.flatMap((entry) => (entry.what === 'cosigned' ? [seenShape.parse(entry)] : []));
  const seen = cosigned.reduce((newest, each) => (each.size > newest.size ? each : newest), known.seen);
  const latest = entries.reduce<string | null>((at, entry) => (at === null || entry.at > at ? entry.at : at), known.clock);
  const whole: CustodianState = {
    ...known,
    seen,
    answered: { ...Object.fromEntries(answers.map((entry) => [String(entry.key), String(entry.list)])), ...known.answered },
    given: [...new Set([...known.given, ...answers.map((entry) => String(entry.task))])],
    clock: latest,
  };
  return { state: whole, finding: findingOf(state, missing.length + (seen === known.seen ? 0 : 1), head) };
}

function findingOf(state: CustodianState | null, older: number, head: LogHead): MemoryFinding | null {
  if (state === null) return 'state-recalled';
  if (head.entries < state.log.entries) return 'log-shorter-than-state';
  return older > 0 ? 'state-older-than-log' : null;
}
