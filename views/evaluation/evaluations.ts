import type { EvaluationsAnswer } from '../../src/evaluation/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '评标', en: 'Evaluations' },
  calls: { zh: '评标邀请', en: 'Calls' },
  callsWait: { zh: '有 {n} 个评标邀请等待您答复。', en: '{n} calls wait for your answer.' },
  project: { zh: '标段', en: 'Lot' },
  role: { zh: '身份', en: 'As' },
  phase: { zh: '阶段', en: 'Phase' },
  next: { zh: '下一步', en: 'Next' },
  open: { zh: '进入', en: 'Open' },
  none: { zh: '没有进行中的评标', en: 'No evaluation is going on' },
  noneExpert: {
    zh: '抽中并确认参加、评标委员会组成后，标段会出现在这里。',
    en: 'When you have accepted a call and the panel is formed, the lot appears here.',
  },
  noneHost: { zh: '开标记录确认后，标段会出现在这里。', en: 'When the opening record is closed, the lot appears here.' },
} satisfies Texts;

/** The evaluations somebody has to do with, and what comes next in each. */
export function evaluationsPage(view: View, data: EvaluationsAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/evaluations',
    main: html`${part.pageHead(view, {
      title: say.title,
      ...(data.expert ? { actions: part.linkButton(view, { href: '/calls', label: say.calls, icon: 'message-circle' }) } : {}),
    })}
<div class="stack">${
      data.calls > 0
        ? part.notice(
            view,
            'now',
            html`${view.t(say.callsWait, { n: data.calls })} ${part.linkButton(view, { href: '/calls', label: say.calls, tone: 'primary', small: true })}`,
          )
        : nothing
    }${part.card(view, {
      flush: true,
      body: part.table(view, {
        caption: say.title,
        columns: [
          {
            label: say.project,
            cell: (row) => html`<a href="${row.href}">${row.name}</a> <span class="sub nowrap">${row.number}</span>`,
            phone: 'head',
          },
          { label: say.role, cell: (row) => view.t(row.role) },
          { label: say.phase, cell: (row) => view.t(row.phaseTitle) },
          {
            label: say.next,
            cell: (row) => html`${view.t(row.next)} ${part.linkButton(view, { href: row.href, label: say.open, small: true })}`,
          },
        ],
        rows: data.rows,
        empty: part.empty(view, { title: say.none, says: data.expert ? say.noneExpert : say.noneHost, icon: 'scale' }),
      }),
    })}</div>`,
  });
}
