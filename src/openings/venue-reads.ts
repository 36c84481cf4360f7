import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { addDays, type DayString, dayOf, startOfDay } from '../kernel/working-days.ts';
import { regionWatched } from '../parties/reads.ts';
import { liesWithin } from '../rulebook/regions.ts';
import { Lot, Project } from '../tenders/schema.ts';
import type { BookingShown, CalendarAnswer, VenueShown } from './answers.ts';
import { Venue, VenueBooking } from './schema.ts';
import type { BookingPurpose, VenueKind } from './venue.ts';

const week = 7;

/**
 * A week of all places. Everybody sees where openings are held. Evaluation rooms, and when they are taken, are for the centre, and for the hosts and
 * the supervisor of the tender that is judged there: who waits outside a door should not know which door it is.
 */
export async function calendarOf(em: EntityManager, by: Actor, asked: DayString | null, now: Instant): Promise<CalendarAnswer> {
  const from = asked ?? dayOf(now);
  const until = addDays(from, week);
  const all = await em.find(Venue, { closedAt: null }, { orderBy: { kind: 'asc', name: 'asc' } });
  const bookings = await em.find(
    VenueBooking,
    { releasedAt: null, from: { $lt: startOfDay(until) }, until: { $gt: startOfDay(from) } },
    { orderBy: { from: 'asc' } },
  );
  const lots = new Map((await em.find(Lot, { id: { $in: bookings.map((each) => each.lot) } })).map((lot) => [lot.id, lot]));
  const projects = new Map(
    (await em.find(Project, { id: { $in: [...lots.values()].map((lot) => lot.project) } })).map((project) => [project.id, project]),
  );
  const area = by.role === 'regulator' ? await regionWatched(em, by) : null;
  const mayKnow = (booking: VenueBooking): boolean => {
    const project = projects.get(lots.get(booking.lot)?.project ?? '');
    if (booking.purpose === 'opening' || by.role === 'centre') return true;
    if (!project) return false;
    const hosts =
      by.code !== null && (project.agent === by.code || project.tenderee === by.code) && ['agent', 'tenderee'].includes(by.role);
    return hosts || (area !== null && liesWithin(project.region, area));
  };
  const seen = bookings.filter(mayKnow);
  const places = all.filter((venue) => venue.kind === 'hall' || by.role === 'centre' || seen.some((booking) => booking.venue === venue.id));
  return {
    from,
    days: Array.from({ length: week }, (_, at) => addDays(from, at)),
    before: addDays(from, -week),
    after: until,
    venues: places.map((venue) =>
      shownVenue(
        venue,
        seen.filter((booking) => booking.venue === venue.id),
        lots,
      ),
    ),
    mayBook: by.role === 'centre',
    lots: by.role === 'centre' ? await lotsToBook(em, now) : [],
  };
}

function shownVenue(venue: Venue, bookings: readonly VenueBooking[], lots: ReadonlyMap<string, Lot>): VenueShown {
  const { id, name, kind, virtual, address, seats, devices } = venue;
  return {
    id,
    name,
    kind: kind as VenueKind,
    virtual,
    address,
    seats,
    devices,
    bookings: bookings.map((booking): BookingShown => {
      const lot = lots.get(booking.lot);
      const fits = booking.purpose !== 'opening' || !lot?.deadline || (booking.from <= lot.deadline && lot.deadline < booking.until);
      return {
        id: booking.id,
        lot: booking.lot,
        lotName: lot?.name ?? '',
        purpose: booking.purpose as BookingPurpose,
        from: booking.from,
        until: booking.until,
        fits: fits && !lot?.failedAt,
      };
    }),
  };
}

/** Lots whose opening or evaluation is still to come, the next opening first. */
async function lotsToBook(em: EntityManager, now: Instant): Promise<CalendarAnswer['lots']> {
  const rows = await em.execute<{ id: string; name: string; deadline: string; phase: string; booked: boolean }[]>(
    `select l.id, l.name, l.deadline, l.phase,
            exists (select from venue_booking b where b.lot = l.id and b.purpose = 'opening' and b.released_at is null and b."from" <= l.deadline and b."until" > l.deadline) as booked
     from lot l where l.published_at is not null and l.deadline is not null and l.failed_at is null and l.reported_at is null
     order by l.deadline < ?, l.deadline limit 200`,
    [now],
  );
  return rows.map(({ id, name, deadline, phase, booked }) => ({ id, name, deadline: instantOf(new Date(deadline)), phase, booked }));
}

/** The hall in which a lot is opened, where one is booked for that time. */
export async function hallBookedFor(em: EntityManager, lot: { readonly id: string; readonly deadline?: Instant | null | undefined }) {
  if (!lot.deadline) return null;
  const booking = await em.findOne(
    VenueBooking,
    { lot: lot.id, purpose: 'opening', releasedAt: null, from: { $lte: lot.deadline }, until: { $gt: lot.deadline } },
    { orderBy: { bookedAt: 'desc' } },
  );
  const venue = booking && (await em.findOne(Venue, { id: booking.venue }));
  return venue ? { name: venue.name, address: venue.address, virtual: venue.virtual } : null;
}
