import type { OwnBids } from '../../src/bids/reads.ts';
import { type Html, html, nothing } from '../html.ts';
import { card, facts, type IconName, icon, live, notice, progress, seal, steps, time } from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  jointTitle: { zh: '联合体成员签名', en: 'Signatures of the members' },
  jointSays: {
    zh: '联合体的每一成员都要签名。填写完毕后生成待签文件，自行交给各成员；成员在“联合体成员签名”页或用命令行程序签名，把签名文件交回，在这里选入。表单改动后须重新签名。文件不经过平台。',
    en: 'Every member of the joint venture signs. When the form is filled in, make the file and hand it to the members yourself; they sign it on the page “Sign as a member” or with the command, and you choose here what they hand back. After a change all of them sign again. Nothing of it goes through the platform.',
  },
  jointMake: { zh: '生成待签文件', en: 'Make the file to sign' },
  jointFiles: { zh: '成员的签名文件（可选多个）', en: 'What the members signed (several possible)' },
  sealTitle: { zh: '3 签名、密封', en: '3 Sign and seal' },
  sealSays: {
    zh: '打包、签名、加密都在本浏览器内进行。密封后，平台和任何他人都打不开，直到开标。',
    en: 'Packing, signing and encrypting happen in this browser. Once sealed, neither the platform nor anybody else can open it until the opening.',
  },
  seal: { zh: '签名并密封', en: 'Sign and seal' },
  changed: {
    zh: '密封之后又改过表单：已密封的文件不含这些修改。如需采用，请重新检查并密封。',
    en: 'The form was changed after sealing: the sealed file does not hold these changes. To use them, check and seal again.',
  },
  bar: { zh: '密封进度', en: 'Sealing' },
  steps: { zh: '密封的步骤', en: 'Steps of sealing' },
  hashing: { zh: '计算附件摘要', en: 'Taking the digests of the attachments' },
  packing: { zh: '打包、签名、加密', en: 'Packing, signing, encrypting' },
  statement: { zh: '签署递交声明', en: 'Signing the statement' },
  size: { zh: '大小', en: 'Size' },
  digest: { zh: 'SHA-256', en: 'SHA-256' },
  client: { zh: '密封程序的版本（写入声明和回执）', en: 'Build of the program that sealed (in statement and receipt)' },
  price: { zh: '其中报价（仅本机可见）', en: 'Price inside (seen on this machine only)' },
  copiesTitle: { zh: '保存密封副本（补救用）', en: 'Keep a sealed copy (for the remedy)' },
  copiesSays: {
    zh: '招标文件规定了补救方案：开标时如平台存储的文件损坏，凭这份副本仍可开标。副本是密封的，任何人打不开；请在递交前保存，另存一处。',
    en: 'The documents provide a remedy: if the file that the platform stores is damaged at the opening, this copy opens the bid all the same. It is sealed, and nobody can read it. Save it before you submit, and keep it elsewhere.',
  },
  copiesLayered: {
    zh: '招标文件规定了补救方案，请在递交前保存两份副本，另存一处：密封副本用于平台存储的文件损坏时；内层副本用于解密密钥丢失时代替密钥。两份都是密封的，内层副本须由开标委员会共同开启。',
    en: 'The documents provide a remedy. Save both copies before you submit, and keep them elsewhere: the sealed copy for the case that the platform’s file is damaged, the inner copy to stand for your decryption key should you lose it. Both are sealed; the inner one opens for the council alone.',
  },
  saveSealed: { zh: '保存密封副本', en: 'Save the sealed copy' },
  saveInner: { zh: '保存内层副本', en: 'Save the inner copy' },
  offlineTitle: { zh: '递交离线密封文件', en: 'Hand in an offline file' },
  offlineSays: {
    zh: '在不联网的电脑上用离线网页或命令行程序密封的，在这里选择那个文件，然后从第 4 步继续。',
    en: 'If you sealed on a computer without a line, with the offline page or the command, choose that file here and go on with step 4.',
  },
  offlineFile: { zh: '密封投标文件（….sealed-bid）', en: 'Sealed-bid file (….sealed-bid)' },
  offlineBar: { zh: '核对文件', en: 'Checking the file' },
  tenderFile: { zh: '下载招标信息文件', en: 'Download the tender file' },
  offlinePrograms: { zh: '离线网页和命令行程序', en: 'The offline page and the command' },
  uploadTitle: { zh: '4 上传', en: '4 Upload' },
  uploadSays: {
    zh: '密封后自动开始；断网、刷新或关机后从断处继续。上传完毕还不是投标，须递交并核验回执。',
    en: 'Begins by itself after sealing and goes on where it was cut off, after a reload or a lost connection. Uploaded is not submitted.',
  },
  uploadBar: { zh: '上传进度', en: 'Upload' },
  pause: { zh: '暂停', en: 'Pause' },
  resume: { zh: '继续上传', en: 'Go on' },
  submitTitle: { zh: '5 递交，核验回执', en: '5 Submit and verify the receipt' },
  submitSays: {
    zh: '递交后平台给出回执：本浏览器核验它确已写入公开日志，核验无误才算数。',
    en: 'The platform answers with a receipt. This browser verifies that it stands in the public journal; only then it counts.',
  },
  replaces: {
    zh: '本次递交将替换 {at} 递交的投标；原投标不再有效，不会被开启。',
    en: 'This submission replaces the bid of {at}; that one no longer counts and is never opened.',
  },
  submit: { zh: '递交投标文件', en: 'Submit the bid' },
  grace: {
    zh: '不必等文件传完：上传开始后即可递交。截止前声明送达的，文件可在截止后 {minutes} 分钟内传完，每 {bytesPerMinute} 字节另加一分钟，最长 {mostMinutes} 分钟；传完才计入，逾期未传完视为撤销。',
    en: 'You need not wait for the upload: once it has begun you may submit. If the statement came before the deadline, the bytes may follow within {minutes} minutes of it, and a minute more for each {bytesPerMinute} bytes, {mostMinutes} at most. The bid counts only when they are there; otherwise it lapses.',
  },
  committed: { zh: '已承诺，文件未传完', en: 'Committed, bytes still to arrive' },
  waiting: { zh: '已收到，正在等待写入日志并核验回执……', en: 'Received. Waiting for the journal, then verifying the receipt…' },
  done: { zh: '已递交，回执核验无误', en: 'Submitted, receipt verified' },
  doneSays: {
    zh: '投标已写入公开日志。请保存回执：凭它任何时候都可以证明投标已按时递交。',
    en: 'The bid stands in the public journal. Keep the receipt: with it you can prove at any time that you submitted in time.',
  },
  number: { zh: '日志编号', en: 'Journal number' },
  receivedAt: { zh: '收到时间', en: 'Received' },
  json: { zh: '下载回执（JSON）', en: 'Receipt (JSON)' },
  pdf: { zh: '下载回执（PDF）', en: 'Receipt (PDF)' },
} satisfies Texts;

