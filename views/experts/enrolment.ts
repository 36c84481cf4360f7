import type { Region } from '../../src/parties/region.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '申请成为评标专家', en: 'Become an evaluation expert' },
  below: {
    zh: '第一步：建立个人档案。一人一档，之后可申请加入一个或几个门类。',
    en: 'First open a record: one for each person. Then apply for one line of the pool, or several.',
  },
  person: { zh: '本人', en: 'You' },
  name: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '身份证号码', en: 'Resident number' },
  idHint: { zh: '用于核对年龄和防止重复建档，加密保存。', en: 'For your age, and so that nobody is on record twice; kept encrypted.' },
  phone: { zh: '手机', en: 'Mobile' },
  phoneHint: { zh: '评标邀请发到这里。', en: 'Calls to panels go here.' },
  email: { zh: '电子邮箱', en: 'E-mail' },
  bank: { zh: '银行账号', en: 'Bank account' },
  bankHint: { zh: '用于支付评审费，可以以后填写。', en: 'For fees; may be given later.' },
  work: { zh: '工作', en: 'Your work' },
  employerName: { zh: '工作单位', en: 'Employer' },
  employer: { zh: '单位统一社会信用代码', en: 'Its unified social credit code' },
  employerHint: { zh: '回避按单位代码比对，请如实填写。', en: 'Recusal compares these codes; it must be true.' },
  professional: { zh: '职称', en: 'Professional title' },
  region: { zh: '所在地区', en: 'Region' },
  account: { zh: '账号', en: 'Account' },
  login: { zh: '登录名', en: 'Login name' },
  loginHint: { zh: '3 至 64 个字母、数字、汉字或 . _ - @', en: '3 to 64 letters, digits, Chinese characters or . _ - @' },
  password: { zh: '密码', en: 'Password' },
  passwordHint: { zh: '10 至 128 个字符，不含登录名。', en: '10 to 128 characters, without the login name.' },
  consent: { zh: '个人信息', en: 'Personal data' },
  consents: {
    zh: '我同意平台为入库审核、评标联络和支付评审费处理上述身份信息',
    en: 'I consent to these identity data being handled for admission, calls to panels and fees',
  },
  submit: { zh: '建立档案', en: 'Open the record' },
  after: { zh: '建档后请登录，在“我的档案”中提交入库申请。', en: 'Then sign in and apply under “My record”.' },
  keeps: { zh: '您的信息怎样保存', en: 'How your data are kept' },
  keepsSays: {
    zh: '身份证号、手机、银行账号、邮箱加密存放，密钥不在数据库内，管理员导出数据库也看不到。\n任何页面只显示掩码。工作人员确需查看的，须写明事由；谁、何时、为何看过，您在自己的页面上都能看到。',
    en: 'Resident number, mobile, bank account and e-mail are kept encrypted under keys outside the database: who copies the database reads none of them.\nEvery page shows masks. An official who must see them states why; who looked, when and why stands on your own page.',
  },
  way: { zh: '怎样入库', en: 'The way into the pool' },
  waySays: {
    zh: '建档 → 提交申请和证明材料 → 所在单位推荐（工程建设类）→ 交易中心审核 → 入库测试 → 监管部门聘任，聘期内可被随机抽取。',
    en: 'Record → application with proofs → recommendation by the employer (construction) → review by the trading centre → test → admission by the regulator for a term, in which you may be drawn.',
  },
} satisfies Texts;

/** The form with which a person opens a record. */
export function enrolmentPage(view: View, data: { readonly regions: readonly Region[] }): Html {
  const text = (
    name: string,
    label: Words,
    more: { required?: boolean; hint?: Words; autocomplete?: string; inputmode?: string; kind?: 'text' | 'email' } = {},
  ): Html => {
    const { kind = 'text', required = true, ...rest } = more;
    return part.field(view, { kind, name, label, half: true, required, ...rest });
  };
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}
${part.columns({
  main: part.card(view, {
    body: part.form(view, {
      action: '/experts/people',
      submit: say.submit,
      icon: 'user-check',
      note: say.after,
      fields: html`<h2 class="card-title">${view.t(say.person)}</h2>
${text('name', say.name, { autocomplete: 'name' })}${text('idNumber', say.idNumber, { hint: say.idHint, autocomplete: 'off' })}
${text('phone', say.phone, { hint: say.phoneHint, autocomplete: 'tel', inputmode: 'tel' })}${text('email', say.email, { kind: 'email', required: false, autocomplete: 'email' })}
${text('bankAccount', say.bank, { hint: say.bankHint, required: false, autocomplete: 'off', inputmode: 'numeric' })}
<h2 class="card-title">${view.t(say.work)}</h2>
${text('employerName', say.employerName, { autocomplete: 'organization' })}${text('employer', say.employer, { hint: say.employerHint, autocomplete: 'off' })}
${text('title', say.professional)}
${part.field(view, { kind: 'select', name: 'region', label: say.region, required: true, half: true, empty: { zh: '请选择', en: 'Please choose' }, choices: data.regions.map((region) => ({ value: region.code, label: region.name })) })}
<h2 class="card-title">${view.t(say.account)}</h2>
${text('login', say.login, { hint: say.loginHint, autocomplete: 'username' })}
${part.field(view, { kind: 'password', name: 'password', label: say.password, hint: say.passwordHint, required: true, half: true, maxlength: 128, autocomplete: 'new-password' })}
${part.field(view, { kind: 'checkbox', name: 'consents', label: say.consent, says: say.consents, required: true })}`,
    }),
  }),
  right: part.stack(
    part.card(view, { title: say.way, body: part.prose(view, [{ text: say.waySays }]) }),
    part.card(view, { title: say.keeps, body: part.prose(view, [{ text: say.keepsSays }]) }),
  ),
})}`,
  });
}
