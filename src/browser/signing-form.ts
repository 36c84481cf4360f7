import { base64, canonicalBytes } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { signDetached } from '../sealing/signature.ts';
import { serverNow } from './clock.ts';
import { signerChoice } from './signer.ts';

/**
 * A form whose words are signed: when it is sent, the statement is put together from what stands in it, the chosen key signs here, and only the finished
 * signature and its moment travel along, in the hidden fields `signature` and `at`.
 */
export function signsForm(holder: HTMLElement | null, statementOf: (form: WrittenForm, at: string) => object): void {
  const form = holder?.querySelector('form');
  const part = form?.querySelector<HTMLElement>('[data-signer]');
  if (!form || !part) return;
  const choice = signerChoice(part);
  const written = writtenIn(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    void sign();
  });

  const sign = async (): Promise<void> => {
    const buttons = form.querySelectorAll<HTMLButtonElement>('button[type="submit"]');
    const at = parseInstant(serverNow());
    const signer = await (await choice).signer();
    if (signer === null) return part.scrollIntoView({ block: 'nearest' });
    const [signature, moment] = ['signature', 'at'].map((name) => form.querySelector<HTMLInputElement>(`input[name="${name}"]`));
    if (at === undefined || !signature || !moment) return;
    for (const button of buttons) button.disabled = true;
    moment.value = at;
    signature.value = base64(await signDetached(canonicalBytes(statementOf(written, at)), signer, at));
    form.submit();
  };
}

/** What stands in a form, as its act will read it: trimmed. */
export interface WrittenForm {
  /** what is written or chosen under a name */
  text(name: string): string;
  ticked(name: string): string[];
}

function writtenIn(form: HTMLFormElement): WrittenForm {
  const all = (name: string): string[] => new FormData(form).getAll(name).map(String);
  return { text: (name) => (all(name)[0] ?? '').trim(), ticked: all };
}
