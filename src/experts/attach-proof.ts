import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { documentName, stagedFile } from '../tenders/document.ts';
import { stateAfter } from './admission.ts';
import { largestProof, mostProofs, proofKinds } from './application.ts';
import { about } from './officials.ts';
import { ownApplication } from './own-application.ts';
import { tooManyProofs } from './problems.ts';
import { Proof } from './schema.ts';

export const proofFields = z.object({
  kind: z.enum(proofKinds),
  proof: stagedFile.refine(({ bytes }) => bytes <= largestProof, '单个文件不超过20 MB。 | A proof has 20 MB at most.'),
});

/** The applicant attaches a proof to an application that is not decided yet. */
export const attachProof = act({
  name: 'attach-proof',
  by: ['expert'],
  says: { zh: '提交证明材料', en: 'Attach a proof' },
  takes: proofFields.extend({ application: idField }),
  async run(call, { application: id, kind, proof }) {
    const { expert, application } = await ownApplication(call, id);
    stateAfter('correct', application.state);
    if ((await call.em.count(Proof, { application: application.id })) >= mostProofs)
      throw tooManyProofs({ fields: [{ path: 'proof', says: tooManyProofs().title }] });
    const { key, type, sha256, bytes } = proof;
    const row = { id: newId(call.now), application: application.id, kind, name: documentName(undefined, proof), type, key, sha256, bytes };
    call.em.create(Proof, { ...row, attachedAt: call.now });
    return {
      result: { proof: row.id },
      facts: [fact('proof.attached', about(call, expert.id), { application: application.id, kind, sha256 })],
    };
  },
});
