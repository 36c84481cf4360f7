import type { ApplicationAnswer } from '../../src/experts/admission-answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { asksList } from './admission-words.ts';
import { specialtyMark, stateMark } from './record.ts';

const say = {
  title: { zh: '入库申请', en: 'Application' },
  mine: { zh: '我的档案', en: 'My record' },
  queue: { zh: '入库申请', en: 'Applications' },
  states: { zh: '申请内容', en: 'What it states' },
  person: { zh: '申请人', en: 'Applicant' },
  employer: { zh: '工作单位', en: 'Employer' },
  age: { zh: '年龄', en: 'Age' },
  ageValue: { zh: '{age} 周岁（由身份证号核算）', en: '{age} (from the resident number)' },
  noAge: { zh: '未填写身份证号', en: 'no resident number given' },
  field: { zh: '专业领域', en: 'Field' },
  years: { zh: '从业年限', en: 'Years in it' },
  yearsValue: { zh: '{n} 年', en: '{n} years' },
  professional: { zh: '职称', en: 'Title' },
  specialties: { zh: '评标专业', en: 'Specialties' },
  applied: { zh: '申请时间', en: 'Applied' },
  transfer: { zh: '随原专家库转入，没有申请材料。', en: 'Came with an older pool: there is no application.' },
  progress: { zh: '办理情况', en: 'How far it is' },
  recommendation: { zh: '单位推荐', en: 'Recommendation' },
  notAsked: { zh: '该门类不要求', en: 'not asked for this line' },
  waits: { zh: '尚无', en: 'none yet' },
  byLetter: { zh: '可由单位在线推荐，或上传盖章推荐函', en: 'by the employer on the platform, or a stamped letter attached' },
  review: { zh: '审核意见', en: 'Review' },
  test: { zh: '入库测试', en: 'Test' },
  testValue: { zh: '{score} 分（{pass} 分合格）', en: '{score} points ({pass} pass)' },
  term: { zh: '聘期', en: 'Term' },
  proofs: { zh: '证明材料', en: 'Proofs' },
  noProofs: { zh: '尚未上传证明材料', en: 'No proof attached yet' },
  kind: { zh: '材料类别', en: 'What it proves' },
  file: { zh: '文件', en: 'File' },
  fileHint: { zh: 'PDF 或图片，单个不超过 20 MB。', en: 'PDF or picture, 20 MB at most.' },
  attach: { zh: '上传', en: 'Attach' },
  asks: { zh: '入库条件', en: 'What is asked' },
  correct: { zh: '修改申请', en: 'Change the application' },
  withdraw: { zh: '撤回申请', en: 'Withdraw' },
  withdrawSays: { zh: '撤回后本次申请结束，可以重新申请。', en: 'The application ends; another one may be made.' },
  decide: { zh: '审核', en: 'Review' },
  outcome: { zh: '审核结论', en: 'Outcome' },
  accept: { zh: '审核通过，进入测试', en: 'Accept: on to the test' },
  return: { zh: '退回补正', en: 'Return to be put right' },
  refuse: { zh: '不予受理', en: 'Refuse' },
  reason: { zh: '理由', en: 'Reason' },
  reasonHint: {
    zh: '退回或者不予受理的必填；申请人能看到，请勿写入个人信息。',
    en: 'Needed to return or refuse. The applicant reads it; no personal data, please.',
  },
  score: { zh: '测试成绩', en: 'Score' },
  points: { zh: '分', en: 'points' },
  enter: { zh: '登记成绩', en: 'Enter the score' },
  enterSays: {
    zh: '登记后不能修改；未达合格分的，本次申请结束。',
    en: 'It is not changed afterwards; below the mark the application ends.',
  },
  admit: { zh: '聘任入库', en: 'Admit for a term' },
  admitSays: {
    zh: '自即日起聘任；聘期内该专家可被随机抽取。入库条件会再核对一次。',
    en: 'From now on, for the term, the expert may be drawn. What the line asks is asked once more.',
  },
} satisfies Texts;

/** One application: as the applicant sees it, and as those who review and admit do, each with what it may do next. */
export function applicationPage(view: View, data: ApplicationAnswer, more: { readonly proofKinds: readonly part.Choice[] }): Html {
  const own = view.me?.role === 'expert';
  const back = own ? { href: '/expert', label: say.mine } : { href: '/experts/applications', label: say.queue };
  return layout(view, {
    title: `${view.t(say.title)} · ${view.t(data.line)}`,
    section: own ? '/expert' : '/experts/applications',
    main: html`${part.pageHead(view, { title: own ? data.line : data.expert.name, above: view.t(own ? say.title : data.line), back, beside: stateMark(view, data) })}
${part.columns({
  main: part.stack(part.problemPanel(view), decisions(view, data), statement(view, data, own), proofsCard(view, data, more.proofKinds)),
  right: part.stack(progressCard(view, data), part.card(view, { title: say.asks, body: asksList(view, data.asks) })),
})}`,
  });
}

