import type { Identity } from '../../src/experts/identity.ts';
import type { MembershipAnswer, RecordAnswer } from '../../src/experts/own-answers.ts';
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
  idNumber: { zh: '身份证号码', en: 'Resident number' },
  phone: { zh: '手机', en: 'Mobile' },
  bankAccount: { zh: '银行账号', en: 'Bank account' },
  email: { zh: '电子邮箱', en: 'E-mail' },
  identitySays: {
    zh: '加密保存，密钥不在数据库内；任何页面只显示掩码。',
    en: 'Kept encrypted under a key outside the database; every page shows it masked.',
  },
  missing: { zh: '未填写', en: 'not given' },
  memberships: { zh: '入库门类与聘期', en: 'Memberships and terms' },
  line: { zh: '门类', en: 'Line' },
  state: { zh: '状态', en: 'State' },
  term: { zh: '聘期', en: 'Term' },
  applied: { zh: '申请时间', en: 'Applied' },
  noMembership: { zh: '尚未入库', en: 'In no line of the pool yet' },
  over: { zh: '聘期已满', en: 'Term over' },
} satisfies Texts;

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
};

const kindNames: Readonly<Record<string, Words>> = {
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

/** Who the person is and where it works. */
export function recordCard(view: View, record: RecordAnswer, foot?: Html): Html {
  const former = record.formerEmployers.map(
    (each) =>
      html`<li>${each.name || each.code}${each.until ? html` <span class="sub">${view.t(say.formerUntil, { day: each.until })}</span>` : nothing}</li>`,
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
          ? html`<ul class="plain">${each(record.specialties, ({ code, title }) => html`<li>${view.t(title)} <code>${code}</code></li>`)}</ul>`
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
        label: say[field],
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
  return part.card(view, {
    title: say.memberships,
    id: 'memberships',
    flush: true,
    body: part.table(view, {
      caption: say.memberships,
      rows: memberships,
      tone: (row) => (row.over || ['refused', 'failed', 'withdrawn'].includes(row.state) ? 'faded' : null),
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
        { label: say.term, cell: (row) => (row.from && row.until ? html`${row.from} — ${row.until}` : '') },
        { label: say.applied, cell: (row) => part.time(view, row.appliedAt) },
      ],
    }),
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
