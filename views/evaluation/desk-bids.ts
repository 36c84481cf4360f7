import type { DeskAnswer } from '../../src/evaluation/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { blindFile, materialPane, noFigures, tableOf } from './desk-material.ts';
import { deskAt } from './desk-place.ts';

const say = {
  price: { zh: '投标报价', en: 'Bid price' },
  files: { zh: '附件', en: 'Attachments' },
  filesSays: {
    zh: '附件取自已解密的投标文件包，打开时核对摘要，与签名时不符即中断。',
    en: 'Attachments come from the opened package; each is checked against its digest as it is opened and breaks off when it differs.',
  },
  none: { zh: '没有附件', en: 'No attachments' },
  toReview: { zh: '去评审这份投标', en: 'Review this bid' },
} satisfies Texts;

/** One bid as the panel reads it: what the form asked, the tables, the attachments; a chosen attachment in its place. */
export function bidView(view: View, data: DeskAnswer): Html {
  const { chosen } = data;
  const bid = data.bids?.find((one) => one.submission === chosen?.submission);
  if (!chosen || !bid) return nothing;
  const facts = [
    ...(bid.price === '' ? [] : [{ label: say.price, value: part.money(view, { yuan: bid.price, capitals: true, size: 'large' }) }]),
    ...chosen.figures.map((figure) => ({ label: figure.label, value: figure.value })),
  ];
  const figures = html`${part.card(view, {
    title: bid.name,
    ...(bid.out ? { beside: part.pill(view, 'refused', bid.out) } : {}),
    body: facts.length === 0 && chosen.tables.length === 0 ? noFigures(view) : part.facts(view, facts),
    foot: part.linkButton(view, {
      href: deskAt(data, { view: 'review', bid: chosen.submission }),
      label: say.toReview,
      icon: 'checklist',
      tone: 'primary',
    }),
  })}${chosen.tables.map((table) => part.card(view, { title: table.label, flush: true, body: tableOf(view, table, false) }))}`;
  return part.columns({
    main: data.shown ? materialPane(view, data, 'bids') : figures,
    right: part.card(view, {
      title: say.files,
      body: html`<div class="stack">${
        chosen.files.length === 0
          ? html`<p class="sub">${view.t(say.none)}</p>`
          : part.fileList(
              view,
              chosen.files.map((file) => ({
                name: `${view.t(file.label)} · ${file.name}`,
                bytes: file.bytes,
                sha256: file.sha256,
                ...(file.sha256 === '' ? { withheld: blindFile } : {}),
                href: deskAt(data, { view: 'bids', bid: chosen.submission, file: file.index }),
              })),
            )
      }<p class="sub">${view.t(say.filesSays)}</p></div>`,
    }),
  });
}
