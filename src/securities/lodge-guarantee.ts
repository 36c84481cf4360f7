import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { base64, base64url, fromBase64 } from '../kernel/bytes.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { idField, newId } from '../kernel/ids.ts';
import { yuan, yuanField } from '../kernel/money.ts';
import { notPermitted } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { sha256 } from '../sealing/digest.ts';
import { Project } from '../tenders/schema.ts';
import { type HeldGuarantee, places } from './accounts.ts';
import { checkedGuarantee, guaranteeEnough, guaranteeLongEnough, validityEnds } from './guarantee.ts';
import { trustedIssuers } from './issuer-reads.ts';
import { lodgingAt } from './lodging.ts';
import { guaranteeDiffers, guaranteeUsed, notLodgedHere } from './problems.ts';
import { Guarantee } from './schema.ts';
import { fileBlock, guaranteeIndex, holderIndex, sealRow } from './secret.ts';

export const guaranteeFields = z.object({
  issuer: z.string().trim().min(2).max(200),
  number: z.string().trim().min(1).max(80),
  amount: yuanField,
  validUntil: dayField,
});
/** Larger guarantees than any there is: the file is kept under a key, in the database. */
export const largestGuarantee = 3 * 1024 * 1024;

/**
 * Lodges a guarantee in the place of money; a later one takes its place. Where its issuer signed it and is in the register, the platform checks what it says; every other
 * is looked at by the panel. The file is kept under the key of securities: who lies on the disk is not told by what lies there.
 */
export const lodgeGuarantee = act({
  name: 'lodge-guarantee',
  by: ['bidder'],
  says: { zh: '提交电子保函', en: 'Lodge an electronic guarantee' },
  takes: guaranteeFields.extend({
    lot: idField,
    fileName: z.string().trim().min(1).max(200),
    /** base64 of the file, and of the issuer's detached signature where there is one */
    file: z
      .base64()
      .min(1)
      .max(Math.ceil((largestGuarantee * 4) / 3) + 4),
    signature: z.base64().max(60_000).nullable(),
  }),
  async run(call, { lot: lotId, issuer, number, amount, validUntil, fileName, file, signature }) {
    const { lot, terms, lodging, amount: asked, deadline } = await lodgingAt(call, 'lodge-guarantee', lotId);
    const { code } = call.by;
    if (code === null) throw notPermitted();
    if (!lodging.forms.includes('guarantee')) throw notLodgedHere();
    uphold([guaranteeEnough, guaranteeLongEnough], {
      amount,
      asked,
      validUntil,
      bidValidUntil: validityEnds(deadline, terms.bidValidityDays),
    });
    const project = await call.em.findOneOrFail(Project, { id: lot.project });
    const bytes = fromBase64(file) ?? new Uint8Array(0);
    const expected = { number, lot: lot.number, beneficiary: project.tenderee, principal: code, amount: yuan(amount), validUntil };
    const given = { file: bytes, signature: signature === null ? null : (fromBase64(signature) ?? null), expected };
    const verdict = await checkedGuarantee(given, await trustedIssuers(call.em, call.now), call.now);
    if (verdict.state === 'differs') throw guaranteeDiffers();
    const index = guaranteeIndex(issuer, number);
    if ((await call.em.count(Guarantee, { guaranteeIndex: index })) > 0)
      throw guaranteeUsed({ fields: [{ path: 'number', says: guaranteeUsed().title }] });
    const holder = holderIndex(lot.id, code);
    const before = await call.em.findOne(Guarantee, { holderIndex: holder, replacedAt: null });
    if (before) before.replacedAt = call.now;
    const id = newId(call.now);
    const verified = verdict.state === 'signed';
    const named = verdict.state === 'signed' ? verdict.issuer : issuer;
    const digest = base64url(sha256(bytes));
    const held: HeldGuarantee = {
      lot: lot.id,
      party: code,
      issuer: named,
      number,
      amount: yuan(amount),
      validUntil,
      fileName,
      sha256: digest,
      verified,
      lodgedAt: call.now,
    };
    call.em.create(Guarantee, {
      id,
      holderIndex: holder,
      guaranteeIndex: index,
      sealed: sealRow(held, places.guarantee(id)),
      sealedFile: sealRow(base64(bytes), places.guaranteeFile(id), fileBlock),
    });
    const data = { guarantee: id, issuer: named, number, amount: yuan(amount), validUntil, sha256: digest, verified };
    return { result: { guarantee: id, verified }, facts: [fact('guarantee.lodged', { lot: lot.id, party: code }, data)] };
  },
});
