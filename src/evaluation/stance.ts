/** How a member stands to a result: signed it, refused with written reasons, or said nothing until the end of its time (art. 53 of the Regulation). */
export type Stance = 'signed' | 'refused' | 'deemed';

/** A result that half of the panel or more refuses is nobody's: more than half must stand behind it. */
export const isWithdrawn = (refused: number, members: number): boolean => refused * 2 >= members;

/** Does a result stand with these words? Every seat has given one or is silent at its end, and more than half of them have signed. */
export function standsWith(seats: readonly string[], words: ReadonlyMap<string, Stance>): boolean {
  const given = seats.map((seat) => words.get(seat));
  const signed = given.filter((stance) => stance === 'signed').length;
  return given.every((stance) => stance !== undefined) && signed * 2 > seats.length;
}
