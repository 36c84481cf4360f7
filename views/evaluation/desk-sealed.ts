import type { DeskAnswer } from '../../src/evaluation/answers.ts';
import type { DeskSheets } from '../../src/evaluation/sheet-answers.ts';
import { attribute, each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { seatSheetsCard } from './desk-seats.ts';
import { sheetWay } from './desk-way.ts';

const say = {
  title: { zh: '密封评审表', en: 'Sealed sheets' },
  count: { zh: '已递交', en: 'Sheets in' },
  missing: { zh: '等待：{who}', en: 'Awaited: {who}' },
  vacant: { zh: '有席位空缺，等待补齐。', en: 'A seat stands empty and is being filled.' },
  sealing: {
    zh: '每名成员把整张评审表签名后密封给开标委员会。全部递交后由几家机构共同开启；在此之前任何人都读不到，平台也不能。',
    en: 'Each member signs its whole sheet and seals it to the opening council. Once all are in, the institutions open them together; before that nobody can read any of them, the platform included.',
  },
  opening: { zh: '已全部递交，开标委员会正在共同开启。', en: 'All are in; the council is opening them together.' },
  open: { zh: '全部评审表已共同开启。', en: 'All sheets have been opened together.' },
  seeOpen: { zh: '查看各席位评审表', en: 'See every seat’s sheet' },
  until: {
    zh: '请在 {until} 前递交；逾期未递交的，依公告予以更换，其评审无效（《招标投标法实施条例》第48条）。',
    en: 'Hand yours in by {until}; whoever does not is replaced by the rule of the notice, and what it judged is void (Regulation, art. 48).',
  },
  own: { zh: '您的评审表', en: 'Your sheet' },
  ownIn: { zh: '第 {version} 版，{at} 递交', en: 'version {version}, handed in {at}' },
  receipt: { zh: '回执', en: 'Receipt' },
  digest: { zh: '密封件摘要（SHA-256）', en: 'Digest of the sealed sheet (SHA-256)' },
  seal: { zh: '签名、密封并递交', en: 'Sign, seal and hand in' },
  reseal: { zh: '签名、密封并替换上一版', en: 'Sign, seal and replace the last version' },
  sealSays: {
    zh: '全部在本浏览器内完成：签名、密封、核对长度。全部递交前可以用新的一版替换。',
    en: 'All of it happens in this browser. Until all are in, a new version may take its place.',
  },
  checking: { zh: '正在核对填写情况…', en: 'Looking at what is filled in…' },
  draft: { zh: '草稿', en: 'Draft' },
  keys: { zh: '草稿密钥，换一台设备继续', en: 'The key of your draft; going on at another machine' },
  keysSays: {
    zh: '草稿用只在本浏览器内的密钥加密。要在另一台设备上继续，请下载密钥文件，到那里选择它；也可用它重新打开自己的密封件（通用的 age 工具即可）。',
    en: 'Your draft is encrypted under a key that is in this browser alone. To go on at another machine, download the key file and choose it there; with it you can also reread your own sealed sheet (the stock age tool does).',
  },
  download: { zh: '下载密钥文件', en: 'Download the key file' },
  choose: { zh: '使用密钥文件', en: 'Use a key file' },
  wanted: {
    zh: '您有一份在别的设备上保存的加密草稿。请选择密钥文件继续，或从头开始（原草稿作废）。',
    en: 'There is an encrypted draft of yours from another machine. Choose its key file to go on, or begin anew (the old draft is given up).',
  },
  anew: { zh: '从头开始', en: 'Begin anew' },
  script: {
    zh: '密封评审表需要浏览器脚本：一切都在浏览器内加密。',
    en: 'Sealed sheets need scripts: everything is encrypted in the browser.',
  },
  drift: { zh: '密封时与现在', en: 'As sealed, and now' },
  driftSays: {
    zh: '开启后的更正均已签名并写明理由；总分变动逐家列出。',
    en: 'Every change since the opening is signed, with its reason; how each bid’s sum moved is listed.',
  },
  seat: { zh: '席位', en: 'Seat' },
  versions: { zh: '密封版数', en: 'Versions sealed' },
  verdicts: { zh: '改动意见', en: 'Verdicts changed' },
  marks: { zh: '改动评分', en: 'Marks changed' },
  points: { zh: '合计变动（分）', en: 'Points moved' },
  byBid: { zh: '各家总分变动', en: 'Sum of each bid' },
} satisfies Texts;

/** Where the sealed sheets stand: how many are in, who is awaited by letter, one's own receipt, what happens next. Moves by itself. */
export function sheetsState(view: View, data: DeskAnswer): Html {
  const { sheets } = data;
  if (!sheets || data.concludedAt) return nothing;
  const body = html`<div class="stack">${part.progress(view, { label: say.count, value: sheets.in, max: sheets.of, unit: 'steps', state: sheets.in < sheets.of ? 'running' : 'done' })}${waiting(view, sheets)}<p>${view.t(say[sheets.state])}</p>${
    sheets.state === 'open' ? html`<p><a href="/lots/${data.lot.id}/evaluation?view=result">${view.t(say.seeOpen)}</a></p>` : nothing
  }${sheets.state === 'sealing' && sheets.until && !sheets.own ? html`<p>${view.t(say.until, { until: part.timeText(view.lang, sheets.until, 'minute', view.now) })}</p>` : nothing}${ownSheet(view, sheets)}</div>`;
  return part.live('sheets', part.card(view, { title: say.title, body, now: sheets.state !== 'open' }));
}

function waiting(view: View, { state, missing, in: handedIn, of }: DeskSheets): Html {
  if (state !== 'sealing') return nothing;
  const who = missing.map((mask) => view.t(mask)).join(view.lang === 'zh' ? '、' : ', ');
  const vacant = handedIn + missing.length < of;
  return html`${missing.length > 0 ? html`<p class="sub">${view.t(say.missing, { who })}</p>` : nothing}${vacant ? part.notice(view, 'now', say.vacant) : nothing}`;
}

function ownSheet(view: View, { own }: DeskSheets): Html {
  if (!own) return nothing;
  const at = part.timeText(view.lang, own.at, 'minute', view.now);
  return part.facts(view, [
    {
      label: say.own,
      value: html`${view.t(say.ownIn, { version: own.version, at })}${own.event ? html` · <a href="/receipts/${own.event}">${view.t(say.receipt)}</a>` : nothing}`,
    },
    { label: say.digest, value: part.hash(view, own.sha256) },
  ]);
}

/** The end of the work while sheets are sealed: what is missing, the key to sign with, and the button that seals. Its author's browser fills it in. */
export function handInCard(view: View, data: DeskAnswer): Html {
  const { sheets } = data;
  if (!sheets || sheetWay(data) !== 'sealing') return nothing;
  const label = sheets.own ? say.reseal : say.seal;
  return part.card(view, {
    title: label,
    now: true,
    body: html`<form class="form" data-hand-in>${each(data.bids ?? [], (bid) => html`<span hidden data-bid-name="${bid.submission}" data-name="${bid.name}"></span>`)}<p>${view.t(say.sealSays)}</p><div data-sheet-open role="status"><p class="sub">${view.t(say.checking)}</p></div>${part.signerPart(view, { holder: sheets.holder })}<p class="field-wrong" role="alert" data-hand-in-wrong hidden></p><div class="form-actions"><button class="btn btn-primary" type="submit" disabled>${part.icon(view, 'lock')}<span>${view.t(label)}</span></button></div></form>`,
  });
}

/** The line about the draft, on every step of the work; and the way to go on elsewhere. */
export function draftLine(view: View, data: DeskAnswer): Html {
  if (sheetWay(data) !== 'sealing') return nothing;
  return html`<noscript>${part.notice(view, 'refused', say.script)}</noscript><div class="desk-restored" data-key-wanted hidden role="status"><span>${view.t(say.wanted)}</span> <label class="btn btn-sm">${view.t(say.choose)}<input class="visually-hidden" type="file" accept=".txt,.key,.age" data-key-file></label> <button class="btn btn-sm" type="button" data-draft-anew>${view.t(say.anew)}</button></div>
<div class="desk-draft needs-script"><span class="sub">${view.t(say.draft)}${part.colon(view)}<span data-draft-state role="status">…</span></span><details><summary>${view.t(say.keys)}</summary><p class="sub">${view.t(say.keysSays)}</p><p class="form-actions"><button class="btn btn-sm" type="button" data-key-download>${part.icon(view, 'download')}<span>${view.t(say.download)}</span></button><label class="btn btn-sm">${view.t(say.choose)}<input class="visually-hidden" type="file" accept=".txt,.key,.age" data-key-file></label></p></details></div>`;
}

/** What the desk's script needs to know of the page. */
export function sealedRoot(view: View, data: DeskAnswer): Html {
  const way = sheetWay(data);
  if (!data.sheets || !data.own || (way !== 'sealing' && way !== 'changing')) return nothing;
  return html`<div data-sealed-desk="${way}" data-lot="${data.lot.id}" data-seat="${data.own.seat}" data-holder="${data.sheets.holder}" data-csrf="${view.csrf}"${attribute('data-part', data.turn?.part ?? null)}></div>`;
}

/** Once all are open: every seat's sheet, and how far each has moved since. */
export function openedSheets(view: View, data: DeskAnswer): Html {
  const { opened } = data;
  if (!opened) return nothing;
  return html`${seatSheetsCard(view, opened.sheets)}${part.card(view, {
    title: say.drift,
    flush: true,
    body: part.table(view, {
      caption: say.drift,
      columns: [
        { label: say.seat, phone: 'head', cell: (row) => view.t(row.mask) },
        { label: say.versions, cell: (row) => row.versions, numeric: true },
        { label: say.verdicts, cell: (row) => row.verdicts, numeric: true },
        { label: say.marks, cell: (row) => row.marks, numeric: true },
        { label: say.points, cell: (row) => row.points, numeric: true },
        {
          label: say.byBid,
          cell: (row) =>
            row.bids.length === 0
              ? '—'
              : html`${each(row.bids, (bid) => html`<div>${bid.name} ${bid.points.startsWith('-') ? '' : '+'}${bid.points}</div>`)}`,
        },
      ],
      rows: opened.drift,
    }),
    foot: view.t(say.driftSays),
  })}`;
}
