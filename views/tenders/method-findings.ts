import type { MethodFinding } from '../../src/tenders/method-check.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { figure, table } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '这套办法会怎样', en: 'What this method does' },
  lead: {
    zh: '下面各项由评标办法本身推出，任何人可用 yangguang rank --findings 复算；发布人已逐项确认。',
    en: 'These follow from the method itself; anyone can recompute them with yangguang rank --findings. The host has acknowledged each.',
  },
  leadDraft: {
    zh: '发布前请逐项看过并确认。确认与公告一起公开、不可撤回；不同意就回到“评标办法”换一种。',
    en: 'Please look at each and acknowledge it before publishing. It is published with the notice and stays; if you do not want it, choose another method.',
  },
  none: {
    zh: '按同一组算例检查，没有发现以下情形：报得更低反而落选；落选者在不在场决定谁中选；串通可以抬高中选价；相同品牌只算一家。没有发现不等于不存在。',
    en: 'On a fixed set of examples none of these was found: a lower price loses; a loser decides who wins; an agreement raises the winning price; one brand counts once. Not found does not mean that there is none.',
  },
  example: { zh: '算例', en: 'The example' },
  acknowledge: { zh: '已知悉，仍采用这套办法', en: 'I know this and still use the method' },
  bid: { zh: '投标', en: 'Bid' },
  price: { zh: '报价（元）', en: 'Price (yuan)' },
  technical: { zh: '技术商务分', en: 'Criteria' },
  total: { zh: '总分或评审价', en: 'Total or evaluated price' },
  rank: { zh: '名次', en: 'Rank' },
  before: { zh: '之前', en: 'Before' },
  after: { zh: '之后', en: 'After' },
} satisfies Texts;
export const findingsTitle = say.title;

/** One sentence for each finding; `bid` and the figures of `agreed` are filled in. */
export const findingWords = {
  'lower-price-loses': {
    title: { zh: '报得更低反而落选', en: 'A lower price loses' },
    says: {
      zh: '例：其他报价不变，{bid}原本第一；只把报价降到 {price} 元，就不再是第一。',
      en: 'Example: with the other prices unchanged, {bid} is first; after lowering its price to {price} yuan it is first no more.',
    },
  },
  'loser-decides': {
    title: { zh: '落选者在不在场决定谁中选', en: 'A loser decides who wins' },
    says: {
      zh: '例：{bid}没有中选；但只要没有{bid}这份投标，第一名就由{first}变成{second}。',
      en: 'Example: {bid} does not win; yet without the bid of {bid} the first place goes from {first} to {second}.',
    },
  },
  'brand-counts-once': {
    title: { zh: '提供相同品牌的只算一家', en: 'Bidders who offer one brand count as one' },
    says: {
      zh: '例：{bid}排在第二；若{bid}与{first}提供相同品牌，就不再被推荐，接在{first}之后的是{second}。有效投标人也按一家计算，可能不足法定家数。',
      en: 'Example: {bid} is second; if {bid} offers the brand of {first} it is recommended no more, and {second} follows {first}. Both count as one bidder, so that too few may be left.',
    },
  },
  'movable-by-agreement': {
    title: { zh: '串通可以抬高中选价', en: 'An agreement raises the winning price' },
    says: {
      zh: '例：{of} 份投标中有 {bids} 份串通，其中一份能以 {together} 元中选；一家单独最高只能以 {alone} 元中选。',
      en: 'Example: where {bids} of {of} bids are agreed, one of them wins at {together} yuan; alone the highest is {alone} yuan.',
    },
  },
} as const satisfies Record<MethodFinding['id'], Texts>;

/** What the sentence of a finding is filled with. */
export function findingFigures({ id, bid, before, after, agreed }: MethodFinding): Record<string, string | number> {
  const first = before[0]?.bid ?? '';
  const second = after[id === 'brand-counts-once' ? 1 : 0]?.bid ?? '';
  const price = grouped(after.find((row) => row.bid === bid)?.price ?? '');
  return id === 'movable-by-agreement' && agreed
    ? { bid, ...agreed, alone: grouped(agreed.alone), together: grouped(agreed.together) }
    : { bid, first, second, price };
}

/** 6860000.00 → 6,860,000.00 */
const grouped = (yuan: string): string =>
  yuan.replace(/\B(?=(\d{3})+(?!\d)(?=\.|$))/g, ',').replace(/\.(.*)/, (places) => places.replaceAll(',', ''));

/** What the method does: each finding with its example; with a box to tick where it is still to be acknowledged. */
export function findingsBody(view: View, findings: readonly MethodFinding[], mode: 'draft' | 'notice'): Html {
  if (findings.length === 0) return html`<p>${view.t(say.none)}</p>`;
  return html`<p class="sub">${view.t(mode === 'draft' ? say.leadDraft : say.lead)}</p>
<ul class="findings">${each(findings, (found) => html`<li>${one(view, found, mode)}</li>`)}</ul>`;
}

function one(view: View, found: MethodFinding, mode: 'draft' | 'notice'): Html {
  const { title, says } = findingWords[found.id];
  const tick =
    mode === 'draft'
      ? html`<label class="form-check"><input class="form-check-input" type="checkbox" name="acknowledged" value="${found.id}" id="acknowledged-${found.id}" required><span class="form-check-label">${view.t(say.acknowledge)}</span></label>`
      : nothing;
  return html`<p><strong>${view.t(title)}</strong> ${view.t(says, findingFigures(found))}</p>
<details><summary>${view.t(say.example)}</summary><div class="findings-example">${rows(view, say.before, found.before, found.bid)}${rows(view, say.after, found.after, found.bid)}</div></details>${tick}`;
}

const rows = (view: View, caption: (typeof say)['before'], list: MethodFinding['before'], marked: string): Html =>
  table(view, {
    caption,
    showCaption: true,
    rows: list,
    columns: [
      { label: say.rank, cell: (row) => row.rank, phone: 'hide' },
      { label: say.bid, cell: (row) => (row.bid === marked ? html`<strong>${row.bid}</strong>` : row.bid), phone: 'head' },
      { label: say.price, cell: (row) => figure(row.price), numeric: true },
      { label: say.technical, cell: (row) => row.technical, numeric: true },
      { label: say.total, cell: (row) => figure(row.total), numeric: true, phone: 'figure' },
    ],
  });
