import type { Words } from '../kernel/words.ts';
import type { DayString } from '../kernel/working-days.ts';
import type { Ground } from './ground.ts';
import { localRow } from './local-row.ts';
import { type Parameter, type Range, type TimeUnit, typedValue, type Unit, type Value } from './parameter.ts';
import { annualParameters } from './parameters/annual-review.ts';
import { archiveParameters } from './parameters/archives.ts';
import { conductParameters } from './parameters/conduct.ts';
import { contractParameters } from './parameters/contracts.ts';
import { expertParameters } from './parameters/experts.ts';
import { intakeParameters } from './parameters/intake.ts';
import { platformParameters } from './parameters/platform.ts';
import { procurementParameters } from './parameters/procurement.ts';
import { procurementFrameworkParameters } from './parameters/procurement-frameworks.ts';
import { invitationParameters } from './parameters/procurement-invitations.ts';
import { procurementMethodParameters } from './parameters/procurement-methods.ts';
import { procurementRoundParameters } from './parameters/procurement-rounds.ts';
import { securityParameters } from './parameters/securities.ts';
import { tenderingParameters } from './parameters/tendering.ts';

/** Every figure the platform applies. A line of trade adds its own table here; code never holds a number of the law. */
export const parameters = [
  ...tenderingParameters,
  ...procurementParameters,
  ...procurementMethodParameters,
  ...invitationParameters,
  ...procurementRoundParameters,
  ...procurementFrameworkParameters,
  ...platformParameters,
  ...expertParameters,
  ...conductParameters,
  ...annualParameters,
  ...intakeParameters,
  ...securityParameters,
  ...archiveParameters,
  ...contractParameters,
] as const;

type Row = (typeof parameters)[number];
export type ParameterKey = Row['key'];
/** The unit a key is declared with. */
export type UnitOf<K extends ParameterKey> = Extract<Row, { readonly key: K }>['unit'];
/** The keys whose unit is one of these. */
export type KeyOf<U extends Unit> = Extract<Row, { readonly unit: U }>['key'];
/** Keys that are periods: days, working days, minutes … */
export type PeriodKey = KeyOf<TimeUnit>;

/** The keys an administrator may set for a line or a region. */
export type LocalKey = Extract<Row, { readonly range: Range }>['key'];

export const localKeys: readonly LocalKey[] = [
  ...new Set(parameters.flatMap((row) => (row.range === null ? [] : [row.key as LocalKey]))),
].sort();
/** The keys that stand the same everywhere. */
export type UniformKey = Exclude<ParameterKey, LocalKey>;
export type UniformKeyOf<U extends Unit> = Exclude<KeyOf<U>, LocalKey>;
/** The day whose law applies: the day of publication for what a tender pins, else the day of the act. */
export type Dated = Pick<Ground, 'on'>;
/** What facts carry for a figure to be judged by: the day, and for one that may be set locally also what has been set. */
export type GroundFor<K extends ParameterKey> = [K] extends [UniformKey] ? Dated : Ground;
/** What a figure is asked by. The compiler lets nobody forget the place where it matters. */
export type Asked<K extends ParameterKey> = [K] extends [UniformKey] ? DayString | Dated : Ground;

/** The row in force by this ground. Throws RangeError when the rulebook has none: an act without its figure must not go on. */
export function parameterInForce<K extends ParameterKey>(key: K, asked: Asked<K>): Parameter<K, UnitOf<K>> {
  const ground: Dated & Partial<Ground> = typeof asked === 'string' ? { on: asked } : asked;
  const row = rowOn(key, ground.on);
  if (row === undefined) throw new RangeError(`no '${key}' is in force on ${ground.on}`);
  return localRow(row, ground.local ?? []) as Parameter<K, UnitOf<K>>;
}

/** The law's own row of a day, whatever has been set locally; undefined when there is none. */
export const rowOn = (key: string, on: DayString): Parameter | undefined =>
  (parameters as readonly Parameter[]).find(
    (each) => each.key === key && each.inForceFrom <= on && (each.inForceTo === null || on < each.inForceTo),
  );

/** The figure in force: days and counts as numbers, ratios as exact fractions, yuan as fen, texts as they are. */
export function parameter<K extends ParameterKey>(key: K, asked: Asked<K>): Value<UnitOf<K>> {
  return typedValue<UnitOf<K>>(parameterInForce(key, asked));
}

/** A period in force, with its unit (DAY-8). */
export function period<K extends PeriodKey>(key: K, asked: Asked<K>): { readonly count: number; readonly unit: TimeUnit } {
  const row = parameterInForce(key, asked) as Parameter<string, TimeUnit>;
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

/** What figures are about, by the first part of their key. */
export const figureGroups: Readonly<Record<string, Words>> = {
  annual: { zh: '专家年度考评', en: 'Annual review of experts' },
  archive: { zh: '归档与保管', en: 'Archives and keeping' },
  bias: { zh: '评分倾向分析', en: 'Leanings of scores' },
  bid: { zh: '递交投标文件', en: 'Handing in a bid' },
  con: { zh: '工程建设招标投标', en: 'Construction tendering' },
  conduct: { zh: '专家行为记分', en: 'Conduct points of experts' },
  contract: { zh: '合同履行', en: 'Performance of contracts' },
  fee: { zh: '评标劳务报酬', en: 'Fees of evaluation' },
  intake: { zh: '收件中断与顺延', en: 'Outages of the intake' },
  op: { zh: '平台运行', en: 'How the platform runs' },
  pool: { zh: '评标专家入库', en: 'Admission of experts' },
  proc: { zh: '政府采购', en: 'Government procurement' },
  security: { zh: '投标保证金存管', en: 'Bid securities on account' },
};
