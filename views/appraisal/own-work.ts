import type { OwnWorkAnswer } from '../../src/appraisal/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { reviewTitle, statePill, verdictPill } from './annual-words.ts';
import { entryCard } from './entry.ts';
import { appraisalItems, feeFacts, paidText, scoreFields } from './parts.ts';

const say = {
  title: { zh: '我的评标与考核', en: 'My evaluations' },
  back: { zh: '我的档案', en: 'My record' },
  called: { zh: '被抽中', en: 'Called' },
  accepted: { zh: '参加', en: 'Accepted' },
  declined: { zh: '不能参加', en: 'Declined' },
  silent: { zh: '未答复', en: 'Silent' },
  points: { zh: '有效记分', en: 'Points that count' },
  none: { zh: '还没有参加过评标', en: 'No evaluation yet' },
  appraisals: { zh: '对我的评价', en: 'What was said of me' },
  noAppraisal: { zh: '尚无评价', en: 'Nothing yet' },
  answer: { zh: '答复', en: 'Your answer' },
  send: { zh: '答复评价', en: 'Answer' },
  fee: { zh: '劳务报酬', en: 'Fee' },
  noFee: { zh: '结果确定后由招标人确认', en: 'The tenderee confirms it once the result is decided' },
  feeDue: { zh: '待招标人确认，期限', en: 'The tenderee is to confirm it until' },
  paid: { zh: '已支付', en: 'Paid' },
  unpaid: { zh: '已确认，待支付', en: 'Confirmed, to be paid' },
  appraise: { zh: '评价组织方', en: 'Appraise the host' },
  appraiseSays: { zh: '组织方只看到三人以上的平均分。', en: 'The host reads means only, of three or more.' },
  years: { zh: '年度考核', en: 'Annual reviews' },
  feeYears: { zh: '各年度劳务报酬', en: 'Fees by year' },
  evaluations: { zh: '评标次数', en: 'Evaluations' },
  amount: { zh: '已确认', en: 'Confirmed' },
  paidSum: { zh: '已支付', en: 'Paid' },
  year: { zh: '年度', en: 'Year' },
  state: { zh: '进度', en: 'How far' },
  verdict: { zh: '结论', en: 'Verdict' },
  contestUntil: { zh: '申请复核期限', en: 'Recheck until' },
  objection: { zh: '异议理由', en: 'Why you object' },
  object: { zh: '提出异议', en: 'Object' },
} satisfies Texts;

/** What an expert finds of its own work (GET /expert/work). */
export function ownWorkPage(view: View, data: OwnWorkAnswer): Html {
  const { calls } = data;
  const numbers = part.facts(
    view,
    [
      { label: say.called, value: calls.called },
      { label: say.accepted, value: calls.accepted },
      { label: say.declined, value: calls.declined },
      { label: say.silent, value: calls.silent },
      { label: say.points, value: data.points },
    ],
    'wide',
  );
  const evaluations = data.evaluations.map((each) => evaluationCard(view, data, each));
  const entries = data.entries.map((entry) =>
    entryCard(
      view,
      entry,
      entry.may.object
        ? part.form(view, {
            action: `/conduct/${entry.id}/objection`,
            quiet: true,
            fields: part.field(view, { kind: 'textarea', name: 'text', label: say.objection, required: true, rows: 2, maxlength: 1000 }),
            submit: say.object,
            note: {
              zh: `期限 ${part.timeText('zh', entry.objectUntil, 'full')}`,
              en: `until ${part.timeText('en', entry.objectUntil, 'full')}`,
            },
          })
        : null,
    ),
  );
  return layout(view, {
    title: view.t(say.title),
    section: '/expert',
    main: html`${part.pageHead(view, { title: say.title, back: { href: '/expert', label: say.back } })}
${part.stack(
  part.card(view, { body: numbers }),
  data.years.length > 0 ? yearsCard(view, data.years) : nothing,
  data.feeYears.length > 0 ? feeYearsCard(view, data.feeYears) : nothing,
  ...entries,
  ...(evaluations.length > 0 ? evaluations : [part.card(view, { body: part.empty(view, { title: say.none, icon: 'users' }) })]),
)}`,
  });
}

