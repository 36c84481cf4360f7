import { base64, canonicalBytes } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import type { OrderStatement } from '../openings/order.ts';
import { signDetached } from '../sealing/signature.ts';
import { serverNow } from './clock.ts';
import { signerChoice } from './signer.ts';

/** A supervisor signs an order: the statement is put together from what stands in the form, and the key works here. */
const order = document.querySelector<HTMLElement>('[data-order]');
const form = order?.querySelector('form');
const part = order?.querySelector<HTMLElement>('[data-signer]');
if (order && form && part) {
  const choice = signerChoice(part);
  const field = (name: string) => form.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    void sign();
  });

  const statementOf = (at: string): OrderStatement => {
    const { lot = '', lifts = '', authority = '' } = order.dataset;
    const text = (name: string): string => (field(name)?.value ?? '').trim();
    const whole = { format: 'yangguang/order/v1', lot, authority, reason: text('reason'), at } as const;
    return order.dataset.order === 'lift' ? { ...whole, kind: 'lift', lifts } : { ...whole, kind: 'suspend', ground: text('ground') };
  };

  const sign = async (): Promise<void> => {
    const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
    const at = parseInstant(serverNow());
    const signer = await (await choice).signer();
    const [signature, moment] = [field('signature'), field('at')];
    if (signer === null || at === undefined || !signature || !moment) return;
    if (button) button.disabled = true;
    moment.value = at;
    signature.value = base64(await signDetached(canonicalBytes(statementOf(at)), signer, at));
    form.submit();
  };
}
