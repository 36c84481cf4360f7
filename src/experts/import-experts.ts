import { z } from 'zod';
import { act, type Facts } from '../kernel/act.ts';
import { admit } from './enrol-expert.ts';
import { expertFields } from './expert.ts';
import { specialtyTree } from './specialty-reads.ts';

/** Takes many experts into the pool at once, all of them or none: for the hand-over of an older pool and for seeds. */
export const importExperts = act({
  name: 'import-experts',
  by: ['administrator', 'system'],
  says: { zh: '批量专家入库', en: 'Admit many experts to the pool' },
  takes: z.object({ experts: z.array(expertFields).min(1).max(200) }),
  async run(call, command) {
    const admitted = [];
    const tree = await specialtyTree(call.em);
    for (const each of command.experts) admitted.push(await admit(call, each, tree));
    const facts = admitted.flatMap((each) => each.facts) as unknown as Facts;
    return { result: { experts: admitted.map(({ expert, user }) => ({ expert, user })) }, facts };
  },
});
