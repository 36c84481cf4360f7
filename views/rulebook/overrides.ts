import type { OverridesAnswer, ShownOverride } from '../../src/rulebook/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '另行规定', en: 'Figures set locally' },
  below: {
    zh: '平台管理员可在法律允许的范围内，为一个门类或地区从严规定参数表里的数字。每一项都写明理由，记入日志，只对此后发布公告的标段有效。',
    en: 'Within the law an administrator may set a stricter figure for a line of trade or a region. Each has its reason, stands in the journal, and binds only lots published later.',
  },
  back: { zh: '规则与依据', en: 'Rules and sources' },
  all: { zh: '全部另行规定', en: 'All that was set' },
  none: { zh: '没有另行规定', en: 'Nothing is set' },
  noneSays: {
    zh: '所有门类和地区都按法律和平台规则的数字执行。',
    en: 'Every line and region goes by the figures of the law and the platform.',
  },
  figure: { zh: '数字', en: 'Figure' },
  set: { zh: '规定为', en: 'Set to' },
  law: { zh: '法律或平台规则', en: 'Law or platform rule' },
  where: { zh: '适用', en: 'Where' },
  everyLine: { zh: '全部门类', en: 'every line' },
  term: { zh: '施行', en: 'In force' },
  reason: { zh: '理由', en: 'Reason' },
  ended: { zh: '撤回或停止的理由', en: 'Why withdrawn or ended' },
  state: { zh: '状态', en: 'State' },
  setAt: { zh: '设定时间', en: 'Set at' },
  source: { zh: '法律依据', en: 'Source' },
  order: { zh: '几项都适用时', en: 'Where several bind' },
  form: { zh: '设定一项', en: 'Set a figure' },
  submit: { zh: '设定', en: 'Set' },
  value: { zh: '规定为', en: 'Set to' },
  valueHint: {
    zh: '只写数字，单位不变；百分比写成小数，如 1% 写 0.01',
    en: 'the number alone, in the figure’s own unit; 1% is written 0.01',
  },
  line: { zh: '门类', en: 'Line' },
  region: { zh: '地区', en: 'Region' },
  everywhere: { zh: '全部地区', en: 'everywhere' },
  from: { zh: '自何日起', en: 'From the day' },
  fromHint: { zh: '最早 {first}', en: '{first} at the earliest' },
  public: { zh: '理由向所有人公开', en: 'everybody reads the reason' },
  bounds: { zh: '各数字可规定的范围', en: 'How far each figure may be set' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  withdrawSays: { zh: '施行之日以前撤回的，从未生效。', en: 'Withdrawn before its day it never holds.' },
  end: { zh: '停止施行', en: 'End it' },
  endSays: { zh: '停止之日以前发布的标段仍按原规定执行到底。', en: 'Lots published before that day keep it to their end.' },
} satisfies Texts;

const states: Readonly<Record<ShownOverride['state'], { readonly says: Words; readonly tone: 'plain' | 'wait' | 'now' }>> = {
  coming: { says: { zh: '尚未施行', en: 'not yet in force' }, tone: 'wait' },
  'in-force': { says: { zh: '施行中', en: 'in force' }, tone: 'now' },
  ended: { says: { zh: '已停止', en: 'ended' }, tone: 'plain' },
  withdrawn: { says: { zh: '已撤回', en: 'withdrawn' }, tone: 'plain' },
};

const back = { href: '/rules', label: say.back };

