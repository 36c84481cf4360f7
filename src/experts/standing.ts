import type { DayString } from '../kernel/working-days.ts';

export const statuses = ['normal', 'suspended', 'left', 'removed'] as const;
export type Status = (typeof statuses)[number];

/** What a record says of an expert's standing. */
export interface Standing {
  readonly status: string;
  readonly suspendedUntil?: string | null | undefined;
}

/** The standing on a day (XP-7): a suspension counts up to its last day, that day included, and then ends by itself. */
export function standingOn({ status, suspendedUntil }: Standing, on: DayString): string {
  return status === 'suspended' && suspendedUntil && suspendedUntil < on ? 'normal' : status;
}

/**
 * What a standing may become by the regulator's word. Removal is for ever; whoever left comes back by applying, not by being restored; a suspension
 * may be given another end.
 */
const changes: Readonly<Record<Status, readonly Status[]>> = {
  normal: ['suspended', 'left', 'removed'],
  suspended: ['normal', 'suspended', 'left', 'removed'],
  left: ['removed'],
  removed: [],
};
export const mayBecome = (present: string, wanted: Status): boolean => (changes[present as Status] ?? []).includes(wanted);
