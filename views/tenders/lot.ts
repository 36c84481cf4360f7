import type { LotAnswer } from '../../src/tenders/answers.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import { layout } from '../layout.ts';
import { orderNotice } from '../openings/order-notice.ts';
import {
  bracketed,
  card,
  columns,
  countdown,
  facts,
  ground,
  hash,
  linkButton,
  money,
  notice,
  pageHead,
  pill,
  stages,
  tabs,
  time,
  timeline,
} from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { addendaCard } from './addenda.ts';
import { documentsCard } from './documents.ts';
import { labels } from './labels.ts';
import { noticeBody } from './notice-body.ts';
import { outageNotice } from './outage-notice.ts';
import { phaseTone } from './phase.ts';
import { projectFacts } from './projects.ts';
import { questionsCard } from './questions.ts';
import { retenderCard } from './retender.ts';
import { terminationCard } from './termination.ts';
import { shownEntry } from './timeline.ts';
import { tradeCodeFacts } from './trade-code.ts';

const say = {
  local: { zh: '另行规定的数字', en: 'Figures set locally' },
  back: { zh: '招标项目', en: 'Tenders' },
  myProject: { zh: '项目', en: 'Project' },
  next: { zh: '接下来', en: 'What comes next' },
  until: { zh: '投标截止', en: 'Deadline' },
  over: { zh: '投标已截止', en: 'Bidding is over' },
  notice: { zh: '招标公告', en: 'Tender notice' },
  sections: { zh: '本页内容', en: 'On this page' },
  documents: { zh: '招标文件', en: 'Documents' },
  addenda: { zh: '补遗', en: 'Addenda' },
  questions: { zh: '答疑', en: 'Questions' },
  paper: { zh: '公告文书（PDF）', en: 'Notice as PDF' },
  envelopes: { zh: '信封', en: 'Envelopes' },
  prequalification: { zh: '资格预审', en: 'Prequalification' },
  afterwards: { zh: '专家评价与报酬', en: 'Experts: appraisal, fees' },
  papers: { zh: '全部文书', en: 'All papers' },
  times: { zh: '时间与金额', en: 'Times and money' },
  published: { zh: '公告发布', en: 'Published' },
  opened: { zh: '开标', en: 'Opened' },
  candidates: { zh: '候选人公示', en: 'Candidates published' },
  awarded: { zh: '定标', en: 'Awarded' },
  contracted: { zh: '合同登记', en: 'Contract registered' },
  failed: { zh: '流标', en: 'Failed' },
  terminated: { zh: '终止', en: 'Ended' },
  none: { zh: '不设', en: 'none' },
  noSecurity: { zh: '不收取', en: 'none is asked' },
  project: { zh: '项目信息', en: 'The project' },
  law: { zh: '适用规则', en: 'Rules that apply' },
  edition: { zh: '规则版本', en: 'Edition' },
  council: { zh: '开标委员会', en: 'Opening council' },
  recent: { zh: '最新记录', en: 'Latest entries' },
  all: { zh: '全过程记录', en: 'The whole history' },
  evidence: { zh: '证据包', en: 'Evidence' },
  tenderFile: { zh: '招标信息文件（离线投标）', en: 'Tender file (to bid offline)' },
  sealed: {
    zh: '谁获取了招标文件、谁提问、谁投标、共有几家，开标前任何人都看不到，包括招标人、代理机构、交易中心、监管部门和平台管理员。',
    en: 'Who collected documents, who asked, who bids and how many: before the opening nobody sees it, not the tenderee, the agent, the centre, the regulator or the administrator.',
  },
} satisfies Texts;

/** A lot's public page: where it stands, what comes next for this reader, the notice, documents, questions and addenda. */
export function lotPage(view: View, data: LotAnswer): Html {
  const { lot, project, terms, you } = data;
  return layout(view, {
    title: lot.name,
    main: html`${pageHead(view, {
      title: lot.name,
      above: html`${lot.number} · ${view.t(project.lineName)} · ${view.t(project.regionName)}`,
      below: view.t(lot.phaseSays),
      beside: pill(view, phaseTone(lot.phase), lot.phaseTitle),
      back: you.host ? { href: `/projects/${project.id}`, label: project.name } : { href: '/lots', label: say.back },
    })}
${stages(
  view,
  data.stages.map(({ label, state, at }) => ({ label, state, ...(at === null ? {} : { note: time(view, at, 'day') }) })),
)}
${columns({
  main: html`${data.order ? orderNotice(view, data.order) : nothing}
${outageNotice(view, data)}
${nextCard(view, data)}
${retenderCard(view, data)}
${terminationCard(view, data)}
${terms ? sections(view, data) : when(you.invitation, () => linkButton(view, { href: `/lots/${lot.id}/prequalification`, label: say.prequalification }))}
${terms ? card(view, { title: say.notice, id: 'notice', body: noticeBody(view, terms, project, lot.deadline ?? terms.deadline), beside: html`${tenderFileLink(view, lot.id)} ${noticeLink(view, lot.id)}` }) : nothing}
${data.local.length > 0 ? localCard(view, data) : nothing}
${terms ? documentsCard(view, data) : nothing}
${terms ? addendaCard(view, data) : nothing}
${terms ? questionsCard(view, data) : nothing}`,
  right: html`${timesCard(view, data)}
${recentCard(view, data)}
${card(view, { title: say.project, body: projectFacts(view, project) })}
${lawCard(view, data)}`,
})}`,
  });
}

