import { attribute, classes, each, type Html, html, nothing, type Piece } from '../html.ts';
import type { View, Words } from '../view.ts';
import { icon } from './icon.ts';

/** A label from code (both languages) or a name that people gave. */
export type Label = Words | string;
export const labelText = (view: View, label: Label): string => (typeof label === 'string' ? label : view.t(label));

export interface PageHead {
  readonly title: Label;
  /** number, line, method, lot: small, above the title */
  readonly above?: Piece;
  readonly below?: Piece;
  /** status, to the right */
  readonly beside?: Piece;
  /** buttons, to the right */
  readonly actions?: Piece;
  readonly back?: { readonly href: string; readonly label: Label };
}

/** The head of a page: its one h1, what it belongs to, where it stands, what can be done. */
export function pageHead(view: View, h: PageHead): Html {
  return html`<div class="page-head"><div class="page-head-words">${h.back ? html`<a class="page-back" href="${h.back.href}">${icon(view, 'arrow-left')}${labelText(view, h.back.label)}</a>` : nothing}
  ${h.above ? html`<div class="above">${h.above}</div>` : nothing}<h1>${labelText(view, h.title)}</h1>${h.below ? html`<div class="sub">${h.below}</div>` : nothing}</div>
  ${h.beside || h.actions ? html`<div class="page-head-side">${h.beside ? html`<div class="page-head-beside">${h.beside}</div>` : nothing}${h.actions ? html`<div class="page-head-actions">${h.actions}</div>` : nothing}</div>` : nothing}</div>`;
}

export interface Card {
  readonly title?: Label;
  /** to the right of the title: a count, a link */
  readonly beside?: Piece;
  readonly body: Piece;
  /** `flush` for tables and lists that bring their own padding */
  readonly flush?: boolean;
  readonly foot?: Piece;
  readonly id?: string;
  /** amber edge: this is what is happening now */
  readonly now?: boolean;
}

/** A section with a heading. */
export function card(view: View, c: Card): Html {
  const title = c.title
    ? html`<div class="card-header"><h2 class="card-title">${labelText(view, c.title)}</h2>${c.beside ? html`<div class="card-beside">${c.beside}</div>` : nothing}</div>`
    : nothing;
  return html`<section class="${classes('card', c.now && 'card-now')}"${attribute('id', c.id)}>${title}${c.flush ? c.body : html`<div class="card-body">${c.body}</div>`}${c.foot ? html`<div class="card-foot">${c.foot}</div>` : nothing}</section>`;
}

/** Main matter with what runs beside it; under each other on a narrow screen. `left` stands before the main matter (regulator). */
export function columns(parts: { readonly left?: Piece; readonly main: Piece; readonly right?: Piece }): Html {
  return html`<div class="${classes('columns', parts.left ? 'columns-left' : null, parts.right ? 'columns-right' : null)}">${parts.left ? html`<div class="column-left stack">${parts.left}</div>` : nothing}<div class="column-main stack">${parts.main}</div>${parts.right ? html`<div class="column-right stack">${parts.right}</div>` : nothing}</div>`;
}

/** Pieces under each other with the house's distance. */
export function stack(...pieces: readonly Piece[]): Html {
  return html`<div class="stack">${pieces}</div>`;
}

/** Small equal boxes side by side, as many as fit. */
export function grid(...pieces: readonly Piece[]): Html {
  return html`<div class="tiles">${pieces.map((p) => html`<div class="tile">${p}</div>`)}</div>`;
}

export interface Fact {
  readonly label: Label;
  readonly value: Piece;
  readonly note?: Piece;
}

/** Facts with their names: a definition list. `wide` puts them side by side. */
export function facts(view: View, list: readonly Fact[], shape: 'list' | 'wide' = 'list'): Html {
  return html`<dl class="facts facts-${shape}">${each(list, (f) => html`<div><dt>${labelText(view, f.label)}</dt><dd>${f.value}${f.note ? html` <span class="sub">${f.note}</span>` : nothing}</dd></div>`)}</dl>`;
}