/** Where a failed step says what happened, what it means and what to do. Filled by the script. */
export function trouble(view: View, step: string): Html {
  return html`<div class="problem" role="alert" tabindex="-1" data-trouble="${step}" hidden>${icon(view, 'circle-x')}<div><strong data-trouble-title></strong><p data-trouble-means></p><p data-trouble-do></p></div></div>`;
}

type Press = 'seal' | 'pause' | 'resume' | 'submit';
const press: Readonly<Record<Press, Html>> = {
  seal: html`data-seal`,
  pause: html`data-pause hidden`,
  resume: html`data-resume hidden`,
  submit: html`data-submit`,
};

const button = (view: View, name: Press, label: Words, sign: IconName, tone = ''): Html =>
  html`<button class="btn ${tone}" type="button" ${press[name]}>${icon(view, sign)}<span>${view.t(label)}</span></button>`;

/** Only where the notice provides the remedy: copies to be kept, and what they are for. */
function copies(view: View, terms: SealTerms | null): Html {
  if (!terms?.remedy) return nothing;
  const layered = terms.sealPolicy === 'bidder+council';
  const save = (kind: 'sealed' | 'inner', label: Words): Html =>
    html`<button class="btn" type="button" data-save-copy="${kind}">${icon(view, 'download')}<span>${view.t(label)}</span></button>`;
  return html`<div class="stack" data-copies><p><strong>${view.t(say.copiesTitle)}</strong></p><p class="sub">${view.t(layered ? say.copiesLayered : say.copiesSays)}</p><div class="form-actions">${save('sealed', say.saveSealed)}${layered ? save('inner', say.saveInner) : nothing}</div><p class="field-wrong" role="alert" data-copies-wrong hidden></p></div>`;
}

/** Only where the notice accepts joint bids; shown when the form names members. */
function joint(view: View, terms: SealTerms | null): Html {
  if (!terms?.joint) return nothing;
  return html`<div class="stack" data-joint hidden><p><strong>${view.t(say.jointTitle)}</strong></p><p class="sub">${view.t(say.jointSays)}</p><ul class="plain" data-joint-list></ul><div class="form-actions"><button class="btn" type="button" data-joint-make>${icon(view, 'download')}<span>${view.t(say.jointMake)}</span></button></div><div class="field"><label class="field-label" for="joint-signatures">${view.t(say.jointFiles)}</label><input class="form-control" type="file" id="joint-signatures" accept=".json,application/json" multiple data-joint-files></div></div>`;
}

type SealTerms = Partial<Pick<OwnBids['terms'], 'remedy' | 'sealPolicy' | 'joint'>>;

