import type { CandidateAnswer, CandidatesAnswer } from '../../src/awards/answers.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { cameToNothing, dutyNotice, lotFrame, paperLink, ruleCard } from './lot-frame.ts';

const say = {
  title: { zh: '中标候选人公示', en: 'Publication of the candidates' },
  candidates: { zh: '中标候选人', en: 'Candidates' },
  rank: { zh: '排序', en: 'Rank' },
  bidder: { zh: '投标人', en: 'Bidder' },
  price: { zh: '投标报价（元）', en: 'Price (yuan)' },
  rejected: { zh: '被否决的投标', en: 'Rejected bids' },
  reason: { zh: '否决原因', en: 'Reason' },
  noneRejected: { zh: '没有投标被否决', en: 'No bid was rejected' },
  publicity: { zh: '公示期', en: 'Publicity' },
  ends: { zh: '公示期结束', en: 'Publicity ends' },
  over: { zh: '公示期已满', en: 'Publicity is over' },
  counted: { zh: '怎样算出来的', en: 'How it was counted' },
  preview: {
    zh: '尚未公示，以下内容只有您能看到。公示期的起止按此刻发布计算。',
    en: 'Not published yet: only you see this. The period is reckoned as if you published now.',
  },
  publish: { zh: '公示中标候选人', en: 'Publish the candidates' },
  publishTitle: { zh: '公示后不能撤回', en: 'This cannot be taken back' },
  publishSays: {
    zh: '候选人、报价、排序和被否决的投标将立即对所有人公开，公示期由此起算，其间可提出异议。',
    en: 'Candidates, prices, ranks and rejected bids become public at once; the period starts now, and bidders may object.',
  },
  publishNote: {
    zh: '候选人与排序出自评标报告，由系统重新计算，不能改动。',
    en: 'Candidates and ranks come from the report and are computed again; they cannot be edited.',
  },
  notYet: { zh: '候选人尚未公示', en: 'The candidates have not been published yet' },
  notYetSays: {
    zh: '评标报告签署后三日内公示，届时任何人都可以在这里查看。',
    en: 'They are published within three days of the report; then anyone finds them here.',
  },
  toLot: { zh: '看标段进展', en: 'See where the lot stands' },
  object: { zh: '提出异议', en: 'Object' },
  objections: { zh: '异议与答复', en: 'Objections and answers' },
  objectSays: {
    zh: '投标人对评标结果有异议的，应当在公示期内提出；招标人三日内答复，答复前不得定标。',
    en: 'Bidders who object do so within the period; the tenderee answers within three days and awards nobody before.',
  },
  withAward: {
    zh: '结果已与定标一并公告；有异议的，自公告期限届满之日起在规定期限内提出，可能影响结果的暂停签订合同。',
    en: 'The result was published with the award; objections follow within the time of the law once the notice has run, and may hold the contract.',
  },
  next: { zh: '公示期满且异议已答复，确定中标人。', en: 'When publicity is over and objections are answered, the winner is determined.' },
  toAward: { zh: '去定标', en: 'Determine the winner' },
  toResult: { zh: '看中标结果', en: 'See the award' },
  recompute: { zh: '自己复算排名', en: 'Compute the ranking yourself' },
  recomputeSays: {
    zh: '报价、打分和公式都已公开，任何人都能重新计算出同样的名次。',
    en: 'Prices, scores and formulas are public: anyone computes the same ranking.',
  },
  report: { zh: '评标数据摘要', en: 'Digest of the evaluation' },
  paper: { zh: '公示文书', en: 'Notice (PDF)' },
  rules: { zh: '公示规则', en: 'Rules of publicity' },
} satisfies Texts;

/** The candidates of a lot (GET /lots/:lot/candidates): public, or the host's preview with the button. */
export function candidatesPage(view: View, data: CandidatesAnswer): Html {
  const body = data.state === 'not-yet' ? notYet(view, data) : published(view, data);
  return lotFrame(view, { lot: data.lot, tab: 'candidates', title: say.title, body });
}

function notYet(view: View, data: CandidatesAnswer): Html {
  const nothingCame = cameToNothing(view, data.lot);
  if (nothingCame) return nothingCame;
  return part.card(view, {
    body: part.empty(view, {
      title: say.notYet,
      says: say.notYetSays,
      icon: 'hourglass',
      action: { href: `/lots/${data.lot.id}`, label: say.toLot },
    }),
  });
}

