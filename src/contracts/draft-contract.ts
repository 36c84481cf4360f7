import { z } from 'zod';
import { notNotified } from '../awards/problems.ts';
import { awardedFigures } from '../awards/reads.ts';
import { Award } from '../awards/schema.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { idField } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { underOwnLaw } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow } from '../tenders/phases.ts';
import { lockHostedLot, namesOf } from '../tenders/reads.ts';
import { type ContractDeed, contractShape } from './deed.ts';
import { milestonesField, putUp } from './drafting.ts';
import { paidInTime, planAtThePrice, planInItsTime } from './keeping.ts';

export const contractDraftFields = z.object({
  number: z.string().trim().min(1).max(60),
  startsOn: dayField,
  endsOn: dayField,
  guarantee: z.preprocess((given) => (given === '' ? undefined : given), z.string().trim().max(200).optional()),
  milestones: milestonesField,
  paymentDays: z.coerce.number().int().min(0).max(3650),
  clauses: z.string().trim().max(20_000).default(''),
});

/** Drafts the contract from the award: parties, subject, price and what was read out of the bid are taken from there and cannot be typed. */
export const draftContract = act({
  name: 'draft-contract',
  by: ['agent', 'tenderee'],
  says: { zh: '起草合同', en: 'Draft the contract' },
  takes: contractDraftFields.extend({ lot: idField }),
  async run(call, { lot: id, guarantee, ...given }) {
    const { lot, project } = await lockHostedLot(call, id);
    allow('draft-contract', lot.phase);
    const award = await call.em.findOneOrFail(Award, { lot: lot.id });
    if (!award.notifiedAt) throw notNotified();
    const price = fen(award.price);
    const edition = editionOf(lot, project, call.now);
    uphold(underOwnLaw(edition, [planAtThePrice]), { price, ...given });
    uphold([planInItsTime], { price, ...given });
    uphold([paidInTime], { ...groundOf(lot, call.now), paymentDays: given.paymentDays });
    const nameOf = await namesOf(call.em, [project.tenderee]);
    const text: ContractDeed = contractShape.parse({
      format: 'yangguang/contract/v1',
      lot: lot.id,
      submission: award.submission,
      tenderee: { code: project.tenderee, name: nameOf(project.tenderee) },
      contractor: { code: award.bidder, name: award.bidderName },
      subject: lot.name,
      price: yuan(price),
      figures: await awardedFigures(call.em, lot, award),
      guarantee: guarantee ?? null,
      ...given,
    });
    const sha256 = await putUp(call, { lot: lot.id, number: 0, text });
    return {
      result: { sha256 },
      facts: [fact('deed.drafted', { lot: lot.id, party: award.bidder }, { change: 0, text, sha256 })],
    };
  },
});
