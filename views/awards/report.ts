import type { ReportAnswer } from '../../src/awards/reads.ts';
import type { ReportFacts } from '../../src/awards/report.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { dutyNotice, lotFrame, paperLink } from './lot-frame.ts';

const say = {
  title: { zh: '招标投标情况书面报告', en: 'Written report to the supervisor' },
  none: { zh: '书面报告尚未提交', en: 'No report has been filed yet' },
  noneSays: { zh: '招标人确定中标人之日起十五日内提交。', en: 'It is due within fifteen days of determining the winner.' },
  toLot: { zh: '看标段进展', en: 'See where the lot stands' },
  draft: {
    zh: '报告内容由系统从全过程记录汇总，提交后原样保存，摘要写入存证日志。',
    en: 'The platform compiles it from the record; it is kept as filed and its digest stands in the journal.',
  },
  file: { zh: '提交书面报告', en: 'File the report' },
  fileTitle: { zh: '提交后不能更改', en: 'It cannot be changed afterwards' },
  fileSays: { zh: '提交给行政监督部门。', en: 'It goes to the administrative supervisor.' },
  filedAt: { zh: '提交时间', en: 'Filed' },
  digest: { zh: '报告摘要', en: 'Digest of the report' },
  scope: { zh: '招标范围与方式', en: 'Scope and way' },
  bids: { zh: '投标、开标与评标', en: 'Bids, opening, evaluation' },
  result: { zh: '结果', en: 'Result' },
  challenges: { zh: '异议与答复', en: 'Objections and answers' },
  noChallenges: { zh: '没有异议。', en: 'There was no objection.' },
  moments: { zh: '时间', en: 'Moments' },
  approval: { zh: '批准文件', en: 'Approval' },
  ceiling: { zh: '最高投标限价', en: 'Ceiling' },
  method: { zh: '评标办法', en: 'Method' },
  counted: { zh: '开标家数', en: 'Bids in the session' },
  opened: { zh: '有效开启', en: 'Opened well' },
  rejected: { zh: '评审否决', en: 'Rejected' },
  panel: { zh: '评标委员会', en: 'Panel' },
  winner: { zh: '中标人', en: 'Winner' },
  contract: { zh: '合同', en: 'Contract' },
  failed: { zh: '流标原因', en: 'Failed because of' },
  unanswered: { zh: '未答复', en: 'not answered' },
} satisfies Texts;

const moments: Readonly<Record<string, Words>> = {
  publishedAt: { zh: '公告发布', en: 'Notice published' },
  deadline: { zh: '投标截止', en: 'Deadline' },
  openedAt: { zh: '开标', en: 'Opened' },
  recordClosedAt: { zh: '开标记录确认', en: 'Record closed' },
  evaluationStartedAt: { zh: '评标开始', en: 'Evaluation started' },
  reportedAt: { zh: '评标报告签署', en: 'Report signed' },
  candidatesAt: { zh: '候选人公示', en: 'Candidates published' },
  publicityUntil: { zh: '公示期结束', en: 'Publicity ended' },
  awardedAt: { zh: '确定中标人', en: 'Winner determined' },
  resultedAt: { zh: '发出中标通知书', en: 'Award notified' },
  contractedAt: { zh: '合同登记', en: 'Contract registered' },
  failedAt: { zh: '流标', en: 'Failed' },
};

/** The written report of a lot (GET /lots/:lot/report), for its host and the supervisor. */
export function reportPage(view: View, data: ReportAnswer): Html {
  const { facts } = data;
  return lotFrame(view, {
    lot: data.lot,
    tab: 'report',
    title: say.title,
    body: html`${data.duty ? dutyNotice(view, data.duty, data.filed !== null) : nothing}${
      facts === null
        ? part.card(view, {
            body: part.empty(view, {
              title: say.none,
              says: say.noneSays,
              icon: 'file-text',
              action: { href: `/lots/${data.lot.id}`, label: say.toLot },
            }),
          })
        : part.columns({ main: reportCards(view, facts), right: filing(view, data) })
    }`,
  });
}

