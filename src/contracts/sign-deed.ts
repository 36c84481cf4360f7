import { z } from 'zod';
import { holdsOn } from '../awards/holds.ts';
import { Contract } from '../awards/schema.ts';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, type Facts } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { signatureFault } from '../openings/order-signature.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow, next } from '../tenders/phases.ts';
import type { Lot } from '../tenders/schema.ts';
import { amountOf, type DeedText, deedBytes } from './deed.ts';
import { lockForSide } from './parties.ts';
import { deedElsewhere, deedSignature, deedSigned, noDeed } from './problems.ts';
import type { Deed } from './schema.ts';
import { pendingDeed, textOf } from './standing.ts';

export const signatureFields = z.object({
  /** digest of the text that was read: another one is not signed unseen */
  sha256: z.string().max(43),
  /** base64 of the detached CMS over the text */
  signature: z.base64().min(1, '请用证书签名。 | Sign with a certificate.').max(30_000),
});

/** One side signs the text; when the other has signed the same bytes, the contract is concluded, or changed. */
export const signDeed = act({
  name: 'sign-deed',
  by: ['tenderee', 'bidder'],
  says: { zh: '签署合同文本', en: 'Sign the contract or its change' },
  takes: signatureFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project, award, side } = await lockForSide(call, command.lot);
    allow('sign-deed', lot.phase);
    const deed = await pendingDeed(call.em, lot.id);
    if (!deed) throw noDeed();
    if (deed.sha256 !== command.sha256) throw deedElsewhere();
    const mine = side === 'tenderee' ? 'tendereeSignedAt' : 'contractorSignedAt';
    if (deed[mine]) throw deedSigned();
    uphold(editionOf(lot, project, call.now).rules.contract, { holds: await holdsOn(call.em, lot.id) });
    const text = textOf(deed);
    const fault = await signatureFault(call, deedBytes(text), command.signature);
    if (fault) throw deedSignature({ says: fault });
    deed[mine] = call.now;
    const concluded = Boolean(deed.tendereeSignedAt && deed.contractorSignedAt);
    const { number: change, sha256 } = deed;
    const { signature } = command;
    const signed = fact('deed.signed', { lot: lot.id, party: award.bidder }, { change, sha256, side, signature });
    const done = fact('deed.concluded', { lot: lot.id, party: award.bidder }, { change, sha256 });
    const facts: Facts = concluded ? [signed, done, conclude(call, lot, deed, text)] : [signed];
    return { result: { change, concluded }, facts };
  },
});

/** Both have signed: the contract is registered as every other is, a change is told to everyone. */
function conclude(call: Call, lot: Lot, deed: Deed, text: DeedText): Fact {
  deed.concludedAt = call.now;
  const { sha256 } = deed;
  if (text.format === 'yangguang/contract-change/v1') {
    const { change, was, price, endsOn } = text;
    return fact('contract.changed', { lot: lot.id }, { change, was, price, endsOn, sha256 });
  }
  const { number, price } = text;
  const signedOn = dayOf(call.now);
  call.em.create(Contract, {
    id: newId(call.now),
    lot: lot.id,
    number,
    price: amountOf(price),
    signedOn,
    sha256,
    registeredAt: call.now,
  });
  lot.phase = next(lot.phase, 'contract.registered');
  lot.contractedAt = call.now;
  return fact('contract.registered', { lot: lot.id }, { number, price, signedOn, sha256 });
}
