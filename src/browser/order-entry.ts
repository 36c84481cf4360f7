import type { OrderStatement } from '../openings/order.ts';
import { signsForm } from './signing-form.ts';

/** A supervisor signs an order: the statement is put together from what stands in the form, and the key works here. */
const order = document.querySelector<HTMLElement>('[data-order]');
signsForm(order, (form, at): OrderStatement => {
  const { lot = '', lifts = '', authority = '', order: kind } = order?.dataset ?? {};
  const whole = { format: 'yangguang/order/v1', lot, authority, reason: form.text('reason'), at } as const;
  return kind === 'lift' ? { ...whole, kind: 'lift', lifts } : { ...whole, kind: 'suspend', ground: form.text('ground') };
});
