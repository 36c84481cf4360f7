import { advance, inSeenTree, type JournalSource } from '../custody/follow.ts';
import { type Judgement, judge, originOf, ownNow, type Passed, snapshotSize } from '../custody/judge.ts';
import { judgedMoment, notGoneBack, othersTimes } from '../custody/own-clock.ts';
import { ownSharesExplained } from '../custody/own-shares.ts';
import { followRegister } from '../custody/register.ts';
import { checkSheetSigners } from '../custody/sheets.ts';
import { base64url } from '../kernel/bytes.ts';
import { type Instant, systemClock } from '../kernel/clock.ts';
import type { TaskEvidence } from '../openings/tasks.ts';
import type { TrusteeShare } from '../sealing/council.ts';
import { ask } from './platform.ts';
import type { ShareMemory, TrustFile } from './share-memory.ts';

export type Step = Passed | 'journal' | 'clock' | 'own-shares';

/** How far this machine's clock may lie from the witnesses'. */
const clockLimit = 60_000;

/** The journal and its tiles, from the page's own node: what they are worth is checked, not believed. */
const journal: JournalSource = {
  checkpoint: async (size) => (await fetched(`/journal/checkpoint${size === undefined ? '' : `?size=${size}`}`)).text(),
  tile: async (path) => new Uint8Array(await (await fetched(`/journal/${path}`)).arrayBuffer()),
};

async function fetched(path: string): Promise<Response> {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

/**
 * Judges one task in the browser by the custodian's own files, in the custodian's order: own clock, journal, register, evidence, own shares. Throws
 * the same `Refusal`; tells each step that has passed, and keeps what was seen before it goes on.
 */
export async function judgeTask(
  task: string,
  trust: TrustFile,
  share: TrusteeShare,
  before: ShareMemory,
  keep: (memory: ShareMemory) => void,
  tell: (step: Step) => void,
): Promise<{ readonly judgement: Judgement; readonly memory: ShareMemory; readonly evidence: TaskEvidence }> {
  const real = systemClock();
  notGoneBack(real, before.clock as Instant | null);
  const checkpoint = await advance(journal, trust.platform, before.seen);
  const seen = { size: checkpoint.size, root: base64url(checkpoint.root) };
  let memory: ShareMemory = { ...before, seen, clock: real };
  keep(memory);
  tell('journal');
  const page = async (from: number, size: number): Promise<unknown> =>
    (await fetched(`/council/register?from=${from}&size=${size}`)).json();
  memory = { ...memory, register: await followRegister(page, memory.register, checkpoint, trust.supervisors) };
  keep(memory);
  const evidence = await ask<TaskEvidence>(`/shares/${task}`);
  await inSeenTree(journal, trust.platform, seen, evidence.checkpoint);
  const size = snapshotSize(evidence);
  const snapshot = size === null || size > seen.size ? undefined : await journal.checkpoint(size);
  if (snapshot !== undefined) await inSeenTree(journal, trust.platform, seen, snapshot);
  const moment = judgedMoment(real, othersTimes(evidence.checkpoint, trust, ''), clockLimit);
  tell('clock');
  const settings = evidence.events.map(({ event }) => event);
  await checkSheetSigners(evidence);
  const judgement = judge(evidence, trust, {
    now: ownNow(moment, originOf(trust.platform), settings),
    answered: memory.answered,
    register: memory.register,
    snapshot: (asked) => (asked === size ? snapshot : undefined),
    tell,
  });
  ownSharesExplained(evidence, judgement, share, memory.given);
  tell('own-shares');
  return { judgement, memory, evidence };
}
