import type { DemonstrationAccount, Holding } from '../../src/parties/reads.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import { layout } from '../layout.ts';
import { roleNames } from '../navigation.ts';
import { card, columns, facts, field, form, hidden, linkButton, notice, pageHead, pill, stack, table } from '../parts/index.ts';
import type { Role, Texts, View } from '../view.ts';

const say = {
  title: { zh: '登录', en: 'Sign in' },
  account: { zh: '账号登录', en: 'With your account' },
  elsewhere: {
    zh: '您的账户已在另一台设备登录。评标期间每名成员只保留一个登录会话，本设备已退出；未保存的输入仍在本浏览器内。如非本人操作，请立即修改密码并报告监管部门。',
    en: 'Your account has signed in on another device. While a panel evaluates, a member has one session at a time, and this one has ended; what you had typed is still in this browser. If that was not you, change your password at once and tell the supervisor.',
  },
  login: { zh: '登录名', en: 'Login name' },
  password: { zh: '密码', en: 'Password' },
  totp: { zh: '动态口令', en: 'One-time code' },
  totpHint: {
    zh: '已启用动态口令的账号填写六位数字，其他账号留空。',
    en: 'Six digits, if the account uses one-time codes; else leave it empty.',
  },
  submit: { zh: '登录', en: 'Sign in' },
  none: { zh: '还没有账号？', en: 'No account yet?' },
  register: { zh: '登记主体', en: 'Register an organisation' },
  expert: { zh: '申请成为评标专家', en: 'Become an evaluation expert' },
  free: {
    zh: '投标人、招标代理、招标人可自行登记，免费、即时生效；愿意担任评标专家的个人可自行建档申请；监管与平台账号由管理员登记。公开信息无需登录即可查看。',
    en: 'Bidders, agents and tenderees register themselves, free of charge and at once; who wants to be an evaluation expert opens a record and applies; regulators and staff are enrolled by an administrator. What is public needs no account.',
  },
  demonstration: { zh: '演示账号', en: 'Demonstration accounts' },
  demonstrationSays: {
    zh: '仅演示环境提供，点击即以该身份登录；密码公开，所有人共用。',
    en: 'On the sandbox only: one click signs you in as this person. The passwords are public and shared by everybody.',
  },
  role: { zh: '角色', en: 'Role' },
  who: { zh: '姓名与单位', en: 'Person and organisation' },
  act: { zh: '操作', en: 'Go on' },
  enter: { zh: '以此身份登录', en: 'Sign in as' },
  noneYet: { zh: '演示数据正在生成，请稍候刷新。', en: 'The demonstration accounts are being made; please reload in a moment.' },
  signedIn: { zh: '您已登录', en: 'You are signed in' },
  goOn: { zh: '进入工作台', en: 'Go to your work' },
  switchRole: { zh: '切换角色', en: 'Choose another role' },
  profile: { zh: '我的账号', en: 'My account' },
  signOut: { zh: '退出登录', en: 'Sign out' },
} satisfies Texts;

export interface SignIn {
  readonly me: { readonly name: string; readonly role: Role; readonly organisation: string | null } | null;
  readonly roles: readonly Pick<Holding, 'membership' | 'role'>[];
  readonly demonstration: readonly DemonstrationAccount[];
  readonly back: string;
  /** this device's session ended because its user signed in on another */
  readonly elsewhere?: boolean;
}

/** Signing in; for somebody signed in already, where to go from here. */
export function signInPage(view: View, data: SignIn): Html {
  const demonstration = view.sandbox ? demonstrationCard(view, data) : null;
  const told = data.elsewhere && !data.me ? notice(view, 'refused', say.elsewhere) : null;
  const main = stack(told, data.me ? signedInCard(view, data, data.me) : signInCard(view, data), data.me ? null : registerCard(view));
  return layout(view, {
    title: view.t(say.title),
    narrow: demonstration === null,
    main: html`${pageHead(view, { title: data.me ? say.signedIn : say.title })}
${demonstration === null ? main : columns({ left: main, main: demonstration })}`,
  });
}

function signInCard(view: View, data: SignIn): Html {
  return card(view, {
    title: say.account,
    body: form(view, {
      action: '/session',
      submit: say.submit,
      icon: 'login',
      fields: html`${field(view, { kind: 'text', name: 'login', label: say.login, required: true, autocomplete: 'username' })}
${field(view, { kind: 'password', name: 'password', label: say.password, required: true, autocomplete: 'current-password' })}
${field(view, { kind: 'text', name: 'totp', label: say.totp, hint: say.totpHint, inputmode: 'numeric', maxlength: 7, autocomplete: 'one-time-code' })}
${data.back ? hidden('back', data.back) : nothing}`,
    }),
  });
}

function registerCard(view: View): Html {
  return card(view, {
    title: say.none,
    body: html`<p>${view.t(say.free)}</p><div class="form-actions">${linkButton(view, { href: '/organisations/new', label: say.register, icon: 'building' })}${linkButton(view, { href: '/experts/new', label: say.expert, icon: 'user' })}</div>`,
  });
}

function signedInCard(view: View, data: SignIn, me: NonNullable<SignIn['me']>): Html {
  return card(view, {
    body: html`${facts(view, [
      { label: say.who, value: html`${me.name}${me.organisation ? html` · ${me.organisation}` : nothing}` },
      { label: say.role, value: view.t(roleNames[me.role]) },
    ])}<div class="form-actions">${linkButton(view, { href: data.back || '/work', label: say.goOn, tone: 'primary' })}${when(
      data.roles.length > 1,
      () => linkButton(view, { href: '/session/role', label: say.switchRole }),
    )}${linkButton(view, { href: '/profile', label: say.profile })}</div>`,
    foot: form(view, { action: '/session/end', submit: say.signOut, icon: 'logout', tone: 'plain', quiet: true }),
  });
}

function demonstrationCard(view: View, data: SignIn): Html {
  const accounts = data.demonstration;
  return card(view, {
    title: say.demonstration,
    flush: true,
    body: html`<div class="card-body">${notice(view, 'plain', say.demonstrationSays)}</div>${
      accounts.length === 0
        ? html`<div class="card-body"><p>${view.t(say.noneYet)}</p></div>`
        : table(view, {
            caption: say.demonstration,
            columns: [
              {
                label: say.who,
                phone: 'head',
                cell: (a) => html`${a.name}${a.organisation ? html`<br><span class="sub">${a.organisation}</span>` : nothing}`,
              },
              { label: say.role, cell: (a) => pill(view, 'plain', roleNames[a.role]) },
              { label: say.login, phone: 'hide', cell: (a) => html`<code>${a.login}</code>` },
              { label: say.act, cell: (a) => enterButton(view, a, data.back) },
            ],
            rows: accounts,
          })
    }`,
  });
}

/** A whole sign-in form behind one button: it works without script, and goes through the same door as everybody. */
function enterButton(view: View, account: DemonstrationAccount, back: string): Html {
  const given = [
    ['_csrf', view.csrf],
    ['login', account.login],
    ['password', account.password],
    ['back', back],
  ] as const;
  return html`<form method="post" action="/session">${each(given, ([name, value]) => hidden(name, value))}<button class="btn btn-sm" type="submit">${view.t(
    say.enter,
  )}<span class="visually-hidden"> ${account.name}</span></button></form>`;
}
