import { renewRegions } from './regions.ts';

/** How often a live page looks again while it is in view, in milliseconds. A nudge (`journal-grew` on the document) makes it look at once. */
const every = 3000;

async function look(): Promise<void> {
  if (document.visibilityState !== 'visible') return;
  try {
    await renewRegions();
  } catch {
    // offline for a moment: the next look tells
  }
}

if (document.querySelector('[data-live]')) {
  setInterval(look, every);
  document.addEventListener('journal-grew', look);
  document.addEventListener('visibilitychange', look);
  document.addEventListener('countdown-over', () => setTimeout(look, 800));
}
