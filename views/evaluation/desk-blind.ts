import type { DeskAnswer } from '../../src/evaluation/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { openedSheets, sheetsState } from './desk-sealed.ts';
import { differingScores, outlierNotice } from './desk-turn.ts';
import { progressTable } from './progress.ts';

const say = {
  blind: {
    zh: '暗标评审：{documents}以暗标编号评审。编号由开标委员会在开启前抽定，其根已写入日志；名称、报价和其他材料在揭晓以后显示。发现能够识别投标人的标记，请在“暗标格式”一项中提出，由评标委员会表决。',
    en: 'Blind review: {documents} under pseudonyms. The council drew them before the envelopes were opened and their root stands in the journal; names, prices and everything else are shown when they are laid open. A mark that tells whose a file is belongs under “No telling marks”, on which the panel votes.',
  },
  sealedTwice: {
    zh: '评审表密封两次：先以暗标编号评审，全部递交后共同开启并揭晓；其余部分揭晓后再密封、开启一次。',
    en: 'Sheets are sealed twice: first over pseudonyms, opened together once all are in, and the pseudonyms laid open; then the rest, by name, in the same way.',
  },
  sealed: {
    zh: '全体成员的暗标评审表递交并共同开启后才能揭晓。',
    en: 'They can be laid open once every member’s blind sheet is in and all have been opened together.',
  },
  toSheet: { zh: '到“我的评审表”', en: 'To “My sheets”' },
  progress: { zh: '暗标评审进度', en: 'How far the blind review is' },
  progressSays: { zh: '只显示数量；谁给了什么分不可见。', en: 'Numbers only; who gave what stays hidden.' },
  reveal: { zh: '揭晓暗标', en: 'Lay the pseudonyms open' },
  revealTitle: { zh: '揭晓以后，暗标部分的评审和评分不能再改', en: 'What was judged blind stands afterwards' },
  revealSays: {
    zh: '全部成员的暗标评审已经完成。揭晓后公布每个编号对应的投标人和抽签全过程，任何人可以复算；随后评审其余部分。',
    en: 'Every member has finished the blind part. The bidder behind each pseudonym is published with the whole draw, for anyone to recompute; then the rest is judged.',
  },
  missing: {
    zh: '暗标部分还有评审或评分没有完成，各席位的数量见上表。',
    en: 'The blind part is not finished yet; the table shows how much is missing.',
  },
  open: { zh: '暗标已揭晓', en: 'The pseudonyms are laid open' },
  openSays: { zh: '暗标部分的评审和评分已固定。', en: 'What was judged blind stands.' },
  marks: { zh: '程序检查结果', en: 'What the platform’s check saw' },
  marksSays: {
    zh: '只列类型和位置，不列出内容，供评标委员会参考；是否符合招标文件的规定，由评标委员会在“暗标格式”一项表决。',
    en: 'Kinds and places only, never the words; whether the documents are kept to the panel decides by its vote on “No telling marks”.',
  },
  marksNone: { zh: '没有发现标记（不能读出图片里的文字和笔迹）。', en: 'No marks found (what is drawn in pictures is not read).' },
  marksLater: { zh: '尚未检查。', en: 'Not checked yet.' },
  fileAt: { zh: '文件 {n}', en: 'File {n}' },
  mask: { zh: '暗标编号', en: 'Pseudonym' },
  bidder: { zh: '投标人', en: 'Bidder' },
} satisfies Texts;

/** What a member must know of a blind review wherever it reads; once it is laid open, which pseudonym was whose. */
export function blindNotice(view: View, { blind, chosen, bids, sheets }: DeskAnswer): Html {
  if (!blind) return nothing;
  if (blind.state === 'blind')
    return html`${part.notice(view, 'now', say.blind, { documents: blind.documents.map((each) => view.t(each)).join('、') })}${sheets ? part.notice(view, 'plain', say.sealedTwice) : nothing}${chosen ? marksCard(view, blind, bids?.find(({ submission }) => submission === chosen.submission)?.name ?? '') : nothing}`;
  return html`<details class="card step-working"><summary class="card-body">${view.t(say.open)} <span class="sub">${view.t(say.openSays)}</span></summary>${part.table(
    view,
    {
      caption: say.open,
      columns: [
        { label: say.mask, cell: (row: (typeof blind.list)[number]) => view.t(row.mask) },
        { label: say.bidder, phone: 'head', cell: (row: (typeof blind.list)[number]) => row.name },
      ],
      rows: blind.list,
    },
  )}</details>`;
}

/** What the platform's check saw in the files of the chosen bid. */
function marksCard(view: View, { marks }: NonNullable<DeskAnswer['blind']>, name: string): Html {
  const files = new Set(marks?.map(({ file }) => file)).size;
  const line = ({ file, kind, place }: NonNullable<typeof marks>[number]): Html =>
    html`<li>${files > 1 ? html`${view.t(say.fileAt, { n: file + 1 })} · ` : nothing}${view.t(place)}${part.colon(view)}${view.t(kind)}</li>`;
  const none = html`<p>${view.t(marks === null ? say.marksLater : say.marksNone)}</p>`;
  const body = marks === null || marks.length === 0 ? none : html`<ul>${marks.map(line)}</ul>`;
  return part.card(view, { title: say.marks, beside: name, body, foot: view.t(say.marksSays) });
}

/** The end of the blind part: how far everybody is, and the act that lays the pseudonyms open. */
export function revealCard(view: View, data: DeskAnswer): Html {
  return html`${sheetsState(view, data)}${part.card(view, { title: say.progress, flush: true, body: progressTable(view, data.progress ?? []), ...(data.opened ? {} : { foot: view.t(say.progressSays) }) })}${differingScores(view, data)}${outlierNotice(view, data)}${part.card(
    view,
    {
      title: say.reveal,
      now: data.blind?.mayReveal === true,
      body: data.blind?.mayReveal
        ? part.form(view, {
            action: `/lots/${data.lot.id}/evaluation/pseudonyms`,
            submit: say.reveal,
            icon: 'eye',
            confirm: { title: say.revealTitle, says: say.revealSays },
          })
        : html`${part.problemPanel(view)}${
            data.sheets && data.sheets.state !== 'open'
              ? html`<p>${view.t(say.sealed)}</p><p><a href="/lots/${data.lot.id}/evaluation?view=sheet">${view.t(say.toSheet)}</a></p>`
              : html`<p>${view.t(say.missing)}</p>`
          }`,
    },
  )}${openedSheets(view, data)}`;
}
