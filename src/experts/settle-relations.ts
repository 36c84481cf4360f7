import type { Call } from '../kernel/act.ts';
import { relationCodes } from './relation.ts';
import { type Expert, Relation } from './schema.ts';

/** Works out again the codes that exclusion looks at, from the relations that stand. */
export async function settleRelations(call: Call, expert: Expert): Promise<void> {
  await call.em.flush();
  Object.assign(expert, relationCodes(await call.em.find(Relation, { expert: expert.id, withdrawnAt: null })));
}
