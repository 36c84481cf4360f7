import { z } from 'zod';
import { venuesPage } from '../../views/openings/venues.ts';
import type { View } from '../../views/view.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { calendarAnswer } from './answers.ts';
import { bookVenue } from './book-venue.ts';
import { closeVenue } from './close-venue.ts';
import { registerVenue } from './register-venue.ts';
import { releaseBooking, releaseFields } from './release-booking.ts';
import { bookingFields, venueFields } from './venue.ts';
import { calendarOf } from './venue-reads.ts';

const none = z.object({});
const page = () => '/venues';

endpoint({
  name: 'venues',
  method: 'get',
  path: '/venues',
  says: { zh: '开标厅与评标室：一周日历', en: 'Halls and rooms: a week of the calendar' },
  by: 'anyone',
  params: none,
  query: z.object({ from: dayField.optional() }),
  body: none,
  answer: calendarAnswer,
  handle: ({ em, by, now }, { query }) => calendarOf(em, by, query.from ?? null, now),
  page: (answer, view: View) => venuesPage(view, answer),
});

endpoint({
  name: 'register-venue',
  method: 'post',
  path: '/venues',
  says: registerVenue.says,
  by: ['centre'],
  params: none,
  query: none,
  body: venueFields,
  answer: z.object({ venue: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(registerVenue, body)).result,
  goTo: page,
  form: page,
});

endpoint({
  name: 'close-venue',
  method: 'post',
  path: '/venues/:venue/closure',
  says: closeVenue.says,
  by: ['centre'],
  params: z.object({ venue: idField }),
  query: none,
  body: none,
  answer: z.object({ venue: z.string() }),
  handle: async (visit, { params }) => (await visit.perform(closeVenue, params)).result,
  goTo: page,
  form: page,
});

endpoint({
  name: 'book-venue',
  method: 'post',
  path: '/bookings',
  says: bookVenue.says,
  by: ['centre'],
  params: none,
  query: none,
  body: bookingFields,
  answer: z.object({ booking: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(bookVenue, body)).result,
  goTo: (_answer, { body }) => `/venues?from=${body.from.slice(0, 10)}`,
  form: page,
});

endpoint({
  name: 'release-booking',
  method: 'post',
  path: '/releases',
  says: releaseBooking.says,
  by: ['centre'],
  params: none,
  query: none,
  body: releaseFields,
  answer: z.object({ booking: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(releaseBooking, body)).result,
  goTo: page,
  form: page,
});
