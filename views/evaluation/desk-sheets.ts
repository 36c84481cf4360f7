import type { DeskAnswer, DeskBid, OwnSheets } from '../../src/evaluation/answers.ts';
import { attribute, each, type Html, html, nothing, type Piece } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { materialPane } from './desk-material.ts';
import { handInCard, sheetsState } from './desk-sealed.ts';
import { sheetForm, sheetWay, whyClosed } from './desk-way.ts';

const say = {
  pass: { zh: '通过', en: 'Pass' },
  fail: { zh: '不通过', en: 'Fail' },
  verdict: { zh: '意见', en: 'Verdict' },
  computed: { zh: '客观项，按银行流水计算。', en: 'Objective, computed from the bank’s statements. ' },
  reason: { zh: '理由', en: 'Reason' },
  reasonHint: { zh: '不通过须写明理由；更正已保存的意见也须写明理由。', en: 'A failure needs a reason, and so does a correction.' },
  note: { zh: '本人笔记', en: 'My notes' },
  noteSays: { zh: '只有您能看到，不进入评标结果', en: 'only you see them; no part of the evaluation' },
  noteText: { zh: '关于这份投标', en: 'About this bid' },
  noteKeep: { zh: '保存笔记', en: 'Keep the note' },
  saveNext: { zh: '保存，看下一家', en: 'Save and go to the next' },
  ownReviews: { zh: '我的评审', en: 'My reviews' },
  ownScores: { zh: '我的评分', en: 'My scores' },
  item: { zh: '评审项', en: 'Item' },
  criterion: { zh: '评分项', en: 'Criterion' },
  max: { zh: '满分', en: 'Max' },
  total: { zh: '技术商务合计', en: 'Sum' },
  objective: { zh: '客观分：各成员应一致', en: 'objective: the same from every member' },
  subjective: { zh: '主观分', en: 'subjective' },
  correction: { zh: '更正理由', en: 'Reason of the correction' },
  correctionHint: { zh: '改动已保存的评分时填写。', en: 'Needed when you change a score that is saved.' },
  sum: { zh: '本表合计', en: 'Sum of this sheet' },
  out: { zh: '该投标已被否决，不再评分。', en: 'This bid is out and is not scored.' },
  optional: { zh: '理由（可不填）', en: 'Reason (may stay empty)' },
  unseen: { zh: '开启前只有您能看到', en: 'before the opening only you see it' },
  others: { zh: '其他成员的意见和评分在结果计算前不可见。', en: 'What the other members think stays hidden until the result is computed.' },
  price: {
    zh: '报价得分由系统按公告的公式计算，满分 {full}。',
    en: 'The price is scored by the published formula, {full} points at most.',
  },
} satisfies Texts;

const chosenBid = (data: DeskAnswer): DeskBid | undefined => data.bids?.find((bid) => bid.submission === data.chosen?.submission);

/** The bid after this one, to go on without looking for it. */
function nextBid(data: DeskAnswer, among: readonly string[]): string | undefined {
  const here = among.indexOf(data.chosen?.submission ?? '');
  return among[here + 1];
}

const onward = (to: string | undefined) => (to === undefined ? [] : [{ name: 'next', value: to, label: say.saveNext }]);

type Computed = DeskAnswer['computed'][number];
/** The verdict that is computed and not judged, where there is one. */
export const computedOf = (data: DeskAnswer, bid: string, item: string): Computed | undefined =>
  data.computed.find((each) => each.bid === bid && each.item === item);

const computedHint = ({ reason }: Computed): Words => ({ zh: `${say.computed.zh}${reason.zh}`, en: `${say.computed.en}${reason.en}` });

/** A failure needs a reason: that of a computed one stands there already. */
export const reasonFrom = (fixed: Computed | undefined): string => (fixed && !fixed.pass ? fixed.reason.zh : '');

/** Pass or fail; of a computed verdict the one that it is. */
export const verdictChoices = (fixed: Computed | undefined) =>
  [
    { value: 'true', label: say.pass },
    { value: 'false', label: say.fail },
  ].filter(({ value }) => fixed === undefined || value === String(fixed.pass));

