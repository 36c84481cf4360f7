import type { PoolAnswer } from '../../src/experts/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '评标专家库', en: 'The pool of experts' },
  below: { zh: '按专业统计；谁被抽中，从这里看不出来。', en: 'In numbers by specialty; who is drawn cannot be seen here.' },
  total: { zh: '在库', en: 'In the pool' },
  ready: { zh: '状态正常', en: 'In normal standing' },
  bySpecialty: { zh: '各专业可抽取人数', en: 'Experts by specialty' },
  specialty: { zh: '专业', en: 'Specialty' },
  code: { zh: '代码', en: 'Code' },
  count: { zh: '人数', en: 'Experts' },
  none: { zh: '专家库是空的', en: 'The pool is empty' },
  sheets: { zh: '导入与导出', en: 'tables in and out' },
  tree: { zh: '专业分类', en: 'The classification' },
  admit: { zh: '专家入库', en: 'Admit an expert' },
  name: { zh: '姓名', en: 'Name' },
  employer: { zh: '工作单位统一社会信用代码', en: 'Employer’s unified social credit code' },
  employerName: { zh: '工作单位', en: 'Employer' },
  employerHint: {
    zh: '回避按单位代码比对；同一单位一次只抽一人。',
    en: 'Recusal compares codes; one panel takes one expert of an employer.',
  },
  specialties: { zh: '专业代码', en: 'Specialty codes' },
  specialtiesHint: {
    zh: '发改法规〔2018〕316号分类，如 A08、A080301，多个以逗号分隔，至多六个。',
    en: 'Classification of 2018, such as A08 or A080301; separated by commas, six at most.',
  },
  statistics: { zh: '抽取统计', en: 'past draws' },
  line: { zh: '可参加的交易类别', en: 'Line of trade' },
  region: { zh: '所在地区代码', en: 'Region code' },
  titleOf: { zh: '职称', en: 'Professional title' },
  phone: { zh: '手机', en: 'Mobile' },
  interests: { zh: '有利益关系的单位代码', en: 'Codes of organisations with an interest' },
  relatives: { zh: '近亲属任职或负责的单位代码', en: 'Codes of organisations of close relatives' },
  login: { zh: '登录名', en: 'Login name' },
  loginHint: { zh: '没有账号的专家不能在线答复邀请。', en: 'Without an account an expert cannot answer calls here.' },
  password: { zh: '初始密码', en: 'First password' },
} satisfies Texts;

const statusNames: Readonly<Record<string, Words>> = {
  normal: { zh: '正常', en: 'normal' },
  suspended: { zh: '暂停', en: 'suspended' },
  left: { zh: '退库', en: 'left' },
  removed: { zh: '除名', en: 'removed' },
};

/** The pool in numbers; the administrator admits experts here. */
export function poolPage(view: View, data: PoolAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
${part.columns({
  main: html`${part.card(view, {
    title: say.bySpecialty,
    flush: true,
    beside: html`<a href="/experts/statistics">${view.t(say.statistics)}</a> · <a href="/experts/specialties">${view.t(say.tree)}</a>${data.maySheets ? html` · <a href="/experts/sheets">${view.t(say.sheets)}</a>` : nothing}`,
    body: part.table(view, {
      caption: say.bySpecialty,
      columns: [
        { label: say.specialty, cell: (row) => view.t(row.title), phone: 'head' },
        { label: say.code, cell: (row) => html`<code>${row.specialty}</code>` },
        { label: say.count, cell: (row) => view.t(row.size), numeric: true, phone: 'figure' },
      ],
      rows: data.bySpecialty,
      empty: part.empty(view, { title: say.none, icon: 'users' }),
    }),
  })}${data.mayAdmit ? admitCard(view, data) : nothing}`,
  right: part.card(view, {
    body: html`<div class="stack">${part.stat(view, { label: say.total, value: data.total })}${part.facts(
      view,
      data.byStatus.map((row) => ({ label: statusNames[row.status] ?? row.status, value: row.count })),
    )}</div>`,
  }),
})}`,
  });
}

function admitCard(view: View, data: PoolAnswer): Html {
  const text = (name: string, label: Words, more: { required?: boolean; hint?: Words; value?: string } = {}): Html =>
    part.field(view, { kind: 'text', name, label, half: true, ...more });
  return part.card(view, {
    title: say.admit,
    id: 'admit',
    body: part.form(view, {
      action: '/experts',
      submit: say.admit,
      icon: 'plus',
      fields: html`${text('name', say.name, { required: true })}${text('title', say.titleOf, { required: true })}
${text('employer', say.employer, { required: true, hint: say.employerHint })}${text('employerName', say.employerName, { required: true })}
${text('specialties', say.specialties, { required: true, hint: say.specialtiesHint })}
${part.field(view, { kind: 'select', name: 'memberships', label: say.line, half: true, required: true, choices: data.lines })}
${text('region', say.region, { required: true, value: '420500' })}${text('phone', say.phone)}
${text('interests', say.interests)}${text('relatives', say.relatives)}
${text('login', say.login, { hint: say.loginHint })}${part.field(view, { kind: 'password', name: 'password', label: say.password, half: true, autocomplete: 'new-password' })}`,
    }),
  });
}
