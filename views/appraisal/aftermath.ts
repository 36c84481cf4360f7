import type { AftermathAnswer } from '../../src/appraisal/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { appraisalItems, feeFacts, paidText, scoreFields } from './parts.ts';

const say = {
  title: { zh: '评标之后', en: 'After the evaluation' },
  below: {
    zh: '一标一评：每名专家每次评标评价一次，不可修改；专家可以答复。',
    en: 'One appraisal of each expert for each evaluation, for ever; the expert may answer.',
  },
  due: { zh: '评价期限', en: 'Appraise until' },
  appraise: { zh: '提交评价', en: 'Appraise' },
  once: { zh: '提交后不能修改', en: 'It cannot be changed' },
  onceSays: { zh: '评价记入专家档案，专家本人可见并可答复。', en: 'It goes into the expert’s record; the expert reads it and may answer.' },
  open: { zh: '评价该专家', en: 'Appraise this expert' },
  enter: { zh: '登记不良行为记分', en: 'Enter conduct points' },
  code: { zh: '行为', en: 'What was done' },
  ground: { zh: '事实与依据', en: 'What happened' },
  evidence: { zh: '证据', en: 'Evidence' },
  evidenceHint: { zh: '如监控录像的时段、文书编号。', en: 'A recording and its time, a paper and its number.' },
  enterTitle: { zh: '记分立即计入', en: 'The points count at once' },
  enterSays: {
    zh: '专家可在期限内提出异议，由登记人以外的监管人员处理。',
    en: 'The expert may object in time; somebody else of the supervisor decides.',
  },
  host: { zh: '专家对组织方的评价', en: 'What the experts say of the host' },
  hostFew: {
    zh: '已有 {count} 名专家评价；满三名后显示平均分，从不显示谁说了什么。',
    en: '{count} experts have spoken; means are shown from three on, and never who said what.',
  },
  fees: { zh: '评标劳务报酬', en: 'Fees of the panel' },
  feesSays: {
    zh: '按专家在评标台的时间和所在地标准由平台计算，由招标人确认并支付。',
    en: 'Worked out by the platform from the time at the desk and the standard of the place; the tenderee confirms and pays.',
  },
  feesLater: {
    zh: '结果确定、专家姓名公开后，由招标人确认。',
    en: 'Confirmed by the tenderee once the result is decided and the names are out.',
  },
  total: { zh: '合计', en: 'Total' },
  confirm: { zh: '确认报酬', en: 'Confirm the fees' },
  confirmed: { zh: '确认时间', en: 'Confirmed' },
  feesDue: { zh: '确认期限', en: 'Confirm until' },
  paid: { zh: '支付', en: 'Paid' },
  unpaid: { zh: '招标人尚未登记支付', en: 'not stated by the tenderee yet' },
  sheet: { zh: '评标劳务报酬表', en: 'Sheet of the fees' },
  paidOn: { zh: '支付日期', en: 'Paid on' },
  reference: { zh: '银行流水号', en: 'Number of the bank' },
  pay: { zh: '登记支付', en: 'State the payment' },
  confirmSays: { zh: '确认后金额固定，记入日志。', en: 'The sums are fixed and journalled.' },
} satisfies Texts;

/** What follows an evaluation for its experts (GET /lots/:lot/appraisals). */
export function aftermathPage(view: View, data: AftermathAnswer): Html {
  return layout(view, {
    title: `${view.t(say.title)} · ${data.lot.name}`,
    section: '/evaluations',
    main: html`${part.pageHead(view, {
      back: { href: `/lots/${data.lot.id}`, label: data.lot.name },
      above: `${data.lot.number} · ${view.t(data.lot.phaseTitle)}`,
      title: say.title,
      below: view.t(say.below),
      beside: data.due ? html`<span class="sub">${view.t(say.due)}</span> ${part.time(view, data.due)}` : nothing,
    })}
${part.columns({
  main: part.stack(...data.members.map((member) => memberCard(view, data, member))),
  right: part.stack(feesCard(view, data), hostCard(view, data)),
})}`,
  });
}

type Member = AftermathAnswer['members'][number];

