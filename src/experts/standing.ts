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
