import type { PrequalificationAnswer } from '../../src/openings/invitation-answers.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';
import { phaseTone } from './phase.ts';

const say = {
  title: { zh: '资格预审', en: 'Prequalification' },
  draft: { zh: '标段草稿', en: 'Draft of the lot' },
  lots: { zh: '招标项目', en: 'Tenders' },
  notice: { zh: '资格预审公告', en: 'Notice of prequalification' },
  tenderee: { zh: '招标人', en: 'Tenderee' },
  scope: { zh: '内容', en: 'What is bought' },
  ground: { zh: '邀请招标的情形', en: 'Why suppliers are invited' },
  reason: { zh: '理由', en: 'Reason' },
  invitedLabel: { zh: '拟邀请', en: 'To be invited' },
  invitedOf: { zh: '从合格的供应商中随机抽取 {n} 家', en: '{n}, drawn at random from the qualified' },
  conditions: { zh: '资格要求', en: 'Conditions of qualification' },
  publishedAt: { zh: '发布', en: 'Published' },
  until: { zh: '申请截止', en: 'Applications end' },
  over: { zh: '申请已截止', en: 'Applications have closed' },
  sealed: {
    zh: '谁申请、有几家，截止前任何人都看不到；谁合格、谁受邀，开标前只告知其本人和招标人。',
    en: 'Who applies, and how many, nobody sees before applications close; who qualifies and is invited, only itself and the host before the opening.',
  },
  toLot: { zh: '查看标段', en: 'See the lot' },
  publish: { zh: '发布资格预审公告', en: 'Publish the notice' },
  publishSays: {
    zh: '资格要求和采购内容取自标段草稿；发布后，资格要求不能再改。',
    en: 'Conditions and scope are those of the draft; once published, the conditions cannot change.',
  },
  howMany: { zh: '拟邀请家数', en: 'How many are invited' },
  confirmPublish: { zh: '公告立即公开', en: 'The notice is public at once' },
  confirmPublishSays: { zh: '发布后不能修改或者撤回。', en: 'It cannot be changed or taken back.' },
  apply: { zh: '提交资格预审申请', en: 'Apply' },
  applyAgain: { zh: '替换申请', en: 'Replace the application' },
  statement: { zh: '符合资格要求的说明', en: 'How you meet the conditions' },
  statementHint: { zh: '对照各项资格要求逐项说明。', en: 'Go through the conditions one by one.' },
  contact: { zh: '联系人和电话', en: 'Contact person and telephone' },
  papers: { zh: '资格预审申请文件', en: 'File of the application' },
  papersHint: { zh: '一个文件（PDF 或压缩包）。', en: 'One file, a PDF or an archive.' },
  own: { zh: '本单位的申请', en: 'Your application' },
  received: { zh: '收到', en: 'Received' },
  withdraw: { zh: '撤回申请', en: 'Withdraw' },
  withdrawSays: { zh: '截止前可以重新提交。', en: 'Until the end you may apply again.' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  waiting: { zh: '已提交，等待审查', en: 'Handed in, not decided yet' },
  outcome: { zh: '结果', en: 'Outcome' },
  applications: { zh: '资格预审申请', en: 'Applications' },
  none: { zh: '没有收到申请', en: 'No application was received' },
  noneSays: { zh: '合格的供应商不足法定家数的，本次采购终止。', en: 'With too few qualified the procurement ends.' },
  applicant: { zh: '申请人', en: 'Applicant' },
  finding: { zh: '结论', en: 'Finding' },
  pass: { zh: '合格', en: 'qualified' },
  fail: { zh: '不合格', en: 'not qualified' },
  open: { zh: '待审查', en: 'to be judged' },
  judge: { zh: '逐家审查', en: 'Judge each of them' },
  submitJudge: { zh: '确认审查结论', en: 'Confirm the findings' },
  confirmJudge: { zh: '确认资格预审结论', en: 'Confirm the findings' },
  confirmJudgeSays: {
    zh: '申请抽取前可以更正。合格的不足法定家数的，本次采购即告失败，不能恢复。',
    en: 'They may be put right until the draw is asked for. With too few qualified the procurement fails for good.',
  },
  reasonHint: { zh: '不合格的必填，将告知申请人。', en: 'Required where not qualified; the applicant is told.' },
  draw: { zh: '抽取受邀供应商', en: 'Draw whom to invite' },
  drawSays: {
    zh: '由开标委员会各成员共同产生随机数抽取，只抽一次；过程写入日志，任何人可以复算。',
    en: 'Drawn by a number that the members of the council make together, once; it stands in the journal and anyone can recompute it.',
  },
  witnesses: { zh: '在场监督的采购人工作人员', en: 'Staff of the host who watch' },
  witnessesHint: { zh: '每行一人。', en: 'One a line.' },
  drawing: { zh: '已申请抽取，等待委员会各成员应答。', en: 'The draw was asked for; the members of the council are answering.' },
  invite: { zh: '完成招标文件并发出邀请', en: 'Complete the documents and invite' },
  rules: { zh: '适用规则', en: 'Rules that apply' },
} satisfies Texts;

const outcomes: Readonly<Record<'invited' | 'not-drawn' | 'not-qualified', Words>> = {
  invited: { zh: '受邀', en: 'invited' },
  'not-drawn': { zh: '合格，未抽中', en: 'qualified, not drawn' },
  'not-qualified': { zh: '不合格', en: 'not qualified' },
};

/** The page of a prequalification: the notice for everyone, the form for a supplier, findings and draw for the host. */
export function prequalificationPage(view: View, data: PrequalificationAnswer): Html {
  const { lot, you, notice } = data;
  const base = `/lots/${lot.id}`;
  const back = you.host && !data.noticePublished ? { href: `${base}/draft`, label: say.draft } : { href: '/lots', label: say.lots };
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    section: '/lots',
    main: html`${part.pageHead(view, {
      back,
      above: lot.number,
      title: lot.name,
      below: view.t(lot.phaseSays),
      beside: part.pill(view, phaseTone(lot.phase), lot.phaseTitle),
      ...(data.noticePublished ? { actions: part.linkButton(view, { href: base, label: say.toLot }) } : {}),
    })}
${part.columns({
  main: html`${when(you.mayPublish, () => publishCard(view, data))}${when(you.mayInvite, () => inviteCard(view, base))}${ownCard(view, data)}${when(you.mayDraw, () => drawCard(view, base))}${when(
    you.host && lot.phase === 'qualifying' && data.witnesses.length > 0,
    () => part.notice(view, 'now', say.drawing),
  )}${when(you.mayJudge, () => judgeCard(view, data))}${when(you.seesApplications && !you.mayJudge, () => applicationsCard(view, data))}${notice ? noticeCard(view, data, notice) : nothing}`,
  right: html`${notice ? timesCard(view, notice) : nothing}${rulesCard(view, data)}`,
})}`,
  });
}

