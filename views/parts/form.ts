import { attribute, type Html, html, nothing, type Piece } from '../html.ts';
import type { View, Words } from '../view.ts';
import { type Ground, ground } from './ground.ts';
import { icon } from './icon.ts';
import type { IconName } from './icon-names.ts';
import { problemPanel } from './problem.ts';

export interface Confirmation {
  /** what is about to happen, as a question or a statement: 提交评标报告 */
  readonly title: Words;
  /** what it means and that it cannot be undone */
  readonly says: Words;
  /** the sentence to tick */
  readonly understood?: Words;
  readonly ground?: Ground;
}

export interface Form {
  readonly action: string;
  readonly fields?: Piece;
  readonly submit: Words;
  readonly icon?: IconName;
  /** `danger` for what takes something away; `plain` for a side act */
  readonly tone?: 'primary' | 'danger' | 'plain';
  /** asked before an act that cannot be undone; works without script (the button unfolds the question) */
  readonly confirm?: Confirmation;
  readonly multipart?: boolean;
  readonly id?: string;
  /** one line: the fields and the button side by side */
  readonly inline?: boolean;
  /** a second way out, e.g. back to the list */
  readonly cancel?: { readonly href: string; readonly label: Words };
  /** extra buttons of the same form: saved with `name=value` (save and go on) */
  readonly also?: readonly { readonly name: string; readonly value: string; readonly label: Words }[];
  /** said under the button: what happens next */
  readonly note?: Words;
  /** leave out the problem panel (when the page shows it elsewhere) */
  readonly quiet?: boolean;
}

/** A form that posts an act: CSRF token, fields, the refusal on top, one main button. */
export function form(view: View, f: Form): Html {
  return html`<form class="${f.inline ? 'form form-inline' : 'form'}" method="post" action="${f.action}"${attribute('id', f.id)}${attribute('enctype', f.multipart ? 'multipart/form-data' : null)}>
<input type="hidden" name="_csrf" value="${view.csrf}">
${f.quiet ? nothing : problemPanel(view)}
${f.fields ? html`<div class="fields">${f.fields}</div>` : nothing}
${f.confirm ? confirmation(view, f, f.confirm) : html`<div class="form-actions">${submitButton(view, f)}${extras(view, f)}</div>`}
${f.note ? html`<p class="form-note">${view.t(f.note)}</p>` : nothing}
</form>`;
}

const toneClass = { primary: 'btn-primary', danger: 'btn-danger', plain: '' } as const;

function submitButton(view: View, f: Form): Html {
  return html`<button class="btn ${toneClass[f.tone ?? 'primary']}" type="submit">${f.icon ? icon(view, f.icon) : nothing}<span>${view.t(f.submit)}</span></button>`;
}

function extras(view: View, f: Form): Html {
  const also = (f.also ?? []).map(
    (b) => html`<button class="btn" type="submit" name="${b.name}" value="${b.value}" formnovalidate>${view.t(b.label)}</button>`,
  );
  const cancel = f.cancel ? html`<a class="btn btn-link" href="${f.cancel.href}">${view.t(f.cancel.label)}</a>` : nothing;
  return html`${also}${cancel}`;
}

/** The question before what cannot be undone: unfolds under the button, with a sentence to tick and the real button. */
function confirmation(view: View, f: Form, c: Confirmation): Html {
  const tick = c.understood ?? { zh: '我已知晓，此操作不能撤销', en: 'I understand that this cannot be undone' };
  return html`<details class="confirm" data-confirm><summary class="btn ${toneClass[f.tone ?? 'primary']}">${f.icon ? icon(view, f.icon) : nothing}<span>${view.t(f.submit)}…</span></summary>
<div class="confirm-panel" role="group" aria-label="${view.t(c.title)}">
  <p class="confirm-title">${icon(view, 'alert-triangle')}<strong>${view.t(c.title)}</strong></p>
  <p>${view.t(c.says)} ${c.ground ? ground(view, c.ground) : nothing}</p>
  <label class="form-check"><input class="form-check-input" type="checkbox" required><span class="form-check-label">${view.t(tick)}</span></label>
  <div class="form-actions">${submitButton(view, f)}<button class="btn btn-link needs-script" type="button" data-confirm-close>${view.t({ zh: '再想想', en: 'Not yet' })}</button></div>
</div></details>${f.also || f.cancel ? html`<div class="form-actions">${extras(view, f)}</div>` : nothing}`;
}

/** A link that looks like a button: for going somewhere, never for doing something. */
export function linkButton(
  view: View,
  link: {
    readonly href: string;
    readonly label: Words;
    readonly icon?: IconName;
    readonly tone?: 'primary' | 'plain';
    readonly small?: boolean;
    readonly download?: boolean;
  },
): Html {
  return html`<a class="btn ${link.tone === 'primary' ? 'btn-primary' : ''} ${link.small ? 'btn-sm' : ''}" href="${link.href}"${attribute('download', link.download)}>${link.icon ? icon(view, link.icon) : nothing}<span>${view.t(link.label)}</span></a>`;
}
