import { z } from 'zod';
import { type TaskEvidence, taskEvidence } from '../openings/tasks.ts';
import { evaluate } from '../sealing/council.ts';
import type { Round } from './custodian.ts';
import { inSeenTree } from './follow.ts';
import { judge, originOf, ownNow, Refusal, snapshotSize } from './judge.ts';
import { judgedMoment, othersTimes } from './own-clock.ts';
import { ownSharesExplained } from './own-shares.ts';
import { jsonOf } from './platform.ts';
import { checkSheetSigners } from './sheets.ts';
import type { CustodianState } from './state.ts';
import { remember } from './status.ts';

const taskList = z.object({ tasks: z.array(z.string()) });

/** Asks for what is to be answered and judges each task by itself: one that is refused holds up no other. */
export async function answerTasks(round: Round, state: CustodianState, reached: (state: CustodianState) => void): Promise<CustodianState> {
  const { options, platform } = round;
  const { tasks } = taskList.parse(
    jsonOf(await platform.ask(`/council/tasks?trustee=${options.share.index}&council=${options.trust.council.id}`)),
  );
  let known = state;
  for (const task of tasks) {
    try {
      const answered = await platform.ask(`/council/tasks/${encodeURIComponent(task)}`);
      // the question is not in a witnessed checkpoint yet: asked again at the next poll
      if (answered.status === 503) continue;
      const read = taskEvidence.safeParse(jsonOf(answered));
      if (!read.success) throw new Refusal('malformed', task);
      known = await answer(round, known, read.data);
      round.told.delete(task);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // evidence under a checkpoint that we have not followed to: the next round has
      if (error.reason !== 'not-followed-yet' && error.reason !== 'register-behind') await refuse(round, task, error);
    }
    reached(known);
  }
  return known;
}

async function refuse({ options, log, now, told }: Round, task: string, error: Refusal): Promise<void> {
  // a reason that stays is written once, whatever else its sentence tells of the moment
  if (told.get(task) === error.reason) return;
  told.set(task, error.reason);
  options.log(`refused task ${task}: ${error.message}`);
  await log.add(now(), 'refused', { task, reason: error.reason, detail: error.message });
  const { standing } = options;
  if (!standing) return;
  standing.refused.set(error.reason, (standing.refused.get(error.reason) ?? 0) + 1);
  remember(standing, { at: now(), what: 'refused', about: task, detail: error.message });
}

async function answer(round: Round, state: CustodianState, evidence: TaskEvidence): Promise<CustodianState> {
  const { options, platform, log } = round;
  const { trust, share } = options;
  await inSeenTree(platform.journal, trust.platform, state.seen, evidence.checkpoint);
  const size = snapshotSize(evidence);
  const snapshot = size === null || size > state.seen.size ? undefined : await platform.journal.checkpoint(size);
  if (snapshot !== undefined) await inSeenTree(platform.journal, trust.platform, state.seen, snapshot);
  const now = momentOf(round, evidence);
  await checkSheetSigners(evidence);
  const judgement = judge(evidence, trust, {
    now,
    answered: state.answered,
    register: state.register,
    holds: round.holds,
    snapshot: (asked) => (asked === size ? snapshot : undefined),
  });
  ownSharesExplained(evidence, judgement, share, state.given);
  const { points, remember: memory } = judgement;
  const details = { task: evidence.task, lot: evidence.lot, key: memory.key, list: memory.list, points: points.length, judgedAt: now };
  // log, then state, then the answer: whichever of the two survives, it cannot be tricked into another one
  await log.add(round.now(), 'answered', { ...details, checkpoint: state.seen.size });
  const next = await round.keep({
    ...state,
    answered: { ...state.answered, [memory.key]: memory.list },
    given: [...new Set([...state.given, evidence.task])],
  });
  await platform.post(`/council/tasks/${evidence.task}/shares`, evaluate(share, points, trust.council));
  options.log(`answered ${memory.key} (${points.length})`);
  if (options.standing) {
    options.standing.answered += 1;
    remember(options.standing, { at: round.now(), what: 'answered', about: evidence.task, detail: memory.key });
  }
  return next;
}

/** The moment to judge by: the own clock, bounded by the other witnesses'; on a sandbox what its journalled settings make of it. */
function momentOf({ options, now }: Round, evidence: TaskEvidence) {
  const { trust, witness, clockLimitMilliseconds = 60_000 } = options;
  const others = othersTimes(evidence.checkpoint, trust, witness.name);
  if (options.standing) options.standing.clock = { own: now(), others: others?.upper ?? null };
  return ownNow(
    judgedMoment(now(), others, clockLimitMilliseconds),
    originOf(trust.platform),
    evidence.events.map(({ event }) => event),
  );
}
