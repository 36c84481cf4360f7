import type { ShownReceipt } from '../../src/openness/receipt-reads.ts';
import { type Html, html, join, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View } from '../view.ts';
import { eventFacts, eventWhole } from './event-facts.ts';
import { markTemplates } from './mark-templates.ts';

const say = {
  title: { zh: '回执', en: 'Receipt' },
  waiting: { zh: '事件已记录，正在编号', en: 'Recorded; its number is on the way' },
  waitingSays: {
    zh: '操作已经成立并提交。日志正在为它编号并签署检查点，通常不到一秒；本页会自行更新。',
    en: 'What was done is done. The journal is giving it its number and signing a checkpoint, which takes less than a second; this page renews itself.',
  },
  again: { zh: '再看一次', en: 'Look again' },
  number: { zh: '日志编号', en: 'Number in the journal' },
  at: { zh: '平台时间', en: 'Platform time' },
  lot: { zh: '标段', en: 'Lot' },
  party: { zh: '主体', en: 'Party' },
  size: { zh: '签署检查点时日志共有', en: 'Entries when the checkpoint was signed' },
  signers: { zh: '检查点签名', en: 'The checkpoint bears the signatures of' },
  what: { zh: '记录了什么', en: 'What was recorded' },
  proof: { zh: '这份回执证明什么', en: 'What this receipt proves' },
  proofSays: {
    zh: '它把上面的内容与平台签名的检查点连在一起：日志只要改动一个字，连到检查点的路就断了。请下载保存，任何时候都可以离线核验，平台不在线也可以。',
    en: 'It ties the content above to a checkpoint that the platform has signed: change one letter of the journal, and the way to the checkpoint breaks. Keep the file: it can be checked offline at any time, with or without this platform.',
  },
  checking: { zh: '本浏览器正在核验', en: 'This browser is checking it' },
  byHand: { zh: '核验需要脚本；也可以用命令行：', en: 'Checking here needs scripts; the command line does it too:' },
  download: { zh: '下载回执（JSON）', en: 'Download the receipt (JSON)' },
  stamps: { zh: '时间戳', en: 'Time stamps' },
  stampsSays: {
    zh: '投标声明另有时间戳（RFC 3161），可用 openssl ts -verify 核验；开标前只有投标人自己能看到。',
    en: 'The statement also bears time stamps (RFC 3161), which openssl ts -verify checks; before the opening nobody but the bidder sees them.',
  },
  stampPlatform: { zh: '平台时间戳', en: 'Stamp of the platform' },
  stampExternal: { zh: '外部时间戳', en: 'Stamp of an outside authority' },
  statement: { zh: '声明原文', en: 'The statement stamped' },
  client: { zh: '密封程序', en: 'Sealed by' },
  clientKnown: { zh: '这个版本已公布在日志里', en: 'This build stands in the journal' },
  clientUnknown: {
    zh: '这个版本没有公布过：可能是投标人自己的程序，也可能有人换过给他的程序',
    en: 'This build was never published: it is the bidder’s own program, or one that somebody doctored',
  },
  awaited: { zh: '递交时文件未传完', en: 'Committed before its bytes' },
  awaitedSays: {
    zh: '先行承诺；另有“投标文件传完”的回执才计入',
    en: 'a commitment: it counts only with the receipt of its bytes',
  },
  verify: { zh: '核验其他文件', en: 'Check another file' },
} satisfies Texts;

/** A receipt in plain words, checked in the reader's own browser. While the event waits for its number the page renews itself. */
export function receiptPage(view: View, shown: ShownReceipt): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/verify',
    scripts: ['verify.js'],
    main: html`${markTemplates(view)}${shown.receipt ? known(view, shown, shown.receipt) : waiting(view, shown)}`,
  });
}

const waiting = (view: View, { event }: ShownReceipt): Html =>
  html`${part.pageHead(view, { title: say.title })}${part.card(view, {
    now: true,
    body: html`<div data-await="/api/receipts/${event}">${part.empty(view, {
      title: say.waiting,
      says: say.waitingSays,
      icon: 'hourglass',
      action: { href: `/receipts/${event}`, label: say.again },
    })}</div>`,
  })}`;

