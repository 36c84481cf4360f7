import type { Words } from '../kernel/words.ts';
import { type DayString, day, type WorkingCalendar } from '../kernel/working-days.ts';

/** One holiday of a year's arrangement: the weekdays (Monday to Friday) it frees, and the weekend days worked to make up for them. */
export interface Holiday {
  readonly name: Words;
  /** `MM-DD` joined by spaces */
  readonly rest: string;
  readonly work: string;
}

export interface CalendarYear {
  readonly year: number;
  readonly source: Words;
  readonly holidays: readonly Holiday[];
}

/**
 * The State Council's yearly arrangements, as published; a year is added when its notice is out, never before.
 * Our own data, seeded from the `chinese-days` package, against which a test compares every day of these years.
 */
export const calendarYears: readonly CalendarYear[] = [
  {
    year: 2024,
    source: {
      zh: '国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号）',
      en: 'State Council General Office, holiday arrangements for 2024 (国办发明电〔2023〕7号)',
    },
    holidays: [
      { name: { zh: '元旦', en: "New Year's Day" }, rest: '01-01', work: '' },
      { name: { zh: '春节', en: 'Spring Festival' }, rest: '02-12 02-13 02-14 02-15 02-16', work: '02-04 02-18' },
      { name: { zh: '清明', en: 'Tomb-sweeping Day' }, rest: '04-04 04-05', work: '04-07' },
      { name: { zh: '劳动节', en: 'Labour Day' }, rest: '05-01 05-02 05-03', work: '04-28 05-11' },
      { name: { zh: '端午', en: 'Dragon Boat Festival' }, rest: '06-10', work: '' },
      { name: { zh: '中秋', en: 'Mid-autumn Festival' }, rest: '09-16 09-17', work: '09-14' },
      { name: { zh: '国庆节', en: 'National Day' }, rest: '10-01 10-02 10-03 10-04 10-07', work: '09-29 10-12' },
    ],
  },
  {
    year: 2025,
    source: {
      zh: '国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）',
      en: 'State Council General Office, holiday arrangements for 2025 (国办发明电〔2024〕12号)',
    },
    holidays: [
      { name: { zh: '元旦', en: "New Year's Day" }, rest: '01-01', work: '' },
      { name: { zh: '春节', en: 'Spring Festival' }, rest: '01-28 01-29 01-30 01-31 02-03 02-04', work: '01-26 02-08' },
      { name: { zh: '清明', en: 'Tomb-sweeping Day' }, rest: '04-04', work: '' },
      { name: { zh: '劳动节', en: 'Labour Day' }, rest: '05-01 05-02 05-05', work: '04-27' },
      { name: { zh: '端午', en: 'Dragon Boat Festival' }, rest: '06-02', work: '' },
      { name: { zh: '国庆节', en: 'National Day' }, rest: '10-01 10-02 10-03 10-07 10-08', work: '09-28 10-11' },
      { name: { zh: '中秋', en: 'Mid-autumn Festival' }, rest: '10-06', work: '' },
    ],
  },
  {
    year: 2026,
    source: {
      zh: '国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）',
      en: 'State Council General Office, holiday arrangements for 2026 (国办发明电〔2025〕7号)',
    },
    holidays: [
      { name: { zh: '元旦', en: "New Year's Day" }, rest: '01-01 01-02', work: '01-04' },
      { name: { zh: '春节', en: 'Spring Festival' }, rest: '02-16 02-17 02-18 02-19 02-20 02-23', work: '02-14 02-28' },
      { name: { zh: '清明', en: 'Tomb-sweeping Day' }, rest: '04-06', work: '' },
      { name: { zh: '劳动节', en: 'Labour Day' }, rest: '05-01 05-04 05-05', work: '05-09' },
      { name: { zh: '端午', en: 'Dragon Boat Festival' }, rest: '06-19', work: '' },
      { name: { zh: '中秋', en: 'Mid-autumn Festival' }, rest: '09-25', work: '' },
      { name: { zh: '国庆节', en: 'National Day' }, rest: '10-01 10-02 10-05 10-06 10-07', work: '09-20 10-10' },
    ],
  },
];

const daysOf = (each: CalendarYear, kind: 'rest' | 'work'): DayString[] =>
  each.holidays.flatMap((holiday) => holiday[kind].split(' ').filter(Boolean)).map((date) => day(`${each.year}-${date}`));

/** The working-day calendar of China for all published years. */
export const calendar: WorkingCalendar = {
  years: new Set(calendarYears.map((each) => each.year)),
  rest: new Set(calendarYears.flatMap((each) => daysOf(each, 'rest'))),
  work: new Set(calendarYears.flatMap((each) => daysOf(each, 'work'))),
};
