import type { BidDetail, DeskAnswer } from '../../src/evaluation/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  figures: { zh: '投标函与数据', en: 'Figures of the bid' },
  price: { zh: '投标报价', en: 'Bid price' },
  files: { zh: '附件', en: 'Attachments' },
  filesSays: {
    zh: '附件取自已解密的投标文件包，下载时核对摘要，与签名时不符即中断。',
    en: 'Attachments come from the opened package; each download is checked against its digest and breaks off when it differs.',
  },
  none: { zh: '没有附件', en: 'No attachments' },
  some: { zh: '显示前 {shown} 行，共 {total} 行；全部内容见附件或投标文件包。', en: 'The first {shown} of {total} rows.' },
  toReview: { zh: '去评审这份投标', en: 'Review this bid' },
} satisfies Texts;

/** One bid as the panel reads it: what the form asked, the tables, the attachments. */
export function bidView(view: View, data: DeskAnswer): Html {
  const { chosen } = data;
  const bid = data.bids?.find((one) => one.submission === chosen?.submission);
  if (!chosen || !bid) return nothing;
  return part.columns({
    main: html`${part.card(view, {
      title: bid.name,
      ...(bid.out ? { beside: part.pill(view, 'refused', bid.out) } : {}),
      body: part.facts(view, [
        { label: say.price, value: part.money(view, { yuan: bid.price, capitals: true, size: 'large' }) },
        ...chosen.figures.map((figure) => ({ label: figure.label, value: figure.value })),
      ]),
      foot: part.linkButton(view, {
        href: `/lots/${data.lot.id}/evaluation?view=review&bid=${chosen.submission}`,
        label: say.toReview,
        icon: 'checklist',
        tone: 'primary',
      }),
    })}${each(chosen.tables, (table) => tableCard(view, table))}`,
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
                href: `/lots/${data.lot.id}/bids/${chosen.submission}/files/${file.index}`,
              })),
            )
      }<p class="sub">${view.t(say.filesSays)}</p></div>`,
    }),
  });
}

function tableCard(view: View, table: BidDetail['tables'][number]): Html {
  return part.card(view, {
    title: table.label,
    flush: true,
    body: html`<div class="matrix">${part.table(view, {
      caption: table.label,
      columns: table.columns.map((column, at) => ({
        label: column.label,
        cell: (row: Readonly<Record<string, string>>) => row[column.key] ?? '',
        numeric: column.numeric,
        ...(at === 1 ? { phone: 'head' as const } : {}),
      })),
      rows: table.rows,
    })}</div>`,
    ...(table.total > table.rows.length ? { foot: view.t(say.some, { shown: table.rows.length, total: table.total }) } : {}),
  });
}
