import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound, notPermitted } from '../kernel/problem.ts';
import { about } from './officials.ts';
import { Expert, Relation } from './schema.ts';
import { settleRelations } from './settle-relations.ts';

/** An expert says that a relation is over. What it declared stays on record, with both days. */
export const withdrawRelation = act({
  name: 'withdraw-relation',
  by: ['expert'],
  says: { zh: '撤销利害关系申报', en: 'Withdraw a relation' },
  takes: z.object({ relation: idField }),
  async run(call, { relation }) {
    if (call.by.expert === null) throw notPermitted();
    const expert = await lock<Expert>(call, Expert, call.by.expert);
    const row = await call.em.findOne(Relation, { id: relation, expert: expert.id, withdrawnAt: null });
    if (!row) throw notFound();
    row.withdrawnAt = call.now;
    await settleRelations(call, expert);
    return { result: {}, facts: [fact('expert.record.changed', about(call, expert.id), { expert: expert.id, what: ['relations'] })] };
  },
});
