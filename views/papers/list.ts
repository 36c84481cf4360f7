import type { PaperEntry, PapersAnswer } from '../../src/papers/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '文书', en: 'Papers' },
  says: {
    zh: '每份文书都由日志中的事件生成：同样的事件得到逐字节相同的文件，文件的摘要写在日志里。',
    en: 'Every paper is made from events of the journal: the same events give the same bytes, and the journal holds the hash of the file.',
  },
  paper: { zh: '文书', en: 'Paper' },
  at: { zh: '日期', en: 'Date' },
  file: { zh: '文件摘要', en: 'Hash of the file' },
  proof: { zh: '存证', en: 'Evidence' },
  receipt: { zh: '日志回执', en: 'Receipt' },
  own: { zh: '您的投标回执', en: 'Your receipt' },
  ownSays: {
    zh: '仅您可见；开标后写入日志',
    en: 'for you alone; the journal tells of it after the opening',
  },
  empty: { zh: '尚无文书', en: 'No papers yet' },
  emptySays: {
    zh: '公告发布、补遗、开标、评标、公示和中标时，平台自动出具文书。',
    en: 'Papers are made by themselves with the notice, addenda, the opening, the evaluation, publicity and the award.',
  },
  check: { zh: '怎样核验一份文书', en: 'How to check a paper' },
  checkSays: {
    zh: '保存 PDF 后离线重新生成并逐字节比对：',
    en: 'Keep the PDF and have it made again offline, byte by byte:',
  },
  checkMore: {
    zh: '文书所附 data.json 就是它的全部数据；首页二维码通向本平台登记的同一份文书。',
    en: 'data.json, attached to each paper, is all of its data; the code on the first page leads to the same paper as registered here.',
  },
  lot: { zh: '标段', en: 'Lot' },
  archive: { zh: '标段案卷', en: 'The volume of the lot' },
} satisfies Texts;

/** The papers of a lot that this reader may have (GET /lots/:lot/papers). */
export function papersPage(view: View, { lot, papers }: PapersAnswer): Html {
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    section: '/lots',
    main: html`${part.pageHead(view, {
      title: say.title,
      above: html`${lot.number} · ${lot.name}`,
      below: view.t(say.says),
      beside: part.pill(view, 'plain', lot.phaseTitle),
      back: { href: `/lots/${lot.id}`, label: lot.name },
    })}
${part.columns({
  main: part.card(view, { flush: true, body: table(view, papers) }),
  right: html`${part.linkButton(view, { href: `/lots/${lot.id}/archive`, label: say.archive, icon: 'file-text' })}${part.card(view, {
    title: say.check,
    body: html`<div class="stack"><p>${view.t(say.checkSays)}</p><p><code class="command">npx yangguang paper FILE.pdf</code></p><p class="sub">${view.t(say.checkMore)}</p></div>`,
  })}`,
})}`,
  });
}

function table(view: View, papers: readonly PaperEntry[]): Html {
  const columns: part.Column<PaperEntry>[] = [
    {
      label: say.paper,
      phone: 'head',
      cell: (paper) =>
        html`<a href="${paper.href}">${part.icon(view, 'file-type-pdf')} ${view.t(paper.title)}</a><div class="sub">${paper.number ?? view.t(say.ownSays)}</div>`,
    },
    { label: say.at, cell: (paper) => part.time(view, paper.at) },
    {
      label: say.file,
      cell: (paper) =>
        paper.sha256 === null ? nothing : html`${part.hash(view, paper.sha256)}<div class="sub">${part.bytesText(paper.bytes ?? 0)}</div>`,
    },
    {
      label: say.proof,
      cell: (paper) => html`<a href="/receipts/${paper.event ?? paper.source}">${view.t(say.receipt)}</a>`,
    },
  ];
  return part.table(view, {
    caption: say.title,
    columns,
    rows: papers,
    empty: part.empty(view, { title: say.empty, says: say.emptySays, icon: 'file-text' }),
  });
}
