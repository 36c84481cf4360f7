import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Todo } from '../kernel/todo.ts';
import type { Words } from '../kernel/words.ts';
import { type DayString, dayOf, endOfDay } from '../kernel/working-days.ts';
import { cite, expertOrder } from '../rulebook/law.ts';
import { type MembershipState, poolLine } from './admission.ts';
import { recommendationsOf } from './admission-reads.ts';
import { Expert, ExpertMembership } from './schema.ts';
import { renewableFrom } from './term.ts';

/** What admission asks of somebody: the applicant puts right and renews, the employer recommends, the centre reviews and tests, the regulator admits. */
export async function admissionTodos(em: EntityManager, by: Actor, now: Instant): Promise<Todo[]> {
  if (by.role === 'expert' && by.expert !== null) return applicantTodos(em, by.expert, now);
  if (by.role === 'centre') return [...(await deskTodo(em, 'applied')), ...(await deskTodo(em, 'accepted')), ...(await staffTodos(em, by))];
  if (by.role === 'regulator') return deskTodo(em, 'tested');
  return by.code === null ? [] : staffTodos(em, by);
}

const title = (line: string): Words => poolLine(line)?.title ?? { zh: line, en: line };

async function applicantTodos(em: EntityManager, id: string, now: Instant): Promise<Todo[]> {
  const returned = await em.find(ExpertMembership, { expert: id, state: 'returned' }, { orderBy: { appliedAt: 'asc' } });
  const found: Todo[] = returned.map((row) => ({
    due: null,
    what: { zh: '补正入库申请', en: 'Put your application right' },
    about: title(row.line).zh,
    why: cite(expertOrder),
    otherwise: { zh: '申请不再办理。', en: 'The application does not go on.' },
    href: `/expert/applications/${row.id}`,
    action: { zh: '去补正', en: 'Look' },
  }));
  const expert = await em.findOne(Expert, { id });
  const on = dayOf(now);
  const open = new Set(
    (await em.find(ExpertMembership, { expert: id, state: { $in: ['applied', 'returned', 'accepted', 'tested'] } })).map((row) => row.line),
  );
  for (const [line, until] of Object.entries(expert?.terms ?? {})) {
    if (open.has(line) || on < renewableFrom(until, on) || until < on || expert?.status !== 'normal') continue;
    found.push(renewal(line, until));
  }
  return found;
}

const renewal = (line: string, until: DayString): Todo => ({
  due: endOfDay(until),
  what: { zh: '申请续聘', en: 'Renew your term' },
  about: title(line).zh,
  why: cite(expertOrder),
  otherwise: { zh: '聘期届满后不再被抽取。', en: 'After the term you are not drawn any more.' },
  href: '/expert/applications/new',
  action: { zh: '去申请', en: 'Apply' },
});

const deskWords: Readonly<Partial<Record<MembershipState, Words>>> = {
  applied: { zh: '审核入库申请', en: 'Review applications' },
  accepted: { zh: '登记入库测试成绩', en: 'Enter scores of tests' },
  tested: { zh: '聘任专家入库', en: 'Admit experts' },
};

/** One entry for all that wait at the same step. */
async function deskTodo(em: EntityManager, state: MembershipState): Promise<Todo[]> {
  const count = await em.count(ExpertMembership, { state });
  if (count === 0) return [];
  return [
    {
      due: null,
      what: deskWords[state] ?? { zh: '办理入库申请', en: 'Deal with applications' },
      about: `${count} 份`,
      why: cite(expertOrder),
      otherwise: { zh: '申请人不能入库。', en: 'The applicants do not come into the pool.' },
      href: `/experts/applications?state=${state}`,
      action: { zh: '去办理', en: 'Open' },
    },
  ];
}

async function staffTodos(em: EntityManager, by: Actor): Promise<Todo[]> {
  const waiting = (await recommendationsOf(em, by)).rows.filter(({ recommendedAt }) => recommendedAt === null);
  return waiting.map(({ name, line }) => ({
    due: null,
    what: { zh: '推荐本单位人员入库', en: 'Recommend one of your staff' },
    about: `${name} · ${line.zh}`,
    why: cite(expertOrder),
    otherwise: { zh: '工程建设类的申请不能通过审核。', en: 'For construction the application is not accepted.' },
    href: '/recommendations',
    action: { zh: '去推荐', en: 'Look' },
  }));
}
