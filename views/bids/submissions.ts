import type { OwnBids, OwnSubmission } from '../../src/bids/reads.ts';
import { type Html, html, nothing } from '../html.ts';
import { bytesText, card, hash, icon, notice, seal, table, time, timeText } from '../parts/index.ts';
import { partLabels } from '../tenders/labels.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '本单位的递交', en: 'Own submissions' },
  state: { zh: '状态', en: 'State' },
  at: { zh: '收到时间', en: 'Received' },
  file: { zh: '密封文件', en: 'Sealed file' },
  receipt: { zh: '回执', en: 'Receipt' },
  json: { zh: 'JSON', en: 'JSON' },
  pdf: { zh: 'PDF', en: 'PDF' },
  withdrawn: { zh: '撤回回执', en: 'Of the withdrawal' },
  reread: { zh: '重读', en: 'Reread' },
  completion: { zh: '传完回执', en: 'Of the bytes' },
  lapsed: { zh: '逾期未传完，已失效', en: 'Lapsed: the bytes did not come' },
  awaited: { zh: '已承诺，传完才计入；最迟', en: 'Committed, counts when whole; before' },
  act: { zh: '操作', en: 'Action' },
  uploaded: {
    zh: '有 {n} 个文件已上传但未递交。上传不等于投标；如需投标，请完成第 5 步。',
    en: '{n} files were uploaded and not submitted. An upload is no bid: complete step 5 to bid.',
  },
  securityBack: { zh: '投标保证金最迟 {until} 退还', en: 'the bid security is back by {until}' },
  withdraw: { zh: '撤回投标', en: 'Withdraw the bid' },
  withdrawTitle: { zh: '撤回现有投标？', en: 'Withdraw the current bid?' },
  withdrawSays: {
    zh: '撤回后，该投标不会被开启，也不再参加评审；撤回本身不能取消。截止时间前可以重新密封、递交新的投标。撤回须用单位证书签名。',
    en: 'A withdrawn bid is never opened and takes no part; the withdrawal cannot be undone. Until the deadline you may seal and submit another. It is signed with your organisation’s certificate.',
  },
  understood: { zh: '我已知晓：撤回不能取消', en: 'I understand that a withdrawal cannot be undone' },
  confirm: { zh: '签名并撤回', en: 'Sign and withdraw' },
  notYet: { zh: '再想想', en: 'Not yet' },
  rereading: { zh: '重读本单位的投标', en: 'Your own bid, read again' },
  rereadingSays: {
    zh: '密封文件下载到本浏览器，用自存密钥解密、核验签名，只在本机显示。',
    en: 'The sealed file comes to this browser, is opened with your own key and verified, and is shown on this machine only.',
  },
} satisfies Texts;

/** What this bidder has submitted: every one with its receipt; withdrawing, and reading one's own bid again. Nothing while there is nothing. */
export function submissionsCard(view: View, data: OwnBids): Html {
  const { submissions, uploads, maySubmit } = data;
  const waiting = uploads.length > 0 && maySubmit ? notice(view, 'now', say.uploaded, { n: uploads.length }) : nothing;
  if (submissions.length === 0) return waiting;
  const current = submissions.find((each) => each.status === 'current');
  return html`${waiting}${card(view, {
    title: say.title,
    flush: true,
    body: table(view, {
      caption: say.title,
      columns: [
        { label: say.state, phone: 'head', cell: (each) => mark(view, each) },
        { label: say.at, cell: (each) => time(view, each.receivedAt, 'full') },
        {
          label: say.file,
          cell: (each) =>
            each.parts.map(
              (part) =>
                html`<div>${each.parts.length > 1 ? html`${view.t(partLabels[part.part] ?? { zh: part.part, en: part.part })} ` : nothing}${bytesText(part.bytes)} ${hash(view, part.sha256)}</div>`,
            ),
        },
        { label: say.receipt, cell: (each) => receipts(view, data.lot.id, each) },
        {
          label: say.act,
          cell: (each) =>
            html`<button class="btn btn-sm needs-script" type="button" data-reread="${each.id}" data-received="${each.receivedAt}">${icon(view, 'eye')}<span>${view.t(say.reread)}</span></button>`,
        },
      ],
      rows: submissions,
      tone: (each) => (each.status === 'current' ? null : 'faded'),
    }),
    ...(current && maySubmit ? { foot: withdrawal(view, current) } : {}),
  })}`;
}