export function sealStep(view: View, terms: SealTerms | null = null): Html {
  return card(view, {
    id: 'seal',
    title: say.sealTitle,
    body: html`<p class="sub">${view.t(say.sealSays)}</p>
${joint(view, terms)}${trouble(view, 'seal')}
<div data-sealed-changed hidden>${notice(view, 'now', say.changed)}</div>
<fieldset class="form-actions" data-seal-part disabled>${button(view, 'seal', say.seal, 'lock', 'btn-primary')}</fieldset>
<div data-sealing hidden>${progress(view, { id: 'seal', label: say.bar, value: 0, max: 1, unit: 'bytes' })}
${steps(
  view,
  [
    { id: 'hashing', label: say.hashing, state: 'next' },
    { id: 'packing', label: say.packing, state: 'next' },
    { id: 'statement', label: say.statement, state: 'next' },
  ],
  say.steps,
)}</div>
<div class="stack" data-sealed hidden><p data-mark="sealed">${seal(view, 'sealed')}</p>${facts(view, [
      { label: say.size, value: html`<span data-sealed-size></span>` },
      { label: say.price, value: html`<span data-sealed-price></span>` },
      { label: say.digest, value: html`<code class="whole-code" data-sealed-digest></code>` },
      { label: say.client, value: html`<code class="whole-code" data-sealed-client></code>` },
    ])}${copies(view, terms)}</div>`,
  });
}

/** For who sealed without a line: the file takes the place of filling in and sealing here. */
export function offlineStep(view: View, { lot }: OwnBids): Html {
  return card(view, {
    id: 'offline',
    title: say.offlineTitle,
    body: html`<p class="sub">${view.t(say.offlineSays)}</p>
${trouble(view, 'offline')}
<div class="field"><label class="field-label" for="offline-file">${view.t(say.offlineFile)}</label><input class="form-control" type="file" id="offline-file" accept=".sealed-bid" data-offline-file></div>
<div data-offline-checking hidden>${progress(view, { id: 'offline', label: say.offlineBar, value: 0, max: 1, unit: 'bytes' })}</div>
<p class="sub"><a href="/lots/${lot.id}/tender-file" download>${view.t(say.tenderFile)}</a> · <a href="/clients">${view.t(say.offlinePrograms)}</a></p>`,
  });
}

export function uploadStep(view: View): Html {
  return card(view, {
    id: 'upload',
    title: say.uploadTitle,
    body: html`<p class="sub">${view.t(say.uploadSays)}</p>
${trouble(view, 'upload')}
<div data-uploading hidden>${progress(view, { id: 'upload', label: say.uploadBar, value: 0, max: 1, unit: 'bytes' })}
<p><span data-mark="uploading">${seal(view, 'uploading')}</span><span data-mark="uploaded" hidden>${seal(view, 'uploaded')}</span> <span class="sub" data-upload-says role="status"></span></p>
<div class="form-actions">${button(view, 'pause', say.pause, 'player-pause')}${button(view, 'resume', say.resume, 'refresh')}</div></div>`,
  });
}

export function submitStep(view: View, { submissions, terms }: OwnBids): Html {
  const current = submissions.find((each) => each.status === 'current');
  return card(view, {
    id: 'submit',
    title: say.submitTitle,
    body: html`<p class="sub">${view.t(say.submitSays)}</p>
${trouble(view, 'submit')}
<div data-replaces hidden>${live('replaces', current ? notice(view, 'now', replaced(view, current.receivedAt)) : nothing)}</div>
<fieldset class="form-actions" data-submit-part disabled>${button(view, 'submit', say.submit, 'send', 'btn-primary')}</fieldset>
${terms.grace ? html`<p class="sub">${view.t(say.grace, terms.grace)}</p>` : nothing}
<div data-committed role="status" hidden>${seal(view, 'uploading', { says: say.committed })} <span class="sub" data-committed-says></span></div>
<p data-receipt-waiting role="status" hidden>${seal(view, 'submitted')} <span class="sub">${view.t(say.waiting)}</span></p>
<div class="stack" data-receipt hidden tabindex="-1"><p>${seal(view, 'verified', { says: say.done })}</p><p>${view.t(say.doneSays)}</p>
${facts(view, [
  { label: say.receivedAt, value: html`<span data-receipt-at></span>` },
  { label: say.number, value: html`<span class="journal-number" data-receipt-index></span>` },
])}
<div class="form-actions"><a class="btn btn-primary" data-receipt-json download>${icon(view, 'download')}<span>${view.t(say.json)}</span></a><a class="btn" data-receipt-pdf>${icon(view, 'file-type-pdf')}<span>${view.t(say.pdf)}</span></a></div></div>`,
  });
}

function replaced(view: View, at: OwnBids['submissions'][number]['receivedAt']): Html {
  const [before = '', after = ''] = view.t(say.replaces).split('{at}');
  return html`${before}${time(view, at, 'full')}${after}`;
}
