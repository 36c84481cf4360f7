import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { type Council, combine, type Share, shareShape, verifyShare } from '../sealing/council.ts';
import { type AnyDrawRequest, type DrawTranscript, drawSeed } from '../sealing/draw.ts';
import { Lot } from '../tenders/schema.ts';
import { commitPseudonyms } from './commit-pseudonyms.ts';
import { resolveKept } from './draw-list-reads.ts';
import { invitationPurpose } from './invitation-draw.ts';
import { unknownTask, wrongShare } from './problems.ts';
import { blindPurpose, shareDigest } from './pseudonym.ts';
import { CouncilRow, CouncilShare, CouncilTask, DrawRequest as DrawRow } from './schema.ts';
import { notSuspended } from './suspension.ts';

/**
 * A trustee's answer to a council task. The proof authenticates it: only the holder of the share behind the verifying share can make it,
 * and a second answer of the same trustee changes nothing. With t answers the points are combined; a draw is thereby decided.
 */
export const giveShare = act({
  name: 'give-share',
  by: ['public', 'trustee', 'system'],
  says: { zh: '托管人给出解密份额', en: 'Give a trustee share' },
  takes: z.object({ task: idField, share: shareShape }),
  async run(call, command) {
    const lot = await lotOfTask(call, command.task);
    // the lot first, as everywhere: an order of suspension and a share stand in the journal one after the other
    await lock(call, Lot, lot);
    const task = await lock(call, CouncilTask, command.task);
    await notSuspended(call, lot);
    const council = await councilOf(call, task.council);
    const points = task.points as string[];
    const verdict = verifyShare(council, points, command.share);
    if (!verdict.ok) throw wrongShare({ says: verdict.problem.detail.says ?? verdict.problem.title });
    const given = await call.em.find(CouncilShare, { task: task.id }, { orderBy: { trustee: 'asc' } });
    const same = given.find((each) => each.trustee === command.share.trustee);
    if (same) throw wrongShare({ says: { zh: '该托管人已给出份额。', en: 'This trustee has already answered.' } });
    call.em.create(CouncilShare, {
      task: task.id,
      trustee: command.share.trustee,
      evaluated: command.share.evaluated,
      proof: command.share.proof,
      givenAt: call.now,
    });
    const shared = await shareFact(call, task, command.share, verdict.trustee.name);
    const shares = [
      ...given.map((each): Share => ({ trustee: each.trustee, evaluated: each.evaluated as string[], proof: each.proof })),
      command.share,
    ];
    const followed =
      task.combinedAt === null && shares.length >= council.threshold ? await combineTask(call, task, council, shares, command.share) : [];
    return { result: { task: task.id, combined: task.combinedAt !== null }, facts: [shared, ...followed] };
  },
});

/** A share of pseudonyms that are not laid open yet is told by its digest: enough of them together would give the list away. */
async function shareFact(call: Call, task: CouncilTask, { trustee, evaluated, proof }: Share, name: string): Promise<Fact> {
  const said = { task: task.id, trustee, name };
  if (await isCovered(call, task)) return fact('share.kept', { lot: task.lot }, { ...said, sha256: shareDigest({ trustee, evaluated }) });
  return fact('share.given', { lot: task.lot }, { ...said, evaluated: [...evaluated], proof });
}

/** A late share as well: the lot's pseudonyms are covered until they are laid open. */
async function isCovered(call: Call, task: CouncilTask): Promise<boolean> {
  const row = task.kind === 'draw' ? await call.em.findOne(DrawRow, { task: task.id, purpose: blindPurpose }) : null;
  return row !== null && row.completedAt === null;
}

async function combineTask(call: Call, task: CouncilTask, council: Council, shares: readonly Share[], verified: Share): Promise<Fact[]> {
  const verdict = combine(council, task.points as string[], shares, verified);
  if (!verdict.ok) throw wrongShare({ says: verdict.problem.title });
  task.combined = [...verdict.shared];
  task.combinedAt = call.now;
  if (task.kind === 'opening') {
    return [
      fact(
        'opening.combined',
        { lot: task.lot },
        { task: task.id, trustees: shares.map((share) => share.trustee), items: (task.points as string[]).length },
      ),
    ];
  }
  if (task.kind === 'sheets') {
    const { part, round } = task.question as { part: string; round: number };
    return [fact('sheets.combined', { lot: task.lot }, { task: task.id, part, round, trustees: shares.map((share) => share.trustee) })];
  }
  return [await completeDraw(call, task, council, shares, verdict.shared[0] ?? '')];
}

/** The shared point decides the whole draw at once: nobody can look first and choose after. */
async function completeDraw(call: Call, task: CouncilTask, council: Council, shares: readonly Share[], shared: string): Promise<Fact> {
  const row = await call.em.findOneOrFail(DrawRow, { task: task.id });
  if (row.purpose === blindPurpose) return commitPseudonyms(call, task, row, shared);
  const request = row.request as AnyDrawRequest;
  const seed = drawSeed(request, shared);
  const transcript: DrawTranscript = {
    format: 'yangguang/draw-transcript/v1',
    request,
    council,
    shares: [...shares],
    ...(await resolveKept(call.em, request, seed)),
  };
  row.transcript = transcript;
  row.seed = base64url(seed);
  row.completedAt = call.now;
  return fact(row.purpose === invitationPurpose ? 'invitations.drawn' : 'draw.completed', { lot: task.lot }, { transcript });
}

async function councilOf(call: Call, id: string): Promise<Council> {
  const row = await call.em.findOneOrFail(CouncilRow, { id });
  return row.body as Council;
}

async function lotOfTask(call: Call, id: string): Promise<string> {
  const task = await call.em.findOne(CouncilTask, { id }, { fields: ['lot'] });
  if (!task) throw unknownTask();
  return task.lot;
}
