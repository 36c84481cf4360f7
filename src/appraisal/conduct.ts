import type { Words } from '../kernel/words.ts';
import { addDays, addMonths, type DayString } from '../kernel/working-days.ts';
import { sentence } from '../rulebook/parameter.ts';
import { parameter, parameterInForce } from '../rulebook/parameters.ts';

/** Conduct points: what weighs how much stands in the rulebook (parameters/conduct.ts), dated; here is what follows from it. */
export const conductCodes = [
  'contact',
  'secret',
  'recusal',
  'agreed',
  'inclined',
  'recording',
  'standard',
  'left',
  'absent',
  'careless',
] as const;
export type ConductCode = (typeof conductCodes)[number];

/** For these the opinion is void and no fee is paid (MoF Order 87 art. 62). */
export const unpaid: readonly string[] = ['contact', 'secret', 'recusal', 'agreed', 'inclined', 'left', 'absent'];

export const pointsOf = (code: ConductCode, on: DayString): number => parameter(`conduct.${code}`, on);
export function conductWords(code: ConductCode, on: DayString): { readonly says: Words; readonly source: Words } {
  const row = parameterInForce(`conduct.${code}`, on);
  return { says: sentence(row), source: row.source };
}

/** The last day on which an entry counts. */
export const countsUntil = (entered: DayString): DayString => addDays(addMonths(entered, parameter('conduct.term', entered)), -1);

export const entryStates = ['standing', 'objected', 'upheld', 'struck'] as const;
export type EntryState = (typeof entryStates)[number];

export interface Entered {
  readonly points: number;
  readonly state: EntryState;
  readonly until: string;
}

/** Points that count on a day: those that were struck, or are past their term, do not. */
export const pointsOn = (entries: readonly Entered[], on: DayString): number =>
  entries.filter(({ state, until }) => state !== 'struck' && until >= on).reduce((sum, { points }) => sum + points, 0);

export const consequences = ['none', 'warning', 'suspension', 'removal'] as const;
export type Consequence = (typeof consequences)[number];

/** What so many points lead to, by the rows of a day. */
export function consequenceOf(points: number, on: DayString): Consequence {
  if (points >= parameter('conduct.removal', on)) return 'removal';
  if (points >= parameter('conduct.suspension', on)) return 'suspension';
  return points >= parameter('conduct.warning', on) ? 'warning' : 'none';
}

export const consequenceWords: Readonly<Record<Consequence, Words>> = {
  none: { zh: '记分', en: 'points only' },
  warning: { zh: '书面警示', en: 'written warning' },
  suspension: { zh: '暂停参加评标', en: 'suspension' },
  removal: { zh: '调整出库', en: 'removal from the pool' },
};
