/** The figures of the people's room. The rulebook stands to the right of it, so the house hands them over when it is put together. */
export interface PeopleFigures {
  /** a session ends this long after it was opened, on the machine's own clock */
  readonly sessionHours: number;
  /** and this long after its last request */
  readonly idleMinutes: number;
  /** so many failures to sign in … */
  readonly triesAllowed: number;
  /** … within so many minutes, and further tries are refused unread */
  readonly triesWithinMinutes: number;
  readonly certificateYears: number;
  /** how long the old certificate still signs after it was renewed */
  readonly overlapDays: number;
  /** a certificate this close to its end should be renewed */
  readonly renewalDays: number;
  /** a revocation list is good for so long */
  readonly listHours: number;
}

let present: PeopleFigures = {
  sessionHours: 12,
  idleMinutes: 60,
  triesAllowed: 10,
  triesWithinMinutes: 5,
  certificateYears: 1,
  overlapDays: 7,
  renewalDays: 30,
  listHours: 24,
};

/** Sets the figures that hold from now on; throws for one that is no positive whole number. */
export function usePeopleFigures(given: PeopleFigures): void {
  for (const [name, value] of Object.entries(given)) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} cannot be ${value}`);
  }
  present = given;
}

export const figures = (): PeopleFigures => present;
