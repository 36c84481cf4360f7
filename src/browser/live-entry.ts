import { PushedEdition, renewRegions, type Splice } from './regions.ts';
import { startSpeech } from './speech.ts';

/*
 * A page that moves by itself looks again every few seconds. A page of one lot is told by the platform, too, that the journal grew by
 * something this reader may see; then it looks at once, and seldom otherwise. Who is not signed in is sent the page's changes themselves.
 * Should the line break, the old rhythm is back by itself.
 */

/** How often a live page looks again while it is in view, in milliseconds: without a line to the platform, and with one. */
const alone = 3000;
const connected = 30_000;
const pushed = 300_000;

let every = alone;
let timer: ReturnType<typeof setTimeout> | undefined;

async function look(): Promise<void> {
  clearTimeout(timer);
  try {
    if (document.visibilityState === 'visible') await renewRegions();
  } catch {
    // offline for a moment: the next look tells
  } finally {
    clearTimeout(timer);
    timer = setTimeout(look, every);
  }
}

/** Follows the lots this page is about. What arrives are numbers only; what they stand for is fetched like any page. */
async function followLots(lots: readonly string[]): Promise<void> {
  const { io } = await import('socket.io-client');
  const socket = io({ path: '/live', transports: ['websocket'] });
  const edition = new PushedEdition();
  const page = { path: location.pathname, lang: document.documentElement.lang === 'en' ? 'en' : 'zh' };
  // whoever is not signed in is sent the page itself, of whichever lot its news are
  const ask = (): void => {
    for (const lot of lots) socket.emit('follow', { lot, after: newestShown(), page });
  };
  socket.on('connect', ask);
  socket.on('following', () => {
    every = connected;
    // whatever happened while there was no line
    document.dispatchEvent(new Event('journal-grew'));
  });
  socket.on('edition', ({ version, regions }: { version: string; regions: Record<string, string> }) => {
    every = pushed;
    edition.whole(version, regions);
  });
  socket.on('change', ({ from, to, splices }: { from: string; to: string; splices: Splice[] }) => {
    if (!edition.change(from, to, splices)) ask();
  });
  socket.on('disconnect', () => {
    every = alone;
    void look();
  });
  socket.on('entries', () => document.dispatchEvent(new Event('journal-grew')));
}

/** The highest journal number on the page; -1 when it shows none. */
function newestShown(): number {
  const shown = [...document.querySelectorAll<HTMLElement>('[data-index]')].map((entry) => Number(entry.dataset.index));
  return Math.max(-1, ...shown.filter(Number.isSafeInteger));
}

if (document.querySelector('[data-live]')) {
  timer = setTimeout(look, every);
  document.addEventListener('journal-grew', look);
  document.addEventListener('visibilitychange', look);
  document.addEventListener('countdown-over', () => setTimeout(look, 800));
  const named = document.querySelector<HTMLElement>('[data-follows]')?.dataset.follows?.split(' ');
  const lots = named ?? /\/lots\/([0-9a-f-]{36})(?:\/|$)/.exec(location.pathname)?.slice(1) ?? [];
  if (lots.length > 0) void followLots(lots);
  startSpeech();
}