/** /rules/local: what was set for lines and regions beside the law's own figure; an administrator sets one here. */
export function overridesPage(view: View, data: OverridesAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/rules',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below), back })}
<div class="stack">${part.card(view, { title: say.all, beside: String(data.overrides.length), flush: true, body: list(view, data.overrides) })}
${part.card(view, { title: say.order, body: html`<p><span class="anchor" id="${data.rule.id}"></span><code>${data.rule.id}</code> ${view.t(data.rule.says)}</p><p class="sub">${view.t(data.rule.source)}</p>` })}
${data.maySet ? part.card(view, { title: say.form, id: 'set', body: html`${form(view, data)}<details class="more"><summary>${view.t(say.bounds)}</summary>${bounds(view, data)}</details>` }) : nothing}</div>`,
  });
}

const stateMark = (view: View, { state }: ShownOverride): Html => part.pill(view, states[state].tone, states[state].says);
const whereText = (view: View, { line, place }: ShownOverride): string => `${view.t(place)} · ${view.t(line ?? say.everyLine)}`;
const termText = ({ inForceFrom, inForceTo }: ShownOverride): string => `${inForceFrom} – ${inForceTo ?? ''}`;

function list(view: View, rows: readonly ShownOverride[]): Html {
  return part.table<ShownOverride>(view, {
    caption: say.all,
    rows,
    tone: ({ state }) => (state === 'ended' || state === 'withdrawn' ? 'faded' : null),
    empty: part.empty(view, { title: say.none, says: say.noneSays, icon: 'scale' }),
    columns: [
      {
        label: say.figure,
        phone: 'head',
        cell: (row) =>
          html`<a href="/rules/local/${row.id}">${view.t(row.says)}</a><span class="sub sub-line"><code>${row.key}</code></span>`,
      },
      { label: say.set, numeric: true, cell: (row) => html`<strong class="nowrap">${view.t(row.value)}</strong>` },
      { label: say.law, numeric: true, cell: (row) => html`<span class="nowrap">${view.t(row.law)}</span>` },
      { label: say.where, cell: (row) => whereText(view, row) },
      { label: say.reason, cell: (row) => row.reason },
      { label: say.term, cell: (row) => html`<span class="nowrap">${termText(row)}</span>` },
      { label: say.state, cell: (row) => stateMark(view, row) },
    ],
  });
}

function form(view: View, data: OverridesAnswer): Html {
  const figures = data.figures.map(({ key, says }) => ({ value: key, label: says }));
  return part.form(view, {
    action: '/rules/local',
    submit: say.submit,
    fields: html`${part.field(view, { kind: 'select', name: 'key', label: say.figure, required: true, choices: figures })}
${part.field(view, { kind: 'text', name: 'value', label: say.value, hint: say.valueHint, inputmode: 'decimal', required: true, half: true })}
${part.field(view, { kind: 'date', name: 'from', label: say.from, hint: filled(say.fromHint, data.first), min: data.first, value: data.first, required: true, half: true })}
${part.field(view, { kind: 'select', name: 'region', label: say.region, choices: data.regions, empty: say.everywhere, half: true })}
${part.field(view, { kind: 'select', name: 'line', label: say.line, choices: data.lines, empty: say.everyLine, half: true })}
${reason(view)}`,
  });
}

const filled = ({ zh, en }: Words, first: string): Words => ({ zh: zh.replace('{first}', first), en: en.replace('{first}', first) });
const reason = (view: View): Html =>
  part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, hint: say.public, rows: 3, maxlength: 500, required: true });

const bounds = (view: View, { figures }: OverridesAnswer): Html =>
  part.table<OverridesAnswer['figures'][number]>(view, {
    caption: say.bounds,
    rows: figures,
    columns: [
      {
        label: say.figure,
        phone: 'head',
        cell: ({ key, says }) => html`${view.t(says)}<span class="sub sub-line"><code>${key}</code></span>`,
      },
      { label: say.bounds, cell: (row) => view.t(row.bounds) },
    ],
  });

/** /rules/local/:override: one of them, whole; an administrator withdraws it before its day or ends it later. */
export function overridePage(view: View, row: ShownOverride): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/rules',
    main: html`${part.pageHead(view, { title: row.says, beside: stateMark(view, row), back: { href: '/rules/local', label: say.title } })}
<div class="stack">${part.card(view, {
      body: part.facts(
        view,
        [
          { label: say.set, value: html`<strong>${view.t(row.value)}</strong>` },
          { label: say.law, value: view.t(row.law) },
          { label: say.source, value: html`${view.t(row.source)} <a href="/rules#${row.key}"><code>${row.key}</code></a>` },
          { label: say.where, value: whereText(view, row) },
          { label: say.term, value: termText(row) },
          { label: say.reason, value: row.reason },
          { label: say.setAt, value: part.time(view, row.setAt) },
          ...(row.endedFor === null ? [] : [{ label: say.ended, value: row.endedFor }]),
        ],
        'wide',
      ),
    })}
${row.mayWithdraw ? part.card(view, { title: say.withdraw, body: withdrawForm(view, row) }) : nothing}
${row.mayEnd ? part.card(view, { title: say.end, body: endForm(view, row) }) : nothing}</div>`,
  });
}

const withdrawForm = (view: View, { id }: ShownOverride): Html =>
  part.form(view, {
    action: `/rules/local/${id}/withdrawal`,
    submit: say.withdraw,
    tone: 'danger',
    note: say.withdrawSays,
    fields: reason(view),
  });

const endForm = (view: View, { id, first }: ShownOverride): Html =>
  part.form(view, {
    action: `/rules/local/${id}/end`,
    submit: say.end,
    tone: 'danger',
    note: say.endSays,
    fields: html`${part.field(view, { kind: 'date', name: 'from', label: say.from, hint: filled(say.fromHint, first), min: first, value: first, required: true, half: true })}
${reason(view)}`,
  });