function published(view: View, data: CandidatesAnswer): Html {
  const preview = data.state === 'preview';
  return part.columns({
    main: html`${when(preview, () => part.notice(view, 'now', say.preview))}${data.duty ? dutyNotice(view, data.duty, !preview) : nothing}${part.card(
      view,
      {
        title: say.candidates,
        flush: true,
        beside: preview ? nothing : paperLink(view, data.lot, data.beforeAward ? 'candidates-publicity' : 'result-announcement', say.paper),
        body: candidateTable(view, data, data.candidates),
        ...(preview ? { foot: publishForm(view, data) } : {}),
      },
    )}${rejectedCard(view, data)}`,
    right: html`${publicityCard(view, data)}${preview ? nothing : html`${nextCard(view, data)}${recomputeCard(view, data)}`}${data.grounds.length > 0 ? ruleCard(view, say.rules, data.grounds) : nothing}`,
  });
}

type Candidates = Pick<CandidatesAnswer, 'totalLabel' | 'figures'>;

/** Candidates in their order: name and price stand out, what was read out of the bid stands below the name. */
export function candidateTable(view: View, { totalLabel, figures }: Candidates, candidates: readonly CandidateAnswer[]): Html {
  const told = (row: CandidateAnswer): Html =>
    html`${figures.flatMap(({ key, label }) => {
      const value = row.figures[key];
      return value ? [html`<br><span class="sub">${view.t(label)}${part.colon(view)}${value}</span>`] : [];
    })}`;
  return part.table(view, {
    caption: say.candidates,
    rows: candidates,
    columns: [
      { label: say.rank, cell: (row) => html`<strong>${row.rank}</strong>` },
      {
        label: say.bidder,
        phone: 'head',
        cell: (row) => html`<strong>${row.name}</strong><br><span class="sub">${row.bidder}</span>${told(row)}`,
      },
      { label: say.price, numeric: true, phone: 'figure', cell: (row) => part.figure(row.price) },
      { label: totalLabel, numeric: true, cell: (row) => html`<span class="figure">${row.total}</span>` },
    ],
  });
}

function rejectedCard(view: View, data: CandidatesAnswer): Html {
  return part.card(view, {
    title: say.rejected,
    flush: true,
    body: part.table(view, {
      caption: say.rejected,
      rows: data.rejected,
      empty: html`<div class="card-body"><p class="sub">${view.t(say.noneRejected)}</p></div>`,
      columns: [
        { label: say.bidder, phone: 'head', cell: (row) => row.name },
        { label: say.reason, cell: (row) => view.t(row.reason) },
      ],
    }),
  });
}

function publishForm(view: View, data: CandidatesAnswer): Html {
  return part.form(view, {
    action: `/lots/${data.lot.id}/candidates`,
    submit: say.publish,
    icon: 'send',
    note: say.publishNote,
    confirm: { title: say.publishTitle, says: say.publishSays },
  });
}

function publicityCard(view: View, { publicity, state }: CandidatesAnswer): Html {
  if (publicity === null) return nothing;
  const days: Words = { zh: `${publicity.days} 日`, en: `${publicity.days} days` };
  return part.card(view, {
    title: say.publicity,
    beside: view.t(days),
    now: state === 'public' && !publicity.over,
    body: html`${
      state === 'public'
        ? part.countdown(view, { until: publicity.until, label: say.ends, over: say.over, reload: true, size: 'large' })
        : part.facts(view, [{ label: say.ends, value: part.time(view, publicity.until) }])
    }<h3>${view.t(say.counted)}</h3><ol class="plain">${each(publicity.steps, (step) => html`<li>${view.t(step)}</li>`)}</ol>`,
  });
}

function nextCard(view: View, { lot, you, publicity, beforeAward }: CandidatesAnswer): Html {
  const over = publicity?.over === true;
  const leads = over
    ? part.linkButton(view, { href: `/lots/${lot.id}/award`, label: you.host ? say.toAward : say.toResult, tone: 'primary' })
    : part.linkButton(view, {
        href: `/lots/${lot.id}/objections`,
        label: you.mayObject ? say.object : say.objections,
        icon: 'message-exclamation',
        ...(you.mayObject ? { tone: 'primary' as const } : {}),
      });
  return part.card(view, {
    body: html`<p>${view.t(!beforeAward ? say.withAward : over ? say.next : say.objectSays)}</p><div class="form-actions">${leads}</div>`,
  });
}

function recomputeCard(view: View, { reportSha256, lot }: CandidatesAnswer): Html {
  if (reportSha256 === null) return nothing;
  return part.card(view, {
    title: say.recompute,
    body: html`<p>${view.t(say.recomputeSays)}</p><div>${view.t(say.report)} ${part.hash(view, reportSha256)}</div><div class="form-actions">${part.linkButton(
      view,
      { href: `/lots/${lot.id}/evaluation`, label: { zh: '看计算过程', en: 'See the calculation' }, icon: 'scale' },
    )}</div>`,
  });
}
