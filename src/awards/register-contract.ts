import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { idField, newId } from '../kernel/ids.ts';
import { fen, yuan, yuanField } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { startOfDay } from '../kernel/working-days.ts';
import { stagedFile } from '../tenders/document.ts';
import { underOwnLaw } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow, next } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { contractAtAwardPrice, signedAfterNotice } from './decision.ts';
import { holdsOn } from './holds.ts';
import { notNotified } from './problems.ts';
import { Award, Contract } from './schema.ts';

export const contractFields = z.object({
  number: z.string().trim().min(1).max(60),
  price: yuanField,
  /** when both sides signed; calendar date */
  signedOn: dayField,
  document: stagedFile,
});

/** Registers the signed contract. Its price is the award's to the fen; signing, or making it public, later than the law asks is said and seen, not refused. */
export const registerContract = act({
  name: 'register-contract',
  by: ['agent', 'tenderee'],
  says: { zh: '登记合同', en: 'Register the contract' },
  takes: contractFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('register-contract', lot.phase);
    const award = await call.em.findOneOrFail(Award, { lot: lot.id });
    if (!award.notifiedAt || !lot.contractUntil) throw notNotified();
    const { number, price, signedOn, document } = command;
    const edition = editionOf(lot, project, call.now);
    const { rules, limits } = edition;
    uphold(rules.contract, { holds: await holdsOn(call.em, lot.id) });
    uphold(underOwnLaw(edition, [contractAtAwardPrice]), { price, awarded: fen(award.price) });
    uphold([signedAfterNotice], { signedOn, notifiedAt: award.notifiedAt, now: call.now });
    const { key: fileKey, name: fileName, type: fileType, sha256 } = document;
    call.em.create(Contract, {
      id: newId(call.now),
      lot: lot.id,
      number,
      price,
      signedOn,
      sha256,
      fileKey,
      fileName,
      fileType,
      bytes: BigInt(document.bytes),
      registeredAt: call.now,
    });
    lot.phase = next(lot.phase, 'contract.registered');
    lot.contractedAt = call.now;
    const noticeDue = limits.publishContract?.by(groundOf(lot, call.now)).due(startOfDay(signedOn)).due;
    const noticeLate = noticeDue !== undefined && call.now >= noticeDue;
    return {
      result: { number, late: startOfDay(signedOn) >= lot.contractUntil || noticeLate },
      facts: [fact('contract.registered', { lot: lot.id }, { number, price: yuan(price), signedOn, sha256 })],
    };
  },
});
