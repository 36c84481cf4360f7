import type { DeskAnswer, DeskResult } from '../../src/evaluation/answers.ts';
import { attribute, classes, each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { deskAt } from './desk-place.ts';
import { openedSheets, sheetsState } from './desk-sealed.ts';
import { seatSheetsCard } from './desk-seats.ts';
import { differingScores, outlierNotice, turnView } from './desk-turn.ts';
import { reassessmentLink, versionCards } from './desk-versions.ts';
import { progressTable } from './progress.ts';

const say = {
  progress: { zh: '进度', en: 'Progress' },
  progressSays: {
    zh: '只显示数量；谁给了什么分，在结果计算前不可见。',
    en: 'Numbers only; who gave what stays hidden until the result is computed.',
  },
  conclude: { zh: '汇总评分，计算排序', en: 'Conclude and compute the ranking' },
  concludeTitle: { zh: '计算后评审和评分不能再改', en: 'Reviews and scores stand afterwards' },
  concludeSays: {
    zh: '结果由系统按公告的办法计算，任何人可用数据包离线复算。各成员随后签署。',
    en: 'The result follows from the published method; anyone can recompute it from the bundle. The members then sign.',
  },
  sealed: { zh: '评审表共同开启后才能汇总。', en: 'It can be concluded once the sheets have been opened together.' },
  missing: { zh: '还有评审或评分没有完成，各席位的数量见上表。', en: 'Reviews or scores are still missing; the table shows how many.' },
  ranking: { zh: '排序', en: 'Ranking' },
  rank: { zh: '名次', en: 'Rank' },
  bidder: { zh: '投标人', en: 'Bidder' },
  bidPrice: { zh: '投标报价（元）', en: 'Price (yuan)' },
  technical: { zh: '技术商务分', en: 'Technical' },
  price: { zh: '报价分', en: 'Price score' },
  total: { zh: '总分', en: 'Total' },
  evaluatedPrice: { zh: '评标价（元）', en: 'Evaluated price (yuan)' },
  candidate: { zh: '中标候选人', en: 'candidate' },
  benchmark: { zh: '评标基准价', en: 'Benchmark' },
  drawn: { zh: '现场抽取', en: 'Drawn in session' },
  rejected: { zh: '否决投标', en: 'Rejected' },
  failed: { zh: '有效投标不足，评标失败，本次招标流标。', en: 'Too few valid bids: the evaluation, and with it the tender, has failed.' },
  steps: { zh: '怎样算出来的', en: 'How it was computed' },
  formula: { zh: '算式', en: 'Formula' },
  value: { zh: '结果', en: 'Value' },
  about: { zh: '项目', en: 'About' },
  all: { zh: '全部', en: 'all' },
  unanimous: { zh: '另有 {n} 项评审全体成员一致通过，不逐项列出。', en: '{n} further items were passed by every member.' },
  focus: { zh: '逐家查看', en: 'One bid at a time' },
  focusSays: {
    zh: '投标和评分项较多：下面的逐项计算和各席位评分只显示选中的一家；全部数据在数据包中。',
    en: 'There is much of it: the working and the sheets below show the chosen bid; the bundle holds everything.',
  },
  verify: { zh: '自己复算', en: 'Recompute it yourself' },
  verifySays: {
    zh: '数据包载明全部输入；用下列命令得到同样的排序，或用网页核验。成员签署的是它的摘要。',
    en: 'The bundle holds every input; this command gives the same ranking. Its digest is what the members sign.',
  },
  bundle: { zh: '下载评标数据包（JSON）', en: 'Evaluation bundle (JSON)' },
  digest: { zh: '数据包摘要（SHA-256）', en: 'Digest of the bundle (SHA-256)' },
  sign: { zh: '签署评标报告', en: 'Sign the evaluation report' },
  signSays: {
    zh: '签署的内容是标段、数据包摘要和您的席位。请先核对排序。签署后不能撤回；最后一名成员签署后评标结束。',
    en: 'You sign the lot, the digest of the bundle and your seat. Check the ranking first. A signature stays; with the last one the evaluation ends.',
  },
  until: {
    zh: '请在 {until} 前签署，或书面说明不同意见；逾期既不签署也不说明的，视为同意评标结果（《招标投标法实施条例》第53条）。',
    en: 'Please sign by {until}, or say in writing what you disagree with; silence counts as agreement (Regulation, art. 53).',
  },
  dissent: { zh: '不同意见（可不填）', en: 'Dissent (may stay empty)' },
  dissentHint: { zh: '与签名一起写入评标报告，不影响排序。', en: 'Becomes part of the report under your signature; the ranking stays.' },
  refuseAsk: { zh: '不同意评标结果，拒绝签署？', en: 'You do not agree and will not sign?' },
  refuse: { zh: '拒绝签署并说明理由', en: 'Refuse to sign, with reasons' },
  refuseSays: {
    zh: '理由写入评标报告。半数以上成员拒绝的，结果作废，重新评审；否则报告照常生效。',
    en: 'The reasons stand in the report. If half of the panel or more refuse, the result is withdrawn and the sheets are open again; else the report stands.',
  },
  reasons: { zh: '不同意见和理由', en: 'What you disagree with, and why' },
  signedDissent: { zh: '{mask}（签署，附不同意见）', en: '{mask} (signed, with dissent)' },
  refusedDissent: { zh: '{mask}（拒绝签署）', en: '{mask} (refused to sign)' },
  dissents: { zh: '不同意见', en: 'Dissent' },
  signed: { zh: '您已表态，等待其他成员。', en: 'You have taken your stand; the others follow.' },
  reported: { zh: '评标报告已完成，全体成员均已签署或表态。', en: 'The report is complete: every member has signed or taken its stand.' },
  script: { zh: '正在签名', en: 'Signing' },
  signatures: { zh: '签署情况', en: 'Signatures' },
} satisfies Texts;

/** The end of the work: what is missing, or the result with every step of its arithmetic, and the signature. */
export function resultView(view: View, data: DeskAnswer): Html {
  const { result } = data;
  if (data.turn)
    return html`${sheetsState(view, data)}${data.turn.result ? nothing : progressCard(view, data)}${turnView(view, data, data.turn)}${openedSheets(view, data)}`;
  if (!result)
    return html`${sheetsState(view, data)}${progressCard(view, data)}${data.own && data.bids ? concludeCard(view, data) : nothing}${openedSheets(view, data)}${versionCards(view, data)}`;
  return html`${data.sign ? signCard(view, data, data.sign) : standingOf(view, data)}${part.columns({
    main: html`${result.outcome === 'ranked' ? rankingCard(view, result) : part.notice(view, 'refused', say.failed)}${rejectedCard(view, result)}${dissentCard(view, data)}${versionCards(view, data)}${focusCard(view, data, result)}${stepsCard(view, result)}${seatSheetsCard(view, result.sheets)}`,
    right: html`${verifyCard(view, data, result)}${data.progress ? progressCard(view, data) : nothing}${reassessmentLink(view, data)}`,
  })}`;
}

function progressCard(view: View, data: DeskAnswer): Html {
  return part.card(view, {
    title: data.concludedAt ? say.signatures : say.progress,
    flush: true,
    body: progressTable(view, data.progress ?? [], data.concludedAt ? 'signatures' : 'everything'),
    ...(data.concludedAt ? {} : { foot: view.t(say.progressSays) }),
  });
}

function concludeCard(view: View, data: DeskAnswer): Html {
  return html`${differingScores(view, data)}${outlierNotice(view, data)}${part.card(view, {
    title: say.conclude,
    body: data.complete
      ? part.form(view, {
          action: `/lots/${data.lot.id}/evaluation/conclusion`,
          submit: say.conclude,
          icon: 'scale',
          confirm: { title: say.concludeTitle, says: say.concludeSays },
        })
      : html`${part.problemPanel(view)}<p>${view.t(data.sheets && data.sheets.state !== 'open' ? say.sealed : say.missing)}</p>`,
  })}`;
}

function standingOf(view: View, data: DeskAnswer): Html {
  if (data.reportedAt) return part.notice(view, 'plain', say.reported);
  return data.own?.signedAt ? part.notice(view, 'plain', say.signed) : nothing;
}

function signCard(view: View, data: DeskAnswer, sign: NonNullable<DeskAnswer['sign']>): Html {
  return part.card(view, {
    title: say.sign,
    now: true,
    body: html`<div class="stack" data-report data-lot="${data.lot.id}" data-sha256="${sign.sha256}" data-member="${sign.member}"><p>${view.t(say.signSays)}</p><p>${view.t(say.until, { until: part.timeText(view.lang, sign.until, 'minute', view.now) })}</p>${part.form(
      view,
      {
        action: `/lots/${data.lot.id}/evaluation/signatures`,
        id: 'sign-report',
        fields: html`${part.signerPart(view, { holder: sign.holder })}${part.field(view, { kind: 'textarea', name: 'dissent', label: say.dissent, hint: say.dissentHint, rows: 2, maxlength: 2000 })}${part.hidden('signature', '')}`,
        submit: say.sign,
        icon: 'writing-sign',
      },
    )}</div>${refusalForm(view, data)}`,
  });
}

/** Rarely needed, so folded; it unfolds by itself when it was refused. */
function refusalForm(view: View, data: DeskAnswer): Html {
  const open = view.problem?.fields.some((field) => field.path === 'reason') === true;
  return html`<details class="step-working"${attribute('open', open)}><summary>${view.t(say.refuseAsk)}</summary>${part.form(view, {
    action: `/lots/${data.lot.id}/evaluation/refusals`,
    quiet: !open,
    fields: part.field(view, { kind: 'textarea', name: 'reason', label: say.reasons, rows: 3, maxlength: 2000, required: true }),
    submit: say.refuse,
    tone: 'danger',
    confirm: { title: say.refuse, says: say.refuseSays },
  })}</details>`;
}

function dissentCard(view: View, { dissent }: DeskAnswer): Html {
  if (dissent.length === 0) return nothing;
  return part.card(view, {
    title: say.dissents,
    body: part.facts(
      view,
      dissent.map(({ mask, stance, text }) => {
        const says = stance === 'refused' ? say.refusedDissent : say.signedDissent;
        return { label: { zh: says.zh.replace('{mask}', mask.zh), en: says.en.replace('{mask}', mask.en) }, value: text };
      }),
    ),
  });
}

function rankingCard(view: View, result: DeskResult): Html {
  const scored = result.rows.some((row) => row.total !== '0.00');
  const columns: part.Column<DeskResult['rows'][number]>[] = [
    { label: say.rank, cell: (row) => row.rank, numeric: true },
    {
      label: say.bidder,
      cell: (row) => html`${row.name}${row.candidate ? html` ${part.pill(view, 'plain', say.candidate)}` : nothing}`,
      phone: 'head',
    },
    { label: say.bidPrice, cell: (row) => part.figure(row.bidPrice), numeric: true },
    ...(scored
      ? [
          { label: say.technical, cell: (row: DeskResult['rows'][number]) => row.technical, numeric: true },
          { label: say.price, cell: (row: DeskResult['rows'][number]) => row.price, numeric: true },
          {
            label: say.total,
            cell: (row: DeskResult['rows'][number]) => html`<strong>${row.total}</strong>`,
            numeric: true,
            phone: 'figure' as const,
          },
        ]
      : [
          {
            label: say.evaluatedPrice,
            cell: (row: DeskResult['rows'][number]) => html`<strong>${part.figure(row.evaluatedPrice)}</strong>`,
            numeric: true,
            phone: 'figure' as const,
          },
        ]),
  ];
  const facts = [
    ...(result.benchmark ? [{ label: say.benchmark, value: part.money(view, { yuan: result.benchmark }) }] : []),
    ...result.drawn.map(({ name, choice }) => ({
      label: { zh: `${say.drawn.zh}：${name}`, en: `${say.drawn.en}: ${name}` },
      value: choice,
    })),
  ];
  return part.card(view, {
    title: say.ranking,
    flush: true,
    body: part.table(view, { caption: say.ranking, columns, rows: result.rows }),
    ...(facts.length > 0 ? { foot: part.facts(view, facts, 'wide') } : {}),
  });
}

function rejectedCard(view: View, { rejected }: DeskResult): Html {
  if (rejected.length === 0) return nothing;
  return part.card(view, {
    title: say.rejected,
    body: part.facts(
      view,
      rejected.map(({ name, reason }) => ({ label: name, value: view.t(reason) })),
    ),
  });
}

/** Of a large evaluation one bid at a time: which, and the way to the others. */
function focusCard(view: View, data: DeskAnswer, { focus }: DeskResult): Html {
  if (!focus) return nothing;
  return part.card(view, {
    id: 'focus',
    title: say.focus,
    body: html`<p class="sub">${view.t(say.focusSays)}</p><nav class="bid-switch bid-switch-many" aria-label="${view.t(say.focus)}"><ul>${each(
      focus.others,
      ({ bid, name }) =>
        html`<li><a class="${classes('bid-choice', bid === focus.bid && 'bid-here')}" href="${deskAt(data, { view: 'result', bid })}#focus"${attribute('aria-current', bid === focus.bid ? 'true' : null)}><span class="bid-name">${name}</span></a></li>`,
    )}</ul></nav>`,
  });
}

function stepsCard(view: View, { steps }: DeskResult): Html {
  return part.card(view, {
    title: say.steps,
    body: each(
      steps.filter((step) => step.lines.length > 0),
      (step) => stepDetails(view, step),
    ),
  });
}

/** Where nobody objected there is nothing to show but how often. */
function stepDetails(view: View, step: DeskResult['steps'][number]): Html {
  const unanimous = step.number === 1 ? step.lines.filter((line) => line.formula.startsWith('0 / ')) : [];
  const lines = step.lines.filter((line) => !unanimous.includes(line));
  const working = part.table(view, {
    caption: step.title,
    columns: [
      { label: say.bidder, cell: (line) => line.bid ?? view.t(say.all), phone: 'head' },
      { label: say.about, cell: (line) => (line.about ? view.t(line.about) : '') },
      { label: say.formula, cell: (line) => (line.formula === '' ? '' : html`<span class="formula">${line.formula}</span>`) },
      { label: say.value, cell: (line) => line.value, numeric: true },
    ],
    rows: lines,
    empty: nothing,
  });
  return html`<details class="step-working"><summary><strong>${step.number}. ${view.t(step.title)}</strong> <span class="sub">${view.t(step.rule)}</span></summary>
${working}${unanimous.length > 0 ? html`<p class="sub">${view.t(say.unanimous, { n: unanimous.length })}</p>` : nothing}</details>`;
}

function verifyCard(view: View, data: DeskAnswer, result: DeskResult): Html {
  return part.card(view, {
    title: say.verify,
    body: html`<div class="stack"><p class="sub">${view.t(say.verifySays)}</p>${part.linkButton(view, { href: `/lots/${data.lot.id}/evaluation/bundle`, label: say.bundle, icon: 'download' })}
<code class="command">npx yangguang rank evaluation-${data.lot.id.slice(0, 8)}….json</code>
${part.facts(view, [{ label: say.digest, value: part.hash(view, result.sha256) }])}</div>`,
  });
}
