import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { VenueBooking } from './schema.ts';

export const releaseFields = z.object({ booking: idField, reason: z.string().trim().min(1).max(300) });

/** Gives a booked place back before its time: a deadline was moved, a tender failed, an evaluation ended early. */
export const releaseBooking = act({
  name: 'release-booking',
  by: ['centre', 'system'],
  says: { zh: '释放场地', en: 'Give a booked place back' },
  takes: releaseFields,
  async run(call, { booking: id, reason }) {
    const booking = await lock(call, VenueBooking, id);
    if (booking.releasedAt !== null || booking.until <= call.now) throw notFound();
    booking.releasedAt = call.now;
    const type = booking.purpose === 'opening' ? 'hall.released' : 'room.released';
    return {
      result: { booking: id },
      facts: [fact(type, { lot: booking.lot }, { booking: id, venue: booking.venue, reason })],
    };
  },
});
