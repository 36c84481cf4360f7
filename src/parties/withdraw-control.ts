import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { ControlDeclaration } from './schema.ts';

/** Takes back a declaration of control that no longer holds; that it stood, and until when, stays on record. */
export const withdrawControl = act({
  name: 'withdraw-control',
  by: ['bidder', 'agent', 'tenderee'],
  says: { zh: '撤销控股、管理关系申报', en: 'Withdraw a declaration of control' },
  takes: z.object({ declaration: idField }),
  async run(call, { declaration }) {
    const row = await lock(call, ControlDeclaration, declaration);
    if (call.by.code === null || row.organisation !== call.by.code || row.withdrawnAt) throw notFound();
    row.withdrawnAt = call.now;
    const { organisation, other } = row;
    return { result: {}, facts: [fact('control.withdrawn', { party: organisation }, { declaration, organisation, other })] };
  },
});
