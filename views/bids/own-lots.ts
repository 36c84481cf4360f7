import type { OwnLot } from '../../src/bids/reads.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { card, countdown, empty, linkButton, pageHead, pill, table } from '../parts/index.ts';
import { phaseTone } from '../tenders/phase.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '我的投标', en: 'My bids' },
  below: {
    zh: '本单位获取过招标文件或递交过投标文件的标段。只有本单位看得到。',
    en: 'Lots whose documents your organisation collected or on which it submitted a bid. Nobody else sees this list.',
  },
  list: { zh: '标段', en: 'Lots' },
  phase: { zh: '阶段', en: 'Phase' },
  bid: { zh: '本单位投标', en: 'Own bid' },
  submitted: { zh: '有有效递交', en: 'A bid is in' },
  none: { zh: '未递交', en: 'No bid' },
  due: { zh: '投标截止', en: 'Deadline' },
  left: { zh: '余', en: 'left' },
  over: { zh: '已截止', en: 'over' },
  act: { zh: '操作', en: 'Action' },
  open: { zh: '投标台', en: 'Bid desk' },
  nothing: { zh: '还没有参加任何标段', en: 'You take part in no lot yet' },
  nothingSays: {
    zh: '在招标项目中找到合适的标段，获取招标文件后即可投标。',
    en: 'Find a lot among the tenders and collect its documents; then you can bid.',
  },
  joint: { zh: '联合体成员签名', en: 'Sign as a member of a joint venture' },
  find: { zh: '查看招标项目', en: 'See the tenders' },
} satisfies Texts;

/** Everything this bidder takes part in, with how long there is left. */
export function ownLotsPage(answer: { readonly lots: readonly OwnLot[] }, view: View): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${pageHead(view, { title: say.title, below: view.t(say.below), beside: linkButton(view, { href: '/joint-signing', label: say.joint, small: true }) })}
${card(view, {
  flush: true,
  body: table(view, {
    caption: say.list,
    columns: [
      {
        label: say.list,
        phone: 'head',
        cell: (lot) => html`<a href="/lots/${lot.lot}">${lot.name}</a><div class="sub">${lot.number}</div>`,
      },
      { label: say.phase, cell: (lot) => pill(view, phaseTone(lot.phase), lot.phaseTitle) },
      {
        label: say.due,
        cell: (lot) => (lot.deadline === null ? null : countdown(view, { until: lot.deadline, label: say.left, over: say.over })),
      },
      { label: say.bid, cell: (lot) => view.t(lot.submitted ? say.submitted : say.none) },
      {
        label: say.act,
        cell: (lot) =>
          linkButton(view, {
            href: `/lots/${lot.lot}/bids`,
            label: say.open,
            small: true,
            tone: lot.phase === 'bidding' && !lot.submitted ? 'primary' : 'plain',
          }),
      },
    ],
    rows: answer.lots,
    tone: (lot) => (lot.phase === 'bidding' ? null : 'faded'),
    empty: empty(view, { title: say.nothing, says: say.nothingSays, action: { href: '/lots', label: say.find } }),
  }),
})}`,
  });
}
