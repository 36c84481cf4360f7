import type { Certificate } from '../sealing/certificate.ts';

/** A time-stamping authority besides our own: where it is asked, and what its stamps must lead to. */
export interface TimestampService {
  readonly url: string;
  readonly anchors: readonly Certificate[];
  /** it is asked once in so many milliseconds, whether or not a bid has come */
  readonly every: number;
  /** the anchors as PEM, for bundles */
  readonly pem: string;
}

let present: TimestampService | null = null;

/** Gives this process an external time-stamping authority, or takes it away. */
export function useTimestampService(service: TimestampService | null): void {
  present = service;
}

/** The external time-stamping authority of this process; null where none is configured. */
export const timestampService = (): TimestampService | null => present;