const yearsCard = (view: View, years: OwnWorkAnswer['years']): Html =>
  part.tableCard(view, {
    title: say.years,
    rows: years,
    columns: [
      { label: say.year, phone: 'head', cell: ({ id, year }) => html`<a href="/expert-years/${id}">${view.t(reviewTitle(year))}</a>` },
      { label: say.state, cell: ({ state }) => statePill(view, state) },
      { label: say.verdict, cell: ({ verdict }) => (verdict === null ? '—' : verdictPill(view, verdict)) },
      { label: say.contestUntil, cell: ({ contestUntil }) => (contestUntil === null ? '—' : part.time(view, contestUntil)) },
    ],
  });

const feeYearsCard = (view: View, rows: OwnWorkAnswer['feeYears']): Html =>
  part.tableCard(view, {
    title: say.feeYears,
    rows,
    columns: [
      { label: say.year, phone: 'head', cell: ({ year }) => year },
      { label: say.evaluations, numeric: true, cell: ({ evaluations }) => evaluations },
      { label: say.amount, numeric: true, cell: ({ amount }) => part.money(view, { yuan: amount }) },
      { label: say.paidSum, numeric: true, cell: ({ paid }) => part.money(view, { yuan: paid }) },
    ],
  });

/** What is paid, and how far the payment has come. */
function feePart(view: View, { fee, feeDue, paid }: OwnWorkAnswer['evaluations'][number]): Html {
  if (!fee) return html`<p class="sub">${feeDue ? html`${view.t(say.feeDue)} ${part.time(view, feeDue)}` : view.t(say.noFee)}</p>`;
  const state = paid ? html`${part.pill(view, 'verified', say.paid)} ${paidText(view, paid)}` : part.pill(view, 'wait', say.unpaid);
  return html`${feeFacts(view, fee)}${fee.withheld.length > 0 ? nothing : html`<p>${state}</p>`}`;
}

function evaluationCard(view: View, data: OwnWorkAnswer, evaluation: OwnWorkAnswer['evaluations'][number]): Html {
  const dimensions = (side: string) => (side === 'expert' ? data.hostDimensions : data.dimensions);
  const answer = (given: (typeof evaluation.appraisals)[number]): Html =>
    given.answer !== null || given.side === 'expert'
      ? nothing
      : html`<details class="confirm"><summary class="btn btn-sm"><span>${view.t(say.send)}…</span></summary><div class="confirm-panel">${part.form(
          view,
          {
            action: `/appraisals/${given.id}/answer`,
            quiet: true,
            fields: part.field(view, { kind: 'textarea', name: 'text', label: say.answer, required: true, rows: 2, maxlength: 1000 }),
            submit: say.send,
          },
        )}</div></details>`;
  return part.card(view, {
    title: evaluation.name,
    beside: html`<span class="sub">${evaluation.number}${evaluation.reportedAt ? html` · ${part.time(view, evaluation.reportedAt)}` : nothing}</span>`,
    body: html`<div class="stack"><h3>${view.t(say.appraisals)}</h3>${
      evaluation.appraisals.length > 0
        ? appraisalItems(view, evaluation.appraisals, dimensions, answer)
        : html`<p class="sub">${view.t(say.noAppraisal)}</p>`
    }<h3>${view.t(say.fee)}</h3>${feePart(view, evaluation)}${
      evaluation.mayAppraise
        ? html`<details class="confirm"><summary class="btn"><span>${view.t(say.appraise)}…</span></summary><div class="confirm-panel"><p class="sub">${view.t(say.appraiseSays)}</p>${part.form(
            view,
            {
              action: `/lots/${evaluation.lot}/appraisals`,
              quiet: true,
              fields: scoreFields(view, data.hostDimensions),
              submit: say.appraise,
              confirm: { title: say.appraise, says: say.appraiseSays },
            },
          )}</div></details>`
        : nothing
    }</div>`,
  });
}
