import { attribute, classes, each, type Html, html, nothing, when } from '../html.ts';
import type { View, Words } from '../view.ts';
import { type Ground, ground } from './ground.ts';

export interface Choice {
  readonly value: string;
  readonly label: Words | string;
  readonly hint?: Words;
}

interface FieldBase {
  /** the dotted path in the JSON body; a nested one may be written `items[0][price]`, as form parsers want it */
  readonly name: string;
  readonly label: Words;
  readonly hint?: Words;
  /** the rule this value must keep, and where it comes from: shown beside the field before anything goes wrong */
  readonly ground?: Ground & { readonly says?: Words };
  readonly required?: boolean;
  readonly readonly?: boolean;
  /** takes half the row on a wide screen */
  readonly half?: boolean;
  readonly autocomplete?: string;
}

export type Field = FieldBase &
  (
    | {
        readonly kind: 'text' | 'email' | 'password' | 'search';
        readonly value?: string | null;
        readonly maxlength?: number;
        readonly pattern?: string;
        readonly placeholder?: string;
        readonly inputmode?: string;
      }
    /** yuan as a decimal string; the capitals stand below and follow the typing */
    | { readonly kind: 'money'; readonly value?: string | null; readonly capitals?: boolean }
    | {
        readonly kind: 'number';
        readonly value?: string | number | null;
        readonly min?: number;
        readonly max?: number;
        readonly step?: number | 'any';
        readonly unit?: Words;
      }
    /** sends 2026-12-02T14:00, Beijing time; give `beijingInput(instant)` as value */
    | { readonly kind: 'datetime'; readonly value?: string | null; readonly min?: string; readonly max?: string }
    | { readonly kind: 'date'; readonly value?: string | null; readonly min?: string; readonly max?: string }
    | { readonly kind: 'select'; readonly value?: string | null; readonly choices: readonly Choice[]; readonly empty?: Words }
    | { readonly kind: 'radio'; readonly value?: string | null; readonly choices: readonly Choice[] }
    /** any number of them: sends the name once for each that is ticked */
    | { readonly kind: 'checks'; readonly value?: readonly string[]; readonly choices: readonly Choice[] }
    | { readonly kind: 'textarea'; readonly value?: string | null; readonly rows?: number; readonly maxlength?: number }
    | { readonly kind: 'checkbox'; readonly value?: boolean; readonly says: Words }
    | { readonly kind: 'file'; readonly accept?: string; readonly multiple?: boolean }
  );

/** An id for the field's input that is unique on the page and valid in CSS. */
export const fieldId = (name: string): string => `f-${pathOf(name).replace(/[^a-zA-Z0-9_-]+/g, '-')}`;

/** `items[0][price]` is the problem path `items.0.price`. */
const pathOf = (name: string): string => name.replace(/\[(\w*)\]/g, '.$1');

