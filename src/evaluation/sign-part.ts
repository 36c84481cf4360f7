import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat } from './member-reads.ts';
import { checkMemberSignature } from './member-signature.ts';
import { afterPartWord } from './part-completion.ts';
import { partStatement } from './part-statement.ts';
import { judgedPart } from './part-work.ts';
import { alreadySigned, workIncomplete } from './problems.ts';
import { PartResult, PartSignature } from './schema.ts';
import { signatureFields } from './sign-report.ts';

/** A member signs the result of an envelope. With the last word of the panel it stands (part-completion.ts). */
export const signPart = act({
  name: 'sign-part',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '签署本信封评审结果', en: 'Sign the result of an envelope' },
  takes: signatureFields.extend({ lot: idField }),
  async run(call, { lot: lotId, signature }) {
    const lot = await lock(call, Lot, lotId);
    allow('sign-part', lot.phase);
    const part = judgedPart(lot);
    const member = await ownSeat(call.em, call.by, lot.id);
    const row = await call.em.findOne(PartResult, { lot: lot.id, part });
    if (!row) throw workIncomplete();
    if ((await call.em.count(PartSignature, { lot: lot.id, part, member: member.id })) > 0) throw alreadySigned();
    await checkMemberSignature(call, canonicalBytes(partStatement(lot.id, part, row.sha256, member.id)), signature);
    const word = call.em.create(PartSignature, { lot: lot.id, part, member: member.id, stance: 'signed', signature, signedAt: call.now });
    const given = fact('part.signed', { lot: lot.id }, { part, member: member.id, sha256: row.sha256, signature });
    const { complete, facts } = await afterPartWord(call, lot, row, word);
    return { result: { complete }, facts: [given, ...facts] };
  },
});
