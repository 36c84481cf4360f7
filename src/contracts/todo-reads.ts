import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import { cite, tenderingLaw } from '../rulebook/law.ts';
import { Lot } from '../tenders/schema.ts';

/** A text that waits for this side's signature. */
async function todo(em: EntityManager, by: Actor): Promise<Todo[]> {
  if (by.code === null || (by.role !== 'tenderee' && by.role !== 'bidder')) return [];
  const [whose, mine] = by.role === 'tenderee' ? ['p.tenderee', 'tenderee_signed_at'] : ['a.bidder', 'contractor_signed_at'];
  const rows = await em.execute<{ id: string; number: number }[]>(
    `select l.id, d.number from deed d join lot l on l.id = d.lot join project p on p.id = l.project join award a on a.lot = l.id
     where ${whose} = ? and d.concluded_at is null and d.${mine} is null order by d.drafted_at limit 200`,
    [by.code],
  );
  const lots = new Map((await em.find(Lot, { id: { $in: rows.map((row) => row.id) } })).map((lot) => [lot.id, lot]));
  return rows.flatMap(({ id, number }) => {
    const lot = lots.get(id);
    if (!lot) return [];
    return [
      {
        due: number === 0 ? (lot.contractUntil ?? null) : null,
        what: number === 0 ? { zh: '签署合同', en: 'Sign the contract' } : { zh: '签署合同变更', en: 'Sign the change of the contract' },
        about: lot.name,
        why: cite(tenderingLaw, '46'),
        otherwise: { zh: '双方签署后合同成立', en: 'The contract stands once both sides have signed' },
        href: `/lots/${id}/contract/signing`,
        action: { zh: '阅读并签署', en: 'Read and sign' },
      },
    ];
  });
}

provideTodo('contracts', todo);
