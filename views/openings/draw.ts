import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

/** The session's draw, step by step, as everybody may follow it. */
export interface HallDraw {
  readonly completedAt: Instant | null;
  readonly drawn: readonly { readonly label: Words | string; readonly value: string }[];
  /** a draw of the order of reading: who is read, first to last; null while it is being drawn */
  readonly order?: readonly string[] | null;
  readonly proof: string | null;
  readonly requestedAt?: Instant;
  readonly digest?: string;
  readonly shares?: readonly { readonly name: string; readonly at: Instant }[];
  readonly seed?: string | null;
}

const say = {
  title: { zh: '现场抽取', en: 'The draw, step by step' },
  orderTitle: { zh: '唱标顺序抽签', en: 'The order of reading, step by step' },
  asked: { zh: '申请入日志，内容从此不变', en: 'The request stands in the journal and cannot change' },
  shares: { zh: '托管人各给份额', en: 'Trustees give their shares' },
  waiting: { zh: '等待份额', en: 'waiting for shares' },
  seed: { zh: '份额合成种子，任何人无法预知', en: 'The shares make the seed; nobody could know it' },
  drawn: { zh: '由种子得出结果', en: 'The seed gives the result' },
  tie: { zh: '无参数；种子用于同分排序', en: 'no parameter; the seed breaks ties' },
  proof: { zh: '下载存证', en: 'The transcript' },
  how: { zh: '核验：npx yangguang verify draw.json', en: 'To verify: npx yangguang verify draw.json' },
} satisfies Texts;

/** Request, shares, seed, result: each as it comes, with the proof one click away. */
export function drawCard(view: View, draw: HallDraw): Html {
  if (draw.digest === undefined) return nothing;
  const shares = draw.shares ?? [];
  const steps: readonly { readonly says: Words; readonly value: Html | string | null }[] = [
    { says: say.asked, value: html`<code class="wrap">${draw.digest}</code>` },
    {
      says: say.shares,
      value:
        shares.length === 0 ? view.t(say.waiting) : html`${each(shares, ({ name, at }) => html`${name} ${part.time(view, at, 'time')} `)}`,
    },
    { says: say.seed, value: draw.seed ? html`<code class="wrap">${draw.seed}</code>` : null },
    { says: say.drawn, value: draw.completedAt ? resultOf(view, draw) : null },
  ];
  return part.card(view, {
    title: draw.order === undefined ? say.title : say.orderTitle,
    ...(draw.proof ? { beside: html`<a href="${draw.proof}" download="draw.json">${view.t(say.proof)}</a>` } : {}),
    body: html`<ol class="agenda">${each(
      steps,
      ({ says, value }) => html`<li>${view.t(says)}${value === null ? nothing : html`<div class="sub">${value}</div>`}</li>`,
    )}</ol>${draw.completedAt ? html`<p class="sub">${view.t(say.how)}</p>` : nothing}`,
  });
}

function resultOf(view: View, draw: HallDraw): Html {
  if (draw.order) return drawnOrder(draw.order);
  if (draw.drawn.length === 0) return html`<strong>${view.t(say.tie)}</strong>`;
  return html`<strong>${draw.drawn.map(({ label, value }) => `${typeof label === 'string' ? label : view.t(label)} ${value}`).join('，')}</strong>`;
}

/** Who is read, first to last. */
export const drawnOrder = (names: readonly string[]): Html =>
  html`<ol class="drawn-order">${each(names, (name) => html`<li>${name}</li>`)}</ol>`;
