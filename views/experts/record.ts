import type { Identity } from '../../src/experts/identity.ts';
import type { LookedAnswer, MembershipAnswer, RecordAnswer, RelationAnswer, StandingAnswer } from '../../src/experts/own-answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

/** Sections of an expert's record that its own page and the page for those who keep the pool have in common. */

const say = {
  record: { zh: '档案', en: 'Record' },
  name: { zh: '姓名', en: 'Name' },
  title: { zh: '职称', en: 'Professional title' },
  region: { zh: '所在地区', en: 'Region' },
  employer: { zh: '工作单位', en: 'Employer' },
  former: { zh: '近三年曾任职单位', en: 'Employers of the last three years' },
  formerUntil: { zh: '至 {day}', en: 'until {day}' },
  specialties: { zh: '评标专业', en: 'Specialties' },
  since: { zh: '建档时间', en: 'On record since' },
  none: { zh: '无', en: 'none' },
  identity: { zh: '身份信息', en: 'Identity data' },
  identitySays: {
    zh: '加密保存，密钥不在数据库内；任何页面只显示掩码。',
    en: 'Kept encrypted under a key outside the database; every page shows it masked.',
  },
  missing: { zh: '未填写', en: 'not given' },
  relations: { zh: '利害关系', en: 'Relations' },
  relation: { zh: '关系', en: 'Relation' },
  organisation: { zh: '单位', en: 'Organisation' },
  declared: { zh: '申报时间', en: 'Declared' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
  withdraw: { zh: '撤销', en: 'Withdraw' },
  noRelations: { zh: '没有申报利害关系', en: 'No relation declared' },
  relationsSay: { zh: '与这些单位有关的项目，抽取时自动排除。', en: 'Left out of draws in which these organisations take part.' },
  looks: { zh: '谁查看过身份信息', en: 'Who saw the identity data' },
  noLooks: { zh: '没有人查看过', en: 'Nobody has' },
  looker: { zh: '查看人', en: 'Who' },
  what: { zh: '内容', en: 'What' },
  purpose: { zh: '事由', en: 'Why' },
  when: { zh: '时间', en: 'When' },
  standings: { zh: '状态变更记录', en: 'Changes of standing' },
  status: { zh: '状态', en: 'Standing' },
  ground: { zh: '理由', en: 'Ground' },
  by: { zh: '办理', en: 'By' },
  itself: { zh: '本人', en: 'the expert' },
  memberships: { zh: '入库门类与聘期', en: 'Memberships and terms' },
  line: { zh: '门类', en: 'Line' },
  state: { zh: '状态', en: 'State' },
  term: { zh: '聘期', en: 'Term' },
  applied: { zh: '申请时间', en: 'Applied' },
  noMembership: { zh: '尚未入库', en: 'In no line of the pool yet' },
  over: { zh: '聘期已满', en: 'Term over' },
} satisfies Texts;

export const identityNames: Readonly<Record<keyof Identity, Words>> = {
  idNumber: { zh: '身份证号码', en: 'Resident number' },
  phone: { zh: '手机', en: 'Mobile' },
  bankAccount: { zh: '银行账号', en: 'Bank account' },
  email: { zh: '电子邮箱', en: 'E-mail' },
};

export const statusNames: Readonly<Record<RecordAnswer['status'], Words>> = {
  normal: { zh: '正常', en: 'normal' },
  suspended: { zh: '暂停', en: 'suspended' },
  left: { zh: '退库', en: 'left' },
  removed: { zh: '除名', en: 'removed' },
};

export const stateNames: Readonly<Record<MembershipAnswer['state'], Words>> = {
  applied: { zh: '待审核', en: 'Waiting for review' },
  returned: { zh: '退回补正', en: 'Returned to be put right' },
  refused: { zh: '不予受理', en: 'Refused' },
  accepted: { zh: '审核通过，待测试', en: 'Reviewed, to be tested' },
  failed: { zh: '测试未合格', en: 'Test not passed' },
  tested: { zh: '测试合格，待聘任', en: 'Tested, to be admitted' },
  admitted: { zh: '在聘', en: 'Admitted' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  ended: { zh: '提前终止', en: 'Ended early' },
};

export const kindNames: Readonly<Record<string, Words>> = {
  first: { zh: '首次申请', en: 'first application' },
  renewal: { zh: '续聘', en: 'renewal' },
  transfer: { zh: '原专家库转入', en: 'came with an older pool' },
};

/** The standing in the pool, with the end of a suspension. */
export function standingMark(view: View, record: RecordAnswer): Html {
  const tone = record.status === 'normal' ? 'plain' : 'refused';
  return html`${part.pill(view, tone, statusNames[record.status])}${
    record.status === 'suspended' && record.suspendedUntil
      ? html` <span class="sub">${view.t(say.formerUntil, { day: record.suspendedUntil })}</span>`
      : nothing
  }`;
}

/** A specialty with its code; one that is known by what stands above it has the code in its name already. */
export const specialtyMark = (view: View, code: string, title: Words): Html =>
  view.t(title).includes(code) ? html`${view.t(title)}` : html`${view.t(title)} <code>${code}</code>`;

/** Who the person is and where it works. */
export function recordCard(view: View, record: RecordAnswer, foot?: Html): Html {
  const former = record.formerEmployers.map(
    (each) =>
      html`<li>${each.name || each.code}${each.until ? html` <span class="sub">${view.t(say.formerUntil, { day: part.dayText(view.lang, each.until) })}</span>` : nothing}</li>`,
  );
  const list = [
    { label: say.title, value: record.title },
    { label: say.region, value: view.t(record.region) },
    { label: say.employer, value: html`${record.employer.name} <span class="sub"><code>${record.employer.code}</code></span>` },
    { label: say.former, value: former.length > 0 ? html`<ul class="plain">${former}</ul>` : view.t(say.none) },
    {
      label: say.specialties,
      value:
        record.specialties.length > 0
          ? html`<ul class="plain">${each(record.specialties, ({ code, title }) => html`<li>${specialtyMark(view, code, title)}</li>`)}</ul>`
          : view.t(say.none),
    },
    { label: say.since, value: part.time(view, record.since) },
  ];
  return part.card(view, {
    title: say.record,
    id: 'record',
    body: html`<div class="stack">${part.facts(view, list)}${foot ?? nothing}</div>`,
  });
}

/** What names or reaches the person, masked. */
export function identityCard(view: View, identity: Identity, foot?: Html): Html {
  const fields = ['idNumber', 'phone', 'bankAccount', 'email'] as const;
  return part.card(view, {
    title: say.identity,
    id: 'identity',
    body: html`<div class="stack">${part.facts(
      view,
      fields.map((field) => ({
        label: identityNames[field],
        value: identity[field] ? html`<code>${identity[field]}</code>` : html`<span class="sub">${view.t(say.missing)}</span>`,
      })),
    )}<p class="sub">${view.t(say.identitySays)}</p>${foot ?? nothing}</div>`,
  });
}

/** What an expert is admitted to, and what it has applied for. */
export function membershipsCard(
  view: View,
  memberships: readonly MembershipAnswer[],
  more: { readonly link?: (row: MembershipAnswer) => string | null; readonly foot?: Html } = {},
): Html {
  return part.tableCard(view, {
    title: say.memberships,
    id: 'memberships',

    rows: memberships,
    tone: (row) => (row.over || ['refused', 'failed', 'withdrawn', 'ended'].includes(row.state) ? 'faded' : null),
    empty: part.empty(view, { title: say.noMembership, icon: 'users' }),
    columns: [
      {
        label: say.line,
        phone: 'head',
        cell: (row) => {
          const href = more.link?.(row) ?? null;
          const line = href === null ? html`${view.t(row.line)}` : html`<a href="${href}">${view.t(row.line)}</a>`;
          return html`${line} <span class="sub">${view.t(kindNames[row.kind] ?? { zh: row.kind, en: row.kind })}</span>`;
        },
      },
      { label: say.state, cell: (row) => stateMark(view, row) },
      { label: say.term, cell: (row) => (row.from && row.until ? part.daysText(view, { from: row.from, through: row.until }) : '') },
      { label: say.applied, cell: (row) => part.time(view, row.appliedAt) },
    ],
    ...(more.foot ? { foot: more.foot } : {}),
  });
}

/** The state of one membership. */
export function stateMark(view: View, row: Pick<MembershipAnswer, 'state' | 'over'>): Html {
  if (row.over) return part.pill(view, 'refused', say.over);
  const tone =
    row.state === 'refused' || row.state === 'failed'
      ? 'refused'
      : row.state === 'returned'
        ? 'now'
        : row.state === 'admitted'
          ? 'plain'
          : 'wait';
  return part.pill(view, tone, stateNames[row.state]);
}

/** What binds the expert to organisations; what was withdrawn stays in sight. */
export function relationsCard(
  view: View,
  relations: readonly RelationAnswer[],
  own: { readonly withdraw?: (row: RelationAnswer) => string; readonly foot?: Html } = {},
): Html {
  const { withdraw } = own;
  return part.tableCard(view, {
    title: say.relations,
    id: 'relations',

    rows: relations,
    tone: (row) => (row.withdrawnAt ? 'faded' : null),
    empty: part.empty(view, { title: say.noRelations, says: say.relationsSay, icon: 'building' }),
    columns: [
      {
        label: say.organisation,
        phone: 'head',
        cell: (row) => html`${row.name || row.code} ${row.name ? html`<span class="sub"><code>${row.code}</code></span>` : nothing}`,
      },
      { label: say.relation, cell: (row) => view.t(row.title) },
      {
        label: say.declared,
        cell: (row) =>
          html`${part.time(view, row.declaredAt)}${row.withdrawnAt ? html` <span class="sub">${view.t(say.withdrawn)} ${part.time(view, row.withdrawnAt)}</span>` : nothing}`,
      },
      ...(withdraw
        ? [
            {
              label: say.withdraw,
              cell: (row: RelationAnswer) =>
                row.withdrawnAt
                  ? ''
                  : part.form(view, { action: withdraw(row), submit: say.withdraw, tone: 'plain', quiet: true, inline: true }),
            },
          ]
        : []),
    ],
    ...(own.foot ? { foot: own.foot } : {}),
  });
}

/** Who saw the identity data in clear: for ever on the expert's own page. */
export function looksCard(view: View, looks: readonly LookedAnswer[]): Html {
  return part.tableCard(view, {
    title: say.looks,
    id: 'looks',

    rows: looks,
    empty: part.empty(view, { title: say.noLooks, icon: 'eye' }),
    columns: [
      { label: say.looker, phone: 'head', cell: (row) => html`${row.office} <span class="sub">${row.name}</span>` },
      { label: say.what, cell: (row) => row.fields.map((field) => view.t(identityNames[field])).join(view.t({ zh: '、', en: ', ' })) },
      { label: say.purpose, cell: (row) => row.purpose },
      { label: say.when, cell: (row) => part.time(view, row.at, 'full') },
    ],
  });
}

/** How the standing changed. */
export function standingsCard(view: View, standings: readonly StandingAnswer[]): Html {
  if (standings.length === 0) return nothing;
  return part.tableCard(view, {
    title: say.standings,
    id: 'standings',

    rows: standings,
    columns: [
      {
        label: say.status,
        phone: 'head',
        cell: (row) =>
          html`${view.t(statusNames[row.status])}${row.until ? html` <span class="sub">${view.t(say.formerUntil, { day: part.dayText(view.lang, row.until) })}</span>` : nothing}`,
      },
      { label: say.ground, cell: (row) => row.ground },
      { label: say.by, cell: (row) => (row.office === '' ? view.t(say.itself) : row.office) },
      { label: say.when, cell: (row) => part.time(view, row.at) },
    ],
  });
}
