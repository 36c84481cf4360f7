import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instant } from '../../src/kernel/clock.ts';
import { later } from '../../src/kernel/clock.ts';
import { dayOf } from '../../src/kernel/working-days.ts';
import { bookVenue } from '../../src/openings/book-venue.ts';
import { closeVenue } from '../../src/openings/close-venue.ts';
import { registerVenue } from '../../src/openings/register-venue.ts';
import { releaseBooking } from '../../src/openings/release-booking.ts';
import { publishAddendum } from '../../src/tenders/publish-addendum.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { eventsSeenBy, pageOf, refusal, regulatorOf, sendForm } from '../awards/scene.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { publishedLot } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let regulator: Person;
let lot: string;
let deadline: Instant;
let hall: string;
let room: string;
const hour = 3_600_000;

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 1 });
  regulator = await regulatorOf(town, '420500');
  ({ lot } = await publishedLot(town));
  deadline = (await house.em().findOneOrFail(Lot, { id: lot })).deadline as Instant;
  hall = await register({ name: '第一开标厅', kind: 'hall', devices: ['大屏', '高拍仪'] });
  room = await register({ name: '第三评标室', kind: 'room', devices: '监控，隔夜评标床位' });
}, 120_000);
afterAll(() => house.close());

async function register(more: object): Promise<string> {
  const { result } = await house.perform(registerVenue, town.centre.actor, { address: '宜昌市民中心 3 楼', seats: 40, ...more });
  return result.venue;
}
const book = (more: object) =>
  house
    .perform(bookVenue, town.centre.actor, {
      venue: hall,
      lot,
      purpose: 'opening',
      from: later(deadline, -hour),
      until: later(deadline, 2 * hour),
      ...more,
    })
    .then(({ result }) => result.booking);
const release = (booking: string) => house.perform(releaseBooking, town.centre.actor, { booking, reason: '改期' });
interface Seen {
  readonly venues: readonly {
    readonly id: string;
    readonly devices: readonly string[];
    readonly bookings: readonly { id: string; fits: boolean }[];
  }[];
}
const calendar = async (who: Person | null): Promise<Seen> => {
  const answer = await house.api(who ? await who.token() : undefined).get(`/venues?from=${dayOf(deadline)}`);
  return answer.body as Seen;
};
const bookingsIn = async (who: Person | null, venue: string): Promise<number> =>
  (await calendar(who)).venues.find(({ id }) => id === venue)?.bookings.length ?? -1;

describe('The centre books places; nobody else does', () => {
  it('an agent, a bidder, the regulator are refused', async () => {
    for (const { actor } of [town.agent, town.bidders[0] as Person, regulator])
      expect(
        await refusal(house.perform(bookVenue, actor, { venue: hall, lot, purpose: 'opening', from: deadline, until: deadline })),
      ).toBe('not-permitted');
  });
  it('displays and devices are kept as they were named', async () => {
    const { venues } = await calendar(town.centre);
    expect(venues.map(({ devices }) => devices)).toEqual([
      ['大屏', '高拍仪'],
      ['监控', '隔夜评标床位'],
    ]);
  });
});

describe('What a booking must be', () => {
  it('VEN-1: it ends after it begins, is still to come, and lasts at most fourteen days', async () => {
    expect(await refusal(book({ purpose: 'evaluation', venue: room, from: deadline, until: deadline }))).toBe('booking-outside VEN-1');
    expect(await refusal(book({ purpose: 'evaluation', venue: room, until: later(deadline, -hour + 14 * 24 * hour + 1) }))).toBe(
      'booking-outside VEN-1',
    );
    const past = later(deadline, -40 * 24 * hour);
    expect(await refusal(book({ purpose: 'evaluation', venue: room, from: past, until: later(past, hour) }))).toBe('booking-outside VEN-1');
    const longest = await book({ purpose: 'evaluation', venue: room, until: later(deadline, -hour + 14 * 24 * hour) });
    await release(longest);
  });
  it('VEN-2: openings in halls, evaluations in rooms', async () => {
    expect(await refusal(book({ venue: room }))).toBe('booking-unfit VEN-2');
    expect(await refusal(book({ purpose: 'evaluation' }))).toBe('booking-unfit VEN-2');
  });
  it('VEN-3: the opening lies in it, from its first moment to before its last', async () => {
    expect(await refusal(book({ from: later(deadline, 1) }))).toBe('booking-outside VEN-3');
    expect(await refusal(book({ until: deadline }))).toBe('booking-outside VEN-3');
    await release(await book({ from: deadline, until: later(deadline, 1) }));
  });
});

