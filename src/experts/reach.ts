import type { Words } from '../kernel/words.ts';
import type { DayString } from '../kernel/working-days.ts';

/**
 * How far the experts of a seat are looked for (rule XD-7). A draw begins at the first rung of its day; only where fewer than the rule XD-15 asks may be drawn,
 * and the host accepts it on record, a seat goes on to the next, rung by rung, and never further than it must. Nobody picks a rung.
 */
export const rungs = ['city', 'province', 'neighbours', 'elsewhere'] as const;
export type Rung = (typeof rungs)[number];

export const rungNames: Readonly<Record<Rung, Words>> = {
  city: { zh: '本市、本专业', en: 'this specialty in the city' },
  province: { zh: '全省、本专业', en: 'this specialty in the province' },
  neighbours: { zh: '全省、相邻专业', en: 'neighbouring specialties in the province' },
  elsewhere: { zh: '外省、相邻专业', en: 'neighbouring specialties, other provinces too' },
};

export interface Reach {
  readonly rung: Rung;
  /** codes; whoever holds one of them, or something below it in the tree */
  readonly specialties: readonly string[];
  /** how the expert's region begins; empty for everywhere */
  readonly region: string;
}

interface Neighbours {
  readonly from: DayString;
  readonly of: Readonly<Record<string, readonly string[]>>;
}

/** Which categories of the classification can judge for which, by the day from which it is declared (a rule of the platform, certainty D), newest first. */
export const declaredNeighbours: readonly Neighbours[] = [
  {
    from: '2025-01-01' as DayString,
    of: {
      A01: ['A02', 'A04'],
      A02: ['A01', 'A06'],
      A03: ['A04'],
      A04: ['A01', 'A03'],
      A05: ['A07', 'A08'],
      A06: ['A02', 'A07'],
      A07: ['A05', 'A06', 'A10'],
      A08: ['A05', 'A07', 'A10'],
      A09: ['A08'],
      A10: ['A07', 'A08'],
    },
  },
];

/** A specialty with its neighbours: below a category its parent, which takes in its siblings; a category with those declared beside it. */
function withNeighbours(specialty: string, on: DayString): readonly string[] {
  if (specialty.length > 3) return [specialty.slice(0, -2)];
  const declared = declaredNeighbours.find(({ from }) => from <= on)?.of[specialty] ?? [];
  return [specialty, ...declared];
}

/** Where a rung looks, for a seat of a lot that lies in `region`. */
export function reachOf(specialty: string, region: string, rung: Rung, on: DayString): Reach {
  const wide = rung === 'neighbours' || rung === 'elsewhere';
  const specialties = wide ? withNeighbours(specialty, on) : [specialty];
  return { rung, specialties, region: rung === 'elsewhere' ? '' : region.slice(0, rung === 'city' ? 4 : 2) };
}

/** Is this where a rung reaches, on the day of its draw? Of the region a draw can show the width only. */
export function fitsRung(
  specialty: string,
  reach: { readonly rung: string; readonly specialties: readonly string[]; readonly region: string },
  on: DayString,
): boolean {
  const rung = rungs.find((each) => each === reach.rung);
  if (rung === undefined) return false;
  const due = reachOf(specialty, reach.region.padEnd(6, '0'), rung, on);
  return due.region === reach.region && due.specialties.join() === reach.specialties.join();
}
