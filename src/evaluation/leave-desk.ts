import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { idField } from '../kernel/ids.ts';
import { ownSeat } from './member-reads.ts';
import { notAtDesk } from './problems.ts';
import { DeskSitting } from './schema.ts';
import { leavings } from './sitting.ts';
import { sittingsOver } from './sitting-reads.ts';

/** A member leaves its desk by itself; when its session or the evaluation is over the platform writes that down. */
export const leaveDesk = act({
  name: 'leave-desk',
  by: ['expert', 'tenderee', 'agent', 'system'],
  says: { zh: '离开评标台', en: 'Leave the desk' },
  takes: z.object({ lot: idField, sitting: idField.optional(), why: z.enum(leavings).optional() }),
  async run(call, command) {
    const bySystem = call.by.role === 'system';
    const which = bySystem
      ? { id: command.sitting ?? '', lot: command.lot, leftAt: null }
      : { member: (await ownSeat(call.em, call.by, command.lot)).id, leftAt: null };
    const found = await call.em.findOne(DeskSitting, which);
    if (!found) throw notAtDesk();
    const sitting = await lock<DeskSitting>(call, DeskSitting, found.id);
    if (sitting.leftAt) throw notAtDesk();
    sitting.leftAt = call.now;
    sitting.leftFor = bySystem ? (command.why ?? 'idle') : 'left';
    const { lot, member } = sitting;
    return { result: {}, facts: [fact('desk.left', { lot, member }, { member, why: sitting.leftFor })] };
  },
});

/** Sessions that ended, and evaluations that did: nobody sits at those desks any more. */
export const desksLeft = clockwork({
  name: 'desks-left',
  act: leaveDesk,
  due: (em: EntityManager) => sittingsOver(em),
});
