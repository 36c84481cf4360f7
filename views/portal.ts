import { each, type Html, html, nothing } from './html.ts';
import { layout } from './layout.ts';
import type { IconName } from './parts/index.ts';
import * as part from './parts/index.ts';
import type { Instant, Texts, View, Words } from './view.ts';

export interface PortalLot {
  readonly href: string;
  readonly number: string;
  readonly name: string;
  readonly region: string;
  readonly line: Words | string;
  readonly ceiling: string | null;
}

/** What the public front page shows. */
export interface Portal {
  /** bidding now, first deadline first */
  readonly open: readonly (PortalLot & { readonly deadline: Instant })[];
  /** in the opening hall now, or next */
  readonly opening: readonly (PortalLot & { readonly at: Instant; readonly inSession: boolean })[];
  /** candidates and results, newest first */
  readonly results: readonly (PortalLot & {
    readonly says: Words;
    readonly winner: string | null;
    readonly price: string | null;
    readonly at: Instant;
  })[];
  readonly counts: { readonly open: number; readonly results: number };
  /** demonstration accounts of a sandbox: where to sign in as whom */
  readonly demonstration: { readonly href: string } | null;
}

const say = {
  title: { zh: '首页', en: 'Front page' },
  headline: { zh: '公共资源，在阳光下交易', en: 'Public resources, traded in daylight' },
  lead: {
    zh: '开标前谁也打不开投标文件，开标时谁也拦不住；专家怎么抽的、名次怎么排的，任何人都可以用自己的电脑复核。',
    en: 'Nobody can open a bid early, nobody can block an opening; how experts were drawn and how bids were ranked, anyone can recheck on their own computer.',
  },
  see: { zh: '查看招标项目', en: 'See the tenders' },
  search: { zh: '项目名称、编号或招标人', en: 'Name, number or tenderee' },
  find: { zh: '查找', en: 'Find' },
  how: { zh: '怎样自己核验', en: 'How to verify it yourself' },
  opening: { zh: '开标大厅', en: 'Opening hall' },
  open: { zh: '正在招标', en: 'Open for bids' },
  results: { zh: '公示与结果', en: 'Candidates and results' },
  all: { zh: '全部 {n} 项', en: 'All {n}' },
  deadline: { zh: '投标截止', en: 'Deadline' },
  inSession: { zh: '正在开标', en: 'In session' },
  enter: { zh: '进入大厅', en: 'Enter the hall' },
  noOpening: { zh: '今天没有开标', en: 'No opening today' },
  noOpen: { zh: '目前没有正在招标的项目', en: 'Nothing is open for bids now' },
  noResults: { zh: '还没有结果', en: 'No results yet' },
  lot: { zh: '标段', en: 'Lot' },
  ceiling: { zh: '最高限价（元）', en: 'Ceiling (yuan)' },
  left: { zh: '余', en: 'Left' },
  verify: { zh: '您可以核验什么', en: 'What you can verify' },
  verifyLead: {
    zh: '不必相信本平台。每一条都有一个命令或一次点击。',
    en: 'You need not trust this platform. Each of these takes one click or one command.',
  },
  demonstration: { zh: '演示账户', en: 'Demonstration accounts' },
} satisfies Texts;

const promises: readonly { readonly icon: IconName; readonly title: Words; readonly says: Words; readonly href: string }[] = [
  {
    icon: 'lock',
    title: { zh: '没有人提前看过', en: 'Nobody looked early' },
    says: {
      zh: '投标文件在投标人自己的电脑上密封，钥匙分在几家机构手里，到时共同开启。',
      en: 'Bids are sealed on the bidder’s own computer; the key is shared by several institutions that open together, on time.',
    },
    href: '/verify#opening',
  },
  {
    icon: 'receipt',
    title: { zh: '没有一份被丢掉', en: 'No bid was dropped' },
    says: {
      zh: '每次递交都有回执，证明它已写入公开日志；日志由监督节点联署，改一个字都会被发现。',
      en: 'Every submission has a receipt that proves it is in the public journal; witnesses co-sign it, and no entry can change unseen.',
    },
    href: '/verify#receipt',
  },
  {
    icon: 'dice-5',
    title: { zh: '抽取没有人能左右', en: 'Nobody steered the draw' },
    says: {
      zh: '评标专家与系数由几家机构共同产生的随机数决定，名单先封存，结果可复算。',
      en: 'Experts and coefficients follow a number that several institutions make together, after the list is fixed; anyone can recompute it.',
    },
    href: '/verify#draw',
  },
  {
    icon: 'scale',
    title: { zh: '名次算得对', en: 'The ranking is right' },
    says: {
      zh: '公式、打分和报价都在证据包里，一个命令重新算一遍。',
      en: 'Formulas, scores and prices are in the evidence bundle; one command computes the ranking again.',
    },
    href: '/verify#ranking',
  },
];

