import { spanText } from '../../views/parts/span.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';

/*
 * The server's clock in the page. The page brings the moment it was made and the rate at which a sandbox hurries; the script counts on from
 * there with the browser's own stopwatch, never with the visitor's wall clock, and asks the server again when the page comes back into view.
 */

interface Running {
  readonly from: number;
  /** performance.now() at `from` */
  readonly since: number;
  readonly rate: number;
}

/**
 * One clock for the page, however many scripts it loads: each is a file of its own, held to its digest, and has its own copy of this module.
 */
const place = Symbol.for('yangguang/clock');
const page = globalThis as { [place]?: Running };

/** The server's time now, in milliseconds since 1970. */
export function serverTime(): number {
  const running = page[place];
  if (running === undefined) throw new Error('the page carries no clock');
  return running.from + (performance.now() - running.since) * running.rate;
}

/** Lets a page without a server count on from a moment: its own computer's, or the one a file names. */
export function countFrom(at: Instant): void {
  page[place] = { from: Date.parse(at), since: performance.now(), rate: 1 };
}

export const serverNow = (): Instant => instantOf(new Date(serverTime()));

const two = (n: number): string => String(n).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function clockText(at: number, lang: string, hurried: boolean): string {
  const t = new Date(at + 8 * 3_600_000);
  const minute = `${two(t.getUTCHours())}:${two(t.getUTCMinutes())}`;
  if (!hurried) return `${minute}:${two(t.getUTCSeconds())}`;
  return lang === 'zh'
    ? `${t.getUTCMonth() + 1}月${t.getUTCDate()}日 ${minute}`
    : `${t.getUTCDate()} ${months[t.getUTCMonth()]}, ${minute}`;
}

/** The moments at which a countdown speaks to a screen reader, in milliseconds before the end. */
const announced = [3_600_000, 600_000, 60_000, 0];

function tickCountdown(element: HTMLElement, lang: string): void {
  const until = Date.parse(element.dataset.until ?? '');
  if (Number.isNaN(until)) return;
  const left = until - serverTime();
  const text = left > 0 ? spanText(lang === 'en' ? 'en' : 'zh', left) : (element.dataset.over ?? '');
  const shown = element.querySelector('[data-countdown-text]');
  if (shown && shown.textContent !== text) shown.textContent = text;
  const urgent = left <= 0 ? 'over' : left <= 3_600_000 ? 'soon' : 'calm';
  if (element.dataset.urgent !== urgent) element.dataset.urgent = urgent;
  announce(element, left, text);
}

function announce(element: HTMLElement, left: number, text: string): void {
  const before = Number(element.dataset.left ?? Number.POSITIVE_INFINITY);
  element.dataset.left = String(left);
  const passed = announced.some((mark) => before > mark && left <= mark && before !== Number.POSITIVE_INFINITY);
  if (!passed) return;
  const says = element.querySelector('[data-countdown-says]');
  if (says) says.textContent = `${element.querySelector('.countdown-label')?.textContent ?? ''} ${text}`.trim();
  if (left > 0) return;
  element.dispatchEvent(new CustomEvent('countdown-over', { bubbles: true }));
  if ('reload' in element.dataset) reloadSoon();
}

/** The state moves on a moment after its time; a page with a half-filled form is left alone. */
function reloadSoon(): void {
  setTimeout(() => {
    const dirty = document.querySelector('form[data-dirty]');
    if (!dirty) location.reload();
  }, 1500);
}

async function askServer(rate: number, url: string): Promise<void> {
  const asked = performance.now();
  const answer = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' });
  if (!answer.ok) return;
  const said: unknown = await answer.json();
  if (typeof said !== 'object' || said === null || !('now' in said) || typeof said.now !== 'string') return;
  const from = Date.parse(said.now);
  const told = 'rate' in said && typeof said.rate === 'number' ? said.rate : rate;
  // half of the round trip has passed since the server read its clock
  const since = (asked + performance.now()) / 2;
  if (!Number.isNaN(from)) page[place] = { from, since, rate: told };
}

/** Lets the clock and every countdown of the page run. `url` answers `{ now, rate }`. */
export function startClock(url: string): void {
  const face = document.querySelector<HTMLElement>('[data-clock]');
  if (face === null) return;
  const rate = Number(face.dataset.rate ?? '1');
  const lang = face.dataset.lang ?? 'zh';
  const loaded = performance.getEntriesByType('navigation')[0];
  const since = loaded instanceof PerformanceNavigationTiming ? loaded.responseStart : 0;
  page[place] = { from: Date.parse(face.dataset.now ?? ''), since, rate };
  const shown = face.querySelector('[data-clock-text]');
  const tick = (): void => {
    const text = clockText(serverTime(), lang, rate > 60);
    if (shown && shown.textContent !== text) shown.textContent = text;
    for (const element of document.querySelectorAll<HTMLElement>('[data-countdown]')) tickCountdown(element, lang);
  };
  const again = (): void => {
    askServer(rate, url).then(tick, () => {
      // offline for a moment: the stopwatch goes on by itself
    });
  };
  tick();
  setInterval(tick, 500);
  setInterval(again, 5 * 60_000);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') again();
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) again();
  });
}
