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

/** One region's change as the platform sends it: at a place, so many characters give way to others. */
export interface Splice {
  readonly region: string;
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}

/**
 * The public edition of this page as it arrives over the line: whole first, then change by change. Every change names the edition it leads from;
 * one that does not fit is not taken, and the whole is asked for again.
 */
export class PushedEdition {
  private version = '';
  private readonly texts = new Map<string, string>();

  whole(version: string, regions: Readonly<Record<string, string>>): void {
    this.version = version;
    this.texts.clear();
    for (const [name, text] of Object.entries(regions)) this.put(name, text);
  }

  /** False when changes were missed. */
  change(from: string, to: string, splices: readonly Splice[]): boolean {
    if (from !== this.version) return false;
    this.version = to;
    for (const { region, at, drop, put } of splices) {
      const text = this.texts.get(region) ?? '';
      this.put(region, text.slice(0, at) + put + text.slice(at + drop));
    }
    return true;
  }

  private put(name: string, text: string): void {
    this.texts.set(name, text);
    const region = document.querySelector<HTMLElement>(`[data-live="${CSS.escape(name)}"]`);
    if (!region) return;
    // between the marks with which the page itself carries it, so that an unchanged region is left alone
    const next = new DOMParser().parseFromString(`<div><!--live ${name}-->${text}<!--/live ${name}--></div>`, 'text/html');
    const body = next.body.firstElementChild;
    if (body) renewRegion(region, body);
  }
}

function renewRegion(region: HTMLElement, next: Element): void {
  if (region.innerHTML === next.innerHTML) return;
  if (region.contains(document.activeElement) && document.activeElement?.closest('form')) return;
  const seen = new Set([...region.querySelectorAll<HTMLElement>('[data-index]')].map((entry) => entry.dataset.index));
  const typed = typedIn(region);
  region.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  for (const entry of region.querySelectorAll<HTMLElement>('[data-index]'))
    if (!seen.has(entry.dataset.index)) entry.classList.add('arrived');
  for (const { form, name, value } of typed) {
    const field = region.querySelector<HTMLTextAreaElement>(`form[action="${CSS.escape(form)}"] textarea[name="${CSS.escape(name)}"]`);
    if (field) field.value = value;
  }
}

/** What somebody is in the middle of writing: news must not take it away. */
const typedIn = (region: HTMLElement): { readonly form: string; readonly name: string; readonly value: string }[] =>
  [...region.querySelectorAll<HTMLTextAreaElement>('form textarea')]
    .filter((field) => field.value !== field.defaultValue)
    .map((field) => ({ form: field.form?.getAttribute('action') ?? '', name: field.name, value: field.value }));
