import type { RulesBook, RulesQuery, SetFigure, ShownFigure } from '../../src/openness/rules.ts';
import type { RuleRow } from '../../src/rulebook/rule-rows.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

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
  where: { zh: '在何处适用', en: 'Where it bites' },
  from: { zh: '{since} 起施行', en: 'in force since {since}' },
  line: { zh: '门类', en: 'Line' },
  phase: { zh: '阶段', en: 'Phase' },
  every: { zh: '全部', en: 'All' },
  none: { zh: '没有这样的规则', en: 'No such rule' },
  noneSays: { zh: '换一个门类或阶段，或者清除筛选。', en: 'Choose another line or phase, or clear the filter.' },
  set: { zh: '{place}另行规定：{value}，{since} 起', en: '{place}: {value} from {since}' },
  local: { zh: '另行规定', en: 'Set locally' },
  marks: { zh: '把握程度', en: 'How sure a figure is' },
  marksSays: {
    zh: '凭记忆写下或平台自定的数字在这里如实标明，等待按原文核对；它们是参数表里的一行，不是写死在程序里的常数。',
    en: 'Figures from memory, or decided by the platform itself, are marked as such and wait to be checked against the text; each is one row of a table, never a constant in the code.',
  },
  calendar: { zh: '工作日历与期限推算', en: 'Calendar and periods' },
  codes: { zh: '标识码查询', en: 'Trading codes' },
  api: { zh: '同样内容的 JSON', en: 'The same as JSON' },
} satisfies Texts;

/** /rules: what is enforced, on what ground. Every rule and figure has its anchor. */
export function rulesPage(view: View, book: RulesBook, query: RulesQuery): Html {
  const figures = Map.groupBy(book.figures, (figure) => view.t(figure.group));
  const actions = [
    part.linkButton(view, { href: '/rules/local', label: say.local, small: true }),
    part.linkButton(view, { href: '/calendar', label: say.calendar, small: true }),
    part.linkButton(view, { href: '/codes', label: say.codes, small: true }),
    part.linkButton(view, { href: '/api/rules', label: say.api, small: true }),
  ];
  return layout(view, {
    title: view.t(say.title),
    section: '/rules',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below), actions })}
<div class="stack">${filters(view, book, query)}
${part.card(view, { title: say.rules, beside: String(book.rules.length), flush: true, body: rules(view, book) })}
${each([...figures], ([group, rows]) => part.card(view, { title: `${view.t(say.figures)}${part.colon(view)}${group}`, beside: String(rows.length), flush: true, body: figureTable(view, rows) }))}
${part.card(view, { title: say.marks, body: marks(view, book) })}</div>`,
  });
}

const filters = (view: View, { lines, phases }: RulesBook, { line, phase }: RulesQuery): Html =>
  part.filterBar(view, {
    action: '/rules',
    ...(line || phase ? { clear: '/rules' } : {}),
    fields: [
      part.field(view, { kind: 'select', name: 'line', label: say.line, value: line ?? null, choices: lines, empty: say.every }),
      part.field(view, { kind: 'select', name: 'phase', label: say.phase, value: phase ?? null, choices: phases, empty: say.every }),
    ],
  });

const marks = (view: View, { certainties }: RulesBook): Html =>
  html`<p>${view.t(say.marksSays)}</p>${part.facts(
    view,
    certainties.map(({ mark, says }) => ({ label: mark, value: view.t(says) })),
    'wide',
  )}`;

const unsure = (mark: string): boolean => mark !== 'V' && mark !== 'V2';
const sureMark = (view: View, mark: string): Html => part.pill(view, unsure(mark) ? 'wait' : 'plain', { zh: mark, en: mark });

function rules(view: View, book: RulesBook): Html {
  const titles = new Map(book.phases.map(({ value, label }) => [value, label]));
  const figuresOf = new Map(book.figures.filter(({ until }) => until === null).map((figure) => [figure.key, figure]));
  return part.table<RuleRow>(view, {
    caption: say.rules,
    rows: book.rules,
    empty: part.empty(view, { title: say.none, says: say.noneSays, icon: 'filter' }),
    columns: [
      {
        label: say.id,
        phone: 'head',
        cell: (rule) => html`<span class="anchor" id="${rule.id}"></span><code class="nowrap">${rule.id}</code>`,
      },
      {
        label: say.says,
        cell: (rule) => html`${view.t(rule.says)}${each(rule.figures, (key) => appliedFigure(view, figuresOf.get(key)))}`,
      },
      {
        label: say.source,
        cell: (rule) =>
          html`${view.t(rule.source)} ${sureMark(view, rule.certainty)}<span class="sub sub-line">${view.t(say.from, { since: rule.since })}</span>`,
      },
      {
        label: say.where,
        cell: (rule) =>
          html`${rule.acts.map(({ says }) => view.t(says)).join(view.t({ zh: '、', en: ', ' }))}<span class="sub sub-line">${rule.phases.map((code) => view.t(titles.get(code) ?? { zh: code, en: code })).join(' · ')}</span>`,
      },
      { label: say.problem, cell: (rule) => html`<a href="/problems#${rule.problem}"><code>${rule.problem}</code></a>` },
    ],
  });
}

/** The figure that a rule applies, with what has been set for a place beside it. */
const appliedFigure = (view: View, figure: ShownFigure | undefined): Html =>
  figure === undefined
    ? nothing
    : html`<span class="sub sub-line"><a href="#${figure.key}">${view.t(figure.value)}</a></span>${setHere(view, figure.set)}`;

const setHere = (view: View, set: readonly SetFigure[]): Html =>
  each(set, ({ override, value, place, line, since }) => {
    const where = [view.t(place), ...(line ? [view.t(line)] : [])].join(' · ');
    return html`<span class="sub sub-line"><a href="/rules/local/${override}">${view.t(say.set, { place: where, value: view.t(value), since })}</a></span>`;
  });

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
      {
        label: say.says,
        cell: (figure) => html`${view.t(figure.says)}<span class="sub sub-line">${view.t(figure.bites)}</span>${setHere(view, figure.set)}`,
      },
      { label: say.source, cell: (figure) => view.t(figure.source) },
      {
        label: say.sure,
        cell: (figure) => sureMark(view, figure.certainty),
      },
      {
        label: say.since,
        cell: (figure) =>
          html`<span class="nowrap">${figure.since}</span>${figure.until ? html`<span class="sub sub-line">– ${figure.until}</span>` : nothing}`,
      },
    ],
  });
}
