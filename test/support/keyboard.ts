import type { Page } from 'playwright-core';

/** Where the focus came to rest after a press of Tab, and what somebody sees of it. */
export interface Stop {
  readonly place: number;
  readonly what: string;
  /** why somebody who sees would not know where the focus is; null when it shows */
  readonly lost: 'has no size' | 'out of view' | 'covered' | 'no ring' | null;
}

/**
 * Walks a page with Tab alone, from its head to its end. Ends where the focus leaves the page, or comes to a place for the second time: what it never came
 * to is then in `missed`.
 */
export async function walkByKeyboard(page: Page): Promise<{ readonly stops: readonly Stop[]; readonly missed: readonly string[] }> {
  const stops: Stop[] = [];
  for (let step = 0; step < 300; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focusNow);
    if (stop === null || stops.some(({ place }) => place === stop.place)) break;
    stops.push(stop);
  }
  const reached = stops.map(({ place }) => place);
  return { stops, missed: await page.evaluate(unreached, reached) };
}

/* The two below run in the page. */

function focusNow(): Stop | null {
  const here = document.activeElement as HTMLElement | null;
  if (!here || here === document.body) return null;
  const box = here.getBoundingClientRect();
  const label = (here as HTMLInputElement).labels?.[0];
  const rings = (element: Element | undefined): boolean => {
    const style = element && getComputedStyle(element);
    return (
      style !== undefined && ((style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none')
    );
  };
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const over = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, x)), Math.min(innerHeight - 1, Math.max(0, y)));
  const shows = over !== null && (here.contains(over) || over.contains(here) || label?.contains(over) === true);
  const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const lost =
    box.width === 0 || box.height === 0
      ? 'has no size'
      : !inView
        ? 'out of view'
        : !shows
          ? 'covered'
          : rings(here) || rings(label)
            ? null
            : 'no ring';
  const text = (here.textContent ?? '').trim().slice(0, 20) || here.getAttribute('name') || '';
  return { place: [...document.querySelectorAll('*')].indexOf(here), what: `${here.tagName.toLowerCase()} ${text}`, lost };
}

/** What can be used on the page as it stands, and was not come to. Of radios that belong together the keys come to one. */
function unreached(reached: readonly number[]): string[] {
  const all = [...document.querySelectorAll<HTMLElement>('*')];
  return all
    .filter((element, place) => {
      if (reached.includes(place) || !element.matches('a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary'))
        return false;
      if (element.matches(':disabled') || element.tabIndex < 0 || getComputedStyle(element).visibility === 'hidden') return false;
      const inside = element.tagName === 'SUMMARY' ? element.parentElement?.parentElement : element;
      return element.getBoundingClientRect().width > 0 && !inside?.closest('details:not([open])');
    })
    .map((element) => `${element.tagName.toLowerCase()} ${(element.textContent ?? '').trim().slice(0, 20)}`);
}
