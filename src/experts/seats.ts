import type { Words } from '../kernel/words.ts';
import type { LotTerms } from '../tenders/lot.ts';
import { specialtyTitle } from './classification.ts';
import type { DrawSeat } from './schema.ts';

/** Seats of one specialty, as a draw asks for them. */
export interface Seat {
  readonly specialty: string;
  readonly count: number;
  readonly reserve: number;
}

export const seatsOf = (terms: LotTerms): readonly Seat[] =>
  terms.panel.seats.map(({ specialty, count, reserve }) => ({ specialty, count, reserve }));

/** Seats for which nobody sits and nobody is being called: whoever declines is followed by the next at once, as long as there is one. */
export const missingSeats = (terms: LotTerms, drawn: readonly Pick<DrawSeat, 'specialty' | 'state'>[]): readonly Seat[] =>
  seatsOf(terms)
    .map(({ specialty, count, reserve }) => {
      const held = drawn.filter((seat) => seat.specialty === specialty && (seat.state === 'accepted' || seat.state === 'called')).length;
      return { specialty, count: count - held, reserve };
    })
    .filter(({ count }) => count > 0);

/** A specialty as the notice names it; by the classification, or its code, where the notice does not. */
export const titleIn = (terms: LotTerms, code: string): Words =>
  terms.panel.seats.find((seat) => seat.specialty === code)?.title ?? specialtyTitle(code);
