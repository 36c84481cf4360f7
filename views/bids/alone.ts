import type { Tender } from '../../src/bids/tender-file.ts';
import type { SealingClient } from '../../src/sealing/client.ts';
import { type Html, html, nothing } from '../html.ts';
import { card, facts, icon, notice, stack, time } from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';
import { bidForm } from './bid-form.ts';
import { sealStep, trouble } from './bid-steps.ts';
import { keysCard } from './keys.ts';

const say = {
  lead: {
    zh: '本页是一个独立的文件，不连接任何网络（它自己的安全策略禁止）。请断开网络使用：填写、签名、密封都在这台电脑上完成，存成一个文件；再拿到能上网的电脑，在投标台递交。',
    en: 'This page is one file of its own and connects to nothing (its own policy forbids it). Use it with the network off: filling in, signing and sealing happen on this computer and make one file; carry that to a computer with a line and hand it in at the bid desk.',
  },
  build: { zh: '本页版本 {version}，摘要 {sha256}', en: 'This page: version {version}, digest {sha256}' },
  known: { zh: '与招标信息文件里公布的版本一致', en: 'one of the builds published with the tender file' },
  unknown: {
    zh: '不在招标信息文件公布的版本之中：可能是文件较旧，也可能本页被人改过。请核对本页文件的 SHA-256。',
    en: 'not among the builds published with the tender file: the file may be older, or somebody changed this page. Compare the SHA-256 of this page’s file.',
  },
  tenderTitle: { zh: '1 招标信息文件', en: '1 Tender file' },
  tenderFile: { zh: '招标信息文件（….tender.json）', en: 'Tender file (….tender.json)' },
  tenderHint: {
    zh: '在标段页面下载“招标信息文件”。里面的公告、截止时间、委员会都附有平台日志的回执，本页逐一核验。',
    en: 'Download it from the lot’s page. Notice, deadline and council in it bear receipts of the platform’s journal; this page verifies each.',
  },
  key: { zh: '平台公钥', en: 'The platform’s key' },
  keyHint: {
    zh: '名称+散列+base64。请填您自己记下的、或监督部门和公报给出的公钥，不要从招标信息文件里抄。',
    en: 'name+hash+base64. Give the key that you noted down, or that the supervisor or the gazette gave you; do not copy it from the tender file.',
  },
  keyMissing: {
    zh: '还没有核对平台公钥：填入公钥以前不能密封，也不能核验回执。文件自带的公钥是：',
    en: 'The platform’s key was not compared yet: before it is given nothing is sealed and no receipt is judged. The file’s own word is:',
  },
  verified: {
    zh: '核验无误：公告、补遗、委员会都在该公钥签名的日志里',
    en: 'Verified: notice, addenda and council stand in the journal under this key',
  },
  sandbox: { zh: '演示环境，不具法律效力', en: 'A sandbox: nothing here is binding' },
  lot: { zh: '标段', en: 'Lot' },
  deadline: { zh: '投标截止', en: 'Deadline' },
  council: { zh: '开标委员会', en: 'Opening council' },
  councilSays: { zh: '{name}（{n} 家中须 {t} 家共同开启），公钥 {key}', en: '{name} ({t} of {n} must open together), key {key}' },
  until: {
    zh: '文件反映到日志第 {size} 项；此后的补遗须重新下载',
    en: 'As of {size} entries of the journal; for later addenda download it again',
  },
  fillTitle: { zh: '2 填写', en: '2 Fill in' },
  kept: {
    zh: '本页不保存任何内容：关闭以前请存好密封文件。请勿在公用电脑上填写。',
    en: 'This page keeps nothing: save the sealed file before you close it. Do not use a shared computer.',
  },
  checkTitle: { zh: '检查', en: 'Check' },
  checkFirst: { zh: '填写后点“检查”。', en: 'Fill in the form, then press “Check”.' },
  doubts: { zh: '我已看过上述提示，仍按现有内容投标', en: 'I have read these remarks and bid as it stands' },
  replaces: { zh: '替换此前的投标？请选择那份投标的回执', en: 'Replacing an earlier bid? Choose its receipt' },
  replacesHint: { zh: '第一次投标不用填', en: 'Leave it empty for a first bid' },
  save: { zh: '保存密封投标文件', en: 'Save the sealed-bid file' },
  notSubmitted: {
    zh: '密封不等于递交。请把这个文件带到能上网的电脑，登录平台，在投标台选择“递交离线密封文件”；递交后把回执带回，在下面核验。',
    en: 'Sealed is not submitted. Carry this file to a computer with a line, sign in, and choose “Hand in an offline file” at the bid desk; bring the receipt back and verify it below.',
  },
  receiptTitle: { zh: '4 核验回执', en: '4 Verify the receipt' },
  receiptSays: {
    zh: '只有回执在您给出的平台公钥下核验无误、并且就是这份密封文件的，才算递交。先行承诺的投标有两份回执，请一并选择。',
    en: 'Submitted is only what bears a receipt that verifies under the key you gave and is about this very file. A committed bid has two receipts: choose both.',
  },
  sealedFile: { zh: '密封投标文件（….sealed-bid）', en: 'Sealed-bid file (….sealed-bid)' },
  receipts: { zh: '回执（JSON，可选多个）', en: 'Receipts (JSON, several possible)' },
  verify: { zh: '核验', en: 'Verify' },
  rereadTitle: { zh: '5 重新打开', en: '5 Open it again' },
  rereadSays: {
    zh: '用自存解密密钥打开自己的密封投标文件，看里面写了什么。也可用通用工具：',
    en: 'Open your own sealed-bid file with your decryption key and see what it says. Stock tools do it too:',
  },
  identity: { zh: '自存解密密钥文件（AGE-SECRET-KEY-1…）', en: 'Own decryption key (AGE-SECRET-KEY-1…)' },
  open: { zh: '打开', en: 'Open' },
  first: { zh: '请先选择招标信息文件并填入平台公钥。', en: 'Choose the tender file and give the platform’s key first.' },
} satisfies Texts;

