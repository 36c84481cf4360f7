import type { FrameworkAnswer } from '../../src/frameworks/answers.ts';
import { ruleCard } from '../awards/lot-frame.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '框架协议', en: 'Framework agreement' },
  below: {
    zh: '第一阶段确定入围供应商和协议价格；有效期内，合同只在入围供应商中授予，成交随即公开。',
    en: 'First it is determined who enters, at which price; while the agreement lasts contracts go to those alone, and each is public at once.',
  },
  terms: { zh: '协议条件', en: 'Terms' },
  way: { zh: '第二阶段授予方式', en: 'How contracts are awarded' },
  months: { zh: '有效期', en: 'Term' },
  monthsValue: { zh: '{n} 个月', en: '{n} months' },
  eliminated: { zh: '淘汰比例不低于', en: 'Share eliminated at least' },
  most: { zh: '入围数量上限', en: 'Entering at most' },
  until: { zh: '协议期满', en: 'In force until' },
  ended: { zh: '已结束', en: 'Ended' },
  determine: { zh: '确定入围供应商', en: 'Determine who enters' },
  determineSays: {
    zh: '入围供应商由评审报告的排序、淘汰比例和数量上限算出，不能另行选择。确定后立即公告，协议开始生效。',
    en: 'Who enters follows from the ranking of the report, the share eliminated and the greatest number; nobody chooses. It is public at once, and the agreement begins.',
  },
  entrants: { zh: '入围供应商', en: 'Suppliers in the agreement' },
  none: { zh: '尚未确定入围供应商。', en: 'It is not determined yet who enters.' },
  rank: { zh: '次序', en: 'Rank' },
  supplier: { zh: '供应商', en: 'Supplier' },
  price: { zh: '协议价格（元）', en: 'Price of the agreement (yuan)' },
  contracts: { zh: '已成交', en: 'Contracts' },
  state: { zh: '状态', en: 'State' },
  standing: { zh: '有效', en: 'in the agreement' },
  removed: { zh: '已清退', en: 'removed' },
  turn: { zh: '现在轮到', en: 'Whose turn it is' },
  award: { zh: '授予合同', en: 'Award a contract' },
  what: { zh: '采购内容', en: 'What is bought' },
  quantity: { zh: '数量', en: 'Quantity' },
  unitPrice: { zh: '成交单价（元）', en: 'Unit price (yuan)' },
  unitHint: { zh: '不高于协议价格；留空则按协议价格。', en: 'No more than that of the agreement; empty for that price.' },
  reason: { zh: '选定理由', en: 'Why this supplier' },
  reasonHint: {
    zh: '价格、质量、服务便利性、用户评价等，随成交一并公开。',
    en: 'Price, quality, convenience, what users say; public with the award.',
  },
  calls: { zh: '成交结果', en: 'Contracts awarded' },
  noCalls: { zh: '还没有成交。', en: 'Nothing has been awarded yet.' },
  amount: { zh: '成交金额（元）', en: 'Amount (yuan)' },
  at: { zh: '成交时间', en: 'Awarded' },
  number: { zh: '序号', en: 'No.' },
  remove: { zh: '清退入围供应商', en: 'Remove a supplier' },
  removeSays: {
    zh: '清退后不再授予合同，已授予的继续履行；不能撤回。',
    en: 'Nothing more is awarded to it, and what was awarded stands; this cannot be undone.',
  },
  ground: { zh: '情形', en: 'Ground' },
  facts: { zh: '事实和证明材料', en: 'Facts and their proof' },
  end: { zh: '结束协议并汇总公告', en: 'End it and sum up its awards' },
  endSays: { zh: '汇总公告每家供应商的成交合同数和金额。', en: 'The number and amount of contracts of each supplier are published.' },
  rules: { zh: '适用规则', en: 'Rules that apply' },
} satisfies Texts;

/** The page of a framework agreement (GET /lots/:lot/framework), the same for everyone but for what its host may do. */
export function frameworkPage(view: View, data: FrameworkAnswer): Html {
  const { lot } = data;
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    main: html`${part.pageHead(view, {
      back: { href: `/lots/${lot.id}`, label: lot.name },
      above: `${lot.number} · ${view.t(lot.phaseTitle)}`,
      title: say.title,
      below: view.t(say.below),
    })}
${part.columns({
  main: html`${part.problemPanel(view)}${determineCard(view, data)}${awardCard(view, data)}${entrantsCard(view, data)}${callsCard(view, data)}${removeCard(view, data)}${endCard(view, data)}`,
  right: html`${termsCard(view, data)}${ruleCard(view, say.rules, data.grounds)}`,
})}`,
  });
}

const at = ({ lot }: FrameworkAnswer): string => `/lots/${lot.id}/framework`;

const termsCard = (view: View, { terms, agreement }: FrameworkAnswer): Html =>
  part.card(view, {
    title: say.terms,
    body: part.facts(view, [
      { label: say.way, value: view.t(terms.way) },
      { label: say.months, value: view.t(say.monthsValue, { n: terms.months }) },
      { label: say.eliminated, value: `${Math.round(Number(terms.eliminated) * 10_000) / 100}%` },
      ...(terms.most === null ? [] : [{ label: say.most, value: String(terms.most) }]),
      ...(agreement
        ? [
            agreement.endedAt
              ? { label: say.ended, value: part.time(view, agreement.endedAt) }
              : { label: say.until, value: part.time(view, agreement.until) },
          ]
        : []),
    ]),
  });