/** The public front page: what is open, what is being opened, what came of it, and what anyone can verify. */
export function portalPage(view: View, portal: Portal): Html {
  return layout(view, {
    title: view.t(say.title),
    scripts: ['live.js'],
    main: html`<div class="hero"><div><h1>${view.t(say.headline)}</h1><p class="hero-lead">${view.t(say.lead)}</p>
<form class="hero-search" method="get" action="/lots" role="search"><label class="visually-hidden" for="search">${view.t(say.search)}</label><input class="form-control" type="search" id="search" name="text" maxlength="100" placeholder="${view.t(say.search)}"><button class="btn btn-primary" type="submit">${part.icon(view, 'search')}<span>${view.t(say.find)}</span></button></form>
<div class="form-actions">${part.linkButton(view, { href: '/lots', label: say.see })}${part.linkButton(view, { href: '/verify', label: say.how, icon: 'shield-check' })}${
      portal.demonstration ? part.linkButton(view, { href: portal.demonstration.href, label: say.demonstration, icon: 'users' }) : nothing
    }</div></div></div>
${part.live('session', sessionBanner(view, portal))}
${part.columns({
  main: html`${part.live('open', openCard(view, portal))}${part.live('results', resultsCard(view, portal))}`,
  right: html`${part.live('opening', openingCard(view, portal))}`,
})}
${promiseSection(view)}`,
  });
}

/** What is being opened this minute stands above everything else. */
function sessionBanner(view: View, portal: Portal): Html {
  return html`${each(
    portal.opening.filter((lot) => lot.inSession),
    (lot) =>
      html`<div class="banner">${part.pill(view, 'now', say.inSession)}<p><strong>${lot.name}</strong><span class="sub sub-line">${lot.number} · ${lot.region}</span></p><a class="btn btn-primary" href="${lot.href}">${view.t(say.enter)}</a></div>`,
  )}`;
}

function lotCell(view: View, lot: PortalLot): Html {
  return html`<a href="${lot.href}">${lot.name}</a><span class="sub sub-line">${lot.number} · ${typeof lot.line === 'string' ? lot.line : view.t(lot.line)} · ${lot.region}</span>`;
}

function openCard(view: View, portal: Portal): Html {
  return part.card(view, {
    title: say.open,
    beside: portal.open.length > 0 ? html`<a href="/lots?phase=bidding">${view.t(say.all, { n: portal.counts.open })}</a>` : nothing,
    flush: true,
    body: part.table<Portal['open'][number]>(view, {
      caption: say.open,
      rows: portal.open,
      empty: part.empty(view, { title: say.noOpen }),
      columns: [
        { label: say.lot, phone: 'head', cell: (lot) => lotCell(view, lot) },
        { label: say.ceiling, numeric: true, cell: (lot) => (lot.ceiling ? part.figure(lot.ceiling) : '—') },
        { label: say.deadline, cell: (lot) => part.time(view, lot.deadline) },
        {
          label: say.left,
          numeric: true,
          cell: (lot) => part.spanText(view.lang, new Date(lot.deadline).getTime() - new Date(view.now).getTime()),
        },
      ],
    }),
  });
}

function openingCard(view: View, portal: Portal): Html {
  return part.card(view, {
    title: say.opening,
    flush: true,
    body:
      portal.opening.length === 0
        ? part.empty(view, { title: say.noOpening, icon: 'calendar-event' })
        : html`<ul class="matters">${each(
            portal.opening,
            (lot) =>
              html`<li class="matter"><div><a href="${lot.href}">${lot.name}</a><p class="sub">${part.time(view, lot.at)} · ${lot.region}</p></div>${
                lot.inSession ? part.pill(view, 'now', say.inSession) : html`<span class="sub">${part.remainingText(view, lot.at)}</span>`
              }</li>`,
          )}</ul>`,
  });
}

function resultsCard(view: View, portal: Portal): Html {
  return part.card(view, {
    title: say.results,
    beside: portal.results.length > 0 ? html`<a href="/results">${view.t(say.all, { n: portal.counts.results })}</a>` : nothing,
    flush: true,
    body: part.table<Portal['results'][number]>(view, {
      caption: say.results,
      rows: portal.results,
      empty: part.empty(view, { title: say.noResults, icon: 'trophy' }),
      columns: [
        { label: say.lot, phone: 'head', cell: (lot) => lotCell(view, lot) },
        {
          label: { zh: '结果', en: 'Result' },
          cell: (lot) => html`${view.t(lot.says)}${lot.winner ? html`<span class="sub sub-line">${lot.winner}</span>` : nothing}`,
        },
        { label: { zh: '金额（元）', en: 'Amount (yuan)' }, numeric: true, cell: (lot) => (lot.price ? part.figure(lot.price) : '—') },
        { label: { zh: '发布', en: 'Published' }, cell: (lot) => part.time(view, lot.at, 'day') },
      ],
    }),
  });
}

function promiseSection(view: View): Html {
  return html`<section class="promises"><h2>${view.t(say.verify)}</h2><p class="sub">${view.t(say.verifyLead)}</p>
${part.grid(...promises.map((promise) => html`<div class="promise">${part.icon(view, promise.icon)}<h3><a href="${promise.href}">${view.t(promise.title)}</a></h3><p>${view.t(promise.says)}</p></div>`))}</section>`;
}