function memberCard(view: View, data: AftermathAnswer, member: Member): Html {
  const base = `/lots/${data.lot.id}/members/${member.member}`;
  const appraise = member.may.appraise
    ? html`<details class="confirm"${data.members.find(({ may }) => may.appraise) === member ? html` open` : nothing}><summary class="btn"><span>${view.t(say.open)}</span></summary><div class="confirm-panel">${part.form(
        view,
        {
          action: `${base}/appraisals`,
          fields: scoreFields(view, data.dimensions),
          submit: say.appraise,
          confirm: { title: say.once, says: say.onceSays },
        },
      )}</div></details>`
    : nothing;
  const enter = member.may.enter
    ? html`<details class="confirm"><summary class="btn"><span>${view.t(say.enter)}…</span></summary><div class="confirm-panel">${part.form(
        view,
        {
          action: `${base}/conduct`,
          quiet: true,
          tone: 'danger',
          fields: html`${part.field(view, { kind: 'select', name: 'code', label: say.code, required: true, empty: { zh: '请选择', en: 'Please choose' }, choices: data.codes.map(({ code, says }) => ({ value: code, label: says })) })}${part.field(view, { kind: 'textarea', name: 'ground', label: say.ground, required: true, rows: 2, maxlength: 1000 })}${part.field(view, { kind: 'textarea', name: 'evidence', label: say.evidence, hint: say.evidenceHint, required: true, rows: 2, maxlength: 1000 })}`,
          submit: say.enter,
          confirm: { title: say.enterTitle, says: say.enterSays },
        },
      )}</div></details>`
    : nothing;
  return part.card(view, {
    title: member.name ? `${view.t(member.mask)} · ${member.name}` : member.mask,
    body: html`<div class="stack">${appraisalItems(view, member.appraisals, () => data.dimensions)}${member.fee ? feeFacts(view, member.fee) : nothing}${appraise}${enter}</div>`,
  });
}

function feesCard(view: View, { fees, lot }: AftermathAnswer): Html {
  if (!fees) return part.card(view, { title: say.fees, body: html`<p class="sub">${view.t(say.feesLater)}</p>` });
  return part.card(view, {
    title: say.fees,
    body: html`<div class="stack">${part.facts(view, [
      { label: say.total, value: part.money(view, { yuan: fees.total }) },
      fees.confirmedAt
        ? { label: say.confirmed, value: part.time(view, fees.confirmedAt) }
        : { label: say.feesDue, value: part.time(view, fees.due) },
      ...(fees.confirmedAt ? [{ label: say.paid, value: fees.paid ? paidText(view, fees.paid) : view.t(say.unpaid) }] : []),
    ])}${
      fees.confirmedAt
        ? html`<p>${part.linkButton(view, { href: `/lots/${lot.id}/papers/fee-sheet`, label: say.sheet, icon: 'file-type-pdf' })}</p>`
        : nothing
    }<p class="sub">${view.t(say.feesSays)}</p>${
      fees.mayConfirm
        ? part.form(view, {
            action: `/lots/${lot.id}/fees`,
            quiet: true,
            submit: say.confirm,
            confirm: { title: say.confirm, says: say.confirmSays },
          })
        : nothing
    }${
      fees.mayPay
        ? part.form(view, {
            action: `/lots/${lot.id}/fees/payment`,
            quiet: true,
            fields: html`${part.field(view, { kind: 'date', name: 'paidOn', label: say.paidOn, required: true, max: view.now.slice(0, 10) })}${part.field(view, { kind: 'text', name: 'reference', label: say.reference, required: true, maxlength: 60 })}`,
            submit: say.pay,
          })
        : nothing
    }</div>`,
  });
}

function hostCard(view: View, { host }: AftermathAnswer): Html {
  return part.card(view, {
    title: say.host,
    body: host.means
      ? part.facts(
          view,
          host.dimensions.map(({ id, says }) => ({ label: says, value: host.means?.[id] ?? '' })),
        )
      : html`<p class="sub">${view.t(say.hostFew, { count: host.count })}</p>`,
  });
}
