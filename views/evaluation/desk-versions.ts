import type { DeskAnswer, DeskVersion } from '../../src/evaluation/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '第 {version} 版（已重新评审）', en: 'Version {version}, evaluated again' },
  again: {
    zh: '原评标报告已签署，依下列决定由原评标委员会重新评审。原版本保留如下，不再有效。',
    en: 'This report was signed, and evaluated again by the same panel on the order below. It stays as it was, and is no longer in force.',
  },
  ground: { zh: '理由', en: 'Ground' },
  reference: { zh: '决定文号或异议', en: 'Decision or objection' },
  explanation: { zh: '事实和理由', en: 'Facts and reasons' },
  scope: { zh: '重新评审的范围', en: 'What was evaluated again' },
  signedBy: { zh: '决定的签名人', en: 'Order signed by' },
  reported: { zh: '原报告签署', en: 'Signed' },
  reopened: { zh: '决定重新评审', en: 'Reopened' },
  digest: { zh: '原数据包摘要（SHA-256）', en: 'Digest of its bundle (SHA-256)' },
  bundle: { zh: '下载原数据包', en: 'Its bundle' },
  ranking: { zh: '原排序', en: 'Its ranking' },
  rank: { zh: '名次', en: 'Rank' },
  bidder: { zh: '投标人', en: 'Bidder' },
  total: { zh: '总分或评标价', en: 'Score or evaluated price' },
  candidate: { zh: '原候选人', en: 'was candidate' },
  rejected: { zh: '原否决投标', en: 'Rejected in it' },
  reason: { zh: '原因', en: 'Reason' },
  changes: { zh: '与后一版的差别', en: 'What differs in the version after it' },
  pending: { zh: '重新评审正在进行，签署后显示差别。', en: 'It is being evaluated again; the differences are shown when that is signed.' },
  same: { zh: '评审意见和评分没有变化。', en: 'No verdict and no score has changed.' },
  seat: { zh: '席位', en: 'Seat' },
  about: { zh: '项目', en: 'About' },
  before: { zh: '原', en: 'Before' },
  after: { zh: '改为', en: 'After' },
  order: { zh: '重新评审', en: 'Evaluate again' },
  orderSays: {
    zh: '评标报告签署后不能修改。确有法定理由的，由原评标委员会重新评审，原版本保留。',
    en: 'A signed report is not changed. On a ground of the law the same panel evaluates again, and the version before stays.',
  },
} satisfies Texts;

/** Every version that was evaluated again, with its order and what differs in the one after it. */
export const versionCards = (view: View, data: Pick<DeskAnswer, 'versions' | 'lot'>): Html =>
  html`${each(data.versions, (version) => versionCard(view, data.lot.id, version))}`;

function versionCard(view: View, lot: string, version: DeskVersion): Html {
  return part.card(view, {
    title: { zh: view.t(say.title, { version: version.version }), en: view.t(say.title, { version: version.version }) },
    body: html`<p>${view.t(say.again)}</p>${part.facts(
      view,
      [
        { label: say.ground, value: html`${view.t(version.ground)}<br>${part.ground(view, { source: version.source })}` },
        ...(version.reference === null ? [] : [{ label: say.reference, value: version.reference }]),
        { label: say.explanation, value: version.explanation },
        {
          label: say.scope,
          value: html`${version.scope.bids.join('、')}<br>${version.scope.items.map((title) => view.t(title)).join('、')}`,
        },
        ...(version.signedBy === null ? [] : [{ label: say.signedBy, value: version.signedBy }]),
        { label: say.reported, value: part.time(view, version.reportedAt) },
        { label: say.reopened, value: part.time(view, version.reopenedAt) },
        { label: say.digest, value: part.hash(view, version.sha256) },
      ],
      'wide',
    )}${changesTable(view, version)}<details class="step-working"><summary><strong>${view.t(say.ranking)}</strong></summary>${rankingTable(view, version)}${part.linkButton(view, { href: `/lots/${lot}/evaluation/bundle?version=${version.version}`, label: say.bundle, icon: 'download', small: true })}</details>`,
  });
}

function changesTable(view: View, { changes }: DeskVersion): Html {
  if (changes === null) return part.notice(view, 'now', say.pending);
  if (changes.length === 0) return html`<p>${view.t(say.same)}</p>`;
  return part.table(view, {
    caption: say.changes,
    showCaption: true,
    columns: [
      { label: say.bidder, phone: 'head', cell: (row) => row.bid },
      { label: say.about, cell: (row) => view.t(row.about) },
      { label: say.seat, cell: (row) => view.t(row.mask) },
      { label: say.before, cell: (row) => row.before ?? '—', numeric: true },
      { label: say.after, cell: (row) => html`<strong>${row.after ?? '—'}</strong>`, numeric: true },
    ],
    rows: changes,
  });
}

function rankingTable(view: View, { rows, rejected }: DeskVersion): Html {
  return html`${part.table(view, {
    caption: say.ranking,
    columns: [
      { label: say.rank, cell: (row) => row.rank, numeric: true },
      {
        label: say.bidder,
        phone: 'head',
        cell: (row) => html`${row.name}${row.candidate ? html` ${part.pill(view, 'plain', say.candidate)}` : nothing}`,
      },
      { label: say.total, phone: 'figure', cell: (row) => row.total, numeric: true },
    ],
    rows,
  })}${
    rejected.length === 0
      ? nothing
      : part.table(view, {
          caption: say.rejected,
          showCaption: true,
          columns: [
            { label: say.bidder, phone: 'head', cell: (row) => row.name },
            { label: say.reason, cell: (row) => view.t(row.reason) },
          ],
          rows: rejected,
        })
  }`;
}

/** The way to an order of re-evaluation, for those who may give one now. */
export const reassessmentLink = (view: View, { mayReassess, lot }: Pick<DeskAnswer, 'mayReassess' | 'lot'>): Html =>
  mayReassess
    ? part.card(view, {
        title: say.order,
        body: html`<p class="sub">${view.t(say.orderSays)}</p>${part.linkButton(view, { href: `/lots/${lot.id}/reassessment`, label: say.order, small: true })}`,
      })
    : nothing;
