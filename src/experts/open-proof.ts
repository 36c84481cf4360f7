import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { about, officeOf } from './officials.ts';
import { ExpertMembership, Proof } from './schema.ts';

/** Opens a proof: for the applicant, and for those who review and admit, which the applicant sees. */
export const openProof = act({
  name: 'open-proof',
  by: ['expert', 'centre', 'regulator'],
  says: { zh: '查阅证明材料', en: 'Open a proof' },
  takes: z.object({ application: idField, proof: idField }),
  async run(call, command) {
    const proof = await call.em.findOne(Proof, { id: command.proof, application: command.application });
    const application = await call.em.findOne(ExpertMembership, { id: command.application });
    if (!proof || !application || (call.by.role === 'expert' && application.expert !== call.by.expert)) throw notFound();
    const { key, name, type, bytes } = proof;
    return {
      result: { key, name, type, bytes },
      facts: [
        fact('proof.opened', about(call, application.expert), { application: application.id, proof: proof.id, office: officeOf(call) }),
      ],
    };
  },
});
