import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { venueBooked } from './problems.ts';
import { Venue, VenueBooking } from './schema.ts';

/** Takes a place off the calendar. What is booked there must be moved first: nobody is to stand before a locked door. */
export const closeVenue = act({
  name: 'close-venue',
  by: ['centre'],
  says: { zh: '停用场地', en: 'Take a hall or room out of use' },
  takes: z.object({ venue: idField }),
  async run(call, command) {
    const venue = await lock(call, Venue, command.venue);
    if (venue.closedAt !== null) throw notFound();
    const booked = await call.em.count(VenueBooking, { venue: venue.id, releasedAt: null, until: { $gt: call.now } });
    if (booked > 0) throw venueBooked();
    venue.closedAt = call.now;
    return { result: { venue: venue.id }, facts: [fact('venue.closed', {}, { venue: venue.id, name: venue.name })] };
  },
});