function determineCard(view: View, data: FrameworkAnswer): Html {
  if (!data.you.mayDetermine) return nothing;
  return part.card(view, {
    title: say.determine,
    now: true,
    body: html`<p>${view.t(say.determineSays)}</p>${part.form(view, {
      action: at(data),
      submit: say.determine,
      icon: 'send',
      fields: nothing,
      confirm: { title: say.determine, says: say.determineSays },
    })}`,
  });
}

const standingChoices = ({ entrants }: FrameworkAnswer) =>
  entrants.filter(({ removed }) => removed === null).map(({ bidder: value, name, price }) => ({ value, label: `${name}（${price}）` }));

function awardCard(view: View, data: FrameworkAnswer): Html {
  if (!data.you.mayAward) return nothing;
  const whose = data.turn
    ? part.facts(view, [{ label: say.turn, value: data.turn.name }])
    : part.field(view, { kind: 'select', name: 'bidder', label: say.supplier, required: true, choices: standingChoices(data) });
  const why = data.turn
    ? nothing
    : part.field(view, {
        kind: 'textarea',
        name: 'reason',
        label: say.reason,
        hint: say.reasonHint,
        required: true,
        rows: 2,
        maxlength: 1000,
      });
  return part.card(view, {
    title: say.award,
    now: true,
    body: part.form(view, {
      action: `${at(data)}/calls`,
      submit: say.award,
      icon: 'send',
      fields: html`${whose}${part.field(view, { kind: 'text', name: 'what', label: say.what, required: true, maxlength: 500 })}${part.field(view, { kind: 'number', name: 'quantity', label: say.quantity, required: true, min: 1, half: true })}${part.field(view, { kind: 'text', name: 'unitPrice', label: say.unitPrice, hint: say.unitHint, half: true })}${why}`,
    }),
  });
}

const entrantsCard = (view: View, { entrants }: FrameworkAnswer): Html =>
  part.card(view, {
    title: say.entrants,
    body:
      entrants.length === 0
        ? html`<p class="sub">${view.t(say.none)}</p>`
        : part.table(view, {
            caption: say.entrants,
            columns: [
              { label: say.rank, cell: (row) => String(row.rank) },
              { label: say.supplier, phone: 'head', cell: (row) => row.name },
              { label: say.price, cell: (row) => row.price },
              { label: say.contracts, cell: (row) => String(row.contracts) },
              {
                label: say.state,
                cell: (row) =>
                  row.removed
                    ? html`${view.t(say.removed)}：${view.t(row.removed.ground)}<br><span class="sub">${row.removed.reason}</span>`
                    : view.t(say.standing),
              },
            ],
            rows: entrants,
          }),
  });

const callsCard = (view: View, { calls }: FrameworkAnswer): Html =>
  part.card(view, {
    title: say.calls,
    body:
      calls.length === 0
        ? html`<p class="sub">${view.t(say.noCalls)}</p>`
        : part.table(view, {
            caption: say.calls,
            columns: [
              { label: say.number, cell: (row) => String(row.number) },
              { label: say.supplier, phone: 'head', cell: (row) => row.name },
              {
                label: say.what,
                cell: (row) => html`${row.what}${row.reason ? html`<br><span class="sub">${row.reason}</span>` : nothing}`,
              },
              { label: say.quantity, cell: (row) => String(row.quantity) },
              { label: say.unitPrice, cell: (row) => row.unitPrice },
              { label: say.amount, cell: (row) => row.amount },
              { label: say.at, cell: (row) => part.time(view, row.at) },
            ],
            rows: calls,
          }),
  });

function removeCard(view: View, data: FrameworkAnswer): Html {
  if (!data.you.mayRemove) return nothing;
  return part.card(view, {
    body: html`<details class="step-working"><summary>${view.t(say.remove)}</summary>${part.form(view, {
      action: `${at(data)}/removals`,
      submit: say.remove,
      tone: 'danger',
      quiet: true,
      fields: html`${part.field(view, { kind: 'select', name: 'bidder', label: say.supplier, required: true, choices: standingChoices(data) })}${part.field(view, { kind: 'select', name: 'ground', label: say.ground, required: true, choices: data.removals })}${part.field(view, { kind: 'textarea', name: 'reason', label: say.facts, required: true, rows: 3, maxlength: 1000 })}`,
      confirm: { title: say.remove, says: say.removeSays },
    })}</details>`,
  });
}

function endCard(view: View, data: FrameworkAnswer): Html {
  if (!data.you.mayEnd) return nothing;
  return part.card(view, {
    title: say.end,
    now: true,
    body: html`<p>${view.t(say.endSays)}</p>${part.form(view, { action: `${at(data)}/end`, submit: say.end, fields: nothing })}`,
  });
}
