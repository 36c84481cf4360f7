import type { StatisticsAnswer } from '../../src/experts/answers.ts';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Role, Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '专家抽取统计', en: 'Past draws of experts' },
  lead: {
    zh: '只统计结果已确定的标段：在此之前，抽中了谁依法保密。再次抽取从申请时起列出。',
    en: 'Only lots whose result is decided count: before, who was called is secret by law. A further draw is listed from the moment it is asked for.',
  },
  back: { zh: '专家库', en: 'The pool' },
  draws: { zh: '抽取次数', en: 'Draws' },
  calls: { zh: '通知人次', en: 'Calls' },
  accepted: { zh: '接受', en: 'Accepted' },
  declined: { zh: '谢绝或未答复', en: 'Declined or silent' },
  never: { zh: '在库正常、从未被抽中', en: 'In normal standing, never called' },
  of: { zh: '{never} / {normal} 人', en: '{never} of {normal}' },
  most: { zh: '集中度', en: 'Concentration' },
  mostSays: { zh: '被抽中最多的 {experts} 人占全部通知的 {share}%', en: 'the {experts} called most account for {share} % of all calls' },
  none: { zh: '还没有结果已确定的抽取', en: 'No draw of a decided lot yet' },
  grounds: { zh: '不能参加的原因', en: 'Why experts could not come' },
  ground: { zh: '原因', en: 'Ground' },
  count: { zh: '人次', en: 'Times' },
  redraws: { zh: '再次抽取', en: 'Further draws' },
  noRedraws: { zh: '没有再次抽取', en: 'No lot was drawn again' },
  lot: { zh: '标段', en: 'Lot' },
  when: { zh: '申请时间', en: 'Asked for' },
  why: { zh: '理由', en: 'Ground' },
  experts: { zh: '被抽中最多的专家', en: 'Experts called most' },
  employers: { zh: '被抽中最多的单位', en: 'Employers called most' },
  name: { zh: '名称', en: 'Name' },
} satisfies Texts;

/** Past draws in numbers (GET /experts/statistics). */
export function statisticsPage(view: View, data: StatisticsAnswer): Html {
  const { pool, most } = data;
  const figures = part.facts(
    view,
    [
      { label: say.draws, value: data.draws },
      { label: say.calls, value: data.calls },
      { label: say.accepted, value: data.accepted },
      { label: say.declined, value: data.declined },
      { label: say.never, value: view.t(say.of, pool) },
      { label: say.most, value: most ? view.t(say.mostSays, most) : view.t(say.none) },
    ],
    'wide',
  );
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, ...backTo(view) })}
<div class="stack">${part.notice(view, 'plain', say.lead)}${part.card(view, { body: figures })}${part.tableCard(view, {
      title: say.grounds,
      columns: [
        { label: say.ground, cell: (row) => view.t(row.says), phone: 'head' },
        { label: say.count, cell: (row) => row.count, numeric: true, phone: 'figure' },
      ],
      rows: data.grounds,
      empty: part.empty(view, { title: say.none, icon: 'users' }),
    })}${part.tableCard(view, {
      title: say.redraws,
      columns: [
        {
          label: say.lot,
          cell: (row) => html`<a href="/lots/${row.lot}/draw">${row.name}</a> <span class="sub">${row.number}</span>`,
          phone: 'head',
        },
        { label: say.when, cell: (row) => part.time(view, row.at) },
        { label: say.why, cell: (row) => row.ground },
      ],
      rows: data.redraws,
      empty: part.empty(view, { title: say.noRedraws, icon: 'check' }),
    })}${data.experts ? tallyCard(view, say.experts, data.experts) : null}${data.employers ? tallyCard(view, say.employers, data.employers) : null}</div>`,
  });
}

/** Who finds the pool in numbers; everybody else has come from elsewhere, and would only be asked to sign in there. */
const readsThePool: readonly (Role | undefined)[] = ['administrator', 'regulator', 'centre', 'agent', 'tenderee'];
const backTo = (view: View): Pick<part.PageHead, 'back'> =>
  readsThePool.includes(view.me?.role) ? { back: { href: '/experts', label: say.back } } : {};

const tallyCard = (view: View, title: Words, rows: NonNullable<StatisticsAnswer['experts']>): Html =>
  part.tableCard(view, {
    title,
    columns: [
      { label: say.name, cell: (row) => row.name, phone: 'head' },
      { label: say.calls, cell: (row) => row.calls, numeric: true, phone: 'figure' },
      { label: say.accepted, cell: (row) => row.accepted, numeric: true },
      { label: say.declined, cell: (row) => row.declined, numeric: true },
    ],
    rows,
    empty: part.empty(view, { title: say.none, icon: 'users' }),
  });
