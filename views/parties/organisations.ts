import type { Listed, RegisteredOrganisation } from '../../src/parties/reads.ts';
import { type Html, html, join } from '../html.ts';
import { layout } from '../layout.ts';
import { roleNames } from '../navigation.ts';
import { card, empty, facts, field, filterBar, form, linkButton, pageHead, pagination, pill, table, time } from '../parts/index.ts';
import type { Instant, Role, Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '主体名录', en: 'Register of organisations' },
  below: {
    zh: '在本平台登记的单位，向社会公开；登记免费。',
    en: 'The organisations registered here, open to everybody. Registering is free.',
  },
  users: { zh: '用户', en: 'Users' },
  add: { zh: '登记主体', en: 'Register an organisation' },
  name: { zh: '名称', en: 'Name' },
  code: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  kinds: { zh: '类型', en: 'Kind' },
  region: { zh: '所在地', en: 'Region' },
  person: { zh: '法定代表人', en: 'Legal representative' },
  at: { zh: '登记时间', en: 'Registered' },
  search: { zh: '名称或代码', en: 'Name or code' },
  any: { zh: '全部类型', en: 'Every kind' },
  noneTitle: { zh: '没有符合条件的主体', en: 'No organisation fits' },
  noneSays: {
    zh: '请更换名称或代码再查；尚未登记的单位可自行登记。',
    en: 'Try another name or code. Organisations that are not here yet register themselves.',
  },
  back: { zh: '主体名录', en: 'Register' },
  what: { zh: '登记信息', en: 'What the register says' },
  dossier: { zh: '单位档案', en: 'Dossier' },
  dossierShown: { zh: '公开的资质与业绩', en: 'Licences and achievements it shows' },
  next: { zh: '接下来', en: 'What comes next' },
  nextSays: {
    zh: '登录后在“数字证书”页面用浏览器生成密钥并申请证书：递交投标、签署文书都需要它。',
    en: 'Sign in and make a certificate on the page “Certificates”: bids and papers are signed with it.',
  },
  signIn: { zh: '登录', en: 'Sign in' },
} satisfies Texts;

const control = {
  title: { zh: '控股、管理关系', en: 'Control' },
  says: {
    zh: '由本单位申报，向社会公开。存在关系的单位的人员，不得担任本单位参与项目的评标专家。',
    en: 'Declared by the organisation itself, open to everybody. People of related organisations do not judge tenders it takes part in.',
  },
  none: { zh: '未申报', en: 'Nothing declared' },
  other: { zh: '单位', en: 'Organisation' },
  relation: { zh: '关系', en: 'Relation' },
  at: { zh: '申报时间', en: 'Declared' },
  withdraw: { zh: '撤销', en: 'Withdraw' },
  add: { zh: '申报', en: 'Declare' },
  controls: { zh: '本单位控股、管理该单位', en: 'we control it' },
  controlled: { zh: '本单位被该单位控股、管理', en: 'it controls us' },
} satisfies Texts;

/** An organisation with what it declared of control; `own` for those who may declare more. */
export type OrganisationShown = ShownOrganisation & {
  readonly own: boolean;
  readonly control: readonly {
    readonly id: string;
    readonly other: string;
    readonly name: string;
    readonly relation: Words;
    readonly declaredAt: string;
  }[];
};

type Declared = OrganisationShown['control'][number];

function controlCard(view: View, data: OrganisationShown): Html {
  const withdrawal = {
    label: control.withdraw,
    cell: (row: Declared) =>
      form(view, {
        action: `/organisations/${data.code}/control/${row.id}/withdrawal`,
        submit: control.withdraw,
        tone: 'plain' as const,
        quiet: true,
      }),
  };
  return card(view, {
    title: control.title,
    id: 'control',
    body: html`<div class="stack"><p>${view.t(control.says)}</p>${table(view, {
      caption: control.title,
      columns: [
        { label: control.other, phone: 'head', cell: (row: Declared) => html`${row.name}<br><code class="sub">${row.other}</code>` },
        { label: control.relation, cell: (row: Declared) => view.t(row.relation) },
        { label: control.at, cell: (row: Declared) => time(view, row.declaredAt as Instant, 'minute') },
        ...(data.own ? [withdrawal] : []),
      ],
      rows: data.control,
      empty: html`<p class="sub">${view.t(control.none)}</p>`,
    })}${
      data.own
        ? form(view, {
            action: `/organisations/${data.code}/control`,
            submit: control.add,
            icon: 'plus',
            fields: html`${field(view, { kind: 'text', name: 'other', label: say.code, half: true, required: true })}
${field(view, { kind: 'text', name: 'name', label: say.name, half: true, required: true })}
${field(view, {
  kind: 'select',
  name: 'relation',
  label: control.relation,
  half: true,
  required: true,
  choices: [
    { value: 'controls', label: control.controls },
    { value: 'controlled-by', label: control.controlled },
  ],
})}`,
          })
        : null
    }</div>`,
  });
}

