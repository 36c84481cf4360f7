import type { ResultsAnswer } from '../../src/awards/answers.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '公示与结果', en: 'Candidates and results' },
  below: {
    zh: '中标候选人、中标结果、合同与流标，最新的在前。',
    en: 'Candidates, awards, contracts and failures, newest first.',
  },
  lot: { zh: '标段', en: 'Lot' },
  kind: { zh: '类别', en: 'Kind' },
  winner: { zh: '中标人', en: 'Winner' },
  price: { zh: '中标价（元）', en: 'Price (yuan)' },
  at: { zh: '公布时间', en: 'Published' },
  until: { zh: '公示至 {at}', en: 'public until {at}' },
  candidates: { zh: '候选人 {n} 家', en: '{n} candidates' },
  region: { zh: '地区', en: 'Region' },
  line: { zh: '交易类别', en: 'Line of trade' },
  text: { zh: '名称、编号、招标人、中标人', en: 'Name, number, tenderee, winner' },
  every: { zh: '全部', en: 'All' },
  none: { zh: '没有符合条件的结果', en: 'No results match' },
  noneSays: { zh: '评标结束后，候选人和结果会在这里公布。', en: 'Candidates and results appear here after the evaluation.' },
  tenders: { zh: '看正在招标的项目', en: 'See open tenders' },
} satisfies Texts;

/** The public list of what came of tenders (GET /results). */
export function resultsPage(view: View, data: ResultsAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
${filters(view, data)}
${part.card(view, { flush: true, body: resultTable(view, data) })}
${part.pagination(view, { page: data.page, pages: data.pages, total: data.total, href: (page) => hrefOf(data.query, page) })}`,
  });
}

function hrefOf(query: ResultsAnswer['query'], page: number): string {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  if (page > 1) asked.set('page', String(page));
  const text = asked.toString();
  return text === '' ? '/results' : `/results?${text}`;
}

function filters(view: View, { query, choices }: ResultsAnswer): Html {
  return part.filterBar(view, {
    action: '/results',
    ...(Object.values(query).some((value) => value !== '') ? { clear: '/results' } : {}),
    fields: html`${[
      part.field(view, { kind: 'select', name: 'kind', label: say.kind, empty: say.every, choices: choices.kinds, value: query.kind }),
      part.field(view, {
        kind: 'select',
        name: 'region',
        label: say.region,
        empty: say.every,
        choices: choices.regions,
        value: query.region,
      }),
      part.field(view, { kind: 'select', name: 'line', label: say.line, empty: say.every, choices: choices.lines, value: query.line }),
      part.field(view, { kind: 'search', name: 'text', label: say.text, maxlength: 100, value: query.text }),
    ]}`,
  });
}

type Row = ResultsAnswer['rows'][number];

function resultTable(view: View, data: ResultsAnswer): Html {
  return part.table<Row>(view, {
    caption: say.title,
    rows: data.rows,
    empty: part.empty(view, { title: say.none, says: say.noneSays, icon: 'trophy', action: { href: '/lots', label: say.tenders } }),
    tone: (row) => (row.kind === 'failed' ? 'faded' : null),
    columns: [
      {
        label: say.lot,
        phone: 'head',
        cell: (row) =>
          html`<a href="${row.href}">${row.name}</a><br><span class="sub">${row.number} · ${view.t(row.regionName)} · ${row.tenderee}</span>`,
      },
      {
        label: say.kind,
        cell: (row) =>
          html`${part.pill(view, row.kind === 'publicity' ? 'now' : row.kind === 'failed' ? 'refused' : 'plain', row.kindTitle)}${
            row.kind === 'publicity' && row.until
              ? html`<br><span class="sub">${view.t(say.until, { at: part.timeText(view.lang, row.until, 'minute', view.now) })}</span>`
              : row.failedFor
                ? html`<br><span class="sub">${view.t(row.failedFor)}</span>`
                : ''
          }`,
      },
      { label: say.winner, cell: (row) => row.winner ?? (row.kind === 'publicity' ? view.t(say.candidates, { n: row.candidates }) : '') },
      { label: say.price, numeric: true, phone: 'figure', cell: (row) => (row.price ? part.figure(row.price) : '') },
      { label: say.at, cell: (row) => part.time(view, row.at) },
    ],
  });
}
