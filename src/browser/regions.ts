let running: Promise<void> | null = null;
let again = false;

/**
 * Renews the live regions of the page (`live()` in views/parts/page.ts) from a fresh copy of the same address. Calls while one is under way
 * are answered by one more at its end: a burst of events costs two fetches. A form that has the focus is left as it is.
 */
export async function renewRegions(): Promise<void> {
  if (running) {
    again = true;
    return running;
  }
  running = renew().finally(() => {
    running = null;
  });
  await running;
  if (!again) return;
  again = false;
  await renewRegions();
}

async function renew(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const region of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const next = fresh.querySelector(`[data-live="${CSS.escape(region.dataset.live ?? '')}"]`);
    if (next) renewRegion(region, next);
  }
}

function renewRegion(region: HTMLElement, next: Element): void {
  if (region.innerHTML === next.innerHTML) return;
  if (region.contains(document.activeElement) && document.activeElement?.closest('form')) return;
  const seen = new Set([...region.querySelectorAll<HTMLElement>('[data-index]')].map((entry) => entry.dataset.index));
  region.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  for (const entry of region.querySelectorAll<HTMLElement>('[data-index]'))
    if (!seen.has(entry.dataset.index)) entry.classList.add('arrived');
}
