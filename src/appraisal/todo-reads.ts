import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import { appraisalLimit } from './appraisal-limit.ts';
import { conductOf } from './conduct-reads.ts';

/** What follows an evaluation asks of somebody: a host appraises its panel in time, a supervisor decides about objections. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  if ((by.role === 'agent' || by.role === 'tenderee') && by.code !== null) return hostTodos(em, by.role, by.code);
  if (by.role === 'regulator') return objectionTodos(em, by, now);
  return [];
}
provideTodo('appraisal', todo);

/** The agent appraises where there is one, else the tenderee itself. */
async function hostTodos(em: EntityManager, role: 'agent' | 'tenderee', code: string): Promise<Todo[]> {
  const own = role === 'agent' ? 'p.agent = ?' : 'p.agent is null and p.tenderee = ?';
  const rows = await em.execute<{ id: string; name: string; at: Date | string }[]>(
    `select l.id, l.name, l.reported_at as at from lot l join project p on p.id = l.project
     where ${own} and l.reported_at is not null and exists (select from panel_member m where m.lot = l.id and m.kind = 'expert' and m.left_at is null
       and not exists (select from appraisal a where a.member = m.id and a.side = 'host')) order by l.reported_at`,
    [code],
  );
  const { source, says, otherwise } = appraisalLimit;
  return rows.map(({ id, name, at }) => ({
    due: appraisalLimit.due(instantOf(new Date(at))).due,
    what: { zh: '评价评标专家', en: 'Appraise the panel' },
    about: name,
    why: { zh: `${source.zh}：${says.zh}`, en: `${source.en}: ${says.en}` },
    otherwise,
    href: `/lots/${id}/appraisals`,
    action: { zh: '去评价', en: 'Appraise' },
  }));
}

async function objectionTodos(em: EntityManager, by: Actor, now: Instant): Promise<Todo[]> {
  const { entries } = await conductOf(em, by, now);
  return entries
    .filter(({ may }) => may.decide)
    .map(({ about, source }) => ({
      due: null,
      what: { zh: '处理记分异议', en: 'Decide about an objection to points' },
      about,
      why: source,
      otherwise: { zh: '异议期间记分仍计入。', en: 'The points count meanwhile.' },
      href: '/conduct',
      action: { zh: '去处理', en: 'Decide' },
    }));
}
