/** Keys for a long day: those of one letter only while nothing is being typed, and only while they are wanted (WCAG 2.1.4). */
const wish = 'yangguang/desk-keys';

export function answerKeys(): void {
  const help = document.querySelector<HTMLDetailsElement>('[data-keys]');
  const wanted = document.querySelector<HTMLInputElement>('[data-keys-on]');
  if (wanted) {
    wanted.checked = localStorage.getItem(wish) !== 'off';
    wanted.addEventListener('change', () => localStorage.setItem(wish, wanted.checked ? 'on' : 'off'));
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const saves = (event.ctrlKey || event.metaKey) && (event.key.toLowerCase() === 's' || event.key === 'Enter');
    if (saves) return done(event, save(event.target));
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === '?' && help) {
      help.open = !help.open;
      return done(event, true);
    }
    if (event.key === 'Escape' && help?.open) {
      help.open = false;
      help.querySelector('summary')?.focus();
      return done(event, true);
    }
    if (wanted?.checked !== false) done(event, letters[event.key.toLowerCase()]?.() === true);
  });
}

const done = (event: KeyboardEvent, did: boolean): void => {
  if (did) event.preventDefault();
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'submit'].includes(target.type));

function follow(link: Element | null | undefined): boolean {
  if (!(link instanceof HTMLAnchorElement)) return false;
  link.click();
  return true;
}

const beside = (step: 'nextElementSibling' | 'previousElementSibling'): boolean =>
  follow(document.querySelector('.bid-here')?.closest('li')?.[step]?.querySelector('a')) ||
  follow(document.querySelector(`a[data-key="${step === 'nextElementSibling' ? 'following' : 'previous'}"]`));

/** The item at hand is the one in which the focus is, else the first that is open. */
function answer(value: 'true' | 'false'): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-judging]')];
  const open = (row: HTMLElement): boolean =>
    row.querySelector('input[type="radio"]') !== null && row.querySelector('input:checked') === null;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[at] ?? rows.find(open);
  const choice = row?.querySelector<HTMLInputElement>(`input[type="radio"][value="${value}"]`);
  if (!row || !choice) return false;
  choice.checked = true;
  choice.dispatchEvent(new Event('input', { bubbles: true }));
  const next =
    value === 'false'
      ? row.querySelector<HTMLElement>('input[type="text"]')
      : rows[rows.indexOf(row) + 1]?.querySelector<HTMLElement>('input');
  (next ?? choice).focus();
  return true;
}

/** What is saved as it is, and what is sealed or signed. */
const sheets = '[data-keep] form, [data-sheet-form] form, [data-change-form] form';

function save(target: EventTarget | null): boolean {
  const own = target instanceof Element ? target.closest<HTMLFormElement>(sheets) : null;
  const form = own ?? document.querySelector<HTMLFormElement>(sheets);
  const button = form?.querySelector<HTMLButtonElement>('button[type="submit"]');
  if (!form || !button) return false;
  form.requestSubmit(button);
  return true;
}

const letters: Readonly<Record<string, () => boolean>> = {
  n: () => follow(document.querySelector('[data-next-open]')),
  j: () => beside('nextElementSibling'),
  k: () => beside('previousElementSibling'),
  p: () => answer('true'),
  f: () => answer('false'),
};