/** The value typed under this name: flat (`a.b`) or nested ({ a: { b } }), as the form parser left it. */
function typedValue(view: View, name: string): unknown {
  if (name in view.values) return view.values[name];
  let at: unknown = view.values;
  for (const key of pathOf(name).split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** What was typed before a refusal wins over the stored value, so that nobody types twice. */
function shown(view: View, f: Field): string {
  const typed = typedValue(view, f.name);
  if (typeof typed === 'string' || typeof typed === 'number') return String(typed);
  return 'value' in f && (typeof f.value === 'string' || typeof f.value === 'number') ? String(f.value) : '';
}

/** Which were ticked before a refusal, or are ticked to begin with. */
function ticked(view: View, f: Extract<Field, { kind: 'checks' }>): readonly string[] {
  const typed = typedValue(view, f.name);
  if (typeof typed === 'string') return [typed];
  if (Array.isArray(typed)) return typed.map(String);
  return Object.keys(view.values).length > 0 ? [] : (f.value ?? []);
}

/**
 * A labelled input with its hint, its rule and source, and the refusal beside it when there is one.
 * `view.values` is shown again after a refusal; `view.problem.fields` finds its field by the name.
 */
export function field(view: View, f: Field): Html {
  const id = fieldId(f.name);
  const wrong = view.problem?.fields.filter((refused) => refused.path === pathOf(f.name)) ?? [];
  const described = [f.hint && `${id}-hint`, f.ground && `${id}-ground`, wrong.length > 0 && `${id}-wrong`].filter(Boolean).join(' ');
  const common = html` id="${id}" name="${f.name}"${attribute('required', f.required)}${attribute('aria-describedby', described || null)}${attribute('aria-invalid', wrong.length > 0 ? 'true' : null)}${attribute('autocomplete', f.autocomplete)}`;
  const hint = f.hint ? html`<p class="field-hint" id="${id}-hint">${view.t(f.hint)}</p>` : nothing;
  const rule = f.ground
    ? html`<p class="field-ground" id="${id}-ground">${f.ground.says ? html`${view.t(f.ground.says)} ` : nothing}${ground(view, f.ground)}</p>`
    : nothing;
  const refusal = when(
    wrong.length > 0,
    () => html`<p class="field-wrong" id="${id}-wrong">${each(wrong, (w) => html`<span>${view.t(w.says)}</span>`)}</p>`,
  );
  const frame = classes('field', f.half && 'field-half', wrong.length > 0 && 'field-refused', `field-${f.kind}`);
  const needed = f.required ? html`<span class="field-needed">${view.t({ zh: '必填', en: 'required' })}</span>` : nothing;
  if (f.kind === 'checkbox') {
    const refused = Object.keys(view.values).length > 0;
    const checked = refused ? Boolean(typedValue(view, f.name)) : f.value === true;
    return html`<div class="${frame}"><span class="field-label">${view.t(f.label)}${needed}</span>
  <label class="form-check"><input class="form-check-input" type="checkbox" value="true"${common}${attribute('checked', checked)}><span class="form-check-label">${view.t(f.says)}</span></label>${hint}${rule}${refusal}</div>`;
  }
  if (f.kind === 'radio' || f.kind === 'checks') {
    const chosen = f.kind === 'radio' ? [shown(view, f)] : ticked(view, f);
    const type = f.kind === 'radio' ? 'radio' : 'checkbox';
    return html`<fieldset class="${frame}"${attribute('aria-describedby', described || null)}><legend class="field-label">${view.t(f.label)}${needed}</legend>
  ${each(f.choices, (choice, at) => html`<label class="form-check"><input class="form-check-input" type="${type}" id="${id}-${at}" name="${f.name}" value="${choice.value}"${attribute('required', f.kind === 'radio' && f.required)}${attribute('checked', chosen.includes(choice.value))}><span class="form-check-label">${choiceLabel(view, choice)}${choice.hint ? html`<span class="field-hint">${view.t(choice.hint)}</span>` : nothing}</span></label>`)}${hint}${rule}${refusal}</fieldset>`;
  }
  return html`<div class="${frame}"><label class="field-label" for="${id}">${view.t(f.label)}${needed}</label>
  ${input(view, f, id, common)}${hint}${rule}${refusal}</div>`;
}

const choiceLabel = (view: View, choice: Choice): string => (typeof choice.label === 'string' ? choice.label : view.t(choice.label));

function input(view: View, f: Exclude<Field, { kind: 'checkbox' | 'radio' | 'checks' }>, id: string, common: Html): Html {
  const value = shown(view, f);
  const locked = attribute('readonly', f.readonly);
  switch (f.kind) {
    case 'text':
    case 'email':
    case 'search':
      return html`<input class="form-control" type="${f.kind}" value="${value}"${common}${locked}${attribute('maxlength', f.maxlength)}${attribute('pattern', f.pattern)}${attribute('placeholder', f.placeholder)}${attribute('inputmode', f.inputmode)}>`;
    case 'password':
      // a refused password is never sent back to the page
      return html`<input class="form-control" type="password"${common}${attribute('maxlength', f.maxlength)}>`;
    case 'money':
      return html`<div class="input-group"><span class="input-group-text" aria-hidden="true">¥</span><input class="form-control figure" type="text" inputmode="decimal" value="${value}"${common}${locked}${when(f.capitals !== false, html` data-capitals="${id}-capitals"`)}><span class="input-group-text">${view.t({ zh: '元', en: 'yuan' })}</span></div>${when(
        f.capitals !== false,
        () => html`<output class="field-capitals" id="${id}-capitals" for="${id}" lang="zh-CN">${view.capitals(value) ?? ''}</output>`,
      )}`;
    case 'number': {
      const control = html`<input class="form-control figure" type="number" value="${value}"${common}${locked}${attribute('min', f.min)}${attribute('max', f.max)}${attribute('step', f.step)}>`;
      return f.unit ? html`<div class="input-group">${control}<span class="input-group-text">${view.t(f.unit)}</span></div>` : control;
    }
    case 'datetime':
      return html`<div class="input-group"><input class="form-control" type="datetime-local" value="${value}"${common}${locked}${attribute('min', f.min)}${attribute('max', f.max)}><span class="input-group-text">${view.t({ zh: '北京时间', en: 'Beijing time' })}</span></div>`;
    case 'date':
      return html`<input class="form-control" type="date" value="${value}"${common}${locked}${attribute('min', f.min)}${attribute('max', f.max)}>`;
    case 'select':
      return html`<select class="form-select"${common}>${when(f.empty !== undefined || !f.required, html`<option value="">${view.t(f.empty ?? { zh: '请选择', en: 'Please choose' })}</option>`)}${each(
        f.choices,
        (choice) =>
          html`<option value="${choice.value}"${attribute('selected', choice.value === value)}>${choiceLabel(view, choice)}</option>`,
      )}</select>`;
    case 'textarea':
      return html`<textarea class="form-control" rows="${f.rows ?? 4}"${common}${locked}${attribute('maxlength', f.maxlength)}>${value}</textarea>`;
    case 'file':
      return html`<input class="form-control" type="file"${common}${attribute('accept', f.accept)}${attribute('multiple', f.multiple)}>`;
  }
}

/** A value that travels with the form unseen. */
export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}
