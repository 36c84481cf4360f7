import type { IconName } from '../../views/parts/icon-names.ts';
import type { Words } from '../kernel/words.ts';
import { bytesText, t } from './page-words.ts';

/** The moving pieces of a desk's page: found by their data attributes, never made from strings of markup. */
export function one<E extends HTMLElement = HTMLElement>(what: string, within: ParentNode = document): E {
  const found = within.querySelector<E>(what);
  if (found === null) throw new Error(`the page has no ${what}`);
  return found;
}
export const maybe = <E extends HTMLElement = HTMLElement>(what: string, within: ParentNode = document): E | null =>
  within.querySelector<E>(what);

export function show(what: string | HTMLElement, visible: boolean): void {
  const element = typeof what === 'string' ? maybe(what) : what;
  if (element) element.hidden = !visible;
}

/** Says what is wrong in its place on the page; an empty text takes it away. */
export function tellIn(place: HTMLElement, text: string): void {
  place.textContent = text;
  place.hidden = text === '';
}

/** Makes an element with text; children are elements or texts, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** An icon of the page's sprite. */
export function sign(name: IconName): SVGSVGElement {
  const drawn = document.querySelector('svg.icon')?.cloneNode(true) as SVGSVGElement;
  const use = drawn.querySelector('use');
  use?.setAttribute('href', `${use.getAttribute('href')?.split('#')[0] ?? ''}#${name}`);
  return drawn;
}

/** A frame with a sentence and a list: `problem` for what must be mended, `aside aside-now` for what should be looked at. */
export const frame = (look: 'problem' | 'aside aside-now', title: string, lines: readonly HTMLElement[]): HTMLElement =>
  element(
    'div',
    { class: look },
    sign(look === 'problem' ? 'circle-x' : 'clock-exclamation'),
    element('div', {}, element('strong', {}, title), element('ul', {}, ...lines)),
  );

export type StepState = 'done' | 'now' | 'next' | 'failed';
const signs = { done: 'check', now: 'hourglass', next: 'circle-dashed', failed: 'circle-x' } as const;

/** The icons of every state are in the sprite once; here only the class and what is read out change. */
export function markStep(step: string, state: StepState, says = ''): void {
  const line = maybe(`[data-step="${step}"]`);
  if (!line) return;
  line.className = `step step-${state}`;
  if (state === 'now') line.setAttribute('aria-current', 'step');
  else line.removeAttribute('aria-current');
  const use = line.querySelector('use');
  const sprite = use?.getAttribute('href')?.split('#')[0] ?? '';
  use?.setAttribute('href', `${sprite}#${signs[state]}`);
  const sentence = line.querySelector('[data-step-says]');
  if (sentence) sentence.textContent = says;
}

/** Moves a bar of bytes. */
export function moveProgress(name: string, value: number, max: number, state: 'running' | 'done' | 'stopped' = 'running'): void {
  const part = one(`[data-progress="${name}"]`);
  part.className = `progress-part progress-${state}`;
  const bar = one<HTMLProgressElement>('progress', part);
  bar.max = Math.max(1, max);
  bar.value = value;
  one('[data-progress-figures]', part).textContent = `${bytesText(value)} / ${bytesText(max)}`;
}

/** A step that failed: what happened, what it means, what to do. */
export class Trouble extends Error {
  readonly title: Words;
  readonly means: Words;
  readonly remedy: Words;
  constructor(title: Words, means: Words, remedy: Words) {
    super(title.en);
    this.name = 'Trouble';
    this.title = title;
    this.means = means;
    this.remedy = remedy;
  }
}

/** Shows what went wrong in a step, in its place on the page; `null` when all is well again. */
export function tellTrouble(step: string, trouble: Trouble | null): void {
  const panel = maybe(`[data-trouble="${step}"]`);
  if (!panel) return;
  panel.hidden = trouble === null;
  if (trouble === null) return;
  one('[data-trouble-title]', panel).textContent = t(trouble.title);
  one('[data-trouble-means]', panel).textContent = t(trouble.means);
  one('[data-trouble-do]', panel).textContent = t(trouble.remedy);
  panel.focus();
}

/** Hands a file that was made here to the person at the screen. */
export function offerDownload(link: HTMLAnchorElement, content: Blob, name: string): void {
  if (link.href.startsWith('blob:')) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(content);
  link.download = name;
}
export function download(content: Blob, name: string): void {
  const link = element('a');
  offerDownload(link, content, name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