/** Where an own bid is shown again, on this machine only. */
export function rereadCard(view: View): Html {
  const body = html`<p class="sub">${view.t(say.rereadingSays)}</p><div data-reread-result aria-live="polite"></div>`;
  return html`<div data-rereading hidden>${card(view, { id: 'reread', title: say.rereading, body })}</div>`;
}

/** Never green: a commitment counts only when its bytes are there. */
export const committedMark = (view: View, until: NonNullable<OwnSubmission['awaitedUntil']>): Html =>
  html`${seal(view, 'uploading', { says: say.awaited })} ${time(view, until, 'full')}`;

function mark(view: View, each: OwnSubmission): Html {
  if (each.status === 'replaced') return seal(view, 'replaced');
  if (each.status === 'withdrawn')
    return html`${seal(view, 'withdrawn', each.withdrawnAt === null ? {} : { at: each.withdrawnAt })}${each.securityBackBy ? html`<span class="sub sub-line">${view.t(say.securityBack, { until: timeText(view.lang, each.securityBackBy, 'full') })}</span>` : nothing}`;
  if (each.status === 'lapsed') return seal(view, 'withdrawn', { says: say.lapsed });
  if (each.awaitedUntil !== null) return committedMark(view, each.awaitedUntil);
  // green is the browser's to give, once it has verified the receipt itself
  return html`<span data-marks="${each.event ?? ''}" data-submission="${each.id}"><span data-mark="submitted">${seal(view, 'submitted')}</span><span data-mark="verified" hidden>${seal(view, 'verified')}</span></span>`;
}

function receipts(view: View, lot: string, each: OwnSubmission): Html {
  const of = (event: string, label = nothing): Html =>
    html`<div>${label}<a href="/api/receipts/${event}" download="receipt-${event}.json">${view.t(say.json)}</a> · <a href="/lots/${lot}/papers/submission-receipt?event=${event}">${view.t(say.pdf)}</a></div>`;
  const json = (event: string): Html =>
    html`<div>${view.t(say.completion)} <a href="/api/receipts/${event}" download="receipt-${event}.json">${view.t(say.json)}</a></div>`;
  return html`${each.event ? of(each.event) : nothing}${each.completionEvent ? json(each.completionEvent) : nothing}${each.withdrawalEvent ? of(each.withdrawalEvent, html`${view.t(say.withdrawn)} `) : nothing}`;
}

function withdrawal(view: View, current: OwnSubmission): Html {
  return html`<details class="confirm needs-script" data-confirm data-withdrawal="${current.id}"><summary class="btn btn-danger">${icon(view, 'x')}<span>${view.t(say.withdraw)}…</span></summary>
<div class="confirm-panel" role="group" aria-label="${view.t(say.withdrawTitle)}">
  <p class="confirm-title">${icon(view, 'alert-triangle')}<strong>${view.t(say.withdrawTitle)}</strong></p>
  <p>${view.t(say.withdrawSays)}</p>
  <label class="form-check"><input class="form-check-input" type="checkbox" data-understood><span class="form-check-label">${view.t(say.understood)}</span></label>
  <div class="form-actions"><button class="btn btn-danger" type="button" data-withdraw>${icon(view, 'writing-sign')}<span>${view.t(say.confirm)}</span></button><button class="btn btn-link" type="button" data-confirm-close>${view.t(say.notYet)}</button></div>
</div></details>`;
}
