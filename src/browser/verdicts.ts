import type { Check, Verification } from '../evidence/checks.ts';
import type { Words } from '../kernel/words.ts';

/** The language of the page. */
export const inPage = (words: Words): string => (document.documentElement.lang.startsWith('en') ? words.en : words.zh);

type Mark = 'verified' | 'refuted' | 'unchecked' | 'checking';

/** A mark of the house (views/parts/mark.ts), copied from the page's templates, with another text. */
export function mark(verdict: Mark, text: string): HTMLElement {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-mark="${verdict}"]`);
  const copy = template?.content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`the page has no template of the mark '${verdict}'`);
  const says = copy.querySelector(':scope > span');
  if (says) says.textContent = text;
  return copy;
}

const verdictWords: Readonly<Record<Verification['result'], Words>> = {
  verified: { zh: '核验通过', en: 'Verified' },
  refuted: { zh: '核验不通过', en: 'Does not verify' },
  unreadable: { zh: '无法读取', en: 'Cannot be read' },
};

/** The verdict in one line. */
export function verdictMark(verification: Verification, more = ''): HTMLElement {
  const { result } = verification;
  const words = `${inPage(verdictWords[result])}${more}`;
  return mark(result === 'verified' ? 'verified' : result === 'refuted' ? 'refuted' : 'unchecked', words);
}

/** One check as a line of the list. */
export function checkLine({ says, ok, why }: Check): HTMLElement {
  const line = document.createElement('li');
  line.append(mark(ok ? 'verified' : 'refuted', inPage(says)));
  if (why) line.append(aside(inPage(why)));
  return line;
}

/** A sentence in small print. */
export function aside(text: string): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.className = 'sub';
  paragraph.textContent = text;
  return paragraph;
}
