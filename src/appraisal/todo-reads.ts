import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import type { Words } from '../kernel/words.ts';
import { contestLimit, feeLimit, judgeLimit, recheckLimit } from './annual-limits.ts';
import { ownYears } from './annual-reads.ts';
import { appraisalLimit } from './appraisal-limit.ts';
import { conductOf } from './conduct-reads.ts';
import { AnnualReview, ExpertYear } from './schema.ts';

/**
 * What follows an evaluation asks of somebody: a host appraises its panel in time and its tenderee confirms the fees, a supervisor decides about
 * objections and rechecks, the centre gives the verdicts of an annual review, an expert may contest its own.
 */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  if (by.role === 'agent' && by.code !== null) return hostTodos(em, by.role, by.code);
  if (by.role === 'tenderee' && by.code !== null) return [...(await hostTodos(em, by.role, by.code)), ...(await feeTodos(em, by.code))];
  if (by.role === 'regulator') return [...(await objectionTodos(em, by, now)), ...(await recheckTodos(em, by))];
  if (by.role === 'centre') return verdictTodos(em);
  return by.expert === null ? [] : ownYearTodos(em, by.expert, now);
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
  const { otherwise } = appraisalLimit;
  return rows.map(({ id, name, at }) => ({
    due: appraisalLimit.due(instantOf(new Date(at))).due,
    what: { zh: '评价评标专家', en: 'Appraise the panel' },
    about: name,
    why: reasons(appraisalLimit),
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

const reasons = ({ source, says }: { readonly source: Words; readonly says: Words }): Words => ({
  zh: `${source.zh}：${says.zh}`,
  en: `${source.en}: ${says.en}`,
});

/** Fees wait for whoever pays them from the moment the names are out. */
async function feeTodos(em: EntityManager, code: string): Promise<Todo[]> {
  const rows = await em.execute<{ id: string; name: string; at: Date | string }[]>(
    `select l.id, l.name, l.resulted_at as at from lot l join project p on p.id = l.project
     where p.tenderee = ? and l.reported_at is not null and l.resulted_at is not null and not exists (select from fee f where f.lot = l.id)
       and exists (select from panel_member m where m.lot = l.id and m.kind = 'expert' and m.left_at is null) order by l.resulted_at`,
    [code],
  );
  return rows.map(({ id, name, at }) => ({
    due: feeLimit.due(instantOf(new Date(at))),
    what: { zh: '确认评标劳务报酬', en: 'Confirm the fees of the panel' },
    about: name,
    why: reasons(feeLimit),
    otherwise: feeLimit.otherwise,
    href: `/lots/${id}/appraisals`,
    action: { zh: '去确认', en: 'Confirm' },
  }));
}

async function recheckTodos(em: EntityManager, by: Actor): Promise<Todo[]> {
  const rows = await em.execute<{ id: string; name: string; at: Date | string }[]>(
    `select y.id, e.name, y.objected_at as at from expert_year y join expert e on e.id = y.expert
     where y.state = 'contested' and y.told_by <> ? order by y.objected_at`,
    [by.user],
  );
  return rows.map(({ id, name, at }) => ({
    due: recheckLimit.due(instantOf(new Date(at))),
    what: { zh: '复核年度考核结论', en: 'Recheck an annual review' },
    about: name,
    why: reasons(recheckLimit),
    otherwise: recheckLimit.otherwise,
    href: `/expert-years/${id}`,
    action: { zh: '去复核', en: 'Recheck' },
  }));
}

/** One entry for a review: how many experts wait for their verdict stands on its page. */
async function verdictTodos(em: EntityManager): Promise<Todo[]> {
  const rows = await em.find(AnnualReview, {}, { orderBy: { year: 'asc' } });
  const open = new Set((await em.find(ExpertYear, { state: 'open' }, { fields: ['review'] })).map(({ review }) => review));
  return rows
    .filter(({ id }) => open.has(id))
    .map(({ id, year, openedAt }) => ({
      due: judgeLimit.due(openedAt),
      what: { zh: '作出年度考核结论', en: 'Give the verdicts of the annual review' },
      about: String(year),
      why: reasons(judgeLimit),
      otherwise: judgeLimit.otherwise,
      href: `/experts/annual-reviews/${id}`,
      action: { zh: '去考核', en: 'Review' },
    }));
}

async function ownYearTodos(em: EntityManager, expert: string, now: Instant): Promise<Todo[]> {
  return (await ownYears(em, expert, now))
    .filter(({ contestUntil, verdict }) => contestUntil !== null && verdict !== 'good')
    .map(({ id, year, contestUntil }) => ({
      due: contestUntil,
      what: { zh: '年度考核结论可申请复核', en: 'Your annual review is open to a recheck' },
      about: String(year),
      why: reasons(contestLimit),
      otherwise: contestLimit.otherwise,
      href: `/expert-years/${id}`,
      action: { zh: '去查看', en: 'Look' },
    }));
}
