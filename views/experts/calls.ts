import type { CallsAnswer } from '../../src/experts/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '评标邀请', en: 'Calls to panels' },
  below: {
    zh: '邀请只说明时间、地点和专业。答复时限 {minutes} 分钟，逾期视为不能参加，依次通知下一名专家。',
    en: 'A call names time, place and specialty only. There are {minutes} minutes to answer; silence calls the next expert.',
  },
  open: { zh: '等待您答复', en: 'Waiting for your answer' },
  none: { zh: '没有等待答复的邀请', en: 'No call is waiting' },
  noneSays: { zh: '被抽中时这里会出现邀请，同时发送短信。', en: 'When you are drawn, the call appears here and a message is sent.' },
  specialty: { zh: '专业', en: 'Specialty' },
  place: { zh: '地点', en: 'Place' },
  when: { zh: '时间', en: 'Time' },
  whenSays: { zh: '席位确认后即开始，通常为当日', en: 'as soon as the seats are taken, as a rule the same day' },
  accept: { zh: '参加', en: 'I will come' },
  decline: { zh: '不能参加', en: 'I cannot come' },
  ground: { zh: '不能参加的原因', en: 'Why you cannot come' },
  groundHint: { zh: '原因以固定用语公开，不显示您的姓名。', en: 'The reason is published in these fixed words, without your name.' },
  limit: { zh: '答复时限', en: 'Time to answer' },
  before: { zh: '以往的邀请', en: 'Earlier calls' },
  called: { zh: '通知时间', en: 'Called' },
  state: { zh: '结果', en: 'Outcome' },
  desk: { zh: '进入评标', en: 'To the desk' },
  waitPanel: { zh: '等待组建评标委员会', en: 'The panel is being formed' },
} satisfies Texts;

const states: Readonly<Record<string, Words>> = {
  accepted: { zh: '已确认参加', en: 'Accepted' },
  declined: { zh: '未参加', en: 'Declined' },
  over: { zh: '已过时限', en: 'Too late' },
  void: { zh: '抽取已作废', en: 'The draw is out of force' },
  called: { zh: '等待答复', en: 'Waiting' },
};

const grounds: readonly part.Choice[] = [
  { value: 'busy', label: { zh: '时间冲突', en: 'Engaged at that time' } },
  { value: 'ill', label: { zh: '健康原因', en: 'Health' } },
  { value: 'away', label: { zh: '不在本地', en: 'Away' } },
  { value: 'conflict', label: { zh: '应当回避', en: 'I have to withdraw' } },
  { value: 'other', label: { zh: '其他原因', en: 'Another reason' } },
];

type Call = CallsAnswer['calls'][number];

/** The expert's calls: what waits for an answer stands on top, with the time left. */
export function callsPage(view: View, data: CallsAnswer): Html {
  const open = data.calls.filter((call) => call.state === 'called');
  const earlier = data.calls.filter((call) => call.state !== 'called');
  return layout(view, {
    title: view.t(say.title),
    section: '/evaluations',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below, { minutes: data.limitMinutes }) })}
<div class="stack">${
      open.length === 0
        ? part.card(view, { body: part.empty(view, { title: say.none, says: say.noneSays, icon: 'message-circle' }) })
        : each(open, (call) => openCall(view, call))
    }${earlier.length > 0 ? earlierCard(view, earlier) : nothing}</div>`,
  });
}

function openCall(view: View, call: Call): Html {
  const action = `/calls/${call.seat}/answer`;
  return part.card(view, {
    title: say.open,
    now: true,
    body: html`<div class="stack">${call.answerUntil ? part.countdown(view, { until: call.answerUntil, label: say.limit, size: 'large', reload: true }) : nothing}
${part.facts(
  view,
  [
    { label: say.specialty, value: view.t(call.specialty) },
    { label: say.when, value: view.t(say.whenSays) },
    { label: say.place, value: view.t(call.place) },
  ],
  'wide',
)}
${part.form(view, { action, fields: part.hidden('accepts', 'true'), submit: say.accept, icon: 'check' })}
<details class="confirm"${view.problem ? html` open` : nothing}><summary class="btn"><span>${view.t(say.decline)}…</span></summary><div class="confirm-panel">
${part.form(view, {
  action,
  quiet: true,
  fields: html`${part.hidden('accepts', 'false')}${part.field(view, { kind: 'select', name: 'ground', label: say.ground, hint: say.groundHint, required: true, empty: { zh: '请选择', en: 'Please choose' }, choices: grounds })}`,
  submit: say.decline,
  tone: 'danger',
})}</div></details></div>`,
  });
}

function earlierCard(view: View, calls: readonly Call[]): Html {
  return part.card(view, {
    title: say.before,
    flush: true,
    body: part.table(view, {
      caption: say.before,
      columns: [
        { label: say.specialty, cell: (call) => view.t(call.specialty), phone: 'head' },
        { label: say.called, cell: (call) => part.time(view, call.calledAt) },
        { label: say.place, cell: (call) => view.t(call.place) },
        {
          label: say.state,
          cell: (call) =>
            html`${view.t(states[call.state] ?? say.state)}${call.ground ? html` <span class="sub">${view.t(call.ground)}</span>` : nothing}${
              call.lot
                ? html` ${part.linkButton(view, { href: `/lots/${call.lot}/evaluation`, label: say.desk, small: true, tone: 'primary' })}`
                : call.state === 'accepted'
                  ? html` <span class="sub">${view.t(say.waitPanel)}</span>`
                  : nothing
            }`,
        },
      ],
      rows: calls,
    }),
  });
}
