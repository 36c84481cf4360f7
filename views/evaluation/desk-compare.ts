import type { Comparison, DeskAnswer, DeskBid } from '../../src/evaluation/answers.ts';
import { attribute, classes, each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { deskAt } from './desk-place.ts';
import { computedOf, reasonFrom, verdictChoices } from './desk-sheets.ts';
import { sheetForm, sheetWay, whyClosed } from './desk-way.ts';

const say = {
  choose: { zh: '比较哪一项', en: 'What to compare' },
  reviews: { zh: '评审', en: 'Review' },
  scores: { zh: '评分', en: 'Score' },
  show: { zh: '比较', en: 'Compare' },
  before: { zh: '上一项', en: 'Previous' },
  after: { zh: '下一项', en: 'Next' },
  price: { zh: '投标报价（元）', en: 'Price (yuan)' },
  files: { zh: '附件', en: 'Attachments' },
  verdict: { zh: '意见', en: 'Verdict' },
  reason: { zh: '理由', en: 'Reason' },
  correction: { zh: '更正理由', en: 'Reason of the correction' },
  mark: { zh: '评分（0–{max}）', en: 'Score (0–{max})' },
  out: { zh: '已否决，不再评分', en: 'Out: not scored' },
  save: { zh: '保存本项', en: 'Save this item' },
  saveNext: { zh: '保存，看下一项', en: 'Save and go to the next' },
  objective: { zh: '客观分：各成员应一致', en: 'objective: the same from every member' },
  own: {
    zh: '各投标人的内容与本人的意见并列；其他成员的意见和评分在结果计算前不可见。',
    en: 'What each bid says beside your own word on it; what the others think stays hidden until the result is computed.',
  },
  optional: { zh: '理由（可不填）', en: 'Reason (may stay empty)' },
} satisfies Texts;

interface Row {
  readonly of: string;
  readonly title: Words;
  readonly says: Words;
}

/** One item or criterion, every bid as a column: what it says, and one’s own word on each, saved together. */
export function compareView(view: View, data: DeskAnswer, compared: Comparison): Html {
  const rows: Row[] = [...data.items, ...data.criteria].map(({ id, title, says }) => ({ of: id, title, says }));
  const at = rows.findIndex(({ of }) => of === compared.of);
  const row = rows[at];
  if (!row || !data.own) return nothing;
  const criterion = compared.kind === 'score' ? data.criteria.find(({ id }) => id === compared.of) : undefined;
  const next = rows[at + 1];
  const columns = each(compared.bids, (bid, place) => column(view, data, compared, bid, place));
  const closed = whyClosed(view, data);
  const form = sheetForm(view, data, {
    action: `/lots/${data.lot.id}/${compared.kind === 'review' ? 'reviews' : 'scores'}`,
    id: 'compare',
    keep: `compare/${compared.of}`,
    fields: html`${part.hidden('of', compared.of)}<div class="compare">${columns}</div>`,
    save: say.save,
    also: next ? [{ name: 'onward', value: next.of, label: say.saveNext }] : [],
  });
  return html`${chooser(view, data, compared, rows, at)}${part.card(view, {
    title: row.title,
    beside: html`${view.t(row.says)}${criterion?.kind === 'objective' ? html`${view.t({ zh: '；', en: '; ' })}${view.t(say.objective)}` : nothing}`,
    body: closed ? html`${closed}<div class="compare">${columns}</div>` : form,
    foot: view.t(say.own),
  })}`;
}

function chooser(view: View, data: DeskAnswer, compared: Comparison, rows: readonly Row[], at: number): Html {
  const option = ({ id, title }: { readonly id: string; readonly title: Words }): Html =>
    html`<option value="${id}"${attribute('selected', id === compared.of)}>${view.t(title)}</option>`;
  const group = (label: Words, list: DeskAnswer['items']): Html =>
    list.length === 0 ? nothing : html`<optgroup label="${view.t(label)}">${each(list, option)}</optgroup>`;
  const step = (to: Row | undefined, label: Words, key: string): Html =>
    to
      ? html`<a class="btn" href="${deskAt(data, { view: 'compare', of: to.of })}" data-key="${key}">${view.t(label)}</a>`
      : html`<span class="btn disabled" aria-disabled="true">${view.t(label)}</span>`;
  return html`<form class="compare-choose" method="get" action="/lots/${data.lot.id}/evaluation">${part.hidden('view', 'compare')}<label class="field-label" for="compare-of">${view.t(say.choose)}</label><select class="form-select" id="compare-of" name="of">${group(say.reviews, data.items)}${group(say.scores, data.criteria)}</select><button class="btn" type="submit">${view.t(say.show)}</button>${step(rows[at - 1], say.before, 'previous')}${step(rows[at + 1], say.after, 'following')}</form>`;
}

function column(view: View, data: DeskAnswer, compared: Comparison, said: Comparison['bids'][number], at: number): Html {
  const bid = data.bids?.find((each) => each.submission === said.submission);
  if (!bid) return nothing;
  const beside = compared.kind === 'review' ? 'review' : 'score';
  return html`<section class="${classes('compare-bid', bid.out !== null && 'bid-out')}" aria-label="${bid.name}"><h3 class="bid-name">${bid.name}</h3>
${part.facts(view, [
  ...(bid.price === '' ? [] : [{ label: say.price, value: part.figure(bid.price) }]),
  ...said.figures.map(({ label, value }) => ({ label, value })),
])}
<ul class="compare-files" aria-label="${view.t(say.files)}">${each(
    said.files,
    (file) =>
      html`<li><a href="${deskAt(data, { view: beside, bid: bid.submission, file: file.index })}"><span class="sub">${view.t(file.label)}</span> ${file.name}</a></li>`,
  )}</ul>
<div class="compare-word" data-judging>${whyClosed(view, data) ? nothing : compared.kind === 'review' ? verdictFields(view, data, compared, bid, at) : markFields(view, data, compared, bid, at)}</div></section>`;
}

function verdictFields(view: View, data: DeskAnswer, { of }: Comparison, bid: DeskBid, at: number): Html {
  const row = data.own?.verdicts.find((each) => each.bid === bid.submission && each.item === of);
  const fixed = computedOf(data, bid.submission, of);
  return html`${part.hidden(`verdicts[${at}][bid]`, bid.submission)}${part.hidden(`verdicts[${at}][item]`, of)}${part.field(view, {
    kind: 'radio',
    name: `verdicts[${at}][pass]`,
    label: say.verdict,
    value: row ? String(row.pass) : null,
    ...(fixed ? { hint: fixed.reason } : {}),
    choices: verdictChoices(fixed),
  })}${part.field(view, { kind: 'text', name: `verdicts[${at}][reason]`, label: say.reason, value: row?.reason ?? reasonFrom(fixed), maxlength: 1000 })}`;
}

function markFields(view: View, data: DeskAnswer, { of }: Comparison, bid: DeskBid, at: number): Html {
  const criterion = data.criteria.find(({ id }) => id === of);
  if (bid.out || !criterion) return html`<p class="sub">${view.t(say.out)}</p>`;
  const row = data.own?.marks.find((each) => each.bid === bid.submission && each.criterion === of);
  const name = `scores[${at}]`;
  const sealing = sheetWay(data) === 'sealing';
  const label = { zh: say.mark.zh.replace('{max}', criterion.max), en: say.mark.en.replace('{max}', criterion.max) };
  return html`${part.hidden(`${name}[bid]`, bid.submission)}${part.hidden(`${name}[criterion]`, of)}${part.field(view, {
    kind: 'text',
    name: `${name}[score]`,
    label,
    value: row?.score ?? '',
    inputmode: 'decimal',
    maxlength: 8,
    pattern: '\\d{1,4}(\\.\\d{1,2})?',
    placeholder: `0 – ${criterion.max}`,
    autocomplete: 'off',
  })}${
    row || sealing
      ? part.field(view, {
          kind: 'text',
          name: `${name}[reason]`,
          label: sealing ? say.optional : say.correction,
          value: '',
          maxlength: 1000,
        })
      : nothing
  }`;
}
