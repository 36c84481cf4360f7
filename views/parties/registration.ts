import type { Region } from '../../src/parties/region.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { roleNames } from '../navigation.ts';
import { card, columns, field, form, pageHead, prose, stack } from '../parts/index.ts';
import type { Role, Texts, View } from '../view.ts';

const say = {
  title: { zh: '登记主体', en: 'Register an organisation' },
  below: {
    zh: '免费，提交即生效。登记信息向社会公开，请如实填写。',
    en: 'Free of charge and in force at once. What you enter here is public; it must be true.',
  },
  organisation: { zh: '单位', en: 'The organisation' },
  code: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  codeHint: { zh: '18 位，见营业执照；两个校验码都会核对。', en: '18 characters, as on the licence; both check characters are verified.' },
  codeSource: { zh: 'GB 32100-2015；GB 11714', en: 'GB 32100-2015; GB 11714' },
  name: { zh: '名称', en: 'Name' },
  nameHint: { zh: '与营业执照一致，写入数字证书。', en: 'As on the licence; it goes into the certificate.' },
  nameEn: { zh: '英文名称', en: 'Name in English' },
  kind: { zh: '在平台上的身份', en: 'What it does here' },
  bidder: { zh: '获取招标文件、提问、递交投标', en: 'collects documents, asks, submits bids' },
  agent: { zh: '受招标人委托办理招标', en: 'conducts tenders for tenderees' },
  tenderee: { zh: '提出招标项目，确定中标人', en: 'puts projects out to tender and determines the winner' },
  region: { zh: '所在地', en: 'Region' },
  person: { zh: '法定代表人', en: 'Legal representative' },
  address: { zh: '注册地址', en: 'Registered address' },
  phone: { zh: '联系电话', en: 'Telephone' },
  user: { zh: '首个用户', en: 'The first user' },
  userName: { zh: '姓名', en: 'Name' },
  login: { zh: '登录名', en: 'Login name' },
  loginHint: { zh: '3 至 64 个字母、数字、汉字或 . _ - @', en: '3 to 64 letters, digits, Chinese characters or . _ - @' },
  password: { zh: '密码', en: 'Password' },
  passwordHint: {
    zh: '10 至 128 个字符，不含登录名。建议登录后启用动态口令。',
    en: '10 to 128 characters, without the login name. One-time codes can be turned on later.',
  },
  submit: { zh: '登记', en: 'Register' },
  after: {
    zh: '登记后：登录，在浏览器中生成密钥并申请数字证书，即可投标或办理招标。',
    en: 'Then: sign in, make a key and a certificate in your browser, and you can bid or put out tenders.',
  },
  public: { zh: '什么会公开', en: 'What becomes public' },
  publicSays: {
    zh: '公开：名称、统一社会信用代码、类型、所在地、法定代表人、登记时间。\n不公开：用户姓名、登录名、电话、地址。获取了哪些招标文件、是否投标，开标前任何人（包括平台和监管）都看不到。',
    en: 'Public: name, code, kind, region, legal representative, time of registration.\nNot public: users, login names, telephone, address. Which documents you collect and whether you bid is seen by nobody before the opening, the platform and the regulator included.',
  },
  source: { zh: '依据', en: 'Ground' },
  sourceSays: {
    zh: '《电子招标投标办法》第九条、第二十条：平台应当允许社会公众、市场主体免费注册登录。',
    en: 'Order 20 (electronic tendering), arts. 9 and 20: platforms let the public and market participants register free of charge.',
  },
} satisfies Texts;

export interface Registration {
  readonly regions: readonly Region[];
  readonly kinds: readonly Role[];
}

/** The form with which an organisation registers itself. */
export function registrationPage(view: View, data: Registration): Html {
  const kindSays: Partial<Record<Role, (typeof say)['bidder']>> = { bidder: say.bidder, agent: say.agent, tenderee: say.tenderee };
  const ground = { rule: 'CODE-1', source: say.codeSource };
  const organisation = html`<h2 class="card-title">${view.t(say.organisation)}</h2>
${field(view, { kind: 'text', name: 'code', label: say.code, hint: say.codeHint, required: true, maxlength: 40, autocomplete: 'off', half: true, ground })}
${field(view, { kind: 'select', name: 'region', label: say.region, required: true, half: true, empty: { zh: '请选择', en: 'Please choose' }, choices: data.regions.map((r) => ({ value: r.code, label: r.name })) })}
${field(view, { kind: 'text', name: 'name', label: say.name, hint: say.nameHint, required: true, maxlength: 200, autocomplete: 'organization', half: true })}
${field(view, { kind: 'text', name: 'nameEn', label: say.nameEn, maxlength: 200, half: true })}
${field(view, {
  kind: 'radio',
  name: 'kinds',
  label: say.kind,
  required: true,
  choices: data.kinds.map((kind) => ({ value: kind, label: roleNames[kind], ...(kindSays[kind] ? { hint: kindSays[kind] } : {}) })),
})}
${field(view, { kind: 'text', name: 'legalRepresentative', label: say.person, required: true, maxlength: 100, half: true })}
${field(view, { kind: 'text', name: 'phone', label: say.phone, maxlength: 40, half: true, inputmode: 'tel', autocomplete: 'tel' })}
${field(view, { kind: 'text', name: 'address', label: say.address, maxlength: 300 })}`;
  const user = html`<h2 class="card-title">${view.t(say.user)}</h2>
${field(view, { kind: 'text', name: 'userName', label: say.userName, required: true, maxlength: 100, half: true, autocomplete: 'name' })}
${field(view, { kind: 'text', name: 'login', label: say.login, hint: say.loginHint, required: true, maxlength: 64, half: true, autocomplete: 'username' })}
${field(view, { kind: 'password', name: 'password', label: say.password, hint: say.passwordHint, required: true, maxlength: 128, autocomplete: 'new-password', half: true })}`;
  return layout(view, {
    title: view.t(say.title),
    main: html`${pageHead(view, { title: say.title, below: view.t(say.below), back: { href: '/organisations', label: { zh: '主体名录', en: 'Register of organisations' } } })}
${columns({
  main: card(view, {
    body: form(view, {
      action: '/organisations',
      submit: say.submit,
      icon: 'building',
      note: say.after,
      fields: html`${organisation}${user}`,
    }),
  }),
  right: stack(
    card(view, { title: say.public, body: prose(view, [{ text: say.publicSays }]) }),
    card(view, { title: say.source, body: prose(view, [{ text: say.sourceSays }]) }),
  ),
})}`,
  });
}
