import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import {
  addDays,
  addWorkingDays,
  type DayString,
  dayOf,
  daysBetween,
  endOfDay,
  isWorkingDay,
  movedOffRestDay,
} from '../kernel/working-days.ts';
import { calendar } from '../rulebook/calendar-data.ts';

/** A period of publicity, with how its end was counted, so that anyone can count again. */
export interface Publicity {
  readonly from: Instant;
  /** the first moment after it */
  readonly until: Instant;
  readonly days: number;
  /** where counting alone would end it */
  readonly counted: DayString;
  /** its last day */
  readonly last: DayString;
  /** counted in working days: a notice of a result */
  readonly working?: true;
  /** the last day lies in a year whose holidays are not published yet */
  readonly provisional: boolean;
}

/** Publicity of so many days from a moment: the day itself is not counted, a rest day is no last day, it ends at 24:00 (DAY-1 to DAY-3). */
export function publicityFrom(from: Instant, days: number): Publicity {
  const counted = addDays(dayOf(from), days);
  const { day: last, provisional } = movedOffRestDay(counted, calendar);
  return { from, until: endOfDay(last), days, counted, last, provisional };
}

/** How long the notice of a result runs: so many working days after its own. */
export function noticeRun(from: Instant, { count }: { readonly count: number }): Publicity {
  const { day: last, provisional } = addWorkingDays(dayOf(from), count, calendar);
  return { from, until: endOfDay(last), days: count, counted: last, last, working: true, provisional };
}

/** The same period as it stands in the store. */
export const publicityBetween = (from: Instant, until: Instant, days: number): Publicity => ({ ...publicityFrom(from, days), until });

const weekdays: readonly Words[] = [
  { zh: '星期日', en: 'Sunday' },
  { zh: '星期一', en: 'Monday' },
  { zh: '星期二', en: 'Tuesday' },
  { zh: '星期三', en: 'Wednesday' },
  { zh: '星期四', en: 'Thursday' },
  { zh: '星期五', en: 'Friday' },
  { zh: '星期六', en: 'Saturday' },
];

/** A date with its weekday: 2026-10-09（星期五）. */
export function dated(on: DayString): Words {
  // 1970-01-01 was a Thursday
  const week = weekdays[(((daysBetween('1970-01-01' as DayString, on) + 4) % 7) + 7) % 7] ?? { zh: '', en: '' };
  return { zh: `${on}（${week.zh}）`, en: `${on} (${week.en})` };
}

/** How the end was counted, step by step. */
export function derivation({ from, days, counted, last, working, provisional }: Publicity): readonly Words[] {
  const [published, first, reached, ends] = [dayOf(from), addDays(dayOf(from), 1), counted, last].map(dated) as [
    Words,
    Words,
    Words,
    Words,
  ];
  const steps: Words[] = [
    { zh: `公示当日${published.zh}不计入`, en: `The day of publication, ${published.en}, is not counted.` },
    working
      ? {
          zh: `自${first.zh}起算${days}个工作日，到${reached.zh}`,
          en: `Counting ${days} working days from ${first.en} leads to ${reached.en}.`,
        }
      : { zh: `自${first.zh}起算${days}日，到${reached.zh}`, en: `Counting ${days} days from ${first.en} leads to ${reached.en}.` },
  ];
  const rest = restDaysBetween(counted, last);
  if (rest.length > 0)
    steps.push({
      zh: `${rest.map((each) => each.zh).join('、')}为法定休息日，不能作为最后一日，顺延至${ends.zh}`,
      en: `${rest.map((each) => each.en).join(', ')}: rest day, no last day; it moves to ${ends.en}.`,
    });
  steps.push({ zh: `至${ends.zh}24:00结束`, en: `It ends at 24:00 on ${ends.en}.` });
  if (provisional)
    steps.push({
      zh: '该年度放假安排尚未公布，按周六、周日推定',
      en: 'The holidays of that year are not published yet; only weekends are reckoned.',
    });
  return steps;
}

function restDaysBetween(from: DayString, to: DayString): Words[] {
  const found: Words[] = [];
  for (let on = from; on < to; on = addDays(on, 1)) if (!isWorkingDay(on, calendar)) found.push(dated(on));
  return found;
}
