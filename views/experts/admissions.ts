import type { QueueAnswer } from '../../src/experts/admission-answers.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { keeperTabs } from './admission-words.ts';
import { kindNames, stateNames } from './record.ts';

const say = {
  title: { zh: '入库申请办理', en: 'Applications for the pool' },
  below: {
    zh: '交易中心审核并组织测试，监管部门聘任：一家不能单独决定入库。',
    en: 'The trading centre reviews and tests, the regulator admits: neither decides alone.',
  },
  states: { zh: '按状态', en: 'By state' },
  name: { zh: '申请人', en: 'Applicant' },
  line: { zh: '门类', en: 'Line' },
  employer: { zh: '工作单位', en: 'Employer' },
  applied: { zh: '申请时间', en: 'Applied' },
  none: { zh: '没有处于这一状态的申请', en: 'No application in this state' },
} satisfies Texts;

const shownStates = ['applied', 'accepted', 'tested', 'returned', 'admitted', 'failed', 'refused', 'withdrawn', 'ended'] as const;

/** The desk of those who review and admit: applications by state, oldest first. */
export function admissionsPage(view: View, data: QueueAnswer): Html {
  const tabs = shownStates.map((state) => ({
    label: stateNames[state],
    href: `/experts/applications?state=${state}`,
    current: state === data.state,
    count: data.counts.find((row) => row.state === state)?.count ?? 0,
  }));
  return layout(view, {
    title: view.t(say.title),
    section: '/experts/applications',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}${keeperTabs(view, 'applications')}
${part.card(view, {
  flush: true,
  body: html`${part.tabs(view, tabs, say.states)}${part.table(view, {
    caption: say.title,
    rows: data.rows,
    empty: part.empty(view, { title: say.none, icon: 'checklist' }),
    columns: [
      { label: say.name, phone: 'head', cell: (row) => html`<a href="/experts/applications/${row.id}">${row.name}</a>` },
      {
        label: say.line,
        cell: (row) => html`${view.t(row.line)} <span class="sub">${view.t(kindNames[row.kind] ?? { zh: row.kind, en: row.kind })}</span>`,
      },
      { label: say.employer, cell: (row) => row.employer },
      { label: say.applied, cell: (row) => part.time(view, row.appliedAt) },
    ],
    ...(data.pages > 1
      ? { foot: part.pagination(view, { ...data, href: (page) => `/experts/applications?state=${data.state}&page=${page}` }) }
      : {}),
  })}`,
})}`,
  });
}
