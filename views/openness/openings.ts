import type { OpeningsAnswer } from '../../src/openness/answers.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { stopNotice } from '../openings/suspension.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { portalLot } from './shown.ts';

const say = {
  title: { zh: '开标大厅', en: 'Opening hall' },
  below: {
    zh: '投标截止的那一刻自动开标，任何人可以旁听；开标前，谁投标、有几家，这里也看不到。',
    en: 'Bids are opened at the deadline, by themselves; anyone may watch. Who bids and how many is not shown before, here or elsewhere.',
  },
  now: { zh: '正在开标', en: 'In session' },
  noneNow: { zh: '此刻没有正在进行的开标', en: 'No opening is going on' },
  coming: { zh: '将要开标', en: 'To come' },
  noneComing: { zh: '一个月内没有安排开标', en: 'No opening within a month' },
  past: { zh: '近七日', en: 'Of the last seven days' },
  nonePast: { zh: '近七日没有开标', en: 'None in the last seven days' },
  lot: { zh: '标段', en: 'Lot' },
  at: { zh: '开标时间', en: 'Opens' },
  left: { zh: '余', en: 'Left' },
  enter: { zh: '进入大厅', en: 'Enter the hall' },
  record: { zh: '查看开标记录', en: 'See the record' },
  tenders: { zh: '查看招标项目', en: 'See the tenders' },
} satisfies Texts;

type Session = OpeningsAnswer['coming'][number];

/** /openings: what is being opened now, what will be, and what was of late. */
export function openingsPage(view: View, { inSession, coming, past, stop }: OpeningsAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    scripts: ['live.js'],
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
<div class="stack">${part.live('stop', stopNotice(view, stop))}${part.live(
      'now',
      part.card(view, {
        title: say.now,
        now: inSession.length > 0,
        flush: true,
        body: sessions(view, inSession, { caption: say.now, none: say.noneNow, enter: say.enter }),
      }),
    )}
${part.live('coming', part.card(view, { title: say.coming, flush: true, body: sessions(view, coming, { caption: say.coming, none: say.noneComing, enter: say.enter, counted: true }) }))}
${part.live('past', part.card(view, { title: say.past, flush: true, body: sessions(view, past, { caption: say.past, none: say.nonePast, enter: say.record }) }))}</div>`,
  });
}

interface Shape {
  readonly caption: Words;
  readonly none: Words;
  readonly enter: Words;
  readonly counted?: boolean;
}

function sessions(view: View, rows: readonly Session[], { caption, none, enter, counted }: Shape): Html {
  return part.table<Session>(view, {
    caption,
    rows,
    empty: part.empty(view, { title: none, icon: 'calendar-event', action: { href: '/lots', label: say.tenders } }),
    columns: [
      {
        label: say.lot,
        phone: 'head',
        cell: (lot) => {
          const { href, number, region } = portalLot(view, lot);
          return html`<a href="${href}">${lot.name}</a><span class="sub sub-line">${number} · ${view.t(lot.line)} · ${region}</span>`;
        },
      },
      { label: say.at, cell: (lot) => part.time(view, lot.at) },
      ...(counted
        ? [
            {
              label: say.left,
              cell: (lot: Session) => part.countdown(view, { until: lot.at, label: { zh: '距开标', en: 'Opens in' }, reload: true }),
            },
          ]
        : []),
      {
        label: { zh: '大厅', en: 'Hall' },
        cell: (lot) =>
          html`<a class="btn btn-sm" href="/lots/${lot.id}/hall">${view.t(enter)}<span class="visually-hidden"> ${lot.name}</span></a>`,
      },
    ],
  });
}
