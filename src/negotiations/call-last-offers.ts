import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Facts } from '../kernel/act.ts';
import { later } from '../kernel/clock.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { parameter } from '../rulebook/parameters.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import type { NegotiationPlan } from '../tenders/line.ts';
import { termsOf } from '../tenders/lot.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { next } from '../tenders/phases.ts';
import { allTalkedTo, enoughSuppliers, lastOfferTerms, offersInTime } from './last-offers.ts';
import { lockNegotiated } from './negotiating.ts';
import { openOffers } from './open-offers.ts';
import { exceptionUnknown } from './problems.ts';
import { negotiationOf } from './state-reads.ts';

const blank = (given: unknown) => (typeof given === 'string' && given.trim() === '' ? undefined : given);
export const callFields = z.object({
  /** how long suppliers have, the same for all */
  hours: z.coerce.number().int().min(1).max(240),
  /** why fewer than usual are enough: id of an exception of the line, and the paper that approved it */
  exception: z.preprocess(blank, z.string().max(40).optional()),
  approval: z.preprocess(blank, z.string().trim().max(200).optional()),
});

/**
 * Ends the talks: all suppliers that stay are asked in the same moment for their last offers, sealed, by one time. They are a lot of their own, so that a
 * last offer is kept, opened and proven as any bid is; the same words about it stand in both lots, and each names the other (Order 74 art. 33).
 */
export const callLastOffers = act({
  name: 'call-last-offers',
  by: ['agent', 'tenderee'],
  says: { zh: '要求提交最后报价', en: 'Ask for last offers' },
  takes: callFields.extend({ lot: idField }),
  async run(call, { lot: id, hours, exception, approval }) {
    const { lot, plan } = await lockNegotiated(call, id, 'call-last-offers');
    await hostedBy(call, lot);
    const { suppliers, changes } = await negotiationOf(call.em, lot.id);
    const staying = suppliers.filter(({ state }) => state === 'in');
    const ground = groundOf(lot, call.now);
    const excepted = exceptionOf(plan, exception, approval);
    const least = parameter(excepted?.least ?? plan.suppliersMin, ground);
    uphold([offersInTime], { minutes: hours * 60, least: parameter(plan.offersMin, ground) });
    uphold([enoughSuppliers], { staying: staying.length, least });
    uphold([allTalkedTo], { suppliers });
    const deadline = later(call.now, hours * 3_600_000);
    const terms = lastOfferTerms(termsOf(lot), { follows: { lot: lot.id, number: lot.number }, now: call.now, deadline, least });
    const { lot: offers, project, seats, notice } = await openOffers(call, lot, terms, staying);
    lot.phase = next(lot.phase, 'offers.called');
    const called = {
      responses: lot.id,
      offers: offers.id,
      number: offers.number,
      deadline,
      changes: changes.map(({ number, touches, text }) => ({ number, touches, text })),
      suppliers: staying.map(({ submission, bidder, name }) => ({ submission, bidder, name })),
      exception: excepted === null ? null : { id: excepted.id, approval: approval ?? '' },
      least,
      seats,
    };
    const formed = seats.map(({ member, kind, specialty }) => ({ member, kind, expert: null, specialty }));
    const facts: Facts = [
      fact('offers.called', { lot: lot.id }, { call: called }),
      fact('notice.published', { lot: offers.id, project: project.id }, notice),
      fact('offers.admitted', { lot: offers.id }, { call: called }),
      fact('panel.formed', { lot: offers.id }, { seats: formed }),
      ...staying.map(({ bidder }) =>
        fact('offers.invited', { lot: lot.id, party: bidder }, { offers: offers.id, number: offers.number, deadline }),
      ),
    ];
    return { result: { offers: offers.id, number: offers.number, deadline }, facts };
  },
});

function exceptionOf({ exceptions }: NegotiationPlan, id: string | undefined, approval: string | undefined) {
  if (id === undefined) return null;
  const found = exceptions.find((each) => each.id === id);
  if (!found || !approval) throw exceptionUnknown({ fields: [{ path: found ? 'approval' : 'exception', says: exceptionUnknown().title }] });
  return found;
}
