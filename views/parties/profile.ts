import type { Holding } from '../../src/parties/reads.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import { roleNames } from '../navigation.ts';
import { card, columns, copyButton, facts, field, form, linkButton, notice, pageHead, pill, stack, steps, time } from '../parts/index.ts';
import type { Instant, Texts, View } from '../view.ts';

const say = {
  title: { zh: '我的账号', en: 'My account' },
  account: { zh: '账号', en: 'Account' },
  name: { zh: '姓名', en: 'Name' },
  login: { zh: '登录名', en: 'Login name' },
  phone: { zh: '电话', en: 'Telephone' },
  since: { zh: '登记时间', en: 'Enrolled' },
  roles: { zh: '我的角色', en: 'My roles' },
  switchRole: { zh: '切换角色', en: 'Choose a role' },
  oneself: { zh: '个人', en: "in one's own name" },
  totp: { zh: '动态口令', en: 'One-time codes' },
  totpOn: { zh: '已启用', en: 'On' },
  totpOff: { zh: '未启用', en: 'Off' },
  totpSays: {
    zh: '登录时除密码外再输入手机验证器上的六位数字，每个数字只能用一次。密码泄露时别人也无法登录。',
    en: 'Signing in then also takes six digits from the authenticator on your phone, each good for one time. A stolen password alone opens nothing.',
  },
  totpStart: { zh: '启用', en: 'Turn on' },
  totpRenew: { zh: '更换验证器', en: 'Change the authenticator' },
  password: { zh: '修改密码', en: 'Change the password' },
  present: { zh: '当前密码', en: 'Present password' },
  fresh: { zh: '新密码', en: 'New password' },
  freshHint: {
    zh: '10 至 128 个字符，不含登录名。其他设备上的会话随之结束。',
    en: '10 to 128 characters, without the login name. Sessions on other devices end.',
  },
  change: { zh: '修改密码', en: 'Change the password' },
  certificates: { zh: '数字证书', en: 'Certificates' },
  certificatesSays: { zh: '递交投标、签署文书所用的密钥与证书。', en: 'The keys and certificates with which bids and papers are signed.' },
  toCertificates: { zh: '查看与申请', en: 'See and make' },
  colleagues: { zh: '本单位用户', en: 'Users of my organisation' },
  demonstration: {
    zh: '这是所有人共用的演示账号：密码和动态口令不能更改。',
    en: 'This is a demonstration account shared by everybody: password and one-time codes stay as they are.',
  },
  register: { zh: '登记自己的主体', en: 'Register an organisation of your own' },
  back: { zh: '我的账号', en: 'My account' },
  first: { zh: '确认密码，生成密钥', en: 'Confirm the password, make a secret' },
  second: { zh: '用手机验证器扫描', en: 'Scan it with the authenticator on your phone' },
  third: { zh: '输入显示的六位数字', en: 'Enter the six digits it shows' },
  stepsLabel: { zh: '启用动态口令的步骤', en: 'Steps to turn one-time codes on' },
  make: { zh: '生成密钥', en: 'Make a secret' },
  remake: { zh: '重新生成密钥', en: 'Make another secret' },
  scan: { zh: '扫描此码，或手工输入密钥', en: 'Scan this code, or type the secret in' },
  qr: { zh: '动态口令密钥二维码', en: 'QR code of the one-time-code secret' },
  secret: { zh: '密钥', en: 'Secret' },
  code: { zh: '六位数字', en: 'Six digits' },
  confirm: { zh: '启用', en: 'Turn on' },
  confirmNote: { zh: '启用后，下次登录起需要动态口令。', en: 'From the next sign-in on a code is asked for.' },
} satisfies Texts;

export interface Profile {
  readonly login: string;
  readonly name: string;
  readonly phone: string | null;
  readonly createdAt: string;
  readonly totp: boolean;
  readonly demonstration: boolean;
  readonly roles: readonly Pick<Holding, 'membership' | 'role' | 'organisation'>[];
}

/** One's own account: who one is, how one signs in, in which roles. */
export function profilePage(view: View, data: Profile): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${pageHead(view, { title: say.title, below: data.name })}
${columns({
  main: stack(accountCard(view, data), data.demonstration ? sharedCard(view) : html`${totpCard(view, data)}${passwordCard(view)}`),
  right: stack(rolesCard(view, data), certificatesCard(view)),
})}`,
  });
}

function accountCard(view: View, data: Profile): Html {
  return card(view, {
    title: say.account,
    body: facts(view, [
      { label: say.name, value: data.name },
      { label: say.login, value: html`<code>${data.login}</code>` },
      { label: say.phone, value: data.phone ?? '—' },
      { label: say.since, value: time(view, data.createdAt as Instant, 'minute') },
    ]),
  });
}

function sharedCard(view: View): Html {
  return card(view, {
    body: html`${notice(view, 'plain', say.demonstration)}<div class="form-actions">${linkButton(view, { href: '/organisations/new', label: say.register, icon: 'building' })}</div>`,
  });
}

function totpCard(view: View, data: Profile): Html {
  return card(view, {
    title: say.totp,
    beside: data.totp ? pill(view, 'plain', say.totpOn) : pill(view, 'wait', say.totpOff),
    body: html`<p>${view.t(say.totpSays)}</p>${linkButton(view, {
      href: '/profile/totp',
      label: data.totp ? say.totpRenew : say.totpStart,
      icon: 'key',
      tone: data.totp ? 'plain' : 'primary',
    })}`,
  });
}

function passwordCard(view: View): Html {
  return card(view, {
    title: say.password,
    body: form(view, {
      action: '/profile/password',
      submit: say.change,
      tone: 'plain',
      fields: html`${field(view, { kind: 'password', name: 'password', label: say.present, required: true, autocomplete: 'current-password', half: true })}