/** Pass or fail, item by item, of one bid, beside what it says. */
export function reviewView(view: View, data: DeskAnswer): Html {
  const bid = chosenBid(data);
  const { own } = data;
  if (!bid || !own) return nothing;
  const standing = new Map(own.verdicts.filter((row) => row.bid === bid.submission).map((row) => [row.item, row]));
  const firstOpen = data.items.findIndex((item) => !standing.has(item.id));
  const rows = each(data.items, (item, at) => {
    const row = standing.get(item.id);
    const fixed = computedOf(data, bid.submission, item.id);
    return html`<div class="judging"${attribute('id', at === firstOpen ? 'open' : null)} data-judging>${part.hidden(`verdicts[${at}][bid]`, bid.submission)}${part.hidden(`verdicts[${at}][item]`, item.id)}${part.field(
      view,
      {
        kind: 'radio',
        name: `verdicts[${at}][pass]`,
        label: numbered(at, item.title),
        hint: fixed ? computedHint(fixed) : item.says,
        value: row ? String(row.pass) : null,
        choices: verdictChoices(fixed),
      },
    )}${part.field(view, { kind: 'text', name: `verdicts[${at}][reason]`, label: say.reason, value: row?.reason ?? reasonFrom(fixed), maxlength: 1000 })}</div>`;
  });
  const bids = (data.bids ?? []).map((one) => one.submission);
  const sheet =
    whyClosed(view, data) ??
    part.card(view, {
      title: bid.name,
      beside: view.t(say.reasonHint),
      body: sheetForm(view, data, {
        action: `/lots/${data.lot.id}/reviews`,
        id: 'review',
        keep: `review/${bid.submission}`,
        fields: html`${part.hidden('bid', bid.submission)}${rows}`,
        also: onward(nextBid(data, bids)),
      }),
    });
  return panes(view, data, 'review', sheet);
}

/** What was bid on the left, one's own sheet on the right; one below the other where there is no room. */
const panes = (view: View, data: DeskAnswer, here: 'review' | 'score', sheet: Piece): Html =>
  html`<div class="desk-panes">${materialPane(view, data, here)}<div class="desk-sheet stack">${sheet}${noteCard(view, data, here)}</div></div>`;

/** What the member notes for itself about this bid. */
function noteCard(view: View, data: DeskAnswer, here: 'review' | 'score'): Html {
  if (!data.chosen || data.reportedAt) return nothing;
  return part.card(view, {
    title: say.note,
    beside: view.t(say.noteSays),
    body: html`<div data-keep="note/${data.chosen.submission}">${part.form(view, {
      action: `/lots/${data.lot.id}/notes`,
      id: 'note',
      quiet: true,
      tone: 'plain',
      fields: html`${part.hidden('bid', data.chosen.submission)}${part.hidden('view', here)}${part.field(view, { kind: 'textarea', name: 'text', label: say.noteText, value: data.note, rows: 3, maxlength: 4000 })}`,
      submit: say.noteKeep,
      icon: 'pencil',
    })}</div>`,
  });
}

/** Everything one has decided so far, of all bids. */
export function ownSheetsView(view: View, data: DeskAnswer): Html {
  const { own } = data;
  if (!own) return nothing;
  const others = view.t(data.sheets ? say.unseen : say.others);
  return html`${sheetsState(view, data)}${handInCard(view, data)}${part.card(view, { title: say.ownReviews, beside: others, flush: true, body: reviewMatrix(view, data, own) })}${
    data.criteria.length > 0
      ? part.card(view, { title: say.ownScores, beside: others, flush: true, body: scoreMatrix(view, data, own) })
      : nothing
  }`;
}

const numbered = (at: number, title: Words): Words => ({ zh: `${at + 1}. ${title.zh}`, en: `${at + 1}. ${title.en}` });

function reviewMatrix(view: View, data: DeskAnswer, own: OwnSheets): Html {
  const given = new Map(own.verdicts.map((row) => [`${row.bid}/${row.item}`, row]));
  const cell = (bid: string, item: string): Piece => {
    const row = given.get(`${bid}/${item}`);
    if (!row) return html`<span class="sub" data-verdict="${bid}/${item}">—</span>`;
    return row.pass
      ? html`<span class="verdict-pass">✓ ${view.t(say.pass)}</span>`
      : html`<span class="verdict-fail" title="${row.reason}">✗ ${view.t(say.fail)}</span>`;
  };
  return html`<div class="matrix">${part.table(view, {
    caption: say.ownReviews,
    scrolls: true,
    columns: [
      { label: say.item, cell: (item) => view.t(item.title), phone: 'head' },
      ...(data.bids ?? []).map((bid) => ({
        label: named(bid.name),
        cell: (item: DeskAnswer['items'][number]) => cell(bid.submission, item.id),
      })),
    ],
    rows: data.items,
  })}</div>`;
}

const named = (name: string): Words => ({ zh: name, en: name });

