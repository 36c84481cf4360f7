import type { NoticesAnswer } from '../../src/tenders/answers.ts';
import { type Html, html, when } from '../html.ts';
import { layout } from '../layout.ts';
import { card, empty, field, figure, filterBar, notice, pageHead, pagination, pill, remainingText, table, time } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { phaseTone } from './phase.ts';

const say = {
  title: { zh: '招标项目', en: 'Tenders' },
  below: {
    zh: '全部公告对任何人公开，无需登录，不收费。谁在投标、有几家，开标前任何人都看不到。',
    en: 'Every notice is open to anyone, without signing in and free of charge. Who bids, and how many, nobody can see before the opening.',
  },
  text: { zh: '搜索', en: 'Search' },
  textHint: { zh: '项目、标段、编号、统一交易标识码或招标人', en: 'Project, lot, number, trading code or tenderee' },
  region: { zh: '地区', en: 'Region' },
  line: { zh: '类别', en: 'Line of trade' },
  phase: { zh: '阶段', en: 'Phase' },
  all: { zh: '全部', en: 'All' },
  caption: { zh: '招标公告', en: 'Tender notices' },
  name: { zh: '标段', en: 'Lot' },
  tenderee: { zh: '招标人', en: 'Tenderee' },
  ceiling: { zh: '最高限价（元）', en: 'Ceiling (yuan)' },
  published: { zh: '公告发布', en: 'Published' },
  deadline: { zh: '投标截止', en: 'Deadline' },
  prequalifications: { zh: '资格预审公告：可以申请', en: 'Prequalification: applications are taken' },
  applications: { zh: '申请截止', en: 'Applications end' },
  none: { zh: '没有符合条件的公告', en: 'No notice matches' },
  noneSays: { zh: '换个关键词，或清除筛选条件。', en: 'Try another word, or clear the filters.' },
  mistyped: {
    zh: '这个统一交易标识码的校验码不对：请逐位核对，末位是前面各位的校验码（ISO/IEC 7064 MOD 37-2）。',
    en: 'The check character of this trading code is wrong: look at it character by character; the last one checks those before it (ISO/IEC 7064 MOD 37-2).',
  },
  clear: { zh: '查看全部', en: 'See everything' },
} satisfies Texts;

/** Every published notice, newest first, with its search. */
export function noticesPage(view: View, data: NoticesAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${pageHead(view, { title: say.title, below: view.t(say.below) })}
${filters(view, data)}
${when(data.mistyped, () => notice(view, 'refused', say.mistyped))}
${when(data.prequalifications.length > 0, () => prequalifications(view, data))}
${card(view, { body: list(view, data), flush: true, foot: data.pages > 1 ? pager(view, data) : null })}`,
  });
}

/** Where a supplier applies before it may bid. */
const prequalifications = (view: View, data: NoticesAnswer): Html =>
  card(view, {
    title: say.prequalifications,
    flush: true,
    body: table(view, {
      caption: say.prequalifications,
      rows: data.prequalifications,
      columns: [
        {
          label: say.name,
          phone: 'head',
          cell: (row) =>
            html`<a href="/lots/${row.id}/prequalification">${row.name}</a><br><span class="sub">${row.number} · ${view.t(row.lineName)} · ${view.t(row.regionName)}</span>`,
        },
        { label: say.tenderee, cell: (row) => row.tenderee },
        {
          label: say.applications,
          cell: (row) => html`${time(view, row.until)}<br><span class="sub">${remainingText(view, row.until)}</span>`,
        },
      ],
    }),
  });

function filters(view: View, { query, choices }: NoticesAnswer): Html {
  return filterBar(view, {
    action: '/lots',
    ...(query.text || query.region || query.line || query.phase ? { clear: '/lots' } : {}),
    fields: [
      field(view, { kind: 'search', name: 'text', label: say.text, value: query.text, placeholder: view.t(say.textHint) }),
      field(view, { kind: 'select', name: 'region', label: say.region, value: query.region, choices: choices.regions, empty: say.all }),
      field(view, { kind: 'select', name: 'line', label: say.line, value: query.line, choices: choices.lines, empty: say.all }),
      field(view, { kind: 'select', name: 'phase', label: say.phase, value: query.phase, choices: choices.phases, empty: say.all }),
    ],
  });
}

function list(view: View, data: NoticesAnswer): Html {
  return table(view, {
    caption: say.caption,
    rows: data.rows,
    tone: (row) => (row.phase === 'failed' || row.phase === 'terminated' ? 'faded' : null),
    empty: empty(view, { title: say.none, says: say.noneSays, icon: 'search', action: { href: '/lots', label: say.clear } }),
    columns: [
      {
        label: say.name,
        phone: 'head',
        cell: (row) =>
          html`<a href="/lots/${row.id}">${row.name}</a><br><span class="sub">${row.number} · ${view.t(row.lineName)} · ${view.t(row.regionName)}</span>`,
      },
      { label: say.tenderee, cell: (row) => row.tenderee },
      { label: say.phase, cell: (row) => pill(view, phaseTone(row.phase), row.phaseTitle) },
      { label: say.ceiling, numeric: true, cell: (row) => (row.ceiling === null ? '—' : figure(row.ceiling)) },
      { label: say.published, cell: (row) => time(view, row.publishedAt, 'day') },
      {
        label: say.deadline,
        cell: (row) =>
          html`${time(view, row.deadline)}${row.phase === 'bidding' ? html`<br><span class="sub">${remainingText(view, row.deadline)}</span>` : null}`,
      },
    ],
  });
}

function pager(view: View, { page, pages, total, query }: NoticesAnswer): Html {
  const kept = Object.entries(query).filter(([, value]) => value !== '');
  const href = (to: number): string => `/lots?${new URLSearchParams([...kept, ['page', String(to)]]).toString()}`;
  return pagination(view, { page, pages, total, href });
}
