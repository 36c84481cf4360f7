import { z } from 'zod';
import { securityBack } from '../bids/security-back.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { lockNegotiated } from './negotiating.ts';
import { noSuchSupplier, supplierGone } from './problems.ts';
import { NegotiationLeave } from './schema.ts';
import { negotiationOf } from './state-reads.ts';

export const leaveFields = z.object({ reason: z.string().trim().min(1).max(500) });

/** Before last offers are asked for a supplier may leave as its circumstances are; its security goes back (Order 74 art. 34). */
export const leaveNegotiation = act({
  name: 'leave-negotiation',
  by: ['bidder'],
  says: { zh: '退出谈判', en: 'Leave the negotiation' },
  takes: leaveFields.extend({ lot: idField }),
  async run(call, { lot: id, reason }) {
    const { lot, project } = await lockNegotiated(call, id, 'leave-negotiation');
    const { suppliers } = await negotiationOf(call.em, lot.id);
    const own = suppliers.find(({ bidder }) => bidder === call.by.code);
    if (!own) throw noSuchSupplier();
    if (own.state !== 'in') throw supplierGone();
    const securityBackBy = securityBack(lot, project, call.now);
    call.em.create(NegotiationLeave, { lot: lot.id, bidder: own.bidder, reason, securityBackBy, at: call.now });
    return {
      result: { securityBackBy },
      facts: [fact('negotiation.left', { lot: lot.id, party: own.bidder }, { bid: own.submission, reason, securityBackBy })],
    };
  },
});
