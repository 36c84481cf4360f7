import type { BidDetail, DeskAnswer, ShownFile } from '../../src/evaluation/answers.ts';
import { attribute, each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { type DeskView, deskAt } from './desk-place.ts';

const say = {
  material: { zh: '投标文件', en: 'What was bid' },
  figures: { zh: '报价与数据', en: 'Figures' },
  price: { zh: '投标报价', en: 'Bid price' },
  none: { zh: '没有附件', en: 'No attachments' },
  some: { zh: '显示前 {shown} 行，共 {total} 行；全部内容见附件或投标文件包。', en: 'The first {shown} of {total} rows.' },
  download: { zh: '下载', en: 'Download' },
  alone: { zh: '在新窗口打开', en: 'Open in a window of its own' },
  noViewer: {
    zh: '本浏览器不能在页面内显示 PDF，请在新窗口打开或下载。',
    en: 'This browser shows no PDF inside a page: open it in a window of its own, or download it.',
  },
  sheets: { zh: '工作表', en: 'Sheets' },
  hidden: { zh: '（隐藏）', en: ' (hidden)' },
  more: {
    zh: '只显示开头部分；完整内容请下载。公式按文件中保存的结果显示，系统不重新计算。',
    en: 'Only the beginning is shown; download it for all. Formulas show the result that the file holds; nothing is computed here.',
  },
  formulas: {
    zh: '标有 ƒ 的单元格是公式，显示的是文件中保存的结果，系统不重新计算。',
    en: 'Cells marked ƒ are formulas: the result that the file holds is shown, nothing is computed here.',
  },
  empty: { zh: '这张工作表是空的。', en: 'This sheet is empty.' },
  row: { zh: '行', en: 'Row' },
  noFigures: {
    zh: '暗标评审期间只看文件；报价和投标人填写的内容在揭晓后显示。请打开上面的文件。',
    en: 'While bids are judged blind only their files are shown; prices and what bidders filled in follow when it is laid open. Open a file above.',
  },
  checked: { zh: '内容按签名时的摘要核对', en: 'checked against the digest that was signed' },
} satisfies Texts;

/** In the place of a file's size and digest, by which its bidder would know it again. */
export const blindFile: Words = {
  zh: '暗标：文件名、大小和摘要在揭晓后显示',
  en: 'Blind: name, size and digest are shown when it is laid open',
};

/** In the place of the figures of a bid that is judged blind. */
export const noFigures = (view: View): Html => part.notice(view, 'plain', say.noFigures);

/** What stands beside a sheet: the bid’s figures, or one of its files as far as it can be shown. */
export function materialPane(view: View, data: DeskAnswer, here: DeskView): Html {
  const { chosen, shown } = data;
  if (!chosen) return nothing;
  const choice = (label: Html | string, file: number | undefined): Html =>
    html`<li><a href="${deskAt(data, { view: here, bid: chosen.submission, file })}"${attribute('aria-current', shown?.index === file ? 'true' : null)}>${label}</a></li>`;
  return html`<section class="card desk-material" aria-label="${view.t(say.material)}"><nav class="desk-files" aria-label="${view.t(say.material)}"><ul>${choice(view.t(say.figures), undefined)}${each(
    chosen.files,
    (file) => choice(html`<span class="sub">${view.t(file.label)}</span> ${file.name}`, file.index),
  )}</ul></nav>${shown ? fileView(view, data, chosen, shown, here) : figuresView(view, data, chosen)}</section>`;
}

function figuresView(view: View, data: DeskAnswer, chosen: BidDetail): Html {
  const price = data.bids?.find((bid) => bid.submission === chosen.submission)?.price ?? '';
  if (price === '' && chosen.figures.length === 0 && chosen.tables.length === 0)
    return html`<div class="card-body">${noFigures(view)}</div>`;
  return html`<div class="card-body">${part.facts(view, [
    ...(price === '' ? [] : [{ label: say.price, value: part.money(view, { yuan: price, capitals: true, size: 'large' }) }]),
    ...chosen.figures.map((figure) => ({ label: figure.label, value: figure.value })),
  ])}</div>${each(chosen.tables, (table) => tableOf(view, table))}`;
}

/** One of the form’s own tables: a bill of quantities, a list of people. */
export function tableOf(view: View, table: BidDetail['tables'][number], showCaption = true): Html {
  return html`<div class="matrix">${part.table(view, {
    caption: table.label,
    showCaption,
    scrolls: true,
    columns: table.columns.map((column, at) => ({
      label: column.label,
      cell: (row: Readonly<Record<string, string>>) => row[column.key] ?? '',
      numeric: column.numeric,
      ...(at === 1 ? { phone: 'head' as const } : {}),
    })),
    rows: table.rows,
    ...(table.total > table.rows.length ? { foot: view.t(say.some, { shown: table.rows.length, total: table.total }) } : {}),
  })}</div>`;
}

function fileView(view: View, data: DeskAnswer, chosen: BidDetail, shown: ShownFile, here: DeskView): Html {
  const file = chosen.files.find((each) => each.index === shown.index);
  if (!file) return nothing;
  const address = `/lots/${data.lot.id}/bids/${chosen.submission}/files/${shown.index}`;
  const framed = shown.kind === 'pdf' || shown.kind === 'image';
  return html`<div class="desk-shown">${contentOf(view, data, chosen, shown, address, here)}</div>
<div class="card-foot desk-file-foot"><span>${file.sha256 === '' ? view.t(blindFile) : html`${part.bytesText(file.bytes)} · SHA-256 ${part.hash(view, file.sha256)} <span class="sub">${view.t(say.checked)}</span>`}</span><span class="form-actions">${
    framed
      ? html`<a class="btn btn-sm" href="${address}/view" target="_blank" rel="noopener">${part.icon(view, 'external-link')}<span>${view.t(say.alone)}</span></a>`
      : nothing
  }${part.linkButton(view, { href: address, label: say.download, icon: 'download', small: true })}</span></div>`;
}

function contentOf(view: View, data: DeskAnswer, chosen: BidDetail, shown: ShownFile, address: string, here: DeskView): Html {
  switch (shown.kind) {
    case 'pdf':
      return html`<iframe class="desk-frame" src="${address}/view" title="${shown.name}" data-pdf></iframe><p class="desk-no-viewer" data-no-viewer hidden>${view.t(say.noViewer)}</p>`;
    case 'image':
      return html`<div class="desk-image"><img src="${address}/view" alt="${shown.name}"></div>`;
    case 'table':
      return shown.table ? sheetView(view, data, chosen, shown, shown.table, here) : nothing;
    default:
      return html`<div class="card-body">${part.notice(view, 'plain', shown.why ?? say.none)}</div>`;
  }
}

type Table = NonNullable<ShownFile['table']>;

/** A spreadsheet as rows and columns with the letters and numbers that Excel gives them. */
function sheetView(view: View, data: DeskAnswer, chosen: BidDetail, shown: ShownFile, table: Table, here: DeskView): Html {
  const width = Math.max(0, ...table.rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, at) => letters(at));
  const formulas = table.rows.some((row) => row.some((cell) => cell.formula !== undefined));
  const choice = ({ name, hidden }: Table['sheets'][number], at: number): Html =>
    html`<li><a href="${deskAt(data, { view: here, bid: chosen.submission, file: shown.index, sheet: at })}"${attribute('aria-current', at === table.sheet ? 'true' : null)}>${name}${hidden ? view.t(say.hidden) : nothing}</a></li>`;
  return html`${table.sheets.length > 1 ? html`<nav class="desk-files" aria-label="${view.t(say.sheets)}"><ul>${each(table.sheets, choice)}</ul></nav>` : nothing}${
    width === 0
      ? html`<div class="card-body">${view.t(say.empty)}</div>`
      : html`<div class="desk-cells" tabindex="0" role="region" aria-label="${shown.name}"><table><thead><tr><th scope="col"><span class="visually-hidden">${view.t(say.row)}</span></th>${each(columns, (letter) => html`<th scope="col">${letter}</th>`)}</tr></thead><tbody>${each(
          table.rows,
          (row, at) => html`<tr><th scope="row">${at + 1}</th>${each(columns, (_, place) => cellOf(view, row[place]))}</tr>`,
        )}</tbody></table></div>`
  }${table.more || formulas ? html`<p class="sub desk-cells-note">${view.t(table.more ? say.more : say.formulas)}</p>` : nothing}`;
}

const isNumber = (text: string): boolean => /^-?[\d,]+(\.\d+)?%?$/.test(text);

function cellOf(view: View, cell: Table['rows'][number][number] | undefined): Html {
  if (!cell) return html`<td></td>`;
  const mark: Words = { zh: '公式 {formula}', en: 'Formula {formula}' };
  return html`<td${attribute('class', isNumber(cell.text) ? 'numeric' : null)}>${cell.text}${cell.formula === undefined ? nothing : html` <span class="desk-formula" title="${view.t(mark, { formula: cell.formula })}" aria-label="${view.t(mark, { formula: cell.formula })}" role="img">ƒ</span>`}</td>`;
}

/** 0 → A, 26 → AA. */
const letters = (at: number): string => (at < 26 ? '' : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));
