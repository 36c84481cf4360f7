/** A moment, as RFC 3339 UTC with milliseconds and `Z` (protocol §0). Text order is time order. */
export type Instant = string & { readonly __instant: never };

/** Reads a moment from text; undefined when it is not RFC 3339. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : (at.toISOString() as Instant);
}

export const instantOf = (date: Date): Instant => date.toISOString() as Instant;
export const dateOf = (at: Instant): Date => new Date(at);
export const millisecondsBetween = (from: Instant, to: Instant): number => dateOf(to).getTime() - dateOf(from).getTime();
export const later = (at: Instant, milliseconds: number): Instant => instantOf(new Date(dateOf(at).getTime() + milliseconds));

/** Half-open: the start is inside, the end is outside. */
export interface Period {
  readonly start: Instant;
  readonly end: Instant;
}
export const within = (at: Instant, period: Period): boolean => period.start <= at && at < period.end;

/** The operating system's clock: only for measuring and for programs that own no database (custodian, witness). */
export const systemClock = (): Instant => instantOf(new Date());