describe('No place is booked twice for a moment', () => {
  it('of ten who book at once one gets it; the database says so', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => book({})));
    const got = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(got).toHaveLength(1);
    const refused = await Promise.all(tries.flatMap((each) => (each.status === 'rejected' ? [refusal(Promise.reject(each.reason))] : [])));
    expect(new Set(refused)).toEqual(new Set(['venue-taken']));
    await release(got[0] as string);
  }, 60_000);
  it('one may begin where another ends, not a millisecond before; what was given back is free', async () => {
    const first = await book({ purpose: 'evaluation', venue: room, from: deadline, until: later(deadline, hour) });
    expect(
      await refusal(book({ purpose: 'evaluation', venue: room, from: later(deadline, hour - 1), until: later(deadline, 2 * hour) })),
    ).toBe('venue-taken');
    const next = await book({ purpose: 'evaluation', venue: room, from: later(deadline, hour), until: later(deadline, 2 * hour) });
    await release(first);
    const again = await book({ purpose: 'evaluation', venue: room, from: deadline, until: later(deadline, hour) });
    expect(await refusal(release(first))).toBe('not-found');
    for (const booking of [next, again]) await release(booking);
  });
  it('a place that is booked is not taken out of use; one that is free leaves the calendar', async () => {
    const spare = await register({ name: '备用厅', kind: 'hall' });
    const booking = await book({ venue: spare });
    expect(await refusal(house.perform(closeVenue, town.centre.actor, { venue: spare }))).toBe('venue-still-booked');
    await release(booking);
    await house.perform(closeVenue, town.centre.actor, { venue: spare });
    expect((await calendar(town.centre)).venues.some(({ id }) => id === spare)).toBe(false);
    expect(await refusal(book({ venue: spare }))).toBe('not-found');
  });
});

describe('Who sees where', () => {
  it('everybody sees the hall, on the calendar and in the hall itself; the evaluation room only those concerned', async () => {
    await book({});
    await book({ purpose: 'evaluation', venue: room, from: later(deadline, 3 * hour), until: later(deadline, 9 * hour) });
    for (const who of [null, town.bidders[0] as Person, town.stranger, await regulatorOf(town, '420100')]) {
      expect([await bookingsIn(who, hall), await bookingsIn(who, room)]).toEqual([1, -1]);
      const page = (await pageOf(house, who, `/venues?from=${dayOf(deadline)}`)).text;
      expect(page).not.toContain('第三评标室');
      expect((await pageOf(house, who, `/lots/${lot}/hall`)).text).toContain('第一开标厅');
      expect(await eventsSeenBy(house, who ?? town.stranger, lot, 'room.booked')).toEqual([]);
    }
    for (const who of [town.centre, town.agent, town.tenderee, regulator])
      expect([await bookingsIn(who, hall), await bookingsIn(who, room)]).toEqual([1, 1]);
    expect((await eventsSeenBy(house, regulator, lot, 'room.booked')).length).toBeGreaterThan(0);
  });
  it('the forms of the page work: booking, refusal beside the field, giving back', async () => {
    const { venues } = await calendar(town.centre);
    const booked = venues.find(({ id }) => id === hall)?.bookings[0]?.id ?? '';
    const again = await sendForm(house, town.centre, '/bookings', {
      venue: hall,
      lot,
      purpose: 'opening',
      from: later(deadline, -hour),
      until: later(deadline, hour),
    });
    expect([again.status, again.text.includes('该时段场地已被预订')]).toEqual([409, true]);
    const given = await sendForm(house, town.centre, '/releases', { booking: booked, reason: '改用二号厅' });
    expect([given.status, given.headers.location]).toEqual([303, '/venues']);
    expect(await bookingsIn(null, hall)).toBe(0);
  });
  it('a hall whose opening was moved away says so', async () => {
    await book({});
    const text = '开标时间推迟四小时';
    await house.perform(publishAddendum, town.agent.actor, { lot, text, affectsPreparation: false, deadline: later(deadline, 4 * hour) });
    const { venues } = await calendar(town.centre);
    expect(venues.find(({ id }) => id === hall)?.bookings.map(({ fits }) => fits)).toEqual([false]);
    expect((await pageOf(house, town.centre, `/venues?from=${dayOf(deadline)}`)).text).toContain('与开标时间不符');
    // asked by somebody signed in: the page that all others share may be a moment old
    expect((await pageOf(house, town.stranger, `/lots/${lot}/hall`)).text).not.toContain('第一开标厅');
  });
});
