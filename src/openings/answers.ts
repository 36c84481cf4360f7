import { z } from 'zod';
import { bookingPurposes, venueKinds } from './venue.ts';

const instant = z.string();
const bookingShown = z.object({
  id: z.string(),
  lot: z.string(),
  lotName: z.string(),
  purpose: z.enum(bookingPurposes),
  from: instant,
  until: instant,
  /** false where the opening was moved, or will not be, since it was booked */
  fits: z.boolean(),
});
const venueShown = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(venueKinds),
  virtual: z.boolean(),
  address: z.string(),
  seats: z.number(),
  devices: z.array(z.string()),
  bookings: z.array(bookingShown),
});

/** A week of halls and rooms, as one reader may see it. */
export const calendarAnswer = z.object({
  from: z.string(),
  days: z.array(z.string()),
  before: z.string(),
  after: z.string(),
  venues: z.array(venueShown),
  mayBook: z.boolean(),
  /** for whom places are to be found; the trading centre's list */
  lots: z.array(z.object({ id: z.string(), name: z.string(), deadline: instant, phase: z.string(), booked: z.boolean() })),
});
export type CalendarAnswer = z.infer<typeof calendarAnswer>;
export type VenueShown = z.infer<typeof venueShown>;
export type BookingShown = z.infer<typeof bookingShown>;
