import type { CalendarAnswer } from '../../src/openness/calendar-routes.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '工作日历', en: 'Working-day calendar' },
  below: {
    zh: '全平台只按这一份日历数期限。休息日和调休上班日以国务院办公厅的通知为准，通知没有发布的年份只按星期推算，并注明“暂定”。',
    en: 'Every period on the platform is counted by this calendar. Days off and made-up working days are those of the State Council’s notices; a year whose notice is not out is reckoned by the week alone and marked provisional.',
  },
  year: { zh: '{year}年', en: '{year}' },
  unpublished: {
    zh: '{year}年的放假安排还没有发布，以下只按星期推算（暂定）。',
    en: 'The holidays of {year} are not published yet: what follows is reckoned by the week alone (provisional).',
  },
  legend: { zh: '休：放假；班：调休上班；灰底：周末。', en: 'R: a day off; W: a made-up working day; grey: a weekend.' },
  off: { zh: '休', en: 'R' },
  made: { zh: '班', en: 'W' },
  reckon: { zh: '推算一个期限', en: 'Count a period' },
  from: { zh: '起算的事件发生在', en: 'Day of the event' },
  count: { zh: '期间', en: 'Period' },
  unit: { zh: '单位', en: 'Unit' },
  way: { zh: '方向', en: 'Direction' },
  after: { zh: '自该日起多少日内（从次日起算）', en: 'within so many days after it' },
  before: { zh: '在该日之前至少多少日', en: 'at least so many days before it' },
  day: { zh: '日', en: 'days' },
  workday: { zh: '工作日', en: 'working days' },
  show: { zh: '推算', en: 'Count' },
  lastAfter: { zh: '最后一日', en: 'The last day' },
  lastBefore: { zh: '最晚在这一日', en: 'On this day at the latest' },
  till: { zh: '{day} 24:00 届满，到点即迟', en: 'over at 24:00 on {day}; that moment is late' },
  latest: { zh: '{day}，当日不计', en: '{day}, which is not counted itself' },
  provisional: { zh: '暂定：其中有日历未发布的年份', en: 'Provisional: part of it lies in a year whose calendar is not published' },
  how: { zh: '逐日推算', en: 'Day by day' },
  date: { zh: '日期', en: 'Date' },
  counted: { zh: '计数', en: 'Counted' },
  why: { zh: '说明', en: 'Why' },
  rules: { zh: '怎么数', en: 'How periods are counted' },
  ahead: { zh: '下一年', en: 'Next year' },
  back: { zh: '上一年', en: 'Previous year' },
  api: { zh: '同样内容的 JSON', en: 'The same as JSON' },
} satisfies Texts;

const weekdays: readonly Words[] = [
  { zh: '一', en: 'Mo' },
  { zh: '二', en: 'Tu' },
  { zh: '三', en: 'We' },
  { zh: '四', en: 'Th' },
  { zh: '五', en: 'Fr' },
  { zh: '六', en: 'Sa' },
  { zh: '日', en: 'Su' },
];
type Day = CalendarAnswer['days'][number];
type Reckoning = NonNullable<CalendarAnswer['reckoning']>;
type ReckonedDay = Reckoning['days'][number];

/** 0 on Mondays. */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
const dated = (view: View, day: string): string =>
  view.t(
    { zh: '{day}（星期{weekday}）', en: '{day} ({weekday})' },
    { day, weekday: view.t(weekdays[weekdayOf(day)] ?? { zh: '', en: '' }) },
  );

/** /calendar: the year as the platform counts it, and any period counted before the reader's eyes. */
export function calendarPage(view: View, data: CalendarAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/rules',
    main: html`${part.pageHead(view, {
      title: say.title,
      below: view.t(say.below),
      back: { href: '/rules', label: { zh: '规则与依据', en: 'Rules and sources' } },
      actions: part.linkButton(view, { href: `/api/calendar?year=${data.year}`, label: say.api, small: true }),
    })}
<div class="stack">${part.card(view, { title: say.reckon, body: html`<div class="stack">${question(view, data)}${data.reckoning && data.asked ? answered(view, data.reckoning, data.asked.way) : nothing}</div>` })}
${part.card(view, { title: { zh: view.t(say.year, { year: data.year }), en: String(data.year) }, body: wholeYear(view, data) })}
${part.card(view, { title: say.rules, flush: true, body: countingTable(view, data.counting) })}</div>`,
  });
}

function question(view: View, { asked, today, year }: CalendarAnswer): Html {
  const choice = (value: string, label: Words) => ({ value, label });
  return html`<form class="form" method="get" action="/calendar">${part.hidden('year', String(year))}<div class="fields">
${part.field(view, { kind: 'date', name: 'from', label: say.from, value: asked?.from ?? today, required: true, half: true })}
${part.field(view, { kind: 'number', name: 'count', label: say.count, value: asked?.count ?? 5, min: 1, max: 400, required: true, half: true })}
${part.field(view, { kind: 'select', name: 'unit', label: say.unit, value: asked?.unit ?? 'workday', choices: [choice('workday', say.workday), choice('day', say.day)], half: true })}
${part.field(view, { kind: 'select', name: 'way', label: say.way, value: asked?.way ?? 'after', choices: [choice('after', say.after), choice('before', say.before)], half: true })}
</div><div class="form-actions"><button class="btn btn-primary" type="submit">${view.t(say.show)}</button></div></form>`;
}

