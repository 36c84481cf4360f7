import { Fraction } from '../kernel/fraction.ts';

/** How many of a panel carry what. Pure, in whole numbers: a third of seven is not 2.33 people. */

/** More than a share of the members: with one third, two of five (Regulation art. 48). */
export const moreThan =
  (share: Fraction) =>
  (votes: number, members: number): boolean =>
    Fraction.of(votes).isAbove(share.times(Fraction.of(members)));

/** More than half of the members. */
export const isMajority = (votes: number, members: number): boolean => votes * 2 > members;

/** The fewest votes that carry: for saying how many are needed. */
export const leastOf = (carries: (votes: number, members: number) => boolean, members: number): number => {
  let votes = 0;
  while (votes < members && !carries(votes, members)) votes += 1;
  return votes;
};
