import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { Agreement } from './schema.ts';

/** What an agreement asks of its host: to determine who enters, in time, and to sum up its awards when its term is over. */
async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  if (by.code === null || (by.role !== 'agent' && by.role !== 'tenderee')) return [];
  const projects = await em.find(Project, { [by.role]: by.code });
  const lots = await em.find(Lot, { project: { $in: projects.map(({ id }) => id) }, phase: { $in: ['evaluated', 'standing'] } });
  const until = new Map((await em.find(Agreement, { lot: { $in: lots.map(({ id }) => id) } })).map((each) => [each.lot, each.until]));
  return lots.flatMap((lot): Todo[] => {
    const project = projects.find(({ id }) => id === lot.project);
    const edition = project && editionOf(lot, project, now);
    if (!edition?.agreement) return [];
    const at = { about: lot.name, href: `/lots/${lot.id}/framework`, action: { zh: '打开', en: 'Open' } };
    const limit = edition.limits.decideAward?.by(groundOf(lot, now));
    if (lot.phase === 'evaluated')
      return by.role === 'tenderee' && limit && lot.reportedAt
        ? [
            {
              ...at,
              due: limit.due(lot.reportedAt).due,
              what: { zh: '收到评审报告，确定并公告入围供应商', en: 'The report is in: determine and publish who enters' },
              why: limit.source,
              otherwise: { zh: '逾期向财政部门预警', en: 'the finance department is alerted' },
            },
          ]
        : [];
    const over = until.get(lot.id);
    return over && now >= over
      ? [
          {
            ...at,
            due: null,
            what: { zh: '框架协议期满，汇总公告成交结果', en: 'The agreement is over: sum up its awards' },
            why: edition.agreement.source,
            otherwise: { zh: '成交结果未汇总公告', en: 'its awards stay without a summary' },
          },
        ]
      : [];
  });
}
provideTodo('frameworks', todo);
