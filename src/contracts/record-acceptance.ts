import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { signedNear } from '../openings/hall-statement.ts';
import { signatureFault } from '../openings/order-signature.ts';
import { allow } from '../tenders/phases.ts';
import { type Acceptance, deedBytes } from './deed.ts';
import { lockForSide } from './parties.ts';
import { deedSignature, milestoneAccepted } from './problems.ts';
import { Inspection } from './schema.ts';
import { milestoneAt, mustStand, performance } from './standing.ts';

export const acceptanceFields = z.object({
  milestone: z.coerce.number().int().min(1),
  passed: z.enum(['yes', 'no']),
  opinion: z.string().trim().min(5, '请写明验收意见。 | State what was found.').max(4000),
  people: z.string().trim().min(2, '请写明验收人员及其单位。 | Name who inspected, and of which unit.').max(500),
  at: z.string().max(40),
  signature: z.base64().min(1, '请用证书签名。 | Sign with a certificate.').max(30_000),
});

/** The tenderee inspects a milestone and signs what it found: accepted, or not and why. Payment runs from its acceptance. */
export const recordAcceptance = act({
  name: 'record-acceptance',
  by: ['tenderee'],
  says: { zh: '验收', en: 'Accept a milestone' },
  takes: acceptanceFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, award, side } = await lockForSide(call, command.lot);
    if (side !== 'tenderee') throw notFound();
    allow('record-acceptance', lot.phase);
    const standing = await mustStand(call.em, lot.id);
    milestoneAt(standing.milestones, command.milestone);
    if ((await performance(call.em, lot.id))(command.milestone).accepted) throw milestoneAccepted();
    const { milestone, opinion, people, at, signature } = command;
    const passed = command.passed === 'yes';
    const statement: Acceptance = {
      format: 'yangguang/acceptance/v1',
      lot: lot.id,
      contract: standing.sha256,
      milestone,
      passed,
      opinion,
      people,
      at,
    };
    if (!signedNear(at, call.now)) throw deedSignature({ says: tooOld });
    const fault = await signatureFault(call, deedBytes(statement), signature);
    if (fault) throw deedSignature({ says: fault });
    call.em.create(Inspection, { id: newId(call.now), lot: lot.id, milestone, passed, opinion, people, inspectedAt: call.now });
    return {
      result: { milestone, passed },
      facts: [fact('milestone.inspected', { lot: lot.id, party: award.bidder }, { milestone, passed, statement, signature })],
    };
  },
});

const tooOld = { zh: '签名时间与当前时间相差过大，请重新签名。', en: 'It was signed too long ago; sign again.' };
