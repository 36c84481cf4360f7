import { capitals, parseYuan } from '../kernel/money.ts';

/** Everything here refines a page that already works without it. */
export function refinePage(): void {
  document.documentElement.dataset.script = 'on';
  document.addEventListener('click', onClick);
  document.addEventListener('input', onInput);
  document.addEventListener('toggle', onToggle, true);
  document.addEventListener('keydown', onKey);
  document.addEventListener('invalid', onInvalid, true);
  document.addEventListener('submit', onSubmit);
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-capitals]')) showCapitals(input);
  document.querySelector<HTMLElement>('[data-problem]')?.focus();
}

function onClick(event: Event): void {
  if (!(event.target instanceof Element)) return;
  const copy = event.target.closest<HTMLButtonElement>('button[data-copy]');
  if (copy) copyFrom(copy);
  const close = event.target.closest('[data-confirm-close]');
  if (close) closeConfirm(close.closest('details'));
  const back = event.target.closest('[data-print]');
  if (back) window.print();
}

function copyFrom(button: HTMLButtonElement): void {
  const label = button.querySelector('span');
  const before = label?.textContent ?? '';
  navigator.clipboard.writeText(button.dataset.copy ?? '').then(
    () => {
      if (!label) return;
      label.textContent = button.dataset.copied ?? before;
      setTimeout(() => {
        label.textContent = before;
      }, 1600);
    },
    () => {
      // no permission or no secure context: select the text, so that a key press copies it
      const text = button.previousElementSibling;
      if (text) getSelection()?.selectAllChildren(text);
    },
  );
}

function onInput(event: Event): void {
  const input = event.target;
  if (!(input instanceof HTMLElement)) return;
  if (input instanceof HTMLInputElement && input.dataset.capitals) showCapitals(input);
  const form = input.closest('form[method="post"]');
  if (form instanceof HTMLElement) form.dataset.dirty = 'true';
}

/** The amount in Chinese capitals below the field, as one types: a slipped digit is seen at once. */
function showCapitals(input: HTMLInputElement): void {
  const output = document.getElementById(input.dataset.capitals ?? '');
  if (!output) return;
  const amount = parseYuan(input.value);
  output.textContent = amount === undefined ? '' : capitals(amount);
}

/** A question before what cannot be undone takes the focus when it unfolds. */
function onToggle(event: Event): void {
  const details = event.target;
  if (!(details instanceof HTMLDetailsElement) || !('confirm' in details.dataset) || !details.open) return;
  details.querySelector<HTMLInputElement>('input[type="checkbox"]')?.focus();
}

/** A required tick inside a folded question would stop the form without a word: unfold it, so that the browser can show what is missing. */
function onInvalid(event: Event): void {
  const folded = event.target instanceof Element ? event.target.closest('details:not([open])') : null;
  if (folded instanceof HTMLDetailsElement) folded.open = true;
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  const open = document.activeElement?.closest('details[open]');
  if (open instanceof HTMLDetailsElement && (open.matches('[data-confirm]') || open.matches('.top-menu'))) closeConfirm(open);
}

function closeConfirm(details: HTMLDetailsElement | null | undefined): void {
  if (!details) return;
  details.open = false;
  details.querySelector('summary')?.focus();
}

/** A second click must not send a second time; the acts would refuse it, but nobody should have to read that. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'true';
  setTimeout(() => {
    delete form.dataset.sent;
  }, 4000);
}