const kindName = (kind: string): Words => roleNames[kind as Role] ?? { zh: kind, en: kind };
export const kindPills = (view: View, kinds: readonly string[]): Html =>
  join(
    kinds.map((kind) => pill(view, 'plain', kindName(kind))),
    ' ',
  );

/** A region's name comes with the data: pages keep no tables. */
export type ShownOrganisation = Omit<RegisteredOrganisation, 'registeredAt'> & {
  readonly registeredAt: string;
  readonly regionName: Words;
};

export interface Register extends Listed<ShownOrganisation> {
  readonly q: string;
  readonly kind: string;
}

const kinds: readonly Role[] = ['bidder', 'agent', 'tenderee', 'regulator', 'centre', 'trustee', 'bank'];

/** The public register of organisations. */
export function registerPage(view: View, data: Register): Html {
  const address = (page: number): string => `/organisations?q=${encodeURIComponent(data.q)}&kind=${data.kind}&page=${page}`;
  return layout(view, {
    title: view.t(say.title),
    main: html`${pageHead(view, {
      title: say.title,
      below: view.t(say.below),
      actions: html`${view.me?.role === 'administrator' ? linkButton(view, { href: '/administration/users', label: say.users, icon: 'users' }) : null} ${linkButton(view, { href: '/organisations/new', label: say.add, icon: 'plus' })}`,
    })}
${filterBar(view, {
  action: '/organisations',
  clear: '/organisations',
  fields: html`${field(view, { kind: 'search', name: 'q', label: say.search, value: data.q })}${field(view, {
    kind: 'select',
    name: 'kind',
    label: say.kinds,
    value: data.kind,
    empty: say.any,
    choices: kinds.map((kind) => ({ value: kind, label: roleNames[kind] })),
  })}`,
})}
${card(view, {
  flush: true,
  body: table(view, {
    caption: say.title,
    columns: [
      {
        label: say.name,
        phone: 'head',
        cell: (o) => html`<a href="/organisations/${o.code}">${view.lang === 'en' && o.nameEn ? o.nameEn : o.name}</a>`,
      },
      { label: say.code, cell: (o) => html`<code>${o.code}</code>` },
      { label: say.kinds, cell: (o) => kindPills(view, o.kinds) },
      { label: say.region, cell: (o) => view.t(o.regionName) },
      { label: say.at, phone: 'hide', cell: (o) => time(view, o.registeredAt as Instant, 'day') },
    ],
    rows: data.rows,
    empty: empty(view, {
      title: say.noneTitle,
      says: say.noneSays,
      icon: 'building',
      action: { href: '/organisations', label: say.title },
    }),
    foot: data.pages > 1 ? pagination(view, { page: data.page, pages: data.pages, total: data.total, href: address }) : null,
  }),
})}`,
  });
}

/** One organisation as the register tells of it. */
export function organisationPage(view: View, data: OrganisationShown): Html {
  return layout(view, {
    title: data.name,
    main: html`${pageHead(view, {
      title: data.name,
      below: data.nameEn,
      beside: kindPills(view, data.kinds),
      back: { href: '/organisations', label: say.back },
    })}
<div class="stack">${card(view, {
      title: say.what,
      body: facts(view, [
        { label: say.code, value: html`<code>${data.code}</code>` },
        { label: say.region, value: view.t(data.regionName), note: data.region },
        { label: say.person, value: data.legalRepresentative },
        { label: say.at, value: time(view, data.registeredAt as Instant, 'minute') },
        ...(data.kinds.includes('bidder')
          ? [{ label: say.dossier, value: html`<a href="/organisations/${data.code}/dossier">${view.t(say.dossierShown)}</a>` }]
          : []),
      ]),
    })}${controlCard(view, data)}${
      view.me === null
        ? card(view, {
            title: say.next,
            body: html`<p>${view.t(say.nextSays)}</p><div class="form-actions">${linkButton(view, { href: '/session?back=/certificates', label: say.signIn, icon: 'login', tone: 'primary' })}</div>`,
          })
        : null
    }</div>`,
  });
}
