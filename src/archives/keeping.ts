import type { Instant } from '../kernel/clock.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import { type DayString, dayOf, startOfDay } from '../kernel/working-days.ts';
import { cite, procurementLaw } from '../rulebook/law.ts';
import { parameter } from '../rulebook/parameters.ts';
import { stillToBeKept } from './problems.ts';

/** How long the volume of a lot is kept, counted from the day it was closed; never less than the law of any line asks. */
export function keepingFrom(closedAt: Instant): { readonly years: number; readonly until: Instant } {
  const years = parameter('archive.keeping', dayOf(closedAt));
  const [year = 0, month = 1, date = 1] = dayOf(closedAt).split('-').map(Number);
  // the day itself is not counted, so the last day is the same date; 29 February becomes the 28th
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  const on = new Date(Date.UTC(year + years, month - 1, Math.min(date, last) + 1)).toISOString().slice(0, 10) as DayString;
  return { years, until: startOfDay(on) };
}

/** By when a volume is handed over to the archives: the end of so many months of the year after the lot ended. */
export function handoverBy(endedAt: Instant): Instant {
  const month = parameter('archive.handover', dayOf(endedAt));
  const year = Number(dayOf(endedAt).slice(0, 4)) + 1;
  return startOfDay(new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10) as DayString);
}

/** Half open: at the moment itself it need not be kept any more. */
export const keptLongEnough: Rule<{ readonly now: Instant; readonly until: Instant }> = rule({
  id: 'ARCH-1',
  acts: ['ask-destruction', 'destroy-archive'],
  figures: ['archive.keeping'],
  source: cite(procurementLaw, '42'),
  says: {
    zh: '案卷保管期满以后方可销毁。',
    en: 'A volume is destroyed only when the time for which it is to be kept is over.',
  },
  problem: stillToBeKept,
  refuses: ({ now, until }) =>
    now < until && { says: { zh: `保管至${dayOf(until)}零时，此前不得销毁。`, en: `It is kept until ${dayOf(until)}, 00:00.` } },
});
