import type { HallSession, SessionsOfProject } from '../../src/openings/session-reads.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '合并开标场次', en: 'Opening sessions' },
  back: { zh: '回到项目', en: 'Back to the project' },
  together: {
    zh: '同一项目、开标时间相同的标段可以合为一场，按下列顺序逐个标段唱标；公众看到的是同一个大厅、同一份记录。',
    en: 'Lots of one project that are opened at the same time may share a session: read one after the other, in one hall with one record.',
  },
  arrange: { zh: '合为一场', en: 'Open them together' },
  lots: { zh: '标段', en: 'Lots' },
  none: { zh: '没有可以合开的标段', en: 'No lots to open together' },
  noneSays: { zh: '需要至少两个已发布、开标时间相同的标段。', en: 'It takes two published lots with the same opening time.' },
  arranged: { zh: '已安排', en: 'Arranged' },
  agenda: { zh: '本场议程', en: 'The agenda' },
  session: { zh: '进入本场大厅', en: 'The hall of this session' },
} satisfies Texts;

/** Where a host puts lots into one session (GET /projects/:project/sessions). */
export function sessionsPage(view: View, answer: SessionsOfProject): Html {
  const here = `/projects/${answer.project.id}`;
  const times = each(answer.times, ({ opensAt, lots }) =>
    part.card(view, {
      title: part.timeText(view.lang, opensAt, 'full'),
      body: part.form(view, {
        action: `${here}/sessions`,
        submit: say.arrange,
        fields: html`<fieldset class="field"><legend class="field-label">${view.t(say.lots)}</legend>${each(
          lots,
          (lot) =>
            html`<label class="form-check"><input class="form-check-input" type="checkbox" name="lots" value="${lot.id}" checked><span class="form-check-label">${lot.number} ${lot.name}</span></label>`,
        )}</fieldset>`,
      }),
    }),
  );
  const arranged = each(
    answer.sessions,
    (session) =>
      html`<li><a href="/halls/${session.id}">${part.time(view, session.opensAt, 'full')}</a> <span class="sub">${session.lots.join('、')}</span></li>`,
  );
  return layout(view, {
    title: view.t(say.title),
    section: '/projects',
    main: html`${part.pageHead(view, { title: say.title, above: answer.project.name, back: { href: here, label: say.back } })}
<div class="stack"><p>${view.t(say.together)}</p>${answer.sessions.length > 0 ? part.card(view, { title: say.arranged, body: html`<ul class="plain">${arranged}</ul>` }) : nothing}${
      answer.times.length > 0 ? times : part.empty(view, { title: say.none, says: say.noneSays })
    }</div>`,
  });
}

const states: Readonly<
  Record<HallSession['lots'][number]['state'], { readonly tone: 'wait' | 'now' | 'plain' | 'refused'; readonly says: Words }>
> = {
  waits: { tone: 'wait', says: { zh: '待开标', en: 'to come' } },
  opening: { tone: 'now', says: { zh: '开标中', en: 'in session' } },
  done: { tone: 'plain', says: { zh: '已结束', en: 'over' } },
  failed: { tone: 'refused', says: { zh: '不开标', en: 'no opening' } },
};

/** The lots of a session that several share, in order, with the one on the stage. Nothing at all for a lot that is alone. */
export function agenda(view: View, session: HallSession, stage: string): Html {
  if (session.id === null) return nothing;
  const lots = each(
    session.lots,
    (lot) =>
      html`<li${lot.id === stage ? html` aria-current="true"` : nothing}><a href="/lots/${lot.id}/hall">${lot.number} ${lot.name}</a> ${part.pill(view, states[lot.state].tone, states[lot.state].says)}</li>`,
  );
  return part.card(view, {
    title: say.agenda,
    beside: html`<a href="/halls/${session.id}">${view.t(say.session)}</a>`,
    body: html`<ol class="agenda">${lots}</ol>`,
  });
}
