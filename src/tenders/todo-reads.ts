import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import { Lot, Project, Question } from './schema.ts';

const day = 24 * 3_600_000;

/** What a host has still to do before the opening: drafts to publish, questions to answer, the opening to attend. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  if ((by.role !== 'agent' && by.role !== 'tenderee') || by.code === null) return [];
  const own = by.role === 'agent' ? { agent: by.code } : { tenderee: by.code };
  const projects = await em.find(Project, own, { fields: ['id'], orderBy: { registeredAt: 'desc' }, limit: 500 });
  const lots = await em.find(
    Lot,
    { project: { $in: projects.map((each) => each.id) }, phase: { $in: ['draft', 'bidding'] } },
    { orderBy: { deadline: 'asc', id: 'asc' } },
  );
  const bidding = lots.filter((lot) => lot.deadline && lot.deadline > now);
  const waiting = await em.find(Question, { lot: { $in: bidding.map((lot) => lot.id) }, answeredAt: null }, { fields: ['lot'] });
  const emptyProjects = projects.length > 0 || by.role === 'tenderee' ? [] : [registerFirst];
  return [
    ...bidding.flatMap((lot) => questionsOf(lot, waiting.filter((each) => each.lot === lot.id).length)),
    ...bidding.filter((lot) => lot.deadline && lot.deadline < later(now, 3 * day)).map(attend),
    ...lots.filter((lot) => lot.phase === 'draft').map(publish),
    ...emptyProjects,
  ];
}

provideTodo('tenders', todo);

function questionsOf(lot: Lot, waiting: number): Todo[] {
  if (waiting === 0) return [];
  return [
    {
      due: lot.deadline ?? null,
      what: { zh: `答复 ${waiting} 个疑问`, en: `Answer ${waiting} ${waiting === 1 ? 'question' : 'questions'}` },
      about: lot.name,
      why: { zh: '《招标投标法实施条例》第21条', en: 'Regulation on the Tendering and Bidding Law, art. 21' },
      otherwise: {
        zh: '答复影响投标文件编制且距截止不足15日的，投标截止时间自动顺延。',
        en: 'If the answer affects bids and fewer than 15 days are left, the deadline moves.',
      },
      href: `/lots/${lot.id}#questions`,
      action: { zh: '去答复', en: 'Answer' },
    },
  ];
}

const attend = (lot: Lot): Todo => ({
  due: lot.deadline ?? null,
  what: { zh: '主持开标', en: 'Host the opening' },
  about: lot.name,
  why: { zh: '《招标投标法》第34、35条', en: 'Tendering and Bidding Law, arts. 34 and 35' },
  otherwise: {
    zh: '截止后委员会仍会共同解密，但无人主持唱标，开标记录不能确认。',
    en: 'The council opens the bids anyway, but nobody reads them and the record stays open.',
  },
  href: `/lots/${lot.id}/hall`,
  action: { zh: '开标大厅', en: 'Opening hall' },
});

const publish = (lot: Lot): Todo => ({
  due: null,
  what: { zh: '完成标段编制并发布公告', en: 'Complete the draft and publish the notice' },
  about: lot.name,
  why: { zh: '《招标投标法》第16条', en: 'Tendering and Bidding Law, art. 16' },
  otherwise: {
    zh: '法定期间从发布之日起算，越晚发布，截止时间越晚。',
    en: 'Periods run from publication: the later it is, the later the deadline.',
  },
  href: `/lots/${lot.id}/draft`,
  action: { zh: '继续编制', en: 'Go on' },
});

const registerFirst: Todo = {
  due: null,
  what: { zh: '登记第一个项目', en: 'Register your first project' },
  about: '',
  why: { zh: '《招标投标法》第9条', en: 'Tendering and Bidding Law, art. 9' },
  otherwise: { zh: '未登记的项目不能编制标段、发布公告。', en: 'Without a project there are no lots and no notice.' },
  href: '/projects/new',
  action: { zh: '登记项目', en: 'Register' },
};
