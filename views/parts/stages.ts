import { each, type Html, html, nothing, type Piece } from '../html.ts';
import type { View, Words } from '../view.ts';

export interface Stage {
  readonly label: Words;
  readonly state: 'done' | 'now' | 'next' | 'stopped';
  /** a figure, a journal number, a date: small, beside the label */
  readonly note?: Piece;
}

const states: Readonly<Record<Stage['state'], Words>> = {
  done: { zh: '已完成', en: 'done' },
  now: { zh: '进行中', en: 'now' },
  next: { zh: '尚未开始', en: 'to come' },
  stopped: { zh: '已中止', en: 'stopped' },
};

/** Where it stands: every stage in order, the present one marked. On a phone the present one is written out, the others are bars. */
export function stages(view: View, list: readonly Stage[], label: Words = { zh: '进行到哪一步', en: 'Where it stands' }): Html {
  const present = list.findIndex((stage) => stage.state === 'now' || stage.state === 'stopped');
  const here = list[present];
  const step = present === -1 ? list.length : present + 1;
  return html`<nav class="stages" aria-label="${view.t(label)}"><ol>${each(
    list,
    (stage) =>
      html`<li class="stage stage-${stage.state}"${stage.state === 'now' ? html` aria-current="step"` : nothing}><span class="stage-label">${view.t(stage.label)}<span class="visually-hidden"> ${view.t(states[stage.state])}</span></span>${stage.note ? html` <span class="stage-note">${stage.note}</span>` : nothing}</li>`,
  )}</ol><p class="stages-step" aria-hidden="true"><strong>${here ? view.t(here.label) : view.t({ zh: '全部完成', en: 'All done' })}</strong><span>${view.t({ zh: '第 {step} 步，共 {all} 步', en: 'Step {step} of {all}' }, { step, all: list.length })}</span></p></nav>`;
}
