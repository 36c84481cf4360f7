import type { LotAnswer, RetenderAnswer } from '../../src/tenders/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { reasonWords } from '../openings/hall-page.ts';
import { card, facts, field, form, notice, pill, stack, table, time } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { phaseTone } from './phase.ts';
import { viewOfForm } from './posted.ts';

const say = {
  title: { zh: '历次招标', en: 'The tenders of this lot' },
  round: { zh: '次数', en: 'Tender' },
  nth: { zh: '第 {n} 次', en: 'No. {n}' },
  number: { zh: '标段编号', en: 'Number' },
  phase: { zh: '阶段', en: 'Phase' },
  failed: { zh: '结束时间', en: 'Ended' },
  why: { zh: '未成功原因', en: 'Why nothing came of it' },
  again: { zh: '重新招标', en: 'Tender it again' },
  againSays: {
    zh: '分析招标失败的原因并采取相应措施后，依法重新招标。新标段沿用本标段的草稿，时间重新填写。',
    en: 'Look into the causes and take measures, then tender again. The new lot starts from this one’s draft; its dates are filled in anew.',
  },
  end: { zh: '不再招标', en: 'End tendering' },
  endSays: {
    zh: '重新招标后投标人仍少于三个，依法可以不再招标。决定及其依据公开。',
    en: 'There were fewer than three bidders again: the law allows tendering to end. The decision and its ground are public.',
  },
  way: { zh: '依据', en: 'On which ground' },
  approvedBy: { zh: '批准部门', en: 'Approved by' },
  approvalNumber: { zh: '批准文号', en: 'Number of the approval' },
  approvalHint: { zh: '必须审批的项目填写', en: 'Where the project needs approval' },
  follows: { zh: '后续', en: 'What follows' },
  direct: { zh: '直接选定承包人', en: 'A contractor is chosen directly' },
  none: { zh: '暂不实施', en: 'Nothing is bought now' },
  chosen: { zh: '选定的单位', en: 'Who is chosen' },
  chosenHint: { zh: '已经选定的填写', en: 'Where it is known' },
  reason: { zh: '失败原因和处理理由', en: 'Causes of the failure and the reason' },
  confirm: { zh: '决定立即公开，不能撤回。', en: 'The decision is public at once and cannot be taken back.' },
  ended: { zh: '已决定不再招标', en: 'Tendering has ended' },
  at: { zh: '决定时间', en: 'Decided' },
} satisfies Texts;

/** How often a lot was tendered, why each of them failed, and what the host may do next. */
export function retenderCard(view: View, { lot, retender }: Pick<LotAnswer, 'lot' | 'retender'>): Html {
  if (!retender) return nothing;
  return card(view, {
    title: say.title,
    id: 'retender',
    body: stack(
      table(view, {
        caption: say.title,
        columns: [
          { label: say.round, cell: (each) => view.t(say.nth, { n: retender.chain.indexOf(each) + 1 }) },
          {
            label: say.number,
            phone: 'head',
            cell: (each) => (each.lot === lot.id ? each.number : html`<a href="/lots/${each.lot}">${each.number}</a>`),
          },
          { label: say.phase, cell: (each) => pill(view, phaseTone(each.phase), each.phaseTitle) },
          { label: say.failed, cell: (each) => (each.failedAt === null ? null : time(view, each.failedAt, 'day')) },
          { label: say.why, cell: (each) => (each.failedFor === null ? null : view.t(reasonWords(each.failedFor))) },
        ],
        rows: retender.chain,
      }),
      retender.ended ? endedFacts(view, retender.ended) : nothing,
      retender.mayRetender ? againForm(view, lot.id) : nothing,
      retender.ways.length > 0 ? endForm(view, lot.id, retender.ways) : nothing,
    ),
  });
}

const againForm = (view: View, lot: string): Html =>
  html`<div>${form(view, { action: `/lots/${lot}/retender`, submit: say.again, icon: 'refresh', fields: html`<p class="sub">${view.t(say.againSays)}</p>` })}</div>`;

function endForm(given: View, lot: string, ways: RetenderAnswer['ways']): Html {
  const action = `/lots/${lot}/end-tendering`;
  const view = viewOfForm(given, action);
  return html`<details><summary>${view.t(say.end)}</summary><p class="sub">${view.t(say.endSays)}</p>${form(view, {
    action,
    submit: say.end,
    icon: 'ban',
    confirm: { title: say.end, says: say.confirm },
    fields: html`${[
      field(view, {
        kind: 'radio',
        name: 'way',
        label: say.way,
        required: true,
        value: ways[0]?.id ?? '',
        choices: ways.map(({ id, title }) => ({ value: id, label: title })),
      }),
      field(view, {
        kind: 'text',
        name: 'approvedBy',
        label: say.approvedBy,
        hint: say.approvalHint,
        value: '',
        maxlength: 200,
        half: true,
      }),
      field(view, { kind: 'text', name: 'approvalNumber', label: say.approvalNumber, value: '', maxlength: 100, half: true }),
      field(view, {
        kind: 'radio',
        name: 'follows',
        label: say.follows,
        required: true,
        value: 'direct',
        choices: [
          { value: 'direct', label: say.direct },
          { value: 'none', label: say.none },
        ],
      }),
      field(view, { kind: 'text', name: 'chosen', label: say.chosen, hint: say.chosenHint, value: '', maxlength: 200 }),
      field(view, { kind: 'textarea', name: 'reason', label: say.reason, rows: 4, maxlength: 2000, required: true }),
    ]}`,
  })}</details>`;
}

function endedFacts(view: View, ended: NonNullable<RetenderAnswer['ended']>): Html {
  return html`${notice(view, 'plain', say.ended)}${facts(view, [
    { label: say.at, value: time(view, ended.endedAt) },
    {
      label: say.way,
      value: html`${view.t(ended.title)}${ended.source ? html` <span class="ground">${view.t(ended.source)}</span>` : nothing}`,
    },
    ...(ended.approvedBy ? [{ label: say.approvedBy, value: `${ended.approvedBy}　${ended.approvalNumber ?? ''}` }] : []),
    {
      label: say.follows,
      value: `${view.t(ended.follows === 'direct' ? say.direct : say.none)}${ended.chosen ? `：${ended.chosen}` : ''}`,
    },
    { label: say.reason, value: ended.reason },
  ])}`;
}
