import type { DeskAnswer, DeskTurn } from '../../src/evaluation/answers.ts';
import { attribute, each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '{part}的评审结果', en: 'Result: {part}' },
  conclude: { zh: '汇总本信封评审结果', en: 'Conclude this envelope' },
  concludeTitle: { zh: '汇总后本信封的评审和评分不能再改', en: 'Reviews and scores of this envelope stand afterwards' },
  concludeSays: {
    zh: '按公告的办法，超过半数成员判定不合格的不通过。各成员签署以后，只开启通过者的下一信封。',
    en: 'By the published method a bid fails when more than half of the members fail it. Once all have signed, only the next envelopes of those who passed are opened.',
  },
  sealed: { zh: '评审表共同开启后才能汇总。', en: 'It can be concluded once the sheets have been opened together.' },
  missing: { zh: '还有评审或评分没有完成，各席位的数量见上表。', en: 'Reviews or scores are still missing; the table shows how many.' },
  until: {
    zh: '请在 {until} 前签署或书面说明不同意见。届时过半数成员已签署的，未表态的视为同意；未过半数的，结果作废，未表态的成员退出评标委员会，由同次抽取的后备专家接替。',
    en: 'Please sign by {until}, or refuse in writing. Where more than half have signed by then, silence counts as agreement; where not, the result lapses and whoever said nothing leaves the panel and is replaced by the next of the draw.',
  },
  outlier: {
    zh: '您的下列评分与其他成员的平均分差异较大，请核对：维持的，在该项写明理由再保存一次；改动的，也须写明理由。',
    en: 'These marks of yours lie far from the others’ mean. Please check: keep one by saving it again with your reason, or change it with a reason.',
  },
  outliersOfOthers: { zh: '另有 {n} 个席位的评分待写明理由。', en: '{n} other seats still owe a reason for a mark.' },
  differing: { zh: '客观分不一致，请核对后更正：', en: 'Objective scores differ; please check and correct: ' },
  doubt: {
    zh: '通过者少于法定数。评标委员会须决定投标是否明显缺乏竞争（评标委员会和评标方法暂行规定第27条），并写明理由。',
    en: 'Fewer go on than the law asks of a tender. The panel decides whether competition is clearly lacking (Order 12 art. 27), and says why.',
  },
  competition: { zh: '是否明显缺乏竞争', en: 'Is competition clearly lacking?' },
  kept: { zh: '仍有竞争，继续开启下一信封', en: 'No: go on to the next envelopes' },
  lacking: { zh: '明显缺乏竞争，否决全部投标', en: 'Yes: reject all bids' },
  reason: { zh: '理由', en: 'Reason' },
  passed: { zh: '通过', en: 'Passed' },
  failed: { zh: '未通过，其余信封不再开启', en: 'Did not pass; further envelopes stay closed' },
  bidder: { zh: '投标人', en: 'Bidder' },
  why: { zh: '原因', en: 'Reason' },
  digest: { zh: '结果摘要（SHA-256）', en: 'Digest of the result (SHA-256)' },
  sign: { zh: '签署本信封结果', en: 'Sign this result' },
  signSays: {
    zh: '签署的内容是标段、信封、结果摘要和您的席位。请先核对。最后一名成员签署后，结果公布，组织方安排下一信封开标。',
    en: 'You sign the lot, the envelope, the digest of the result and your seat. Check it first. With the last signature it is published, and the host announces the next session.',
  },
  refuseAsk: { zh: '不同意本信封的结果，拒绝签署？', en: 'You do not agree and will not sign?' },
  refuse: { zh: '拒绝签署并说明理由', en: 'Refuse, with reasons' },
  refuseSays: {
    zh: '理由用上面选择的证书签名并记录。半数以上成员拒绝的，本信封结果作废，重新评审；否则结果照常生效。',
    en: 'You sign your reasons with the key chosen above, and they stay on record. If half of the panel or more refuse, the result is withdrawn and the sheets are open again; else it stands.',
  },
  refusals: { zh: '拒绝签署的理由', en: 'Reasons of those who refused' },
  signed: { zh: '您已表态，等待其他成员。', en: 'You have given your word; the others follow.' },
  reported: { zh: '本信封结果已由全体成员签署并公布，等待下一信封开标。', en: 'All members have signed; the next session follows.' },
  none: { zh: '无人通过，本次招标失败。', en: 'Nobody passed: this tender has failed.' },
  lackingDone: { zh: '评标委员会认为明显缺乏竞争，否决全部投标：', en: 'The panel found competition lacking and rejected all bids: ' },
  keptDone: { zh: '评标委员会认为仍有竞争：', en: 'The panel found that they still compete: ' },
} satisfies Texts;

/** The end of the work on an envelope before the last: its conclusion, then who goes on, and the signature. */
export function turnView(view: View, data: DeskAnswer, turn: DeskTurn): Html {
  if (!turn.result) return data.own && data.bids ? concludeCard(view, data, turn) : nothing;
  const { result } = turn;
  const state = turn.reported ? part.notice(view, 'plain', say.reported) : turn.signed ? part.notice(view, 'plain', say.signed) : nothing;
  return html`${turn.sign ? signCard(view, data, turn, turn.sign) : state}${refusalsCard(view, turn)}${part.card(view, {
    title: { zh: view.t(say.title, { part: turn.title.zh }), en: view.t(say.title, { part: turn.title.en }) },
    body: html`${outcomeOf(view, result)}<p><strong>${view.t(say.passed)}</strong></p><ul>${each(result.passed, (name) => html`<li>${name}</li>`)}</ul>${
      result.failed.length > 0
        ? html`<p><strong>${view.t(say.failed)}</strong></p>${part.table(view, {
            caption: say.failed,
            columns: [
              { label: say.bidder, phone: 'head', cell: (row) => row.name },
              { label: say.why, cell: (row) => view.t(row.reason) },
            ],
            rows: result.failed,
          })}`
        : nothing
    }${part.facts(view, [{ label: say.digest, value: part.hash(view, result.sha256) }], 'wide')}`,
  })}`;
}

