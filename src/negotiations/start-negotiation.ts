import { z } from 'zod';
import { panelReady } from '../evaluation/panel-ready.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { next } from '../tenders/phases.ts';
import { lockNegotiated } from './negotiating.ts';
import { negotiationOf } from './state-reads.ts';

/** The group, whole and declared, begins to negotiate with those whose responses were opened (Order 74 art. 31). */
export const startNegotiation = act({
  name: 'start-negotiation',
  by: ['agent', 'tenderee'],
  says: { zh: '开始谈判', en: 'Start the negotiation' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot } = await lockNegotiated(call, command.lot, 'start-negotiation');
    await hostedBy(call, lot);
    const members = await panelReady(call, lot);
    const { suppliers } = await negotiationOf(call.em, lot.id);
    lot.phase = next(lot.phase, 'negotiation.started');
    const told = suppliers.map(({ submission, bidder, name }) => ({ submission, bidder, name }));
    return {
      result: { suppliers: told.length },
      facts: [fact('negotiation.started', { lot: lot.id }, { members: members.length, suppliers: told })],
    };
  },
});
