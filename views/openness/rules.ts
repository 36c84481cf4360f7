import type { RulesBook, ShownFigure, ShownRule } from '../../src/openness/rules.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '规则与依据', en: 'Rules and sources' },
  below: {
    zh: '平台执行的每一条规则、每一个数字，连同它的来源和把握程度。本页由程序里的声明直接生成，与实际执行的完全一致。',
    en: 'Every rule the platform enforces and every figure it applies, with its source and how sure it is. This page is made from the very declarations that are enforced.',
  },
  rules: { zh: '规则', en: 'Rules' },
  figures: { zh: '数字', en: 'Figures' },
  id: { zh: '编号', en: 'Id' },
  says: { zh: '内容', en: 'What it says' },
  source: { zh: '依据', en: 'Source' },
  problem: { zh: '违反时的拒绝', en: 'Refusal' },
  value: { zh: '数值', en: 'Value' },
  sure: { zh: '把握', en: 'How sure' },
  since: { zh: '施行', en: 'In force' },
  bites: { zh: '怎么用', en: 'What it does' },
  marks: { zh: '把握程度', en: 'How sure a figure is' },
  marksSays: {
    zh: '凭记忆写下或平台自定的数字在这里如实标明，等待按原文核对；它们是参数表里的一行，不是写死在程序里的常数。',
    en: 'Figures from memory, or decided by the platform itself, are marked as such and wait to be checked against the text; each is one row of a table, never a constant in the code.',
  },
  calendar: { zh: '工作日历与期限推算', en: 'Calendar and periods' },
  api: { zh: '同样内容的 JSON', en: 'The same as JSON' },
} satisfies Texts;

/** Figures by the first part of their key. */
const groups: Readonly<Record<string, Words>> = {
  con: { zh: '工程建设招标投标', en: 'Tendering of works' },
  gp: { zh: '政府采购', en: 'Government procurement' },
  op: { zh: '平台运行', en: 'How the platform runs' },
  fee: { zh: '收费', en: 'Fees' },
  keep: { zh: '档案保存', en: 'Keeping of records' },
};

/** /rules: what is enforced, on what ground. Every rule and figure has its anchor. */
export function rulesPage(view: View, book: RulesBook): Html {
  const figures = Map.groupBy(book.figures, (figure) => figure.key.split('.')[0] ?? '');
  return layout(view, {
    title: view.t(say.title),
    section: '/rules',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below), actions: [part.linkButton(view, { href: '/calendar', label: say.calendar, small: true }), part.linkButton(view, { href: '/api/rules', label: say.api, small: true })] })}
<div class="stack">${part.card(view, { title: say.marks, body: marks(view, book) })}
${part.card(view, { title: say.rules, beside: String(book.rules.length), flush: true, body: rules(view, book.rules) })}
${each([...figures], ([group, rows]) => part.card(view, { title: headingOf(view, group), beside: String(rows.length), flush: true, body: figureTable(view, rows) }))}</div>`,
  });
}

const headingOf = (view: View, group: string): string => `${view.t(say.figures)}：${view.t(groups[group] ?? { zh: group, en: group })}`;

const marks = (view: View, { certainties }: RulesBook): Html =>
  html`<p>${view.t(say.marksSays)}</p>${part.facts(
    view,
    certainties.map(({ mark, says }) => ({ label: mark, value: view.t(says) })),
    'wide',
  )}`;

function rules(view: View, list: readonly ShownRule[]): Html {
  return part.table<ShownRule>(view, {
    caption: say.rules,
    rows: list,
    columns: [
      { label: say.id, phone: 'head', cell: (rule) => html`<span class="anchor" id="${rule.id}"></span><code>${rule.id}</code>` },
      { label: say.says, cell: (rule) => view.t(rule.says) },
      { label: say.source, cell: (rule) => view.t(rule.source) },
      { label: say.problem, cell: (rule) => html`<a href="/problems#${rule.problem}"><code>${rule.problem}</code></a>` },
    ],
  });
}

function figureTable(view: View, list: readonly ShownFigure[]): Html {
  const first = new Map(list.map((figure) => [figure.key, list.findIndex((other) => other.key === figure.key)]));
  return part.table<ShownFigure>(view, {
    caption: say.figures,
    rows: list,
    columns: [
      {
        label: say.id,
        phone: 'head',
        cell: (figure, index) =>
          html`${first.get(figure.key) === index ? html`<span class="anchor" id="${figure.key}"></span>` : nothing}<code>${figure.key}</code>`,
      },
      { label: say.value, numeric: true, cell: (figure) => view.t(figure.value) },
      { label: say.says, cell: (figure) => html`${view.t(figure.says)}<span class="sub sub-line">${view.t(figure.bites)}</span>` },
      { label: say.source, cell: (figure) => view.t(figure.source) },
      {
        label: say.sure,
        cell: (figure) =>
          part.pill(view, figure.certainty === 'V' || figure.certainty === 'V2' ? 'plain' : 'wait', {
            zh: figure.certainty,
            en: figure.certainty,
          }),
      },
      {
        label: say.since,
        cell: (figure) =>
          html`<span class="nowrap">${figure.since}</span>${figure.until ? html`<span class="sub sub-line">– ${figure.until}</span>` : nothing}`,
      },
    ],
  });
}
