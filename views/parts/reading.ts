import { type Html, html, nothing, type Piece } from '../html.ts';
import type { View, Words } from '../view.ts';
import { icon } from './icon.ts';
import { money } from './money.ts';
import { type Fact, facts } from './page.ts';

/** What is read out now: the largest thing in the hall. */
export interface Reading {
  /** 正在唱读 */
  readonly label: Words;
  /** the bidder's name */
  readonly name: string;
  /** 第 4 家，共 9 家 */
  readonly place?: Words;
  /** decimal string; null when the bid is invalid or has no price */
  readonly yuan: string | null;
  /** a price that is no amount of money: a rate, a discount (12.50 %) */
  readonly figure?: string;
  /** said instead of the price: why the bid is invalid */
  readonly invalid?: Words;
  /** said instead of the price: why there is none to be read */
  readonly unpriced?: Words;
  readonly marks?: Piece;
  readonly facts?: readonly Fact[];
  /** what a voice says of it, where the visitor let the page speak (`speechSwitch`) */
  readonly speech?: Words;
}

/** The stage of the hall. On a live page it stands in `live()`, which announces its changes politely. */
export function reading(view: View, r: Reading): Html {
  return html`<section class="reading card"${r.speech ? html` data-speech="${view.t(r.speech)}"` : nothing}><div class="card-body">
  <div class="reading-head"><div><p class="above">${view.t(r.label)}${r.place ? html` · ${view.t(r.place)}` : nothing}</p><p class="reading-name">${r.name}</p></div>${r.marks ? html`<div class="reading-marks">${r.marks}</div>` : nothing}</div>
  ${r.invalid ? html`<p class="reading-invalid">${view.t(r.invalid)}</p>` : r.unpriced ? html`<p class="reading-unpriced">${view.t(r.unpriced)}</p>` : r.yuan === null ? html`<p class="reading-figure">${r.figure ?? '—'}</p>` : money(view, { yuan: r.yuan, capitals: true, size: 'stage' })}
  ${r.facts ? facts(view, r.facts, 'wide') : nothing}</div></section>`;
}

/** Lets the page read aloud what is read out. Off until pressed; hidden where the browser has no voice (src/browser/speech.ts). */
export function speechSwitch(view: View): Html {
  return html`<button class="btn btn-sm needs-script" type="button" data-speech-switch aria-pressed="false" hidden>${icon(view, 'volume')}<span>${view.t({ zh: '朗读', en: 'Read aloud' })}</span></button>`;
}

/** The stage between two readings: what is happening and what comes next, at the same size. */
export function interlude(view: View, i: { readonly label: Words; readonly says: Words | string; readonly body?: Piece }): Html {
  return html`<section class="reading card"><div class="card-body"><p class="above">${view.t(i.label)}</p><p class="reading-says">${typeof i.says === 'string' ? i.says : view.t(i.says)}</p>${i.body}</div></section>`;
}
