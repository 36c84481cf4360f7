import { identityStatement } from '../evaluation/identity-statement.ts';
import { base64, canonicalBytes } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { signDetached } from '../sealing/signature.ts';
import { signerChoice } from './signer.ts';

/** A member confirms who it is before it declares: the key works here, the form carries the finished signature. */
const identify = document.querySelector<HTMLElement>('[data-identify]');
const form = identify?.querySelector('form');
const part = identify?.querySelector<HTMLElement>('[data-signer]');
const fields = (name: string): HTMLInputElement | null | undefined => form?.querySelector<HTMLInputElement>(`input[name="${name}"]`);
const [signature, signedAt] = [fields('identity'), fields('identifiedAt')];
if (identify && form && part && signature && signedAt) {
  const choice = signerChoice(part);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    void sign();
  });

  const sign = async (): Promise<void> => {
    const { lot = '', member = '' } = identify.dataset;
    const at = parseInstant(part.dataset.now ?? '');
    const signer = await (await choice).signer();
    if (signer === null || at === undefined) return;
    for (const button of form.querySelectorAll<HTMLButtonElement>('button[type="submit"]')) button.disabled = true;
    signature.value = base64(await signDetached(canonicalBytes(identityStatement(lot, member, at)), signer, at));
    signedAt.value = at;
    form.submit();
  };
}
