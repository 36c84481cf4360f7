import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { codeField } from '../parties/code.ts';
import { about } from './officials.ts';
import { relationDeclared } from './problems.ts';
import { relationKinds } from './relation.ts';
import { Expert, Relation } from './schema.ts';
import { settleRelations } from './settle-relations.ts';

export const relationFields = z.object({
  kind: z.enum(relationKinds),
  code: codeField,
  name: z.string().trim().min(2).max(200),
});

/** An expert declares what binds it to an organisation; from then on it is left out of draws in which that organisation takes part (XR-1, XR-3). */
export const declareRelation = act({
  name: 'declare-relation',
  by: ['expert'],
  says: { zh: '申报利害关系', en: 'Declare a relation' },
  takes: relationFields,
  async run(call, { kind, code, name }) {
    if (call.by.expert === null) throw notPermitted();
    const expert = await lock<Expert>(call, Expert, call.by.expert);
    if ((await call.em.count(Relation, { expert: expert.id, kind, code, withdrawnAt: null })) > 0) throw relationDeclared();
    const relation = newId(call.now);
    call.em.create(Relation, { id: relation, expert: expert.id, kind, code, name, declaredAt: call.now });
    await settleRelations(call, expert);
    return {
      result: { relation },
      facts: [fact('expert.record.changed', about(call, expert.id), { expert: expert.id, what: ['relations'] })],
    };
  },
});
