import type { PeopleAnswer } from '../../src/experts/own-answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { keeperTabs } from './admission-words.ts';
import { statusNames } from './record.ts';

const say = {
  title: { zh: '专家名册', en: 'On record in the pool' },
  below: { zh: '谁被抽中参加哪次评标，从这里看不出来。', en: 'Who was drawn for what cannot be seen here.' },
  name: { zh: '姓名', en: 'Name' },
  q: { zh: '姓名（从头匹配）', en: 'Name, from its beginning' },
  status: { zh: '状态', en: 'Standing' },
  any: { zh: '全部', en: 'Any' },
  employer: { zh: '工作单位', en: 'Employer' },
  region: { zh: '地区', en: 'Region' },
  lines: { zh: '门类与聘期', en: 'Lines and terms' },
  noLine: { zh: '未入库', en: 'in no line' },
  until: { zh: '至 {day}', en: 'until {day}' },
  none: { zh: '没有符合条件的专家', en: 'Nobody fits' },
  search: { zh: '按身份证号查找', en: 'Find by resident number' },
  searchSays: {
    zh: '号码不会出现在地址栏和日志中；查找本身记入日志，被查到的专家能看到。',
    en: 'The number goes neither into an address nor into the journal; the search does, and whoever is found sees it.',
  },
  idNumber: { zh: '身份证号码', en: 'Resident number' },
  purpose: { zh: '查找事由', en: 'Why' },
  find: { zh: '查找', en: 'Find' },
  nobody: { zh: '没有人以该号码建档。', en: 'Nobody is on record with this number.' },
} satisfies Texts;

type Query = { readonly q: string; readonly status: string; readonly found?: 'none' | undefined };

/** Who is on record, for those who keep the pool. */
export function peoplePage(view: View, data: PeopleAnswer, query: Query): Html {
  const kept = `q=${encodeURIComponent(query.q)}&status=${query.status}`;
  return layout(view, {
    title: view.t(say.title),
    section: '/experts/applications',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}${keeperTabs(view, 'people')}
${part.columns({
  main: part.stack(
    query.found === 'none' ? part.notice(view, 'plain', say.nobody) : nothing,
    part.card(view, {
      flush: true,
      body: html`${part.filterBar(view, {
        action: '/experts/people',
        clear: '/experts/people',
        fields: html`${part.field(view, { kind: 'search', name: 'q', label: say.q, value: query.q, half: true })}
${part.field(view, {
  kind: 'select',
  name: 'status',
  label: say.status,
  value: query.status,
  half: true,
  empty: say.any,
  choices: Object.entries(statusNames).map(([value, label]) => ({ value, label })),
})}`,
      })}${rowsOf(view, data, kept)}`,
    }),
  ),
  right: part.card(view, {
    title: say.search,
    body: html`<div class="stack"><p class="sub">${view.t(say.searchSays)}</p>${part.form(view, {
      action: '/experts/searches',
      submit: say.find,
      icon: 'search',
      fields: html`${part.field(view, { kind: 'text', name: 'idNumber', label: say.idNumber, required: true, autocomplete: 'off', maxlength: 40 })}
${part.field(view, { kind: 'text', name: 'purpose', label: say.purpose, required: true, maxlength: 500 })}`,
    })}</div>`,
  }),
})}`,
  });
}

function rowsOf(view: View, data: PeopleAnswer, kept: string): Html {
  return part.table(view, {
    caption: say.title,
    rows: data.rows,
    tone: (row) => (row.status === 'normal' ? null : 'faded'),
    empty: part.empty(view, { title: say.none, icon: 'users' }),
    columns: [
      {
        label: say.name,
        phone: 'head',
        cell: (row) => html`<a href="/experts/people/${row.id}">${row.name}</a> <span class="sub">${row.title}</span>`,
      },
      { label: say.employer, cell: (row) => row.employer },
      { label: say.region, cell: (row) => view.t(row.region) },
      {
        label: say.lines,
        cell: (row) =>
          row.lines.length === 0
            ? html`<span class="sub">${view.t(say.noLine)}</span>`
            : html`<ul class="plain">${row.lines.map(({ line, until }) => html`<li>${view.t(line)} <span class="sub">${view.t(say.until, { day: part.dayText(view.lang, until) })}</span></li>`)}</ul>`,
      },
      {
        label: say.status,
        cell: (row) => part.pill(view, row.status === 'normal' ? 'plain' : 'refused', statusNames[row.status]),
      },
    ],
    ...(data.pages > 1 ? { foot: part.pagination(view, { ...data, href: (page) => `/experts/people?${kept}&page=${page}` }) } : {}),
  });
}
