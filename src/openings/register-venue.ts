import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { Venue } from './schema.ts';
import { venueFields } from './venue.ts';

/** Adds an opening hall or an evaluation room, real or virtual, to the calendar, with its displays and devices. */
export const registerVenue = act({
  name: 'register-venue',
  by: ['centre', 'system'],
  says: { zh: '登记场地', en: 'Register a hall or room' },
  takes: venueFields,
  async run({ em, now }, { name, kind, virtual, address, seats, devices }) {
    const id = newId(now);
    const what = { name, kind, virtual: virtual ?? false, address, seats, devices: devices ?? [] };
    em.create(Venue, { id, ...what, registeredAt: now, closedAt: null });
    return { result: { venue: id }, facts: [fact('venue.registered', {}, { venue: id, ...what })] };
  },
});
