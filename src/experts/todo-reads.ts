import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import type { Words } from '../kernel/words.ts';
import { dayOf } from '../kernel/working-days.ts';
import { DrawRequest as DrawRow } from '../openings/schema.ts';
import { cite, tenderingRegulation } from '../rulebook/law.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameterInForce } from '../rulebook/parameters.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { admissionTodos } from './admission-todo-reads.ts';
import { specialtyTitle } from './classification.ts';
import { DrawSeat } from './schema.ts';

/** What a draw asks of somebody: an expert answers its calls, a host asks for the draw; and what admission to the pool asks. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  const admission = await admissionTodos(em, by, now);
  if (by.role === 'expert' && by.expert !== null) return [...(await expertTodos(em, by.expert, now)), ...admission];
  if ((by.role === 'agent' || by.role === 'tenderee') && by.code !== null)
    return [...(await hostTodos(em, by.role, by.code)), ...admission];
  return admission;
}
provideTodo('experts', todo);

/** A call names no tender, and neither does its entry in the list. */
async function expertTodos(em: EntityManager, expert: string, now: Instant): Promise<Todo[]> {
  const seats = await em.find(DrawSeat, { expert, state: 'called', answerUntil: { $gt: now } }, { orderBy: { answerUntil: 'asc' } });
  const row = parameterInForce('op.callout.answer.limit', dayOf(now));
  const why: Words = { zh: `${row.source.zh}：${sentence(row).zh}`, en: `${row.source.en}: ${sentence(row).en}` };
  return seats.map((seat) => ({
    due: seat.answerUntil ?? null,
    what: { zh: '答复评标邀请', en: 'Answer a call to a panel' },
    about: specialtyTitle(seat.specialty).zh,
    why,
    otherwise: { zh: '视为不能参加，依次通知下一名专家。', en: 'It counts as a refusal; the next expert is called.' },
    href: '/calls',
    action: { zh: '答复', en: 'Answer' },
  }));
}

async function hostTodos(em: EntityManager, role: 'agent' | 'tenderee', code: string): Promise<Todo[]> {
  const projects = await em.find(Project, role === 'agent' ? { agent: code } : { tenderee: code }, { fields: ['id'] });
  const lots = await em.find(
    Lot,
    { project: { $in: projects.map((each) => each.id) }, phase: 'opened' },
    { orderBy: { recordClosedAt: 'asc' } },
  );
  const drawn = new Set(
    (await em.find(DrawRow, { lot: { $in: lots.map((lot) => lot.id) }, purpose: 'experts' }, { fields: ['lot'] })).map((row) => row.lot),
  );
  return lots
    .filter((lot) => !drawn.has(lot.id))
    .map((lot) => ({
      due: null,
      what: { zh: '申请抽取评标专家', en: 'Request the expert draw' },
      about: lot.name,
      why: cite(tenderingRegulation, '46'),
      otherwise: { zh: '评标不能开始。', en: 'The evaluation cannot start.' },
      href: `/lots/${lot.id}/draw`,
      action: { zh: '去抽取', en: 'Draw' },
    }));
}