function statement(view: View, data: ApplicationAnswer, own: boolean): Html {
  const { qualification } = data;
  const person = own
    ? []
    : [
        { label: say.person, value: html`<a href="/experts/people/${data.expert.id}">${data.expert.name}</a>` },
        { label: say.age, value: data.age === null ? view.t(say.noAge) : view.t(say.ageValue, { age: data.age }) },
      ];
  const stated = qualification
    ? [
        { label: say.field, value: qualification.field },
        { label: say.years, value: view.t(say.yearsValue, { n: qualification.years }) },
        { label: say.professional, value: html`${qualification.title} <span class="sub">${view.t(qualification.levelTitle)}</span>` },
      ]
    : [];
  return part.card(view, {
    title: say.states,
    body: html`<div class="stack">${qualification ? nothing : part.notice(view, 'plain', say.transfer)}${part.facts(
      view,
      [
        ...person,
        { label: say.employer, value: data.expert.employerName },
        ...stated,
        {
          label: say.specialties,
          value: html`<ul class="plain">${data.specialties.map(({ code, title }) => html`<li>${specialtyMark(view, code, title)}</li>`)}</ul>`,
        },
        { label: say.applied, value: part.time(view, data.appliedAt) },
      ],
      'wide',
    )}${ownActions(view, data)}</div>`,
  });
}

function ownActions(view: View, data: ApplicationAnswer): Html {
  if (!data.may.correct && !data.may.withdraw) return nothing;
  return html`<div class="form-actions">${
    data.may.correct
      ? part.linkButton(view, { href: `/expert/applications/${data.id}/correction`, label: say.correct, icon: 'pencil' })
      : nothing
  }</div>${
    data.may.withdraw
      ? part.form(view, {
          action: `/expert/applications/${data.id}/withdrawal`,
          submit: say.withdraw,
          tone: 'plain',
          quiet: true,
          confirm: { title: say.withdraw, says: say.withdrawSays },
        })
      : nothing
  }`;
}

function proofsCard(view: View, data: ApplicationAnswer, kinds: readonly part.Choice[]): Html {
  const files = data.proofs.map(({ id, kind, name, bytes, sha256, attachedAt }) => ({
    name,
    bytes,
    sha256,
    at: attachedAt,
    version: kind,
    href: `/experts/applications/${data.id}/proofs/${id}`,
  }));
  return part.card(view, {
    title: say.proofs,
    id: 'proofs',
    body: html`<div class="stack">${files.length > 0 ? part.fileList(view, files) : html`<p class="sub">${view.t(say.noProofs)}</p>`}${
      data.may.correct
        ? part.form(view, {
            action: `/expert/applications/${data.id}/proofs`,
            submit: say.attach,
            icon: 'upload',
            multipart: true,
            quiet: true,
            fields: html`${part.field(view, { kind: 'select', name: 'kind', label: say.kind, required: true, half: true, choices: kinds })}
${part.field(view, { kind: 'file', name: 'proof', label: say.file, hint: say.fileHint, required: true, half: true, accept: '.pdf,.jpg,.jpeg,.png' })}`,
          })
        : nothing
    }</div>`,
  });
}

function progressCard(view: View, data: ApplicationAnswer): Html {
  const { recommendation, review, test, term } = data;
  return part.card(view, {
    title: say.progress,
    body: part.facts(view, [
      {
        label: say.recommendation,
        value: recommendation
          ? html`${recommendation.text} <span class="sub"><code>${recommendation.by}</code> ${part.time(view, recommendation.at)}</span>`
          : data.needsRecommendation
            ? html`${view.t(say.waits)} <span class="sub">${view.t(say.byLetter)}</span>`
            : view.t(say.notAsked),
      },
      {
        label: say.review,
        value: review
          ? html`${review.reason ?? view.t(say.accept)} <span class="sub">${part.time(view, review.at)}</span>`
          : view.t(say.waits),
      },
      {
        label: say.test,
        value: test
          ? html`${view.t(say.testValue, { score: test.score, pass: test.pass })} <span class="sub">${part.time(view, test.at)}</span>`
          : view.t(say.waits),
      },
      { label: say.term, value: term ? part.daysText(view, { from: term.from, through: term.until }) : view.t(say.waits) },
    ]),
  });
}

/** What the reader may decide now. */
function decisions(view: View, data: ApplicationAnswer): Html {
  const action = `/experts/applications/${data.id}`;
  if (data.may.review)
    return part.card(view, {
      title: say.decide,
      now: true,
      body: part.form(view, {
        action: `${action}/review`,
        submit: say.decide,
        icon: 'check',
        quiet: true,
        fields: html`${part.field(view, {
          kind: 'radio',
          name: 'outcome',
          label: say.outcome,
          required: true,
          choices: (['accept', 'return', 'refuse'] as const).map((value) => ({ value, label: say[value] })),
        })}${part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, hint: say.reasonHint, rows: 3, maxlength: 1000 })}`,
      }),
    });
  if (data.may.test)
    return part.card(view, {
      title: say.test,
      now: true,
      body: part.form(view, {
        action: `${action}/test`,
        submit: say.enter,
        quiet: true,
        fields: part.field(view, {
          kind: 'number',
          name: 'score',
          label: say.score,
          unit: say.points,
          min: 0,
          max: 100,
          step: 1,
          required: true,
          half: true,
        }),
        confirm: { title: say.enter, says: say.enterSays },
      }),
    });
  if (data.may.admit)
    return part.card(view, {
      title: say.admit,
      now: true,
      body: part.form(view, {
        action: `${action}/admission`,
        submit: say.admit,
        icon: 'user-check',
        quiet: true,
        confirm: { title: say.admit, says: say.admitSays },
      }),
    });
  return nothing;
}
