import type { PaperAnswer } from '../../src/papers/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '文书核验', en: 'Check of a paper' },
  same: { zh: '本平台登记有此文书', en: 'This paper is registered here' },
  sameSays: {
    zh: '您手中文书页脚的数据指纹若与下列一致，它就是本平台出具的这一份。文件本身可下载比对，或离线重新生成。',
    en: 'If the data hash in the foot of your paper is the one below, it is the one this platform has issued. Download it to compare, or have it made again offline.',
  },
  number: { zh: '文号', en: 'Number' },
  lot: { zh: '标段', en: 'Lot' },
  at: { zh: '日期', en: 'Date' },
  dataHash: { zh: '数据指纹', en: 'Data hash' },
  file: { zh: '文件 SHA-256', en: 'SHA-256 of the file' },
  download: { zh: '打开文书（PDF）', en: 'Open the paper (PDF)' },
  receipt: { zh: '日志回执', en: 'Receipt of the journal' },
  all: { zh: '本标段全部文书', en: 'All papers of this lot' },
  offline: { zh: '离线核验', en: 'Check it offline' },
} satisfies Texts;

/** Where the code on a paper leads (GET /verify/:hash). */
export function paperPage(view: View, { lot, paper, dataHash }: PaperAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/verify',
    main: html`${part.pageHead(view, { above: view.t(say.title), title: paper.title, below: paper.number ?? '' })}
${part.columns({
  main: part.card(view, {
    title: say.same,
    body: html`<div class="stack"><p>${view.t(say.sameSays)}</p>${part.facts(view, [
      { label: say.number, value: paper.number ?? '' },
      { label: say.lot, value: html`<a href="/lots/${lot.id}">${lot.name}</a>`, note: lot.number },
      { label: say.at, value: part.time(view, paper.at, 'full') },
      { label: say.dataHash, value: part.hash(view, dataHash) },
      ...(paper.sha256 ? [{ label: say.file, value: part.hash(view, paper.sha256), note: part.bytesText(paper.bytes ?? 0) }] : []),
    ])}
<div class="form-actions">${part.linkButton(view, { href: paper.href, label: say.download, icon: 'file-type-pdf', tone: 'primary' })}${
      paper.event ? part.linkButton(view, { href: `/receipts/${paper.event}`, label: say.receipt, icon: 'shield-check' }) : nothing
    }${part.linkButton(view, { href: `/lots/${lot.id}/papers`, label: say.all })}</div></div>`,
  }),
  right: part.card(view, { title: say.offline, body: html`<p><code class="command">npx yangguang paper FILE.pdf</code></p>` }),
})}`,
  });
}
