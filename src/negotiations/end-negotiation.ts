import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, nonTenderOrder } from '../rulebook/law.ts';
import { parameter } from '../rulebook/parameters.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { next } from '../tenders/phases.ts';
import { lockNegotiated } from './negotiating.ts';
import { endingUnknown } from './problems.ts';
import { negotiationOf } from './state-reads.ts';

export const tooFewLeft = 'too-few-suppliers';
export const endingFields = z.object({ ground: z.string().min(1).max(40) });

/** It ends on the grounds of the law alone, and for want of suppliers only while there are too few. */
export const endsOnGround: Rule<{
  readonly ground: string;
  readonly known: readonly string[];
  readonly staying: number;
  readonly least: number;
}> = rule({
  id: 'NEG-END',
  acts: ['end-negotiation'],
  certainty: 'V',
  source: cite(nonTenderOrder, '37'),
  says: {
    zh: '只有供应商不足规定家数，或者出现规定的其他情形的，才能终止采购活动',
    en: 'it ends only for want of suppliers, or on another ground that the law names',
  },
  problem: endingUnknown,
  refuses: ({ ground, known, staying, least }) =>
    (ground === tooFewLeft ? staying >= least : !known.includes(ground)) && { field: 'ground' },
});

/** Ends the negotiation without a result: the reasons are public, the buyer begins anew. What suppliers offered is told to nobody. */
export const endNegotiation = act({
  name: 'end-negotiation',
  by: ['agent', 'tenderee'],
  says: { zh: '终止谈判', en: 'End the negotiation without a result' },
  takes: endingFields.extend({ lot: idField }),
  async run(call, { lot: id, ground }) {
    const { lot, plan } = await lockNegotiated(call, id, 'end-negotiation');
    await hostedBy(call, lot);
    const { suppliers } = await negotiationOf(call.em, lot.id);
    const staying = suppliers.filter(({ state }) => state === 'in').length;
    const least = parameter(plan.suppliersMin, groundOf(lot, call.now));
    uphold([endsOnGround], { ground, known: plan.endings.map((each) => each.id), staying, least });
    lot.phase = next(lot.phase, 'tender.failed');
    Object.assign(lot, { failedAt: call.now, failedFor: ground, resultedAt: call.now });
    return { result: { ground }, facts: [fact('tender.failed', { lot: lot.id }, { reason: ground, counted: null })] };
  },
});
