import { readScore, sumOf } from '../evaluation/mark.ts';

/** The score sheet adds up while one types; Enter and the arrow keys go from mark to mark. It works without all this. */
const form = document.querySelector<HTMLFormElement>('#score-sheet');
const output = form?.querySelector<HTMLOutputElement>('[data-sheet-sum]');
if (form && output) {
  const marks = [...form.querySelectorAll<HTMLInputElement>('input[inputmode="decimal"]')];
  // after a refusal, and where sheets are sealed, the fields hold what was typed, not what is saved: then every reason stays in sight
  const refused = form.querySelector('[data-problem]') !== null || form.closest('[data-sheet-form]') !== null;
  const addUp = (): void => {
    const given = marks.flatMap((mark) => readScore(mark.value.trim(), maximumOf(mark)) ?? []);
    output.value = sumOf(given);
    for (const mark of marks) {
      const wrong = mark.value.trim() !== '' && readScore(mark.value.trim(), maximumOf(mark)) === undefined;
      mark.setAttribute('aria-invalid', String(wrong));
      if (!refused) askReason(mark);
    }
  };
  form.addEventListener('input', addUp);
  form.addEventListener('keydown', (event) => {
    const at = marks.indexOf(event.target as HTMLInputElement);
    const step = event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const to = marks[at + step];
    if (at < 0 || step === 0) return;
    if (event.key === 'Enter' && to === undefined) return;
    event.preventDefault();
    to?.focus();
    to?.select();
  });
  addUp();
}

/** `0 – 14`: the placeholder says how far a mark may go. */
function maximumOf(mark: HTMLInputElement): string {
  return mark.placeholder.split('–')[1]?.trim() ?? '0';
}

/** The reason of a correction is asked when there is one: when a mark that is saved is changed. */
function askReason(mark: HTMLInputElement): void {
  const reason = mark.closest('.judging')?.querySelector<HTMLInputElement>('input[name$="[reason]"]');
  const frame = reason?.closest<HTMLElement>('.field');
  if (!reason || !frame) return;
  const changed = mark.value.trim() !== mark.defaultValue;
  frame.hidden = !changed;
  reason.required = changed;
}