${field(view, { kind: 'password', name: 'newPassword', label: say.fresh, hint: say.freshHint, required: true, maxlength: 128, autocomplete: 'new-password', half: true })}`,
    }),
  });
}

function rolesCard(view: View, data: Profile): Html {
  return card(view, {
    title: say.roles,
    body: html`<ul class="stack">${each(
      data.roles,
      (held) =>
        html`<li>${pill(view, 'plain', roleNames[held.role])} ${held.organisation ? held.organisation.name : view.t(say.oneself)}</li>`,
    )}</ul>`,
    foot: data.roles.length > 1 ? linkButton(view, { href: '/session/role', label: say.switchRole, small: true }) : nothing,
  });
}

function certificatesCard(view: View): Html {
  const ownUsers = view.me?.organisation
    ? linkButton(view, {
        href: view.me.role === 'administrator' ? '/administration/users' : '/users',
        label: say.colleagues,
        icon: 'users',
        small: true,
      })
    : nothing;
  return card(view, {
    title: say.certificates,
    body: html`<p>${view.t(say.certificatesSays)}</p>`,
    foot: html`${linkButton(view, { href: '/certificates', label: say.toCertificates, icon: 'certificate', small: true })} ${ownUsers}`,
  });
}

export interface TotpEnrolment {
  readonly on: boolean;
  readonly demonstration: boolean;
  readonly proposed: {
    readonly secret: string;
    readonly address: string;
    readonly code: { readonly size: number; readonly path: string };
  } | null;
}

/** Turning one-time codes on: password, scan, first code. */
export function totpPage(view: View, data: TotpEnrolment): Html {
  const { proposed } = data;
  const at = proposed ? 1 : 0;
  const state = (step: number) => (step < at ? 'done' : step === at ? 'now' : 'next');
  return layout(view, {
    title: view.t(say.totp),
    narrow: true,
    main: html`${pageHead(view, { title: say.totp, below: view.t(say.totpSays), back: { href: '/profile', label: say.back } })}
${
  data.demonstration
    ? sharedCard(view)
    : stack(
        steps(
          view,
          [
            { label: say.first, state: state(0) },
            { label: say.second, state: state(1) },
            { label: say.third, state: 'next' },
          ],
          say.stepsLabel,
        ),
        proposed ? confirmCard(view, proposed) : nothing,
        secretCard(view, proposed !== null),
      )
}`,
  });
}

function confirmCard(view: View, proposed: NonNullable<TotpEnrolment['proposed']>): Html {
  const margin = 4;
  const side = proposed.code.size + 2 * margin;
  return card(view, {
    title: say.scan,
    now: true,
    body: stack(
      html`<svg class="qr" viewBox="${-margin} ${-margin} ${side} ${side}" role="img" aria-label="${view.t(say.qr)}" shape-rendering="crispEdges" width="232" height="232"><path fill="#fff" d="M${-margin} ${-margin}h${side}v${side}h-${side}z"/><path d="${proposed.code.path}"/></svg>`,
      facts(view, [
        {
          label: say.secret,
          value: html`<code>${proposed.secret.replace(/(.{4})/g, '$1 ').trim()}</code> ${copyButton(view, proposed.secret)}`,
        },
      ]),
      form(view, {
        action: '/profile/totp',
        submit: say.confirm,
        icon: 'check',
        note: say.confirmNote,
        fields: field(view, {
          kind: 'text',
          name: 'totp',
          label: say.code,
          required: true,
          inputmode: 'numeric',
          maxlength: 7,
          autocomplete: 'one-time-code',
        }),
      }),
    ),
  });
}

function secretCard(view: View, again: boolean): Html {
  return card(view, {
    title: again ? say.remake : say.first,
    body: form(view, {
      action: '/profile/totp/secret',
      submit: again ? say.remake : say.make,
      tone: again ? 'plain' : 'primary',
      icon: 'key',
      quiet: again,
      fields: field(view, { kind: 'password', name: 'password', label: say.present, required: true, autocomplete: 'current-password' }),
    }),
  });
}