function filing(view: View, data: ReportAnswer): Html {
  const digest = data.sha256 === null ? nothing : html`<div>${view.t(say.digest)} ${part.hash(view, data.sha256)}</div>`;
  if (data.filed)
    return part.card(view, {
      title: { zh: '已提交', en: 'Filed' },
      body: html`${part.facts(view, [{ label: say.filedAt, value: part.time(view, data.filed.filedAt) }])}${digest}`,
      foot: paperLink(view, data.lot, 'supervisor-report', { zh: '书面报告', en: 'Report (PDF)' }),
    });
  return part.card(view, {
    title: say.file,
    now: true,
    body: html`<p>${view.t(say.draft)}</p>${
      data.you.mayFile
        ? part.form(view, {
            action: `/lots/${data.lot.id}/report`,
            submit: say.file,
            icon: 'send',
            confirm: { title: say.fileTitle, says: say.fileSays },
          })
        : nothing
    }`,
  });
}

function reportCards(view: View, facts: ReportFacts): Html {
  const { award, contract } = facts;
  return html`${part.card(view, {
    title: say.scope,
    body: part.facts(view, [
      { label: { zh: '项目', en: 'Project' }, value: facts.project.name, note: facts.project.number },
      { label: say.approval, value: facts.project.approvalNumber, note: facts.project.approvedBy },
      { label: { zh: '招标范围', en: 'Scope' }, value: facts.scope },
      { label: say.ceiling, value: facts.ceiling ? part.money(view, { yuan: facts.ceiling }) : '—' },
      { label: say.method, value: view.t(facts.method) },
    ]),
  })}${part.card(view, {
    title: say.bids,
    body: part.facts(
      view,
      [
        { label: say.counted, value: String(facts.bids.counted) },
        { label: say.opened, value: String(facts.bids.opened) },
        { label: say.rejected, value: String(facts.bids.rejected) },
        {
          label: say.panel,
          value: view.t(
            { zh: '{size} 人，其中专家 {experts} 人', en: '{size} members, {experts} of them experts' },
            {
              size: facts.panel.size,
              experts: facts.panel.experts,
            },
          ),
        },
      ],
      'wide',
    ),
  })}${part.card(view, {
    title: say.result,
    body: part.stack(
      when(facts.candidates.length > 0, () => candidateList(facts)),
      part.facts(view, [
        ...(award ? [{ label: say.winner, value: award.name, note: `${part.amountText(award.price)} · ${award.reason}` }] : []),
        ...(contract
          ? [
              {
                label: say.contract,
                value: contract.number,
                note: `${part.dayText(view.lang, contract.signedOn)} · ${part.amountText(contract.price)}`,
              },
            ]
          : []),
        ...(facts.failedFor ? [{ label: say.failed, value: facts.failedFor }] : []),
      ]),
    ),
  })}${part.card(view, { title: say.challenges, body: challengeList(view, facts) })}${part.card(view, {
    title: say.moments,
    body: part.facts(
      view,
      Object.entries(moments).flatMap(([name, label]) => {
        const at = facts.moments[name];
        return at ? [{ label, value: part.time(view, at) }] : [];
      }),
      'wide',
    ),
  })}`;
}

const candidateList = ({ candidates }: ReportFacts): Html =>
  html`<ol class="plain">${each(
    candidates,
    ({ rank, name, price, total }) => html`<li>${rank}. ${name} · ${part.figure(price)} · ${total}</li>`,
  )}</ol>`;

const challengeList = (view: View, { challenges }: ReportFacts): Html =>
  challenges.length === 0
    ? html`<p class="sub">${view.t(say.noChallenges)}</p>`
    : html`<ul class="plain">${each(
        challenges,
        (one) =>
          html`<li><strong>${one.by ?? '—'}</strong> ${part.time(view, one.raisedAt)}<br>${one.text}<br><span class="sub">${one.answer ?? view.t(say.unanswered)}</span></li>`,
      )}</ul>`;