/** Marks of one bid with their sum, beside what it says. */
export function scoreView(view: View, data: DeskAnswer): Html {
  const bid = chosenBid(data);
  const { own } = data;
  if (!bid || !own) return nothing;
  const standing = new Map(own.marks.filter((row) => row.bid === bid.submission).map((row) => [row.criterion, row]));
  const sum = own.sums.find((row) => row.bid === bid.submission)?.sum ?? '0.00';
  const sealing = sheetWay(data) === 'sealing';
  const firstOpen = data.criteria.findIndex((criterion) => !standing.has(criterion.id));
  const rows = each(data.criteria, (criterion, at) => {
    const row = standing.get(criterion.id);
    const name = `scores[${at}]`;
    return html`<div class="judging"${attribute('id', at === firstOpen ? 'open' : null)} data-judging>${part.hidden(`${name}[bid]`, bid.submission)}${part.hidden(`${name}[criterion]`, criterion.id)}${part.field(
      view,
      {
        kind: 'text',
        name: `${name}[score]`,
        label: withMax(at, criterion),
        hint: criterion.kind === 'objective' ? both(criterion.says, say.objective) : criterion.says,
        value: row?.score ?? '',
        inputmode: 'decimal',
        maxlength: 8,
        pattern: '\\d{1,4}(\\.\\d{1,2})?',
        placeholder: `0 – ${criterion.max}`,
        autocomplete: 'off',
      },
    )}${
      sealing
        ? row && !row.reason
          ? nothing
          : part.field(view, { kind: 'text', name: `${name}[reason]`, label: say.optional, value: row?.reason ?? '', maxlength: 1000 })
        : row
          ? part.field(view, {
              kind: 'text',
              name: `${name}[reason]`,
              label: say.correction,
              hint: say.correctionHint,
              value: '',
              maxlength: 1000,
            })
          : nothing
    }</div>`;
  });
  const form = sheetForm(view, data, {
    action: `/lots/${data.lot.id}/scores`,
    id: 'score-sheet',
    keep: `score/${bid.submission}`,
    fields: html`${part.hidden('bid', bid.submission)}${rows}<p class="sheet-sum">${view.t(say.sum)} <output class="figure" data-sheet-sum data-max="${maxSum(data)}">${sum}</output> <span class="sub">/ ${maxSum(data)}</span></p>`,
    also: onward(nextBid(data, data.scored)),
  });
  const sheet =
    whyClosed(view, data) ??
    (bid.out
      ? part.notice(view, 'now', say.out)
      : part.card(view, {
          title: bid.name,
          ...(data.priceFull ? { beside: view.t(say.price, { full: data.priceFull }) } : {}),
          body: form,
        }));
  return panes(view, data, 'score', sheet);
}

const withMax = (at: number, criterion: DeskAnswer['criteria'][number]): Words => ({
  zh: `${at + 1}. ${criterion.title.zh}（0–${criterion.max}）`,
  en: `${at + 1}. ${criterion.title.en} (0–${criterion.max})`,
});
const both = (a: Words, b: Words): Words => ({ zh: `${a.zh}。${b.zh}`, en: `${a.en}; ${b.en}` });

/** Whole points and hundredths added as integers: the sum is exact. */
function maxSum(data: DeskAnswer): string {
  const hundredths = data.criteria.reduce((all, { max }) => {
    const [whole = '0', places = ''] = max.split('.');
    return all + Number(whole) * 100 + Number(places.padEnd(2, '0').slice(0, 2));
  }, 0);
  return hundredths % 100 === 0 ? String(hundredths / 100) : `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

interface SheetRow {
  readonly label: Words;
  readonly max: string;
  readonly of: (bid: string) => Piece;
  readonly kind: Words | null;
}

function scoreMatrix(view: View, data: DeskAnswer, own: OwnSheets): Html {
  const given = new Map(own.marks.map((row) => [`${row.bid}/${row.criterion}`, row.score]));
  const rows: SheetRow[] = [
    ...data.criteria.map(
      (criterion): SheetRow => ({
        label: criterion.title,
        max: criterion.max,
        kind: criterion.kind === 'objective' ? say.objective : null,
        of: (bid) => given.get(`${bid}/${criterion.id}`) ?? html`<span data-mark="${bid}/${criterion.id}">—</span>`,
      }),
    ),
    {
      label: say.total,
      max: maxSum(data),
      kind: null,
      of: (bid) => html`<strong data-sum="${bid}">${own.sums.find((row) => row.bid === bid)?.sum ?? ''}</strong>`,
    },
  ];
  return html`<div class="matrix">${part.table(view, {
    caption: say.ownScores,
    scrolls: true,
    columns: [
      {
        label: say.criterion,
        cell: (row) => html`${view.t(row.label)}${row.kind ? html` <span class="sub">${view.t(row.kind)}</span>` : nothing}`,
        phone: 'head',
      },
      { label: say.max, cell: (row) => row.max, numeric: true },
      ...(data.bids ?? []).map((bid) => ({ label: named(bid.name), cell: (row: SheetRow) => row.of(bid.submission), numeric: true })),
    ],
    rows,
    tone: (row) => (row.label === say.total ? 'now' : null),
  })}</div>`;
}
