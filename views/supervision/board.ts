import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

/** One lot on the regulator's board. */
export interface BoardRow {
  readonly href: string;
  readonly number: string;
  readonly name: string;
  readonly region: string;
  readonly tenderee: string;
  readonly agent: string | null;
  /** the phase as people read it */
  readonly where: Words;
  readonly tone: part.Tone;
  /** how far: stage n of m */
  readonly step: number;
  readonly steps: number;
  /** the time limit that runs now */
  readonly limit: { readonly what: Words; readonly until: Instant } | null;
  readonly warnings: number;
  readonly stoppedFor?: Words | string | null;
}

export interface Board {
  readonly rows: readonly BoardRow[];
  readonly counts: readonly { readonly label: Words; readonly value: number; readonly href?: string }[];
  readonly filter: {
    readonly action: string;
    readonly region: string;
    readonly phase: string;
    readonly text: string;
    readonly due: string;
    readonly sort: string;
  };
  readonly choices: { readonly regions: readonly part.Choice[]; readonly phases: readonly part.Choice[] };
  readonly pages: part.Pagination | null;
}

const say = {
  title: { zh: '全域看板', en: 'The board' },
  below: {
    zh: '最先到期的在最上面。名单与家数在开标前对监管部门同样保密。',
    en: 'What is due first stands first. Who bids is secret for the regulator too until the opening.',
  },
  caption: { zh: '在办标段', en: 'Lots in progress' },
  project: { zh: '标段', en: 'Lot' },
  parties: { zh: '招标人 · 代理', en: 'Tenderee · agent' },
  where: { zh: '进行到', en: 'Where it stands' },
  left: { zh: '时限', en: 'Time left' },
  warnings: { zh: '预警', en: 'Warnings' },
  none: { zh: '没有符合条件的标段', en: 'No lot matches' },
} satisfies Texts;

const dues: readonly part.Choice[] = [
  { value: 'soon', label: { zh: '一天内到期', en: 'Due within a day' } },
  { value: 'overdue', label: { zh: '有逾期', en: 'Overdue' } },
];
const orders: readonly part.Choice[] = [
  { value: 'due', label: { zh: '最先到期', en: 'Due first' } },
  { value: 'newest', label: { zh: '最新登记', en: 'Newest' } },
];

/** The regulator's list: where each lot stands, how long it has left, what draws attention. */
export function boardPage(view: View, board: Board): Html {
  const { filter } = board;
  return layout(view, {
    title: view.t(say.title),
    wide: true,
    section: '/supervision',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
<div class="stack">${part.card(view, {
      body: part.grid(
        ...board.counts.map((count) =>
          part.stat(view, { label: count.label, value: count.href ? html`<a href="${count.href}">${count.value}</a>` : count.value }),
        ),
      ),
    })}
${part.filterBar(view, {
  action: filter.action,
  ...(filter.region || filter.phase || filter.text || filter.due ? { clear: filter.action } : {}),
  fields: [
    part.field(view, { kind: 'search', name: 'text', label: { zh: '名称或编号', en: 'Name or number' }, value: filter.text }),
    part.field(view, {
      kind: 'select',
      name: 'region',
      label: { zh: '地区', en: 'Region' },
      value: filter.region,
      choices: board.choices.regions,
      empty: { zh: '全部', en: 'All' },
    }),
    part.field(view, {
      kind: 'select',
      name: 'phase',
      label: { zh: '阶段', en: 'Phase' },
      value: filter.phase,
      choices: board.choices.phases,
      empty: { zh: '全部', en: 'All' },
    }),
    part.field(view, {
      kind: 'select',
      name: 'due',
      label: { zh: '时限', en: 'Time limits' },
      value: filter.due,
      choices: dues,
      empty: { zh: '全部', en: 'All' },
    }),
    part.field(view, { kind: 'select', name: 'sort', label: { zh: '排序', en: 'Order' }, value: filter.sort, choices: orders }),
  ],
})}
${part.card(view, { flush: true, body: rows(view, board), ...(board.pages && board.pages.pages > 1 ? { foot: part.pagination(view, board.pages) } : {}) })}</div>`,
  });
}

function rows(view: View, board: Board): Html {
  return part.table<BoardRow>(view, {
    caption: say.caption,
    rows: board.rows,
    tone: (row) => (row.stoppedFor ? 'faded' : null),
    empty: part.empty(view, {
      title: say.none,
      icon: 'search',
      action: { href: board.filter.action, label: { zh: '查看全部', en: 'See everything' } },
    }),
    columns: [
      {
        label: say.project,
        phone: 'head',
        cell: (row) => html`<a href="${row.href}">${row.name}</a><span class="sub sub-line">${row.number} · ${row.region}</span>`,
      },
      {
        label: say.parties,
        cell: (row) => html`${row.tenderee}${row.agent ? html`<span class="sub sub-line">${row.agent}</span>` : nothing}`,
      },
      {
        label: say.where,
        cell: (row) =>
          html`${part.pill(view, row.tone, row.where)}<span class="sub sub-line">${
            row.stoppedFor
              ? typeof row.stoppedFor === 'string'
                ? row.stoppedFor
                : view.t(row.stoppedFor)
              : view.t({ zh: '第 {step} 步，共 {steps} 步', en: 'step {step} of {steps}' }, { step: row.step, steps: row.steps })
          }</span>`,
      },
      {
        label: say.left,
        cell: (row) =>
          row.limit ? part.countdown(view, { until: row.limit.until, label: row.limit.what }) : html`<span class="sub">—</span>`,
      },
      {
        label: say.warnings,
        numeric: true,
        cell: (row) =>
          row.warnings > 0 ? part.pill(view, 'now', { zh: '{n} 条', en: '{n}' }, { n: row.warnings }) : html`<span class="sub">0</span>`,
      },
    ],
  });
}