function outcomeOf(view: View, { outcome, competition }: NonNullable<DeskTurn['result']>): Html {
  if (outcome === 'none-left') return part.notice(view, 'refused', say.none);
  if (!competition) return nothing;
  const says = competition.lacking ? say.lackingDone : say.keptDone;
  return part.notice(view, competition.lacking ? 'refused' : 'plain', html`${view.t(says)}${competition.reason}`);
}

/** Objective scores in which the members differ: nothing is concluded before they agree. */
export const differingScores = (view: View, { differing }: Pick<DeskAnswer, 'differing'>): Html =>
  differing.length > 0
    ? part.notice(
        view,
        'refused',
        html`${view.t(say.differing)}<ul>${each(differing, ({ bid, criterion }) => html`<li>${bid}${part.colon(view)}${view.t(criterion)}</li>`)}</ul>`,
      )
    : nothing;

/** Marks that lie far from the others': one's own by name, with the way to them; of other seats only how many. */
export function outlierNotice(view: View, { outliers, lot }: Pick<DeskAnswer, 'outliers' | 'lot'>): Html {
  const own = outliers.own.map(
    ({ bid, name, criterion }) =>
      html`<li><a href="/lots/${lot.id}/evaluation?view=score&amp;bid=${bid}">${name}${part.colon(view)}${view.t(criterion)}</a></li>`,
  );
  return html`${own.length > 0 ? part.notice(view, 'now', html`${view.t(say.outlier)}<ul>${own}</ul>`) : nothing}${
    outliers.others > 0 ? part.notice(view, 'plain', say.outliersOfOthers, { n: outliers.others }) : nothing
  }`;
}

function concludeCard(view: View, data: DeskAnswer, turn: DeskTurn): Html {
  return html`${differingScores(view, data)}${outlierNotice(view, data)}${part.card(view, {
    title: say.conclude,
    body: data.complete
      ? part.form(view, {
          action: `/lots/${data.lot.id}/evaluation/parts`,
          submit: say.conclude,
          icon: 'scale',
          fields: turn.inDoubt ? competitionFields(view) : nothing,
          confirm: { title: say.concludeTitle, says: say.concludeSays },
        })
      : html`${part.problemPanel(view)}<p>${view.t(data.sheets && data.sheets.state !== 'open' ? say.sealed : say.missing)}</p>`,
  })}`;
}

const competitionFields = (view: View): Html =>
  html`${part.notice(view, 'now', say.doubt)}${part.field(view, {
    kind: 'radio',
    name: 'lacking',
    label: say.competition,
    required: true,
    choices: [
      { value: 'false', label: say.kept },
      { value: 'true', label: say.lacking },
    ],
  })}${part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, required: true })}`;

function signCard(view: View, data: DeskAnswer, turn: DeskTurn, sign: NonNullable<DeskTurn['sign']>): Html {
  return part.card(view, {
    title: say.sign,
    now: true,
    body: html`<div class="stack" data-report data-lot="${data.lot.id}" data-part="${turn.part}" data-sha256="${sign.sha256}" data-member="${sign.member}"><p>${view.t(say.signSays)}</p><p>${view.t(say.until, { until: part.timeText(view.lang, sign.until, 'minute', view.now) })}</p>${part.form(
      view,
      {
        action: `/lots/${data.lot.id}/evaluation/parts/signatures`,
        id: 'sign-part',
        fields: html`${part.signerPart(view, { holder: sign.holder })}${part.hidden('signature', '')}`,
        submit: say.sign,
        icon: 'writing-sign',
      },
    )}</div>${refusalForm(view, data, turn, sign)}`,
  });
}

/** Rarely needed, so folded; it unfolds by itself when it was refused. The reasons are signed like the result. */
function refusalForm(view: View, data: DeskAnswer, turn: DeskTurn, sign: NonNullable<DeskTurn['sign']>): Html {
  const open = view.problem?.fields.some((field) => field.path === 'reason') === true;
  return html`<details class="step-working"${attribute('open', open)}><summary>${view.t(say.refuseAsk)}</summary><div class="stack" data-report data-refusal data-lot="${data.lot.id}" data-part="${turn.part}" data-sha256="${sign.sha256}" data-member="${sign.member}"><p>${view.t(say.refuseSays)}</p>${part.form(
    view,
    {
      action: `/lots/${data.lot.id}/evaluation/parts/refusals`,
      id: 'refuse-part',
      quiet: !open,
      fields: html`${part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, rows: 3, maxlength: 2000, required: true })}${part.hidden('signature', '')}`,
      submit: say.refuse,
      tone: 'danger',
    },
  )}</div></details>`;
}

function refusalsCard(view: View, { refusals }: DeskTurn): Html {
  if (refusals.length === 0) return nothing;
  return part.card(view, {
    title: say.refusals,
    body: part.facts(
      view,
      refusals.map(({ mask, reason }) => ({ label: mask, value: reason })),
    ),
  });
}
