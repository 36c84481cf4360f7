import { type Html, html } from '../html.ts';
import type { Instant, Language, View } from '../view.ts';
import { spanText } from './span.ts';

/** `full` 2026年12月2日 14:00:00 · `minute` 12月2日 14:00 (with the year when it is another) · `day` · `time` 14:00:00 */
export type TimeForm = 'full' | 'minute' | 'day' | 'time';

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** China has one zone without summer time since 1991: UTC+8 exactly, so no zone table is needed. */
function beijing(at: Instant): Parts {
  const shifted = new Date(new Date(at).getTime() + 8 * 3_600_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: twoDigits(shifted.getUTCHours()),
    minute: twoDigits(shifted.getUTCMinutes()),
    second: twoDigits(shifted.getUTCSeconds()),
  };
}

/** The moment as text in Beijing time. */
export function timeText(lang: Language, at: Instant, form: TimeForm, now?: Instant): string {
  const p = beijing(at);
  const withYear = form === 'full' || now === undefined || beijing(now).year !== p.year;
  if (form === 'time') return `${p.hour}:${p.minute}:${p.second}`;
  const day =
    lang === 'zh'
      ? `${withYear ? `${p.year}年` : ''}${p.month}月${p.day}日`
      : `${p.day} ${months[p.month - 1]}${withYear ? ` ${p.year}` : ''}`;
  if (form === 'day') return day;
  return `${day}${lang === 'zh' ? ' ' : ', '}${p.hour}:${p.minute}${form === 'full' ? `:${p.second}` : ''}`;
}

/** A day of the calendar, 2027-03-08, as people write it; always with its year, because it stands in contracts and terms. */
export function dayText(lang: Language, day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return lang === 'zh' ? `${year}年${month}月${date}日` : `${date} ${months[(month ?? 1) - 1]} ${year}`;
}

/** From one day through another. */
export const daysText = (view: View, { from, through }: { readonly from: string; readonly through: string }): string =>
  view.t({ zh: '{from}至{through}', en: '{from} – {through}' }, { from: dayText(view.lang, from), through: dayText(view.lang, through) });

/** A moment on the page: `<time>` with the exact instant for machines, Beijing time for people. */
export function time(view: View, at: Instant, form: TimeForm = 'minute'): Html {
  return html`<time datetime="${at}" title="${timeText(view.lang, at, 'full')} (UTC+8)">${timeText(view.lang, at, form, view.now)}</time>`;
}

/** Today, tomorrow or the date, then the hour: how a due time is said in a to-do list. */
export function dueText(view: View, at: Instant): string {
  const day = (when: Instant): number => Math.floor((new Date(when).getTime() + 8 * 3_600_000) / 86_400_000);
  const clock = timeText(view.lang, at, 'time').slice(0, 5);
  const away = day(at) - day(view.now);
  if (away === 0) return view.t({ zh: '今天 {clock}', en: 'Today {clock}' }, { clock });
  if (away === 1) return view.t({ zh: '明天 {clock}', en: 'Tomorrow {clock}' }, { clock });
  return timeText(view.lang, at, 'minute', view.now);
}

/** How long until (or since) a moment, in words. */
export function remainingText(view: View, until: Instant): string {
  const left = new Date(until).getTime() - new Date(view.now).getTime();
  const span = spanText(view.lang, Math.abs(left));
  return left > 0 ? view.t({ zh: '余 {span}', en: '{span} left' }, { span }) : view.t({ zh: '已过 {span}', en: '{span} ago' }, { span });
}

/** The value of a datetime-local input: Beijing time without zone. */
export function beijingInput(at: Instant): string {
  const p = beijing(at);
  return `${p.year}-${twoDigits(p.month)}-${twoDigits(p.day)}T${p.hour}:${p.minute}`;
}
