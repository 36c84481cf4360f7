import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import { ownDossier } from './reads.ts';
import { stillValid } from './validity.ts';

/** What a dossier asks of its owner: to vouch for what was written, and to renew what has run out. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  if (by.role !== 'bidder' || by.code === null) return [];
  const { entries, organisation } = await ownDossier(em, by, now);
  const open = entries.filter((each) => each.confirmedAt === null && !each.expired).length;
  const over = entries.filter((each) => each.expired).length;
  const base = { due: null, about: organisation.name, why: stillValid.source, href: '/dossier' };
  const unconfirmed: Todo = {
    ...base,
    what: { zh: `签名确认单位档案（${open}项）`, en: `Confirm entries of the dossier (${open})` },
    otherwise: { zh: '未确认的档案不能填入投标文件', en: 'What is not confirmed is offered for no bid' },
    action: { zh: '去确认', en: 'Confirm' },
  };
  const expired: Todo = {
    ...base,
    what: { zh: `更新已过期的档案（${over}项）`, en: `Renew entries that are no longer valid (${over})` },
    otherwise: { zh: '过期的档案不能填入投标文件', en: 'What has run out is taken into no bid' },
    action: { zh: '去更新', en: 'Renew' },
  };
  return [...(open > 0 ? [unconfirmed] : []), ...(over > 0 ? [expired] : [])];
}
provideTodo('dossier', todo);