function known(view: View, shown: ShownReceipt, receipt: NonNullable<ShownReceipt['receipt']>): Html {
  const { event, index } = receipt;
  const about = [
    { label: say.number, value: part.journalNumber(view, index) },
    { label: say.at, value: part.time(view, event.at as Instant, 'full') },
    ...(shown.lot ? [{ label: say.lot, value: html`<a href="/lots/${shown.lot.id}">${shown.lot.name}</a>`, note: shown.lot.number }] : []),
    ...(event.subject.party ? [{ label: say.party, value: event.subject.party }] : []),
  ];
  return html`${part.pageHead(view, { above: view.t(say.title), title: shown.says ?? event.type, below: html`<code>${event.type}</code>` })}
${part.columns({
  main: html`${part.card(view, { title: say.what, body: html`<div class="stack">${part.facts(view, [...about, ...eventFacts(view, dataShown(event.data)), ...bidFacts(view, shown, event.data)])}${eventWhole(view, event)}</div>` })}${stamps(view, shown)}`,
  right: html`${part.card(view, {
    title: say.proof,
    body: html`<div class="stack"><div data-verify="/api/receipts/${shown.event}" data-lang="${view.lang}" aria-live="polite">${part.verifyMark(view, { verdict: 'checking', says: say.checking })}</div>
<noscript><p class="sub">${view.t(say.byHand)}</p><p><code class="command">npx yangguang verify receipt.json --key …</code></p></noscript>
<p>${view.t(say.proofSays)}</p>${part.facts(view, [
      { label: say.size, value: part.groupDigits(String(shown.size), ' ') },
      { label: say.signers, value: shown.signers.length > 0 ? join(shown.signers, html`<br>`) : nothing },
    ])}
<div class="form-actions">${part.linkButton(view, { href: `/api/receipts/${shown.event}`, label: say.download, icon: 'download', download: true, tone: 'primary' })}${part.linkButton(view, { href: '/verify', label: say.verify, icon: 'shield-check' })}</div></div>`,
  })}`,
})}`;
}

function stamps(view: View, { event, stamps }: ShownReceipt): Html {
  if (stamps.length === 0) return nothing;
  const links = stamps.map((authority) =>
    part.linkButton(view, {
      href: `/receipts/${event}/stamps/${authority}`,
      label: authority === 'external' ? say.stampExternal : say.stampPlatform,
      icon: 'download',
      download: true,
    }),
  );
  const statement = part.linkButton(view, { href: `/receipts/${event}/statement`, label: say.statement, icon: 'download', download: true });
  return part.card(view, {
    title: say.stamps,
    body: html`<div class="stack"><p>${view.t(say.stampsSays)}</p>
<p><code class="command">openssl ts -verify -token_in -in platform.tst -data statement.json -CAfile yangguang-authority.pem</code></p>
<div class="form-actions">${join([...links, statement], html` `)}</div></div>`,
  });
}

/** Whether a bid was awaited is told in words, not as a yes. */
const dataShown = (data: unknown): unknown =>
  typeof data === 'object' && data !== null ? Object.fromEntries(Object.entries(data).filter(([member]) => member !== 'awaited')) : data;

/** What a bid's receipt says besides: which program sealed it, and whether its bytes were still to come. */
function bidFacts(view: View, { client }: ShownReceipt, data: unknown): readonly part.Fact[] {
  const awaited = (data as { awaited?: boolean } | null)?.awaited === true;
  const program = client && {
    label: say.client,
    value: html`${client.name} ${client.version} ${part.hash(view, client.sha256)}`,
    note: html`${part.verifyMark(view, { verdict: client.published ? 'verified' : 'unchecked', says: client.published ? say.clientKnown : say.clientUnknown })} ${client.published ? html`<a href="/receipts/${client.published}">${view.t(say.number)}</a>` : nothing} <a href="/clients">/clients</a>`,
  };
  return [...(program ? [program] : []), ...(awaited ? [{ label: say.awaited, value: view.t(say.awaitedSays) }] : [])];
}
