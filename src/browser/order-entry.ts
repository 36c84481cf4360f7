import type { OrderStatement } from '../openings/order.ts';
import { signsForm } from './signing-form.ts';

/** A supervisor signs an order: the statement is put together from what stands in the form, and the key works here. What it is about decides where it goes. */
const order = document.querySelector<HTMLElement>('[data-order]');
signsForm(order, (form, at): OrderStatement => {
  const { lot = '', lifts = '', authority = '', order: kind, all = '', opening = '' } = order?.dataset ?? {};
  const whole = { format: 'yangguang/order/v1', lot, authority, reason: form.text('reason'), at } as const;
  const proceedings = form.text('scope') === 'proceedings';
  const sent = order?.querySelector('form');
  if (sent) sent.action = proceedings ? all : opening;
  if (kind === 'lift') return { ...whole, kind: 'lift', lifts };
  return { ...whole, kind: 'suspend', ground: form.text('ground'), ...(proceedings ? { scope: 'proceedings' as const } : {}) };
});