/** A figure that matters, with its name. */
export function stat(view: View, s: { readonly label: Label; readonly value: Piece; readonly note?: Piece }): Html {
  return html`<div class="stat"><div class="stat-value">${s.value}</div><div class="stat-label">${labelText(view, s.label)}</div>${s.note ? html`<div class="sub">${s.note}</div>` : nothing}</div>`;
}

export interface Tab {
  readonly label: Label;
  readonly href: string;
  readonly current?: boolean;
  readonly count?: number;
}

/** Tabs that are plain links to pages. */
export function tabs(view: View, list: readonly Tab[], label: Words): Html {
  return html`<nav class="tabs" aria-label="${view.t(label)}"><ul>${each(
    list,
    (tab) =>
      html`<li><a href="${tab.href}"${attribute('aria-current', tab.current ? 'page' : null)}>${labelText(view, tab.label)}${tab.count === undefined ? nothing : html` <span class="count">${tab.count}</span>`}</a></li>`,
  )}</ul></nav>`;
}

export interface Pagination {
  /** from 1 */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  readonly href: (page: number) => string;
}

/** Earlier and later pages, with where one is. */
export function pagination(view: View, p: Pagination): Html {
  const here = view.t(
    { zh: '第 {page} / {pages} 页，共 {total} 条', en: 'Page {page} of {pages}, {total} in all' },
    { page: p.page, pages: p.pages, total: p.total },
  );
  const step = (to: number, words: Words, way: 'chevron-left' | 'chevron-right'): Html =>
    to < 1 || to > p.pages
      ? html`<span class="btn btn-sm disabled" aria-disabled="true">${view.t(words)}</span>`
      : html`<a class="btn btn-sm" href="${p.href(to)}">${way === 'chevron-left' ? icon(view, way) : nothing}${view.t(words)}${way === 'chevron-right' ? icon(view, way) : nothing}</a>`;
  return html`<nav class="pages" aria-label="${view.t({ zh: '分页', en: 'Pages' })}">${step(p.page - 1, { zh: '上一页', en: 'Previous' }, 'chevron-left')}<span class="sub">${here}</span>${step(p.page + 1, { zh: '下一页', en: 'Next' }, 'chevron-right')}</nav>`;
}

/** Filters of a list as a GET form: the fields, a button, and a way back to everything. */
export function filterBar(view: View, f: { readonly action: string; readonly fields: Piece; readonly clear?: string }): Html {
  return html`<form class="filters" method="get" action="${f.action}" role="search" aria-label="${view.t({ zh: '筛选', en: 'Filter' })}"><div class="filters-fields">${f.fields}</div><div class="form-actions"><button class="btn" type="submit">${icon(view, 'filter')}<span>${view.t({ zh: '筛选', en: 'Filter' })}</span></button>${f.clear ? html`<a class="btn btn-link" href="${f.clear}">${view.t({ zh: '全部', en: 'Everything' })}</a>` : nothing}</div></form>`;
}

/** A text people read in full (a notice, a decision): paragraphs and headings in a readable measure. Headings are h3. */
export function prose(view: View, blocks: readonly { readonly heading?: Label; readonly text?: Label; readonly body?: Piece }[]): Html {
  return html`<div class="prose">${each(
    blocks,
    (b) =>
      html`${b.heading ? html`<h3>${labelText(view, b.heading)}</h3>` : nothing}${
        b.text
          ? labelText(view, b.text)
              .split('\n')
              .map((line) => html`<p>${line}</p>`)
          : nothing
      }${b.body}`,
  )}</div>`;
}

/**
 * A region that a live page renews: src/browser/regions.ts puts the new children into the standing region, so that a screen reader hears
 * the change and focus elsewhere stays. Names are unique on a page. The marks let the web room take regions out of a page as text.
 */
export function live(name: string, body: Piece, speaks = false): Html {
  return html`<div class="live" data-live="${name}"${speaks ? html` aria-live="polite"` : nothing}><!--live ${name}-->${body}<!--/live ${name}--></div>`;
}