/** What was set for this line and region beside the law, with its reason. */
const localCard = (view: View, { local }: LotAnswer): Html =>
  card(view, {
    title: say.local,
    id: 'local',
    body: html`<ul class="plain">${each(local, ({ override, says, source }) => html`<li><a href="/rules/local/${override}">${view.t(says)}</a><span class="sub sub-line">${view.t(source)}</span></li>`)}</ul>`,
  });

/** Where to find what on this long page. */
function sections(view: View, { lot, terms, documents, questions, addenda, you }: LotAnswer): Html {
  return tabs(
    view,
    [
      { label: say.notice, href: '#notice' },
      { label: say.documents, href: '#documents', count: documents.filter((each) => !each.superseded).length },
      ...(addenda.length > 0 || you.mayAmend ? [{ label: say.addenda, href: '#addenda', count: addenda.length }] : []),
      { label: say.questions, href: '#questions', count: questions.length },
      ...(you.invitation ? [{ label: say.prequalification, href: `/lots/${lot.id}/prequalification` }] : []),
      ...(terms && terms.parts.length > 1 ? [{ label: say.envelopes, href: `/lots/${lot.id}/envelopes` }] : []),
      ...(terms?.lodging ? [{ label: labels.security, href: `/lots/${lot.id}/security` }] : []),
      { label: say.papers, href: `/lots/${lot.id}/papers` },
      ...(lot.candidatesAt && (you.host || ['centre', 'regulator'].includes(view.me?.role ?? ''))
        ? [{ label: say.afterwards, href: `/lots/${lot.id}/appraisals` }]
        : []),
      { label: say.all, href: `/lots/${lot.id}/timeline` },
      ...(lot.publishedAt ? [{ label: say.evidence, href: `/lots/${lot.id}/evidence` }] : []),
    ],
    say.sections,
  );
}

/** For bidding without a line (/clients). */
const tenderFileLink = (view: View, lot: string): Html =>
  linkButton(view, { href: `/lots/${lot}/tender-file`, label: say.tenderFile, icon: 'download', small: true, download: true });

const noticeLink = (view: View, lot: string): Html =>
  linkButton(view, { href: `/lots/${lot}/papers/tender-notice`, label: say.paper, icon: 'file-type-pdf', small: true });

function nextCard(view: View, { lot, next }: LotAnswer): Html {
  const left =
    lot.phase === 'bidding' && lot.deadline
      ? countdown(view, { until: lot.deadline, label: say.until, over: say.over, reload: true, size: 'large' })
      : nothing;
  const steps = html`<ul class="plain next-steps">${each(
    next,
    (step, index) =>
      html`<li><span>${view.t(step.says)}</span> ${step.href && step.action ? linkButton(view, { href: step.href, label: step.action, small: index > 0, tone: index === 0 ? 'primary' : 'plain' }) : nothing}</li>`,
  )}</ul>`;
  return card(view, { title: say.next, now: true, body: html`${left}${steps}` });
}

function timesCard(view: View, { lot }: LotAnswer): Html {
  const moments: readonly (readonly [{ zh: string; en: string }, View['now'] | null])[] = [
    [say.published, lot.publishedAt],
    [labels.documentsUntil, lot.documentsUntil],
    [labels.deadline, lot.deadline],
    [say.opened, lot.openedAt],
    [say.candidates, lot.candidatesAt],
    [say.awarded, lot.awardedAt],
    [say.contracted, lot.contractedAt],
    [lot.phase === 'terminated' ? say.terminated : say.failed, lot.failedAt],
  ];
  const shown = moments.flatMap(([label, at]) => (at === null ? [] : [{ label, value: time(view, at) }]));
  const amounts = lot.publishedAt
    ? [
        { label: labels.ceiling, value: lot.ceiling === null ? view.t(say.none) : money(view, { yuan: lot.ceiling }) },
        { label: labels.security, value: lot.security === null ? view.t(say.noSecurity) : money(view, { yuan: lot.security }) },
      ]
    : [];
  if (shown.length + amounts.length === 0) return nothing;
  return card(view, { title: say.times, body: facts(view, [...shown, ...amounts]) });
}

function recentCard(view: View, { lot, recent }: LotAnswer): Html {
  return card(view, {
    title: say.recent,
    body: timeline(view, { label: say.recent, show: 'dates', entries: recent.map(shownEntry) }),
    foot: linkButton(view, { href: `/lots/${lot.id}/timeline`, label: say.all, icon: 'history', small: true }),
  });
}

function lawCard(view: View, { lot, grounds }: LotAnswer): Html {
  return card(view, {
    title: say.law,
    body: html`${when(lot.publishedAt !== null && lot.phase !== 'draft', () => notice(view, 'plain', say.sealed))}
${facts(view, [
  ...tradeCodeFacts(view, lot.tradeCode),
  ...(lot.edition ? [{ label: say.edition, value: lot.edition }] : []),
  ...(lot.council ? [{ label: say.council, value: hash(view, lot.council) }] : []),
])}
<details><summary>${view.t(say.law)}${bracketed(view, grounds.length)}</summary><ul class="plain">${each(grounds, (rule) => html`<li>${view.t(rule.says)}<br>${ground(view, rule)}</li>`)}</ul></details>`,
  });
}
