import type { DayString } from '../kernel/working-days.ts';
import { type Parameter, type TimeUnit, typedValue, type Unit, type Value } from './parameter.ts';
import { conductParameters } from './parameters/conduct.ts';
import { expertParameters } from './parameters/experts.ts';
import { intakeParameters } from './parameters/intake.ts';
import { penaltyParameters } from './parameters/penalties.ts';
import { platformParameters } from './parameters/platform.ts';
import { recordParameters } from './parameters/records.ts';
import { tenderingParameters } from './parameters/tendering.ts';

/** Every figure the platform applies. A line of trade adds its own table here; code never holds a number of the law. */
export const parameters = [
  ...tenderingParameters,
  ...penaltyParameters,
  ...platformParameters,
  ...recordParameters,
  ...expertParameters,
  ...conductParameters,
  ...intakeParameters,
] as const;

type Row = (typeof parameters)[number];
export type ParameterKey = Row['key'];
/** The unit a key is declared with. */
export type UnitOf<K extends ParameterKey> = Extract<Row, { readonly key: K }>['unit'];
/** The keys whose unit is one of these. */
export type KeyOf<U extends Unit> = Extract<Row, { readonly unit: U }>['key'];
/** Keys that are periods: days, working days, minutes … */
export type PeriodKey = KeyOf<TimeUnit>;

/** The row in force on a day. Throws RangeError when the rulebook has none: an act without its figure must not go on. */
export function parameterInForce<K extends ParameterKey>(key: K, on: DayString): Parameter<K, UnitOf<K>> {
  const row = (parameters as readonly Parameter[]).find(
    (each) => each.key === key && each.inForceFrom <= on && (each.inForceTo === null || on < each.inForceTo),
  );
  if (row === undefined) throw new RangeError(`no '${key}' is in force on ${on}`);
  return row as Parameter<K, UnitOf<K>>;
}

/** The figure in force on a day: days and counts as numbers, ratios as exact fractions, yuan as fen, texts as they are. */
export function parameter<K extends ParameterKey>(key: K, on: DayString): Value<UnitOf<K>> {
  return typedValue<UnitOf<K>>(parameterInForce(key, on));
}

/** A period in force on a day, with its unit (DAY-8). */
export function period(key: PeriodKey, on: DayString): { readonly count: number; readonly unit: TimeUnit } {
  const row = parameterInForce(key, on) as Parameter<PeriodKey, TimeUnit>;
  return { count: Number(typedValue<TimeUnit>(row)), unit: row.unit };
}

/** The newest row of a key, for pages and printed rules that speak of no particular day. */
export function newestParameter<K extends ParameterKey>(key: K): Parameter<K, UnitOf<K>> {
  const [newest] = (parameters as readonly Parameter[])
    .filter((each) => each.key === key)
    .sort((a, b) => (a.inForceFrom > b.inForceFrom ? -1 : 1));
  if (newest === undefined) throw new RangeError(`the rulebook has no '${key}'`);
  return newest as Parameter<K, UnitOf<K>>;
}