function answered(view: View, reckoning: Reckoning, way: 'after' | 'before'): Html {
  const day = dated(view, reckoning.last);
  const fact =
    way === 'after'
      ? { label: say.lastAfter, value: html`<strong>${view.t(say.till, { day })}</strong>` }
      : { label: say.lastBefore, value: html`<strong>${view.t(say.latest, { day })}</strong>` };
  return html`<section aria-live="polite">${part.facts(view, [fact], 'wide')}${reckoning.provisional ? html`<p class="sub">${view.t(say.provisional)}</p>` : nothing}
<details class="more"${reckoning.days.length <= 15 ? html` open` : nothing}><summary>${view.t(say.how)}</summary>${part.table<ReckonedDay>(
    view,
    {
      caption: say.how,
      rows: reckoning.days,
      columns: [
        { label: say.date, phone: 'head', cell: (each) => html`<span class="nowrap">${dated(view, each.day)}</span>` },
        { label: say.counted, numeric: true, cell: (each) => (each.number === null ? '–' : String(each.number)) },
        { label: say.why, cell: (each) => view.t(why(each), { holiday: each.holiday ? view.t(each.holiday) : '' }) },
      ],
    },
  )}</details></section>`;
}

/** Why a day counts or does not. */
function why({ part: is, works, holiday }: ReckonedDay): Words {
  if (is === 'event') return { zh: '事件当日，不计入', en: 'the day of the event, not counted' };
  if (is === 'last') return { zh: '最晚在这一日办理', en: 'the latest day to act' };
  if (is === 'moved')
    return works
      ? { zh: '顺延至休息日后的第一个工作日', en: 'moved to the first working day after the rest days' }
      : { zh: '休息日，继续顺延', en: 'a rest day: moved on' };
  if (holiday !== null)
    return works ? { zh: '{holiday}调休上班', en: 'worked to make up for {holiday}' } : { zh: '{holiday}放假', en: 'off for {holiday}' };
  return works ? { zh: '工作日', en: 'a working day' } : { zh: '周末', en: 'a weekend' };
}

function wholeYear(view: View, data: CalendarAnswer): Html {
  const months = Map.groupBy(data.days, ({ day }) => day.slice(0, 7));
  const link = (year: number, label: Words) => html`<a class="btn" href="/calendar?year=${year}">${view.t(label)}</a>`;
  return html`<div class="stack"><p class="sub">${data.source ? view.t(data.source) : view.t(say.unpublished, { year: data.year })} ${view.t(say.legend)}</p>
<div class="months">${each([...months], ([month, days]) => oneMonth(view, month, days, data.today))}</div>
<div class="form-actions">${data.year > 2000 ? link(data.year - 1, say.back) : nothing}${data.year < 2099 ? link(data.year + 1, say.ahead) : nothing}</div></div>`;
}

function oneMonth(view: View, month: string, days: readonly Day[], today: string): Html {
  const name = new Date(`${month}-01T00:00:00Z`).toLocaleString(view.lang, { month: 'long', timeZone: 'UTC' });
  const blank = Array.from({ length: weekdayOf(days[0]?.day ?? '') }, () => null);
  const cells: (Day | null)[] = [...blank, ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, at) => cells.slice(at * 7, at * 7 + 7));
  return html`<table class="month"><caption>${name}</caption><thead><tr>${each(weekdays, (weekday) => html`<th scope="col">${view.t(weekday)}</th>`)}</tr></thead><tbody>${each(weeks, (week) => html`<tr>${each(week, (each) => oneDay(view, each, today))}</tr>`)}</tbody></table>`;
}

function oneDay(view: View, day: Day | null, today: string): Html {
  if (day === null) return html`<td></td>`;
  const tones = day.works ? ['', 'made'] : ['weekend', 'off'];
  const tone = tones[day.holiday === null ? 0 : 1] ?? '';
  const mark = day.holiday ? html`<abbr title="${view.t(day.holiday)}">${view.t(day.works ? say.made : say.off)}</abbr>` : nothing;
  return html`<td class="${tone}"${day.day === today ? html` aria-current="date"` : nothing}>${Number(day.day.slice(8))}${mark}</td>`;
}

function countingTable(view: View, rules: CalendarAnswer['counting']): Html {
  return part.table<CalendarAnswer['counting'][number]>(view, {
    caption: say.rules,
    rows: rules,
    columns: [
      {
        label: { zh: '编号', en: 'Id' },
        phone: 'head',
        cell: (rule) => html`<span class="anchor" id="${rule.id}"></span><code class="nowrap">${rule.id}</code>`,
      },
      { label: { zh: '内容', en: 'What it says' }, cell: (rule) => view.t(rule.says) },
      { label: { zh: '依据', en: 'Source' }, cell: (rule) => view.t(rule.source) },
    ],
  });
}
