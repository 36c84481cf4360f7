import { z } from 'zod';
import { ownSeat } from '../evaluation/member-reads.ts';
import { declareFirst } from '../evaluation/problems.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { lockNegotiated } from './negotiating.ts';
import { minutesWait, noSuchSupplier, reasonForRefusal, supplierGone } from './problems.ts';
import { MinutesWord, NegotiationMinutes } from './schema.ts';
import { minutesState } from './standing.ts';
import { negotiationOf } from './state-reads.ts';

export const minutesFields = z.object({
  bid: idField,
  text: z.string().trim().min(10, '请写明谈判内容，至少十个字。 | Say what was talked about, ten characters at least.').max(4000),
  goesOn: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  reason: z.string().trim().max(1000).optional(),
});

/**
 * A member writes down, for the group that sat together, what was talked about with one supplier, and whether its response meets the need; the others
 * give their word (`agree-minutes`). It stands once more than half of the members agree (Order 74 arts. 30, 31).
 */
export const keepMinutes = act({
  name: 'keep-minutes',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '记谈判记录', en: 'Keep the minutes of a talk' },
  takes: minutesFields.extend({ lot: idField }),
  async run(call, { lot: id, bid, text, goesOn, reason }) {
    const { lot } = await lockNegotiated(call, id, 'keep-minutes');
    const member = await ownSeat(call.em, call.by, lot.id);
    if (!member.declaredAt) throw declareFirst();
    if (!goesOn && !reason) throw reasonForRefusal({ fields: [{ path: 'reason', says: reasonForRefusal().title }] });
    const { suppliers, minutes, words, members, round } = await negotiationOf(call.em, lot.id);
    const supplier = suppliers.find(({ submission }) => submission === bid);
    if (!supplier) throw noSuchSupplier();
    if (supplier.state !== 'in') throw supplierGone();
    const own = minutes.filter(({ submission }) => submission === bid);
    const seated = members.map((each) => each.id);
    if (own.some((each) => minutesState(each.id, words, seated) === 'open')) throw minutesWait();
    const kept = call.em.create(NegotiationMinutes, {
      id: newId(call.now),
      lot: lot.id,
      submission: bid,
      round,
      attempt: own.filter((each) => each.round === round).length + 1,
      text,
      goesOn,
      reason: goesOn ? null : (reason ?? null),
      member: member.id,
      at: call.now,
    });
    call.em.create(MinutesWord, { minutes: kept.id, member: member.id, agrees: true, at: call.now });
    return {
      result: { minutes: kept.id },
      facts: [
        fact(
          'minutes.kept',
          { lot: lot.id, member: member.id },
          { minutes: kept.id, bid, member: member.id, round, text, goesOn, reason: kept.reason ?? null },
        ),
        fact('minutes.agreed', { lot: lot.id, member: member.id }, { minutes: kept.id, member: member.id, agrees: true }),
      ],
    };
  },
});
