import { type Html, html, nothing } from '../html.ts';
import type { View } from '../view.ts';
import { groupDigits } from './mark.ts';

/** "18462700.5" → "18,462,700.50": thousands separated, always two places. Text that is no amount stays as it is. */
export function amountText(yuan: string): string {
  const read = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(yuan);
  if (!read) return yuan;
  return `${read[1]}${groupDigits(read[2] ?? '0')}.${(read[3] ?? '').padEnd(2, '0')}`;
}

/** An amount in a table or a line of text: figures only, in tabular digits. `yuan` is a decimal string. */
export function figure(yuan: string): Html {
  return html`<data class="figure" value="${yuan}">${amountText(yuan)}</data>`;
}

export interface Money {
  /** decimal string in yuan, e.g. "18462700.00" */
  readonly yuan: string;
  /** also in Chinese capitals, where the law or the paper does so */
  readonly capitals?: boolean;
  readonly size?: 'plain' | 'large' | 'stage';
}

/** An amount with its sign, and below it the Chinese capitals. */
export function money(view: View, m: Money): Html {
  const capitals = m.capitals ? view.capitals(m.yuan) : null;
  return html`<span class="money money-${m.size ?? 'plain'}"><data class="money-figure" value="${m.yuan}"><span class="money-sign">¥</span>${amountText(m.yuan)}</data>${
    capitals ? html`<span class="money-capitals" lang="zh-CN">${capitals}</span>` : nothing
  }</span>`;
}
