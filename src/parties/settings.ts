/** How long a session lasts on the machine's own clock, in minutes, unless `useSessionMinutes` says otherwise: one working day. */
let minutes = 12 * 60;

/** Sets how long sessions last from now on; main takes it from the parameters. */
export function useSessionMinutes(given: number): void {
  if (!Number.isInteger(given) || given < 1) throw new RangeError(`a session cannot last ${given} minutes`);
  minutes = given;
}

export const sessionMinutes = (): number => minutes;