type Notice = NonNullable<PrequalificationAnswer['notice']>;

const list = (texts: readonly string[]): Html => html`<ul class="plain">${each(texts, (text) => html`<li>${text}</li>`)}</ul>`;

function noticeCard(view: View, { tenderee }: PrequalificationAnswer, notice: Notice): Html {
  return part.card(view, {
    title: say.notice,
    body: html`${part.facts(view, [
      { label: say.tenderee, value: tenderee },
      { label: say.scope, value: notice.scope },
      { label: say.ground, value: view.t(notice.ground), note: notice.reason },
      { label: say.invitedLabel, value: view.t(say.invitedOf, { n: notice.invited }) },
      { label: say.conditions, value: list(notice.conditions) },
    ])}${part.notice(view, 'plain', say.sealed)}`,
  });
}

const timesCard = (view: View, { publishedAt, until }: Notice): Html =>
  part.card(view, {
    title: say.until,
    body: part.stack(
      part.countdown(view, { until: until as Instant, label: say.until, over: say.over, reload: true }),
      part.facts(view, [{ label: say.publishedAt, value: part.time(view, publishedAt as Instant) }]),
    ),
  });

const rulesCard = (view: View, { rules }: PrequalificationAnswer): Html =>
  part.card(view, {
    title: say.rules,
    body: html`<ul class="plain">${each(rules, (rule) => html`<li>${view.t(rule.says)}<br>${part.ground(view, rule)}</li>`)}</ul>`,
  });

function publishCard(view: View, { lot, grounds }: PrequalificationAnswer): Html {
  return part.card(view, {
    title: say.publish,
    now: true,
    body: html`<p>${view.t(say.publishSays)}</p>${part.form(view, {
      action: `/lots/${lot.id}/prequalification`,
      submit: say.publish,
      icon: 'send',
      fields: html`${part.field(view, { kind: 'select', name: 'ground', label: say.ground, required: true, choices: grounds.map(({ value, label }) => ({ value, label })) })}${part.field(
        view,
        { kind: 'textarea', name: 'reason', label: say.reason, required: true, maxlength: 1000, rows: 3 },
      )}${part.field(view, { kind: 'number', name: 'invited', label: say.howMany, required: true, half: true })}${part.field(view, {
        kind: 'datetime',
        name: 'until',
        label: say.until,
        required: true,
        half: true,
      })}`,
      confirm: { title: say.confirmPublish, says: say.confirmPublishSays },
    })}`,
  });
}

const inviteCard = (view: View, base: string): Html =>
  part.card(view, {
    now: true,
    body: part.linkButton(view, { href: `${base}/draft?step=7`, label: say.invite, icon: 'send', tone: 'primary' }),
  });

