import { Fraction } from '../kernel/fraction.ts';
import { type Fen, parseYuan, withSeparators } from '../kernel/money.ts';
import type { Certainty } from '../kernel/rule.ts';
import { fill, type Words } from '../kernel/words.ts';
import type { DayString, Span } from '../kernel/working-days.ts';
import { cite, type Law } from './law.ts';

export const certainties = {
  V: { zh: '已核对原文', en: 'checked against the text itself' },
  V2: { zh: '已核对二手文本', en: 'checked against a secondary text' },
  M: { zh: '凭记忆，待核对，可配置', en: 'from memory, to be checked; configurable' },
  'M-': { zh: '凭记忆且不确定，可配置', en: 'from memory and unsure; configurable' },
  D: { zh: '平台设计决定，可配置', en: 'decided by this platform; configurable' },
} as const satisfies Record<Certainty, Words>;

export const units = {
  minute: { zh: '分钟', en: 'minutes' },
  hour: { zh: '小时', en: 'hours' },
  day: { zh: '日', en: 'days' },
  workday: { zh: '个工作日', en: 'working days' },
  month: { zh: '个月', en: 'months' },
  year: { zh: '年', en: 'years' },
  count: { zh: '', en: '' },
  ratio: { zh: '', en: '' },
  yuan: { zh: '元', en: 'yuan' },
  text: { zh: '', en: '' },
} as const satisfies Record<string, Words>;
export type Unit = keyof typeof units;
export type TimeUnit = Span['unit'];

/** Between which values an administrator may set a figure for a line or a region, both included, and why no further. */
export interface Range {
  readonly least: string;
  readonly most: string;
  readonly why: Words;
}

/** One dated row: a figure, where it comes from, how sure it is, from when to when it holds, and what it does. */
export interface Parameter<Key extends string = string, U extends Unit = Unit, R extends Range | null = Range | null> {
  readonly key: Key;
  /** decimal text; a ratio may be a fraction (`2/3`), a text stands for itself */
  readonly value: string;
  readonly unit: U;
  readonly source: Words;
  readonly certainty: Certainty;
  readonly inForceFrom: DayString;
  /** first day on which it no longer holds */
  readonly inForceTo: DayString | null;
  /** the figure as a sentence; `{value}` is the value with its unit */
  readonly says: Words;
  /** when and how the platform applies it */
  readonly bites: Words;
  /** null: the same everywhere */
  readonly range: R;
}

/** What code gets for a figure of this unit: a number, an exact fraction, an amount, or a text. */
export type Value<U extends Unit> = U extends 'ratio' ? Fraction : U extends 'yuan' ? Fen : U extends 'text' ? string : number;

/** The part of a row that a table of figures writes out. */
export interface Figure {
  readonly value: string;
  readonly by: Law;
  readonly articles?: string;
  readonly certainty: Certainty;
  readonly from?: DayString;
  readonly to?: DayString;
  readonly zh: string;
  readonly en: string;
  readonly bites: Words;
  readonly local?: LocalBounds;
}

/** How far a place may go from the row: an end that is not named is the row's own value. */
export interface LocalBounds {
  readonly least?: string;
  readonly most?: string;
  readonly why: Words;
}
type RangeOf<F extends Figure> = F extends { readonly local: LocalBounds } ? Range : null;

/** Writes one row. The law's own first day is taken where the figure names none. */
export function parameterRow<const Key extends string, const U extends Unit, F extends Figure>(
  key: Key,
  unit: U,
  figure: F,
): Parameter<Key, U, RangeOf<F>> {
  const { local, value } = figure;
  const range = local ? { least: local.least ?? value, most: local.most ?? value, why: local.why } : null;
  return {
    range: range as RangeOf<F>,
    key,
    unit,
    value: figure.value,
    source: cite(figure.by, figure.articles),
    certainty: figure.certainty,
    inForceFrom: figure.from ?? figure.by.inForceFrom,
    inForceTo: figure.to ?? null,
    says: { zh: figure.zh, en: figure.en },
    bites: figure.bites,
  };
}

/** A ratio as text: `0.02` or `2/3`. Throws RangeError for anything else. */
function ratio(text: string): Fraction {
  const parts = /^(\d+)\/([1-9]\d*)$/.exec(text);
  if (parts) return Fraction.of(BigInt(parts[1] ?? '0'), BigInt(parts[2] ?? '1'));
  const read = Fraction.parse(text);
  if (read === undefined) throw new RangeError(`'${text}' is not a ratio`);
  return read;
}

function amount(text: string): Fen {
  const read = parseYuan(text);
  if (read === undefined) throw new RangeError(`'${text}' is not an amount`);
  return read;
}

function whole(text: string): number {
  if (!/^(0|[1-9]\d{0,8})$/.test(text)) throw new RangeError(`'${text}' is not a whole number`);
  return Number(text);
}

/** Does a value of this unit lie between two others, ends included? Throws RangeError for text that is no such value. */
export function liesBetween(unit: Unit, value: string, least: string, most: string): boolean {
  if (unit === 'ratio') return !ratio(value).isBelow(ratio(least)) && !ratio(value).isAbove(ratio(most));
  if (unit === 'yuan') return amount(value) >= amount(least) && amount(value) <= amount(most);
  if (unit === 'text') return value === least || value === most;
  return whole(value) >= whole(least) && whole(value) <= whole(most);
}

/** The typed value of a row. */
export function typedValue<U extends Unit>(row: Parameter<string, U>): Value<U>;
export function typedValue(row: Parameter): Value<Unit> {
  if (row.unit === 'ratio') return ratio(row.value);
  if (row.unit === 'yuan') return amount(row.value);
  if (row.unit === 'text') return row.value;
  return whole(row.value);
}

/** The value with its unit as people read it: 20日 / 20 days, 2% / 2%, 4,000,000.00元 / 4,000,000.00 yuan. */
export function valueInWords(row: Parameter): Words {
  if (row.unit === 'ratio') {
    const percent = row.value.includes('/') ? row.value : `${ratio(row.value).times(Fraction.of(100)).toString()}%`;
    return { zh: percent, en: percent };
  }
  const figure = row.unit === 'yuan' ? withSeparators(amount(row.value)) : row.value;
  const unit = units[row.unit];
  const counted = figure === '1' ? unit.en.replace(/s$/, '') : unit.en;
  return { zh: `${figure}${unit.zh}`, en: counted === '' ? figure : `${figure} ${counted}` };
}

/** The row's sentence with its value filled in. */
export function sentence(row: Parameter): Words {
  const value = valueInWords(row);
  return { zh: fill(row.says, { value: value.zh }).zh, en: fill(row.says, { value: value.en }).en };
}
