import { type Html, html } from '../html.ts';
import type { View } from '../view.ts';
import type { IconName } from './icon-names.ts';

/** A drawn sign from the sprite. Decoration for a text that stands beside it: hidden from screen readers. */
export function icon(view: View, name: IconName): Html {
  return html`<svg class="icon" aria-hidden="true" focusable="false" width="20" height="20"><use href="${view.asset('icons.svg')}#${name}"></use></svg>`;
}
