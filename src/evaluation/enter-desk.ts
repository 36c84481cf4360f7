import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { digestOfToken } from '../parties/token.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat } from './member-reads.ts';
import { declareFirst, deskClosed, nothingChanged, unknownPlace } from './problems.ts';
import { DeskSitting, PanelMember } from './schema.ts';
import { roomsOf } from './sitting-reads.ts';

export const placeFields = z.object({
  /** the booking of the room in which the member sits; none where no room is booked, or it does not say */
  booking: z.preprocess((given) => (given === '' ? undefined : given), idField.optional()),
});

/**
 * A member comes to its desk, or says from which of the evaluation's rooms it works. It sits at one place at a time: whoever comes from another
 * session or goes to another room leaves the place it had. The session log of the evaluation is made of nothing else.
 */
export const enterDesk = act({
  name: 'enter-desk',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '进入评标台', en: 'Come to the desk' },
  takes: placeFields.extend({ lot: idField, token: z.string().max(64) }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const member = await lock<PanelMember>(call, PanelMember, (await ownSeat(call.em, call.by, lot.id)).id);
    if (!member.declaredAt) throw declareFirst();
    const session = digestOfToken(command.token);
    if (!lot.evaluationStartedAt || lot.reportedAt || lot.failedAt || session === null) throw deskClosed();
    const rooms = await roomsOf(call.em, lot.id);
    const room = rooms.find((each) => each.booking === command.booking);
    if (command.booking && !room) throw unknownPlace();
    const before = await call.em.findOne(DeskSitting, { member: member.id, leftAt: null });
    if (before) {
      const same = Buffer.from(before.session).equals(session);
      if (same && (before.booking ?? undefined) === command.booking) throw nothingChanged();
      before.leftAt = call.now;
      before.leftFor = same ? 'moved' : 'elsewhere';
      // the old place must be free before the new one is taken: one place a member is a constraint
      await call.em.flush();
    }
    call.em.create(DeskSitting, {
      id: newId(call.now),
      lot: lot.id,
      member: member.id,
      session: new Uint8Array(session),
      booking: room?.booking ?? null,
      place: room?.name ?? null,
      mainPlace: room?.main ?? null,
      address: call.by.address,
      enteredAt: call.now,
      leftAt: null,
      leftFor: null,
    });
    const entered = fact(
      'desk.entered',
      { lot: lot.id, member: member.id },
      { member: member.id, place: room?.name ?? null, main: room?.main ?? null },
    );
    const result = { place: room?.name ?? null };
    if (!before?.leftFor) return { result, facts: [entered] };
    return { result, facts: [fact('desk.left', { lot: lot.id, member: member.id }, { member: member.id, why: before.leftFor }), entered] };
  },
});
