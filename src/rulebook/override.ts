import type { DayString } from '../kernel/working-days.ts';
import type { LocalFigure } from './ground.ts';
import { regionPath } from './regions.ts';

/** A figure set by an administrator for a line, a region or both, from a day that lay ahead when it was set. */
export interface Override extends Omit<LocalFigure, 'inForceFrom'> {
  readonly inForceFrom: DayString;
  /** first day on which it no longer holds; null while nobody has ended it */
  readonly inForceTo: DayString | null;
}

/** What a lot is asked about: the id of its line and the code of its region. */
export interface Jurisdiction {
  readonly line: string;
  readonly region: string;
}

const holdsOn = (each: Override, on: DayString): boolean => each.inForceFrom <= on && (each.inForceTo === null || on < each.inForceTo);
const binds = (each: Override, { line, region }: Jurisdiction): boolean =>
  (each.line === null || each.line === line) &&
  (each.region === null || each.region === region || regionPath(region).some(({ code }) => code === each.region));

/** How deep in the tree of regions: everywhere, province, prefecture, county. */
const depth = (each: Override): number => (each.region === null ? 0 : regionPath(each.region).length);

/** Which goes before: the narrower region; in the same region the one for the line; of the same two the one in force later. */
function goesBefore(a: Override, b: Override): number {
  if (depth(a) !== depth(b)) return depth(b) - depth(a);
  if ((a.line === null) !== (b.line === null)) return a.line === null ? 1 : -1;
  if (a.inForceFrom !== b.inForceFrom) return a.inForceFrom < b.inForceFrom ? 1 : -1;
  return a.override < b.override ? 1 : -1;
}

/**
 * What has been set for a jurisdiction on a day, one for each figure, by key. An override for a region binds every region below it.
 * Pure, and settled for good once the day has come: an override is set and ended for later days only.
 */
export function localFigures(overrides: readonly Override[], where: Jurisdiction, on: DayString): readonly LocalFigure[] {
  const binding = overrides.filter((each) => holdsOn(each, on) && binds(each, where)).sort(goesBefore);
  const first = new Map<string, LocalFigure>();
  for (const { inForceTo: _, ...each } of binding) if (!first.has(each.key)) first.set(each.key, each);
  return [...first.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
