import { z } from 'zod';
import { Award } from '../awards/schema.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { idField } from '../kernel/ids.ts';
import { yuan, yuanField } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { underOwnLaw } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { amountOf, type ChangeDeed, changeShape } from './deed.ts';
import { milestonesField, putUp } from './drafting.ts';
import { planAtThePrice, planInItsTime } from './keeping.ts';
import { mustStand } from './standing.ts';

export const changeFields = z.object({
  ground: z.string().trim().min(10, '请写明变更理由，至少十个字。 | State the reason, ten characters at least.').max(2000),
  price: yuanField,
  endsOn: dayField,
  milestones: milestonesField,
});

/** Drafts a change of the contract. What all changes add together stays within what the line's law allows. */
export const draftChange = act({
  name: 'draft-change',
  by: ['agent', 'tenderee'],
  says: { zh: '起草合同变更', en: 'Draft a change of the contract' },
  takes: changeFields.extend({ lot: idField }),
  async run(call, { lot: id, ...given }) {
    const { lot, project } = await lockHostedLot(call, id);
    allow('draft-change', lot.phase);
    const standing = await mustStand(call.em, lot.id);
    const edition = editionOf(lot, project, call.now);
    const original = amountOf(standing.first.price);
    uphold(edition.rules.change ?? [], { ...groundOf(lot, call.now), original, price: given.price });
    const plan = { ...given, startsOn: standing.first.startsOn };
    uphold(underOwnLaw(edition, [planAtThePrice]), plan);
    uphold([planInItsTime], plan);
    const change = standing.changes + 1;
    const text: ChangeDeed = changeShape.parse({
      format: 'yangguang/contract-change/v1',
      lot: lot.id,
      change,
      contract: standing.sha256,
      was: standing.price,
      ...given,
      price: yuan(given.price),
    });
    const sha256 = await putUp(call, { lot: lot.id, number: change, text });
    const { bidder } = await call.em.findOneOrFail(Award, { lot: lot.id });
    return { result: { change, sha256 }, facts: [fact('deed.drafted', { lot: lot.id, party: bidder }, { change, text, sha256 })] };
  },
});
