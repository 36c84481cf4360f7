import type { EntityManager } from '@mikro-orm/postgresql';
import { seatsOf } from '../evaluation/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import type { Words } from '../kernel/words.ts';
import { cite, nonTenderOrder } from '../rulebook/law.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { LastOfferPlace } from './schema.ts';

const entry = (lot: Lot, what: Words, article: string, otherwise: Words, action: Words, to = 'negotiation'): Todo => ({
  due: to === 'bids' ? (lot.deadline ?? null) : null,
  what,
  about: lot.name,
  why: cite(nonTenderOrder, article),
  otherwise,
  href: `/lots/${lot.id}/${to}`,
  action,
});

/** What a negotiation asks of somebody: the group talks, the buyer asks for last offers, a supplier makes its own. */
async function todo(em: EntityManager, by: Actor): Promise<readonly Todo[]> {
  const found: Todo[] = [];
  const talk = { zh: '与每家供应商谈判，确认谈判记录', en: 'Talk to each supplier and confirm the minutes' };
  const ask = { zh: '主持谈判，要求最后报价', en: 'See the talks through, then ask for last offers' };
  const open = { zh: '打开', en: 'Open' };
  for (const { seat, lot } of await seatsOf(em, by))
    if (seat.declaredAt && lot.phase === 'negotiating')
      found.push(entry(lot, talk, '31', { zh: '不能要求最后报价。', en: 'No last offers can be asked for.' }, open));
  if ((by.role === 'agent' || by.role === 'tenderee') && by.code !== null) {
    const projects = await em.find(Project, by.role === 'agent' ? { agent: by.code } : { tenderee: by.code });
    for (const lot of await em.find(Lot, { project: { $in: projects.map(({ id }) => id) }, phase: 'negotiating' }))
      found.push(entry(lot, ask, '33', { zh: '采购不能继续。', en: 'The procurement does not go on.' }, open));
  }
  if (by.role === 'bidder' && by.code !== null) {
    const places = await em.find(LastOfferPlace, { bidder: by.code });
    for (const lot of await em.find(Lot, { id: { $in: places.map((place) => place.lot) }, phase: 'bidding' }))
      found.push(
        entry(
          lot,
          { zh: '密封递交最后报价', en: 'Seal and submit your last offer' },
          '33',
          { zh: '逾期不再接收，视为退出。', en: 'Nothing is taken after the time: it counts as leaving.' },
          { zh: '去递交', en: 'Go' },
          'bids',
        ),
      );
  }
  return found;
}
provideTodo('negotiations', todo);
