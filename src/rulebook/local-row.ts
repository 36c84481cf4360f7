import type { Words } from '../kernel/words.ts';
import type { LocalFigure } from './ground.ts';
import { liesBetween, type Parameter } from './parameter.ts';
import { regionTree } from './regions.ts';

/** Where an override holds, in words: a region, or everywhere. */
export const placeOf = (region: string | null): Words =>
  region === null ? { zh: '全部地区', en: 'everywhere' } : (regionTree.get(region)?.name ?? { zh: region, en: region });

/**
 * A row of the law as it stands where something has been set locally. What has been set holds only as far as the row itself allows:
 * when the law has become stricter since, the law's own figure holds.
 */
export function localRow(row: Parameter, local: readonly LocalFigure[]): Parameter {
  const set = local.find((each) => each.key === row.key);
  if (set === undefined || !allowedBy(row, set.value)) return row;
  const place = placeOf(set.region);
  return {
    ...row,
    value: set.value,
    source: {
      zh: `${row.source.zh}；地方规定（${place.zh}，${set.inForceFrom}起）：${set.reason}`,
      en: `${row.source.en}; set locally (${place.en}, from ${set.inForceFrom}): ${set.reason}`,
    },
  };
}

/** May this row be set to this value: is it one that may be set at all, and does the value keep its bounds? */
export function allowedBy({ range, unit }: Parameter, value: string): boolean {
  if (range === null) return false;
  try {
    return liesBetween(unit, value, range.least, range.most);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