/** What a supplier sees of itself, and where it applies. */
function ownCard(view: View, { lot, own, you }: PrequalificationAnswer): Html {
  const base = `/lots/${lot.id}/prequalification`;
  const standing = own !== null && !own.withdrawn;
  const state = own?.withdrawn ? view.t(say.withdrawn) : own?.outcome ? view.t(outcomes[own.outcome]) : view.t(say.waiting);
  const told = own
    ? part.card(view, {
        title: say.own,
        now: own.outcome === 'invited',
        body: part.stack(
          part.facts(view, [
            { label: say.received, value: part.time(view, own.receivedAt as Instant) },
            { label: say.outcome, value: state, ...(own.reason ? { note: own.reason } : {}) },
          ]),
          part.fileList(view, [own.file]),
          own.outcome === 'invited' ? part.linkButton(view, { href: `/lots/${lot.id}`, label: say.toLot, tone: 'primary' }) : null,
          standing && you.mayApply
            ? part.form(view, { action: `${base}/withdrawal`, submit: say.withdraw, tone: 'danger', quiet: true, note: say.withdrawSays })
            : null,
        ),
      })
    : nothing;
  return html`${told}${when(you.mayApply, () =>
    part.card(view, {
      title: standing ? say.applyAgain : say.apply,
      now: !standing,
      body: part.form(view, {
        action: `${base}/applications`,
        submit: standing ? say.applyAgain : say.apply,
        multipart: true,
        fields: html`${part.field(view, { kind: 'textarea', name: 'statement', label: say.statement, hint: say.statementHint, required: true, maxlength: 4000, rows: 6, value: own?.statement ?? null })}${part.field(
          view,
          { kind: 'text', name: 'contact', label: say.contact, required: true, maxlength: 100, half: true, value: own?.contact ?? null },
        )}${part.field(view, { kind: 'file', name: 'papers', label: say.papers, hint: say.papersHint, required: true, half: true })}`,
      }),
    }),
  )}`;
}

function applicationsCard(view: View, data: PrequalificationAnswer): Html {
  return part.card(view, {
    title: say.applications,
    flush: true,
    body: part.table(view, {
      caption: say.applications,
      rows: data.applications,
      empty: part.empty(view, { title: say.none }),
      columns: [
        { label: say.applicant, phone: 'head', cell: (row) => html`<strong>${row.name}</strong><br><span class="sub">${row.code}</span>` },
        {
          label: say.finding,
          cell: (row) =>
            row.pass === null
              ? part.pill(view, 'plain', say.open)
              : html`${part.pill(view, row.pass ? 'plain' : 'refused', row.pass ? say.pass : say.fail)}${row.reason ? html`<span class="sub sub-line">${row.reason}</span>` : nothing}`,
        },
        { label: say.outcome, cell: (row) => (row.outcome ? view.t(outcomes[row.outcome]) : '—') },
      ],
    }),
  });
}

function judgeCard(view: View, { lot, applications }: PrequalificationAnswer): Html {
  const base = `/lots/${lot.id}/prequalification`;
  return part.card(view, {
    title: say.judge,
    now: applications.some(({ pass }) => pass === null),
    body: html`${applications.length === 0 ? part.empty(view, { title: say.none, says: say.noneSays }) : nothing}${part.form(view, {
      action: `${base}/findings`,
      submit: say.submitJudge,
      fields: each(applications, (row, at) => {
        const named = { zh: `${row.name}：结论`, en: `${row.name}: finding` };
        const reasonOf = { zh: `${row.name}：理由`, en: `${row.name}: reason` };
        return html`<div class="field"><h3>${row.name}</h3>${row.papers ? html`<p>${row.papers.statement}</p><p class="sub">${row.papers.contact}</p>${part.fileList(view, [{ ...row.papers.file, href: `${base}/applications/${row.id}/file` }])}` : nothing}</div>${part.hidden(`findings[${at}][application]`, row.id)}${part.field(
          view,
          {
            kind: 'select',
            name: `findings[${at}][pass]`,
            label: named,
            required: true,
            value: row.pass === null ? null : String(row.pass),
            empty: say.open,
            choices: [
              { value: 'true', label: say.pass },
              { value: 'false', label: say.fail },
            ],
            half: true,
          },
        )}${part.field(view, { kind: 'text', name: `findings[${at}][reason]`, label: reasonOf, hint: say.reasonHint, value: row.reason, maxlength: 1000, half: true })}`;
      }),
      confirm: { title: say.confirmJudge, says: say.confirmJudgeSays },
    })}`,
  });
}

function drawCard(view: View, base: string): Html {
  return part.card(view, {
    title: say.draw,
    now: true,
    body: html`<p>${view.t(say.drawSays)}</p>${part.form(view, {
      action: `${base}/prequalification/draw`,
      submit: say.draw,
      icon: 'dice-5',
      fields: part.field(view, {
        kind: 'textarea',
        name: 'witnesses',
        label: say.witnesses,
        hint: say.witnessesHint,
        required: true,
        rows: 3,
      }),
      confirm: { title: say.draw, says: say.drawSays },
    })}`,
  });
}
