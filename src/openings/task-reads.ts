import type { EntityManager } from '@mikro-orm/postgresql';
import { inclusionProof, nodesForInclusion } from '../journal/merkle.ts';
import { eventsOfLot, eventsOfType, readNodes, witnessedCheckpoint } from '../journal/reads.ts';
import { base64url } from '../kernel/bytes.ts';
import { notFound } from '../kernel/problem.ts';
import type { Council } from '../sealing/council.ts';
import type { AnyDrawRequest } from '../sealing/draw.ts';
import type { ListFixedBy } from './envelope-task.ts';
import { drawsInvitation } from './invitation-draw.ts';
import { reportsBearing } from './outage-reads.ts';
import { sealedItems } from './reads.ts';
import { CouncilRow, CouncilTask } from './schema.ts';
import type { TaskEvidence } from './tasks.ts';

/** What a task asks, as it is stored. */
interface Question {
  readonly part?: string;
  readonly items?: readonly unknown[];
  readonly request?: AnyDrawRequest;
  readonly fixedBy?: ListFixedBy;
  readonly round?: number;
}

/** Is this the event that put the task's question into the journal? Before witnesses have seen it there is nothing to answer. */
function asks(
  event: { type: string; data: unknown },
  kind: string,
  { part, request, fixedBy = 'opening.started', round }: Question,
): boolean {
  const data = event.data as { part?: string; round?: number; request?: { id: string } };
  if (kind === 'draw')
    return (event.type === 'draw.requested' || event.type === 'invitations.requested') && data.request?.id === request?.id;
  if (kind === 'sheets') return event.type === 'sheets.complete' && data.part === part && data.round === round;
  return event.type === fixedBy && data.part === part;
}

/** Tasks a trustee of a council (without one: of any) has not answered yet, oldest first. */
export async function openTasks(em: EntityManager, trustee: number, council: string | null): Promise<readonly string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select t.id from council_task t where (?::uuid is null or t.council = ?)
     and not exists (select from council_share s where s.task = t.id and s.trustee = ?) order by t.asked_at limit 100`,
    [council, council, trustee],
  );
  return rows.map((row) => row.id);
}

/** Suspensions of all openings lengthen the bidders' time under `bidder+council`: they come along where the list was fixed by its end. */
const stopsBearing = async (em: EntityManager, { question }: CouncilTask) =>
  (question as { fixedBy?: ListFixedBy }).fixedBy === 'layers.closed'
    ? [...(await eventsOfType(em, 'openings.suspended')), ...(await eventsOfType(em, 'openings.resumed'))]
    : [];

/** Who applied is no matter of the custodians while those invited are drawn: they see the commitments in the request, and no names. */
const namesApplicants = ({ question }: CouncilTask, type: string): boolean => {
  const { request } = question as Question;
  return request !== undefined && drawsInvitation(request) && /^application(\.|s\.judged)/.test(type);
};

/** Everything a custodian needs to decide about a task by itself; null while no witnessed checkpoint covers it. */
export async function evidenceOf(em: EntityManager, id: string): Promise<TaskEvidence | null> {
  const task = await em.findOne(CouncilTask, { id });
  const row = task && (await em.findOne(CouncilRow, { id: task.council }));
  if (!row) throw notFound();
  // more than half of the council's own witnesses, as their institutions ask of a checkpoint; another council's may be running or not
  const checkpoint = await witnessedCheckpoint(em, row.witnesses, Math.floor(row.witnesses.length / 2) + 1);
  if (!checkpoint) return null;
  // a sandbox's clock settings come along: the custodian's own clock is made of them
  const own = (await eventsOfLot(em, task.lot)).filter(({ event }) => !namesApplicants(task, event.type));
  const known = [...(await eventsOfType(em, 'clock.set')), ...(await stopsBearing(em, task)), ...(await reportsBearing(em, own)), ...own];
  const events = known.filter((event) => event.index !== null && event.index < checkpoint.size);
  const read = await readNodes(
    em,
    events.flatMap((event) => nodesForInclusion(event.index ?? 0, checkpoint.size)),
  );
  const question = task.question as Question;
  if (!events.some(({ event }) => asks(event, task.kind, question))) return null;
  return {
    task: task.id,
    kind: task.kind as TaskEvidence['kind'],
    lot: task.lot,
    council: row.body as Council,
    checkpoint: checkpoint.text,
    events: events.map(({ index, event, salt }) => ({
      index: index ?? 0,
      event: { ...event },
      salt: base64url(salt),
      proof: inclusionProof(index ?? 0, checkpoint.size, read).map(base64url),
    })),
    opening: task.kind === 'opening' ? { part: question.part ?? '', items: await sealedItems(em, task) } : null,
    draw: question.request === undefined ? null : { request: question.request },
    sheets: task.kind === 'sheets' ? (task.question as TaskEvidence['sheets']) : null,
  };
}
