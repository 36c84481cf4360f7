import { type Html, html } from '../html.ts';
import { copyButton } from '../parts/index.ts';
import type { View } from '../view.ts';

const label = { zh: '统一交易标识码', en: 'Trading code' };

/** The row of facts that states a unified trading code, to be copied, with the page that explains it; none where none was given. */
export const tradeCodeFacts = (view: View, code: string | null): readonly { label: typeof label; value: Html }[] =>
  code === null
    ? []
    : [
        {
          label,
          value: html`<a href="/codes?code=${encodeURIComponent(code)}"><code class="figure">${code}</code></a> ${copyButton(view, code)}`,
        },
      ];
