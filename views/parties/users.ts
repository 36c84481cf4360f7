import type { Listed, ListedUser } from '../../src/parties/reads.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import { roleNames } from '../navigation.ts';
import { card, columns, empty, field, filterBar, form, pageHead, pagination, pill, table, time } from '../parts/index.ts';
import type { Instant, Role, Texts, View } from '../view.ts';

const say = {
  all: { zh: '用户', en: 'Users' },
  allBelow: { zh: '全部用户及其角色。登记与角色变更都写入日志。', en: 'Every user with the roles held. Enrolments are journalled.' },
  own: { zh: '本单位用户', en: 'Users of my organisation' },
  ownBelow: {
    zh: '同事使用各自的账号：每项操作都记到人。',
    en: 'Colleagues use accounts of their own: every act is recorded with its person.',
  },
  add: { zh: '登记用户', en: 'Enrol a user' },
  addColleague: { zh: '增加同事', en: 'Add a colleague' },
  search: { zh: '姓名、登录名或单位', en: 'Name, login or organisation' },
  name: { zh: '姓名', en: 'Name' },
  login: { zh: '登录名', en: 'Login name' },
  roles: { zh: '角色', en: 'Roles' },
  security: { zh: '安全', en: 'Security' },
  totp: { zh: '动态口令', en: 'One-time codes' },
  password: { zh: '仅密码', en: 'Password only' },
  blocked: { zh: '已停用', en: 'Blocked' },
  since: { zh: '登记时间', en: 'Enrolled' },
  role: { zh: '角色', en: 'Role' },
  code: { zh: '单位（统一社会信用代码）', en: 'Organisation (unified social credit code)' },
  codeHint: { zh: '评标专家和平台管理员可留空。', en: 'May be left empty for experts and administrators.' },
  region: { zh: '监管区域（仅监管）', en: 'Region watched (regulators)' },
  regionHint: { zh: '行政区划代码六位；留空取单位所在地。', en: "Six digits; its organisation's region when left empty." },
  initial: { zh: '初始密码', en: 'First password' },
  initialHint: {
    zh: '10 个字符以上；为已有账号增加角色时留空。',
    en: 'At least 10 characters; leave it empty to add a role to an account that exists.',
  },
  initialOwn: { zh: '10 个字符以上，请同事登录后修改。', en: 'At least 10 characters; the colleague changes it after signing in.' },
  submit: { zh: '登记', en: 'Enrol' },
  none: { zh: '没有符合条件的用户', en: 'No user fits' },
  everybody: { zh: '全部用户', en: 'Every user' },
} satisfies Texts;

export interface Users extends Listed<Omit<ListedUser, 'createdAt'> & { readonly createdAt: string }> {
  readonly q: string;
  /** where the list and its form live */
  readonly path: string;
  /** the roles that may be given here; null: one's own */
  readonly roles: readonly Role[] | null;
}

/** The administrator's list of users, or an organisation's own. */
export function usersPage(view: View, data: Users): Html {
  const all = data.roles !== null;
  return layout(view, {
    title: view.t(all ? say.all : say.own),
    main: html`${pageHead(view, { title: all ? say.all : say.own, below: view.t(all ? say.allBelow : say.ownBelow) })}
${columns({
  main: html`${filterBar(view, {
    action: data.path,
    clear: data.path,
    fields: field(view, { kind: 'search', name: 'q', label: say.search, value: data.q }),
  })}${card(view, { flush: true, body: userTable(view, data) })}`,
  right: card(view, { title: all ? say.add : say.addColleague, body: enrolment(view, data), id: 'enrol' }),
})}`,
  });
}

function userTable(view: View, data: Users): Html {
  return table(view, {
    caption: say.all,
    columns: [
      { label: say.name, phone: 'head', cell: (u) => html`${u.name}<br><code class="sub">${u.login}</code>` },
      {
        label: say.roles,
        cell: (u) =>
          html`${each(
            u.roles,
            (r) =>
              html`<div>${pill(view, 'plain', roleNames[r.role])}${r.organisation ? html` <span class="sub">${r.organisation}</span>` : nothing}</div>`,
          )}`,
      },
      {
        label: say.security,
        cell: (u) =>
          u.blocked ? pill(view, 'refused', say.blocked) : html`<span class="sub">${view.t(u.totp ? say.totp : say.password)}</span>`,
      },
      { label: say.since, phone: 'hide', cell: (u) => time(view, u.createdAt as Instant, 'day') },
    ],
    rows: data.rows,
    tone: (u) => (u.blocked ? 'faded' : null),
    empty: empty(view, { title: say.none, icon: 'users', action: { href: data.path, label: say.everybody } }),
    foot:
      data.pages > 1 ? pagination(view, { ...data, href: (page) => `${data.path}?q=${encodeURIComponent(data.q)}&page=${page}` }) : null,
  });
}

function enrolment(view: View, data: Users): Html {
  const person = html`${field(view, { kind: 'text', name: 'userName', label: say.name, required: data.roles === null, maxlength: 100 })}
${field(view, { kind: 'text', name: 'login', label: say.login, required: true, maxlength: 64, autocomplete: 'off' })}
${field(view, { kind: 'password', name: 'password', label: say.initial, hint: data.roles ? say.initialHint : say.initialOwn, required: data.roles === null, maxlength: 128, autocomplete: 'new-password' })}`;
  const place = data.roles
    ? html`${field(view, { kind: 'select', name: 'role', label: say.role, required: true, empty: { zh: '请选择', en: 'Please choose' }, choices: data.roles.map((role) => ({ value: role, label: roleNames[role] })) })}
${field(view, { kind: 'text', name: 'organisation', label: say.code, hint: say.codeHint, maxlength: 40 })}
${field(view, { kind: 'text', name: 'region', label: say.region, hint: say.regionHint, maxlength: 6, inputmode: 'numeric' })}`
    : nothing;
  return form(view, { action: data.path, submit: say.submit, icon: 'plus', fields: html`${person}${place}` });
}
