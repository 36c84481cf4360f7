import { type Html, html, join, nothing } from '../html.ts';
import type { View, Words } from '../view.ts';

/** On what ground something is asked or refused: the rule's id in the public rulebook and the law it comes from. */
export interface Ground {
  readonly rule?: string | undefined;
  readonly source?: Words | undefined;
}

/** The ground as a link into the public rulebook: 依据：招标投标法第二十四条 ·. Nothing when there is none. */
export function ground(view: View, g: Ground): Html {
  if (!g.rule && !g.source) return nothing;
  const label = join([g.source ? view.t(g.source) : null, g.rule], ' · ');
  const text = html`${view.t({ zh: '依据：', en: 'Ground: ' })}${label}`;
  if (!g.rule) return html`<span class="ground">${text}</span>`;
  return html`<a class="ground" href="/rules#${encodeURIComponent(g.rule)}">${text}</a>`;
}
