import { attribute, classes, each, type Html, html, nothing } from '../html.ts';
import type { View, Words } from '../view.ts';
import { bytesText } from './file.ts';
import { icon } from './icon.ts';

export interface Progress {
  readonly label: Words;
  /** both in bytes or both in steps; `null` = how much is not known yet */
  readonly value: number | null;
  readonly max: number;
  readonly unit?: 'bytes' | 'steps' | 'percent';
  readonly state?: 'running' | 'done' | 'stopped';
  readonly note?: Words;
  /** id for the script that moves it: `data-progress="upload"` */
  readonly id?: string;
}

/** How far something is: a bar with its figures in words. */
export function progress(view: View, p: Progress): Html {
  const value = p.value ?? 0;
  const figures = {
    bytes: `${bytesText(value)} / ${bytesText(p.max)}`,
    steps: `${value} / ${p.max}`,
    percent: `${p.max === 0 ? 0 : Math.floor((value / p.max) * 100)}%`,
  }[p.unit ?? 'percent'];
  return html`<div class="progress-part progress-${p.state ?? 'running'}"${attribute('data-progress', p.id)}><div class="limit-head"><span data-progress-label>${view.t(p.label)}</span><span class="limit-left" data-progress-figures>${p.value === null ? '…' : figures}</span></div>
  <progress class="bar" max="${Math.max(1, p.max)}"${attribute('value', p.value === null ? null : value)} aria-label="${view.t(p.label)}"></progress>${p.note ? html`<div class="sub">${view.t(p.note)}</div>` : nothing}</div>`;
}

export interface Step {
  readonly label: Words;
  readonly state: 'done' | 'now' | 'next' | 'failed';
  readonly says?: Words | string;
  /** id for the script: `data-step` */
  readonly id?: string;
}

const stepIcons = { done: 'check', now: 'hourglass', next: 'circle-dashed', failed: 'circle-x' } as const;

/** Steps of one long act (pack, sign, seal, upload, verify), told one below the other. */
export function steps(view: View, list: readonly Step[], label: Words): Html {
  return html`<ol class="steps-part" aria-label="${view.t(label)}" aria-live="polite">${each(
    list,
    (s) =>
      html`<li class="${classes('step', `step-${s.state}`)}"${attribute('data-step', s.id)}${attribute('aria-current', s.state === 'now' ? 'step' : null)}>${icon(view, stepIcons[s.state])}<div><span class="step-label">${view.t(s.label)}</span><span class="sub" data-step-says>${s.says ? (typeof s.says === 'string' ? s.says : view.t(s.says)) : nothing}</span></div></li>`,
  )}</ol>`;
}
