import { z } from 'zod';
import { calendarPage } from '../../views/openness/calendar.ts';
import type { View } from '../../views/view.ts';
import { words } from '../kernel/answer.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { dayOf } from '../kernel/working-days.ts';
import { calendarYears } from '../rulebook/calendar-data.ts';
import { counting } from '../rulebook/counting.ts';
import { daysOfYear, mostCounted, reckon } from '../rulebook/reckoning.ts';
import { emptyOr, none } from './answers.ts';

const dayText = z.string();
const calendarDay = z.object({ day: dayText, works: z.boolean(), holiday: words.nullable(), provisional: z.boolean() });

const calendarAnswer = z.object({
  /** the years whose calendar is published */
  years: z.array(z.int()),
  year: z.int(),
  today: dayText,
  /** the notice this year's calendar stands in; null while it is not published */
  source: words.nullable(),
  days: z.array(calendarDay),
  counting: z.array(z.object({ id: z.string(), says: words, source: words })),
  asked: z.object({ from: dayText, count: z.int(), unit: z.enum(['day', 'workday']), way: z.enum(['after', 'before']) }).nullable(),
  reckoning: z
    .object({
      event: dayText,
      last: dayText,
      provisional: z.boolean(),
      days: z.array(calendarDay.extend({ part: z.enum(['event', 'counted', 'skipped', 'moved', 'last']), number: z.int().nullable() })),
    })
    .nullable(),
});
export type CalendarAnswer = z.infer<typeof calendarAnswer>;

endpoint({
  name: 'working-day-calendar',
  method: 'get',
  path: '/calendar',
  says: { zh: '工作日历与期限推算', en: 'The working-day calendar, and how a period is counted' },
  by: 'anyone',
  params: none,
  query: z.object({
    year: emptyOr(z.coerce.number().int().min(2000).max(2099)),
    from: emptyOr(dayField),
    count: emptyOr(z.coerce.number().int().min(1).max(mostCounted)),
    unit: emptyOr(z.enum(['day', 'workday'])),
    way: emptyOr(z.enum(['after', 'before'])),
  }),
  body: none,
  answer: calendarAnswer,
  handle: async ({ now }, { query }) => {
    const today = dayOf(now);
    const { from, count, unit = 'workday', way = 'after' } = query;
    const asked = from !== undefined && count !== undefined ? { from, count, unit, way } : null;
    const years = calendarYears.map((each) => each.year);
    const year = query.year ?? Number((asked?.from ?? today).slice(0, 4));
    return {
      years,
      year,
      today,
      source: calendarYears.find((each) => each.year === year)?.source ?? null,
      days: [...daysOfYear(year)],
      counting: [...counting],
      asked,
      reckoning: asked === null ? null : reckoned(reckon(asked)),
    };
  },
  page: (answer, view: View) => calendarPage(view, answer),
});

const reckoned = ({ days, ...rest }: ReturnType<typeof reckon>) => ({ ...rest, days: [...days] });
