import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat } from './member-reads.ts';
import { checkMemberSignature } from './member-signature.ts';
import { afterPartWord } from './part-completion.ts';
import { partRefusal } from './part-statement.ts';
import { judgedPart } from './part-work.ts';
import { alreadySigned, workIncomplete } from './problems.ts';
import { PartResult, PartSignature } from './schema.ts';
import { asSigned, signatureFields } from './sign-report.ts';

export const partRefusalFields = signatureFields.extend({
  reason: z.preprocess(
    asSigned,
    z
      .string('请写明不同意见和理由。 | Please state what you disagree with and why.')
      .trim()
      .min(4, '请写明理由。 | Please give the reasons.')
      .max(2000),
  ),
});

/**
 * A member does not sign the result of an envelope and says in writing why (Order 12 art. 43; Regulation art. 53), under its own certificate: on this
 * result the next envelopes are opened, and nobody else may put a refusal, or its reasons, into a member's mouth.
 */
export const refusePart = act({
  name: 'refuse-part',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '拒绝签署本信封评审结果并说明理由', en: 'Refuse the result of an envelope, with reasons' },
  takes: partRefusalFields.extend({ lot: idField }),
  async run(call, { lot: lotId, signature, reason }) {
    const lot = await lock(call, Lot, lotId);
    allow('refuse-part', lot.phase);
    const part = judgedPart(lot);
    const member = await ownSeat(call.em, call.by, lot.id);
    const row = await call.em.findOne(PartResult, { lot: lot.id, part, reportedAt: null });
    if (!row) throw workIncomplete();
    if ((await call.em.count(PartSignature, { lot: lot.id, part, member: member.id })) > 0) throw alreadySigned();
    await checkMemberSignature(call, canonicalBytes(partRefusal(lot.id, part, row.sha256, member.id, reason)), signature);
    const word = call.em.create(PartSignature, {
      lot: lot.id,
      part,
      member: member.id,
      stance: 'refused',
      reason,
      signature,
      signedAt: call.now,
    });
    const refused = fact('part.refused', { lot: lot.id }, { part, member: member.id, sha256: row.sha256, reason, signature });
    const { complete, facts } = await afterPartWord(call, lot, row, word);
    return { result: { complete }, facts: [refused, ...facts] };
  },
});