/** What the offline page knows when it is drawn. */
export interface Alone {
  readonly build: SealingClient;
  readonly tender: Tender | null;
  /** why the chosen tender file is not taken */
  readonly flaw: Words | null;
  /** the key is the reader's own word, and the file's is the same */
  readonly pinned: boolean;
  /** the file's own word for the platform's key */
  readonly ownKey: string;
}

/** The body of the offline page (web/clients.ts): drawn in the browser, by the same parts as the bid desk. */
export function alonePage(view: View, alone: Alone): Html {
  const { tender, pinned } = alone;
  return html`<p class="alone-lead">${view.t(say.lead)}</p>
<div class="stack">${tenderCard(view, alone)}
${tender === null || !pinned ? nothing : fillCards(view, tender)}
${receiptCard(view, alone)}${rereadCard(view, alone)}</div>`;
}

const choose = (
  view: View,
  id: string,
  label: Words,
  more: { readonly accept: string; readonly multiple?: boolean; readonly hint?: Words },
): Html =>
  html`<div class="field"><label class="field-label" for="${id}">${view.t(label)}</label>${more.hint ? html`<p class="field-hint" id="${id}-hint">${view.t(more.hint)}</p>` : nothing}<input class="form-control" type="file" id="${id}" accept="${more.accept}"${more.multiple ? html` multiple` : nothing}></div>`;

function tenderCard(view: View, alone: Alone): Html {
  return card(view, {
    id: 'a-tender',
    title: say.tenderTitle,
    now: alone.tender === null,
    body: stack(
      choose(view, 'tender-file', say.tenderFile, { accept: '.json,application/json', hint: say.tenderHint }),
      html`<div class="field"><label class="field-label" for="platform-key">${view.t(say.key)}</label><p class="field-hint" id="platform-key-hint">${view.t(say.keyHint)}</p><input class="form-control" type="text" id="platform-key" spellcheck="false" autocomplete="off" aria-describedby="platform-key-hint"></div>`,
      html`<div data-tender role="status" aria-live="polite">${tenderSays(view, alone)}</div>`,
      html`<p class="sub whole-code" data-build>${view.t(say.build, { ...alone.build })}</p>`,
    ),
  });
}

