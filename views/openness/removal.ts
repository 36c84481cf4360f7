import { type Html, html } from '../html.ts';
import * as part from '../parts/index.ts';
import type { View, Words } from '../view.ts';

/** How an administrator takes a witness or a probe off the platform: folded away, and with a reason. */
export const removal = (
  view: View,
  { action, remove, reason }: { readonly action: string; readonly remove: Words; readonly reason: Words },
): Html =>
  html`<details><summary>${view.t(remove)}</summary>${part.form(view, {
    action,
    fields: part.field(view, { kind: 'text', name: 'reason', label: reason, required: true, maxlength: 500 }),
    submit: remove,
    tone: 'danger',
    quiet: true,
  })}</details>`;
