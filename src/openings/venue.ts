import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import { instantField } from '../kernel/clock-fields.ts';
import { idField } from '../kernel/ids.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { cite, platformRule } from '../rulebook/law.ts';
import { bookingOutside, bookingUnfit } from './problems.ts';

/** What a place is for: openings are watched by everybody, evaluations by nobody. */
export const venueKinds = ['hall', 'room'] as const;
export type VenueKind = (typeof venueKinds)[number];
export const bookingPurposes = ['opening', 'evaluation'] as const;
export type BookingPurpose = (typeof bookingPurposes)[number];

export const kindWords: Readonly<Record<VenueKind, Words>> = {
  hall: { zh: '开标厅', en: 'Opening hall' },
  room: { zh: '评标室', en: 'Evaluation room' },
};
export const purposeWords: Readonly<Record<BookingPurpose, Words>> = {
  opening: { zh: '开标', en: 'Opening' },
  evaluation: { zh: '评标', en: 'Evaluation' },
};

const list = z
  .union([z.array(z.string()), z.string()])
  .transform((given) =>
    (typeof given === 'string' ? given.split(/[,，、;；]/) : given).map((each) => each.trim()).filter((each) => each !== ''),
  )
  .pipe(z.array(z.string().max(60)).max(40));

export const venueFields = z.object({
  name: z.string().trim().min(2).max(100),
  kind: z.enum(venueKinds),
  /** whether it is a room on the network only */
  virtual: z.preprocess((given) => given === true || given === 'true' || given === 'on' || given === '1', z.boolean()).optional(),
  /** street address, or the address of the virtual room */
  address: z.string().trim().min(2).max(300),
  seats: z.coerce.number().int().min(0).max(5000),
  /** displays and devices: 大屏, 高拍仪, 隔夜评标床位 … */
  devices: list.optional(),
});

export const bookingFields = z.object({
  venue: idField,
  lot: idField,
  purpose: z.enum(bookingPurposes),
  from: instantField,
  until: instantField,
});

export interface BookingFacts {
  readonly purpose: BookingPurpose;
  readonly kind: VenueKind;
  readonly from: Instant;
  readonly until: Instant;
  readonly now: Instant;
  /** when the lot's bids are opened; null while it has no deadline */
  readonly opensAt: Instant | null;
}

/** No place is held for longer than this at once, in milliseconds. */
const longest = 14 * 24 * 3_600_000;
const span = (from: Instant, until: Instant): number => Date.parse(until) - Date.parse(from);

/** What a booking must be; that no two overlap is the database's to say. */
export const bookingRules: readonly Rule<BookingFacts>[] = [
  rule({
    id: 'VEN-1',
    acts: ['book-venue'],
    source: cite(platformRule),
    says: {
      zh: '场地预订须在将来，结束晚于开始，一次不超过14日。',
      en: 'A place is booked for a time to come, of at most 14 days, that ends after it begins.',
    },
    problem: bookingOutside,
    refuses: ({ from, until, now }) => {
      if (span(from, until) <= 0 || span(from, until) > longest) return { field: 'until' };
      return until <= now ? { field: 'until' } : false;
    },
  }),
  rule({
    id: 'VEN-2',
    acts: ['book-venue'],
    source: cite(platformRule),
    says: {
      zh: '开标在开标厅，评标在评标室。',
      en: 'An opening takes place in a hall, an evaluation in a room of its own.',
    },
    problem: bookingUnfit,
    refuses: ({ purpose, kind }) => ((purpose === 'opening') === (kind === 'hall') ? false : { field: 'venue' }),
  }),
  rule({
    id: 'VEN-3',
    acts: ['book-venue'],
    source: cite(platformRule),
    says: {
      zh: '开标厅的预订须包含开标时间。',
      en: 'A hall is booked for a time in which the opening lies.',
    },
    problem: bookingOutside,
    refuses: ({ purpose, from, until, opensAt }) => {
      if (purpose !== 'opening') return false;
      if (opensAt === null) return { field: 'lot' };
      return from <= opensAt && opensAt < until ? false : { field: 'from' };
    },
  }),
];
