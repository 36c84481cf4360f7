import { type Html, html } from '../html.ts';
import type { Instant, View, Words } from '../view.ts';
import { spanText } from './span.ts';
import { timeText } from './time.ts';

const say = {
  server: { zh: '服务器时间（北京时间）', en: 'Server time (Beijing)' },
  left: { zh: '余', en: 'left' },
  over: { zh: '已到时间', en: 'Time is up' },
};

/** The server's clock. Without script it is the moment the page was made; the script lets it run (at the sandbox's rate). */
export function clock(view: View): Html {
  const rate = view.sandbox?.rate ?? 1;
  return html`<time class="clock" datetime="${view.now}" data-clock data-now="${view.now}" data-rate="${rate}" data-lang="${view.lang}" title="${view.t(say.server)}"><span class="visually-hidden">${view.t(say.server)} </span><span data-clock-text>${clockText(view, rate)}</span></time>`;
}

/** A hurried clock shows its day too: seconds alone would only flicker. */
function clockText(view: View, rate: number): string {
  return rate > 60 ? timeText(view.lang, view.now, 'minute', view.now) : timeText(view.lang, view.now, 'time');
}

export interface Countdown {
  readonly until: Instant;
  /** what happens then: 投标截止 */
  readonly label: Words;
  /** what to say when it is over; default: time is up */
  readonly over?: Words;
  /** load the page again when it ends (the state has then moved on) */
  readonly reload?: boolean;
  readonly size?: 'plain' | 'large';
}

/** Time left until a moment, by the server's clock. Screen readers hear the last hour, ten minutes and minute, and the end. */
export function countdown(view: View, c: Countdown): Html {
  const left = new Date(c.until).getTime() - new Date(view.now).getTime();
  const over = view.t(c.over ?? say.over);
  const urgent = left <= 0 ? 'over' : left <= 3_600_000 ? 'soon' : 'calm';
  return html`<div class="countdown countdown-${c.size ?? 'plain'}" data-countdown data-until="${c.until}" data-over="${over}" data-urgent="${urgent}"${c.reload ? html` data-reload` : ''}>
  <span class="countdown-label">${view.t(c.label)}</span>
  <span class="countdown-left" role="timer" data-countdown-text>${left > 0 ? spanText(view.lang, left) : over}</span>
  <time class="countdown-until" datetime="${c.until}">${timeText(view.lang, c.until, 'minute', view.now)}</time>
  <span class="visually-hidden" aria-live="polite" data-countdown-says></span>
</div>`;
}

export interface TimeLimit {
  /** a `period` ends by itself and is never late; default: something is to be done before it ends */
  readonly kind?: 'duty' | 'period';
  readonly label: Words;
  readonly from: Instant;
  readonly until: Instant;
  /** when it was done; an open limit has none */
  readonly done?: Instant | null;
  /** where the limit comes from: 法定 3 日 */
  readonly ground: Words;
  readonly paused?: boolean;
}

/** One time limit as a bar: how much of it is used. Amber in its last fifth, red only when a duty is overdue. */
export function timeLimit(view: View, limit: TimeLimit): Html {
  const ms = (at: Instant): number => new Date(at).getTime();
  const whole = Math.max(1, ms(limit.until) - ms(limit.from));
  const end = limit.done ?? view.now;
  const used = Math.min(whole, Math.max(0, ms(end) - ms(limit.from)));
  const over = ms(end) >= ms(limit.until);
  const ended = limit.kind === 'period' && (over || Boolean(limit.done));
  const state = ended ? 'ended' : over ? 'overdue' : limit.done ? 'done' : limit.paused ? 'paused' : used / whole >= 0.8 ? 'soon' : 'open';
  const left = spanText(view.lang, Math.abs(ms(limit.until) - ms(end)));
  const says: Record<string, Words> = {
    overdue: { zh: '逾期 {span}', en: '{span} overdue' },
    done: { zh: '已完成，用 {used}', en: 'done in {used}' },
    ended: { zh: '已届满', en: 'ended' },
    paused: { zh: '暂停计时，余 {span}', en: 'paused, {span} left' },
    soon: { zh: '余 {span}', en: '{span} left' },
    open: { zh: '余 {span}', en: '{span} left' },
  };
  const sentence = says[state] as Words;
  return html`<div class="limit limit-${state}">
  <div class="limit-head"><span>${view.t(limit.label)}</span><span class="limit-left">${view.t(sentence, { span: left, used: spanText(view.lang, used) })}</span></div>
  <progress class="bar" max="${whole}" value="${used}" aria-label="${view.t(limit.label)}"></progress>
  <div class="sub">${view.t(limit.ground)} · <time datetime="${limit.until}">${timeText(view.lang, limit.until, 'minute', view.now)}</time></div>
</div>`;
}
