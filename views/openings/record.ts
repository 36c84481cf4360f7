import type { RecordFile } from '../../src/openings/record-file.ts';
import type { RecordShown } from '../../src/openings/record-reads.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View } from '../view.ts';
import { reasonWords } from './hall-page.ts';
import { wordWords } from './hall-signing.ts';

const say = {
  title: { zh: '开标记录', en: 'Opening record' },
  hall: { zh: '回到开标大厅', en: 'Back to the hall' },
  digest: { zh: '记录摘要（SHA-256）', en: 'Digest of the record (SHA-256)' },
  state: { zh: '状态', en: 'State' },
  closed: { zh: '已确认，{at}', en: 'closed at {at}' },
  open: { zh: '确认中，逾期未表示视为认可：{at}', en: 'being confirmed; silence accepts at {at}' },
  order: { zh: '唱标顺序', en: 'Order of reading' },
  received: { zh: '按投标文件递交的先后', en: 'as bids were received' },
  drawn: { zh: '开标现场抽签，由开标委员会共同抽取，可复算', en: 'drawn in the session by the opening council; it can be recomputed' },
  fewer: { zh: '公告载明现场抽签；解密有效的不足两份，未抽', en: 'to be drawn by the notice; fewer than two were opened, and none was' },
  transcript: { zh: '抽取存证', en: 'transcript' },
  signatures: { zh: '谁签了名', en: 'Who signed' },
  none: { zh: '没有投标人签名；逾期未表示视为认可。', en: 'No bidder signed; silence accepts.' },
  file: { zh: '下载可核验文件（JSON）', en: 'The file to verify (JSON)' },
  how: {
    zh: '核验：npx yangguang verify record.json，或把文件放到 /verify 页面。',
    en: 'To verify: npx yangguang verify record.json, or drop the file on /verify.',
  },
  notRead: { zh: '未开启或未唱读', en: 'not opened or not read' },
} satisfies Texts;

/** The opening record as a page: what was read of whom, and who signed it (GET /lots/:lot/record). */
export function recordPage(view: View, { lot, part: envelopes, readingOrder, file }: RecordShown): Html {
  const at = file.closed?.at ?? file.until;
  const state = view.t(file.closed ? say.closed : say.open, { at: part.timeText(view.lang, at as Instant, 'full') });
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    section: '/openings',
    main: html`${part.pageHead(view, {
      above: `${lot.number} · ${view.t(say.title)}${envelopes ? ` · ${view.t(envelopes)}` : ''}`,
      title: lot.name,
      back: { href: `/lots/${lot.id}/hall`, label: say.hall },
    })}
<div class="stack">${part.card(view, {
      body: html`${part.facts(view, [
        { label: say.state, value: state },
        { label: say.order, value: orderWords(view, readingOrder, file) },
        { label: say.digest, value: html`<code>${file.sha256}</code>` },
      ])}<p><a class="btn" href="/api/lots/${lot.id}/record" download="record.json">${part.icon(view, 'download')}<span>${view.t(say.file)}</span></a></p><p class="sub">${view.t(say.how)}</p>`,
    })}${part.card(view, { title: { zh: '唱标一览', en: 'As read out' }, flush: true, body: readTable(view, file) })}${part.card(view, {
      title: say.signatures,
      flush: file.words.length > 0,
      body: file.words.length > 0 ? signatureTable(view, file) : html`<p class="sub">${view.t(say.none)}</p>`,
    })}</div>`,
  });
}

function orderWords(view: View, order: RecordShown['readingOrder'], { record }: RecordFile): Html {
  if (order === 'received') return html`${view.t(say.received)}`;
  const { request } = (record.reading ?? {}) as { request?: { id: string } };
  if (!request) return html`${view.t(say.fewer)}`;
  return html`${view.t(say.drawn)} <a href="/api/lots/${record.lot}/draws/${request.id}" download="draw.json">${view.t(say.transcript)}</a>`;
}

type Item = RecordFile['record']['items'][number];
type Word = RecordFile['words'][number];

const readTable = (view: View, { record }: RecordFile): Html =>
  part.table<Item>(view, {
    caption: { zh: '唱标一览', en: 'As read out' },
    columns: [
      { label: { zh: '序', en: 'No.' }, cell: (item) => item.order ?? '—', phone: 'hide' },
      { label: { zh: '投标人', en: 'Bidder' }, cell: (item) => item.name, phone: 'head' },
      {
        label: { zh: '报价（元）', en: 'Price (yuan)' },
        cell: (item) =>
          item.price === null
            ? html`<span class="sub">${view.t(item.reason === null ? say.notRead : reasonWords(item.reason))}</span>`
            : part.figure(item.price),
        numeric: true,
        phone: 'figure',
      },
    ],
    rows: [...record.items].sort((a, b) => (a.order ?? Number.MAX_SAFE_INTEGER) - (b.order ?? Number.MAX_SAFE_INTEGER)),
    empty: nothing,
  });

const signatureTable = (view: View, { words }: RecordFile): Html =>
  part.table<Word>(view, {
    caption: say.signatures,
    columns: [
      { label: { zh: '投标人', en: 'Bidder' }, cell: (word) => word.name, phone: 'head' },
      { label: { zh: '内容', en: 'What' }, cell: (word) => view.t(wordWords[word.word]) },
      { label: { zh: '签名时间', en: 'Signed' }, cell: (word) => part.time(view, word.at as Instant) },
      { label: { zh: '证书序列号', en: 'Certificate' }, cell: (word) => html`<code>${word.serial}</code>` },
    ],
    rows: words,
    empty: nothing,
  });
