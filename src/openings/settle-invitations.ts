import { z } from 'zod';
import { answered } from '../bids/judge-applications.ts';
import { EntryApplication } from '../bids/schema.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import type { DrawTranscript } from '../sealing/draw.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot, Prequalification } from '../tenders/schema.ts';
import { invitationPurpose, invitedOf } from './invitation-draw.ts';
import { drawNotDone } from './problems.ts';
import { DrawRequest as DrawRow } from './schema.ts';

/** When the council has drawn: each applicant learns what came of its own application, all in the same moment, and nobody more than that. */
export const settleInvitations = act({
  name: 'settle-invitations',
  by: ['system'],
  says: { zh: '抽定受邀供应商', en: 'Settle who is invited' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('settle-invitations', lot.phase);
    const { invited } = await call.em.findOneOrFail(Prequalification, { lot: lot.id });
    const draw = await call.em.findOne(DrawRow, { lot: lot.id, purpose: invitationPurpose });
    if (!draw?.completedAt) throw drawNotDone();
    const applied = await call.em.find(EntryApplication, { lot: lot.id, withdrawnAt: null }, { orderBy: { id: 'asc' } });
    const qualified = applied.filter(({ pass }) => pass).map(({ id }) => id);
    const drawn = new Set(invitedOf(draw.transcript as DrawTranscript, qualified, invited));
    lot.phase = next(lot.phase, 'invitations.settled');
    const told = applied.map((each) => answered(each, !each.pass ? 'not-qualified' : drawn.has(each.id) ? 'invited' : 'not-drawn'));
    return { result: { lot: lot.id }, facts: [fact('invitations.settled', { lot: lot.id }, { invited: drawn.size }), ...told] };
  },
});

export const settledInvitations = clockwork({
  name: 'settled-invitations',
  act: settleInvitations,
  async due(em) {
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot join draw_request d on d.lot = lot.id and d.purpose = '${invitationPurpose}' and d.completed_at is not null
       where lot.phase = 'qualifying' limit 200`,
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
