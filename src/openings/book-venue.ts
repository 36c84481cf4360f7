import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { Lot } from '../tenders/schema.ts';
import { venueTaken } from './problems.ts';
import { Venue, VenueBooking } from './schema.ts';
import { bookingFields, bookingRules, type VenueKind } from './venue.ts';

/** The code of PostgreSQL for a row that overlaps another where the table's constraint allows none. */
const overlaps = '23P01';

/**
 * Books a hall for an opening, or a room for an evaluation. Two bookings of one place never overlap: the table's constraint says so, whoever was
 * quicker. Where an evaluation takes place is for the host, the supervisor and, once it sits, the panel.
 */
export const bookVenue = act({
  name: 'book-venue',
  by: ['centre', 'system'],
  says: { zh: '预订场地', en: 'Book a hall or room' },
  takes: bookingFields,
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    if (!lot.publishedAt) throw notFound();
    const venue = await lock(call, Venue, command.venue);
    if (venue.closedAt !== null) throw notFound();
    const { purpose, from, until } = command;
    uphold(bookingRules, { purpose, kind: venue.kind as VenueKind, from, until, now: call.now, opensAt: lot.deadline ?? null });
    const id = newId(call.now);
    call.em.create(VenueBooking, { id, venue: venue.id, lot: lot.id, purpose, from, until, bookedAt: call.now, releasedAt: null });
    try {
      await call.em.flush();
    } catch (error) {
      if ((error as { code?: unknown }).code === overlaps) throw venueTaken({ fields: [{ path: 'from', says: venueTaken().title }] });
      throw error;
    }
    const type = purpose === 'opening' ? 'hall.booked' : 'room.booked';
    return {
      result: { booking: id },
      facts: [fact(type, { lot: lot.id }, { booking: id, venue: venue.id, name: venue.name, address: venue.address, from, until })],
    };
  },
});