function tenderSays(view: View, { tender, flaw, pinned, build, ownKey }: Alone): Html {
  if (flaw !== null)
    return html`<div class="problem" data-tender-refused>${icon(view, 'circle-x')}<div><strong>${view.t(flaw)}</strong></div></div>`;
  if (tender === null) return nothing;
  const known = tender.clients.some((each) => each.name === build.name && each.sha256 === build.sha256);
  return html`${pinned ? html`<p class="verdict verdict-verified" data-tender-verified>${view.t(say.verified)}</p>` : html`<div class="aside aside-now" data-key-missing>${icon(view, 'clock-exclamation')}<div><p>${view.t(say.keyMissing)}</p><code class="whole-code">${ownKey}</code></div></div>`}
${facts(view, [
  { label: say.lot, value: tender.lot.name, note: tender.lot.number },
  { label: say.deadline, value: time(view, tender.deadline as Instant, 'full') },
  {
    label: say.council,
    value: html`<span class="whole-code">${view.t(say.councilSays, { name: tender.council.name, t: tender.council.threshold, n: tender.council.trustees.length, key: tender.council.groupKey })}</span>`,
  },
])}
<p class="sub">${view.t(say.until, { size: tender.size })}${tender.sandbox ? html` · ${view.t(say.sandbox)}` : nothing}</p>
${notice(view, known ? 'plain' : 'now', known ? say.known : say.unknown)}`;
}

function fillCards(view: View, tender: Tender): Html {
  return html`${card(view, { id: 'a-fill', title: say.fillTitle, body: bidForm(view, tender, say.kept) })}
${card(view, {
  id: 'a-check',
  title: say.checkTitle,
  body: html`<div data-findings aria-live="polite"><p class="sub">${view.t(say.checkFirst)}</p></div>
<label class="form-check" data-doubts hidden><input class="form-check-input" type="checkbox"><span class="form-check-label">${view.t(say.doubts)}</span></label>`,
})}
${keysCard(view, { holder: '', signs: true, alone: true })}
${card(view, { id: 'a-replaces', body: choose(view, 'replaced-receipt', say.replaces, { accept: '.json', hint: say.replacesHint }) })}
${sealStep(view, { joint: tender.terms.joint })}
<div data-saving hidden>${card(view, {
    id: 'a-save',
    now: true,
    body: stack(
      notice(view, 'now', say.notSubmitted),
      html`<div class="form-actions"><a class="btn btn-primary" data-save download>${icon(view, 'download')}<span>${view.t(say.save)}</span></a></div>`,
    ),
  })}</div>`;
}

function receiptCard(view: View, { tender, pinned }: Alone): Html {
  return card(view, {
    id: 'a-receipt',
    title: say.receiptTitle,
    body: stack(
      html`<p class="sub">${view.t(say.receiptSays)}</p>`,
      tender === null || !pinned ? html`<p class="sub">${view.t(say.first)}</p>` : nothing,
      choose(view, 'receipt-sealed', say.sealedFile, { accept: '.sealed-bid' }),
      choose(view, 'receipt-files', say.receipts, { accept: '.json,application/json', multiple: true }),
      html`<div class="form-actions"><button class="btn btn-primary" type="button" data-judge>${icon(view, 'shield-check')}<span>${view.t(say.verify)}</span></button></div>`,
      trouble(view, 'receipt'),
      html`<div data-receipt-result tabindex="-1" role="status" aria-live="polite"></div>`,
    ),
  });
}

function rereadCard(view: View, { tender, pinned }: Alone): Html {
  return card(view, {
    id: 'a-reread',
    title: say.rereadTitle,
    body: stack(
      html`<p class="sub">${view.t(say.rereadSays)}</p><p><code class="command">tar -xOf FILE.sealed-bid whole.age | age -d -i KEY</code></p>`,
      tender === null || !pinned ? html`<p class="sub">${view.t(say.first)}</p>` : nothing,
      choose(view, 'reread-sealed', say.sealedFile, { accept: '.sealed-bid' }),
      choose(view, 'reread-identity', say.identity, { accept: '.txt,.key,.age' }),
      html`<div class="form-actions"><button class="btn" type="button" data-open>${icon(view, 'lock-open')}<span>${view.t(say.open)}</span></button></div>`,
      trouble(view, 'reread'),
      html`<div data-reread-result tabindex="-1" aria-live="polite"></div>`,
    ),
  });
}
