import { each, type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

export interface Sandbox {
  readonly now: Instant;
  readonly rate: number;
  readonly moments: readonly {
    readonly lot: string;
    readonly number: string;
    readonly name: string;
    readonly what: Words;
    readonly at: Instant;
  }[];
}

const say = {
  title: { zh: '演示时钟', en: 'The sandbox’s clock' },
  below: {
    zh: '法定期间以日计，演示等不了二十天：在这里把平台的时钟拨快或跳到下一个时点。每次拨动都写入日志；时钟不能倒退，正式环境没有这一页。',
    en: 'Legal periods take days, a demonstration has minutes: hurry the platform’s clock here, or go to the next moment. Every change is in the journal; the clock never goes back; a production node has no such page.',
  },
  now: { zh: '现在', en: 'Now' },
  clock: { zh: '平台时间（北京时间）', en: 'Platform time (Beijing)' },
  rate: { zh: '速度', en: 'Speed' },
  forward: { zh: '往前跳', en: 'Go forward' },
  hour: { zh: '一小时', en: 'One hour' },
  day: { zh: '一天', en: 'One day' },
  week: { zh: '一周', en: 'One week' },
  speed: { zh: '改变速度', en: 'Change the speed' },
  life: { zh: '与现实相同 ×1', en: 'As in life ×1' },
  minute: { zh: '一分钟一小时 ×60', en: 'An hour a minute ×60' },
  dayMinute: { zh: '一分钟一天 ×1440', en: 'A day a minute ×1440' },
  still: { zh: '停住 ×0', en: 'Stand still ×0' },
  ahead: { zh: '前面的时点', en: 'Moments ahead' },
  noneAhead: { zh: '前面没有时点', en: 'No moment ahead' },
  noneSays: {
    zh: '公告发布后，截止、公示等时点会列在这里。',
    en: 'Once a notice is published, its deadline and other moments are listed here.',
  },
  lot: { zh: '标段', en: 'Lot' },
  what: { zh: '届时', en: 'Then' },
  at: { zh: '时间', en: 'When' },
  go: { zh: '跳到', en: 'Go there' },
  before: { zh: '前两分钟', en: '2 min before' },
  phone: { zh: '演示手机（专家通知、验证码）', en: 'The sandbox’s phone (calls to experts, codes)' },
} satisfies Texts;

const twoMinutes = 120_000;

/** /sandbox: the clock that a demonstration may hurry. */
export function sandboxPage(view: View, sandbox: Sandbox): Html {
  const button = (fields: Readonly<Record<string, string>>, label: Words, tone: 'primary' | 'plain' = 'plain', about = ''): Html =>
    html`<form class="inline-form" method="post" action="/sandbox/clock"><input type="hidden" name="_csrf" value="${view.csrf}">${each(
      Object.entries(fields),
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    )}<button class="btn btn-sm ${tone === 'primary' ? 'btn-primary' : ''}" type="submit">${view.t(label)}${about ? html`<span class="visually-hidden"> ${about}</span>` : ''}</button></form>`;
  const earlier = (at: Instant): string => new Date(new Date(at).getTime() - twoMinutes).toISOString();
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}${part.problemPanel(view)}
${part.columns({
  main: part.card(view, {
    title: say.ahead,
    flush: true,
    body: part.table<Sandbox['moments'][number]>(view, {
      caption: say.ahead,
      rows: sandbox.moments,
      empty: part.empty(view, {
        title: say.noneAhead,
        says: say.noneSays,
        icon: 'calendar-event',
        action: { href: '/lots', label: { zh: '招标项目', en: 'Tenders' } },
      }),
      columns: [
        {
          label: say.lot,
          phone: 'head',
          cell: (row) => html`<a href="/lots/${row.lot}">${row.name}</a><span class="sub sub-line">${row.number}</span>`,
        },
        { label: say.what, cell: (row) => view.t(row.what) },
        {
          label: say.at,
          cell: (row) => html`${part.time(view, row.at)}<span class="sub sub-line">${part.remainingText(view, row.at)}</span>`,
        },
        {
          label: say.go,
          cell: (row) =>
            html`<div class="form-actions">${
              new Date(row.at).getTime() - new Date(view.now).getTime() > twoMinutes
                ? button({ at: earlier(row.at) }, say.before, 'plain', row.name)
                : ''
            }${button({ at: row.at }, say.go, 'primary', row.name)}</div>`,
        },
      ],
    }),
  }),
  right: html`${part.card(view, {
    title: say.now,
    now: true,
    body: html`<div class="stack">${part.facts(view, [
      { label: say.clock, value: part.time(view, sandbox.now, 'full') },
      { label: say.rate, value: `×${sandbox.rate}` },
    ])}<h3>${view.t(say.forward)}</h3><div class="form-actions">${button({ to: 'hour' }, say.hour)}${button({ to: 'day' }, say.day)}${button({ to: 'week' }, say.week)}</div>
<h3>${view.t(say.speed)}</h3><div class="form-actions">${button({ rate: '1' }, say.life)}${button({ rate: '60' }, say.minute)}${button({ rate: '1440' }, say.dayMinute)}${button({ rate: '0' }, say.still)}</div></div>`,
    foot: html`<a href="/sandbox/phone">${view.t(say.phone)}</a>`,
  })}`,
})}`,
  });
}
