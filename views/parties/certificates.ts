import type { IssuedCertificate } from '../../src/parties/certificate-reads.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import {
  bracketed,
  card,
  columns,
  copyButton,
  empty,
  facts,
  field,
  form,
  hash,
  icon,
  linkButton,
  notice,
  pageHead,
  pill,
  prose,
  stack,
  steps,
  table,
  time,
  timeText,
} from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '数字证书', en: 'Certificates' },
  below: {
    zh: '签名用的密钥由您的浏览器生成、由您自己保管；平台只签发证书，从不接触密钥。',
    en: 'The key is made by your browser and kept by yourself; the platform only certifies it and never sees it.',
  },
  none: { zh: '还没有证书', en: 'No certificate yet' },
  noneSays: {
    zh: '在本页生成密钥并申请证书；递交投标和签署文书前需要它。',
    en: 'Make a key and a certificate on this page: bids and papers are signed with it.',
  },
  serial: { zh: '序列号', en: 'Serial number' },
  until: { zh: '有效期至', en: 'Valid until' },
  from: { zh: '签发时间', en: 'Issued' },
  state: { zh: '状态', en: 'State' },
  valid: { zh: '有效', en: 'Valid' },
  revoked: { zh: '已吊销', en: 'Revoked' },
  expired: { zh: '已过期', en: 'Expired' },
  held: { zh: '已挂起', en: 'On hold' },
  superseded: { zh: '已被替换', en: 'Replaced' },
  overlap: { zh: '已更新，过渡期内', en: 'Renewed, still signs' },
  heldSince: { zh: '挂起时间', en: 'On hold since' },
  signsUntil: { zh: '可用至', en: 'Signs until' },
  newer: { zh: '新证书', en: 'The newer one' },
  hold: { zh: '挂起证书', en: 'Put it on hold' },
  holdTitle: { zh: '挂起期间不能用它签名', en: 'Nothing is signed with it while it is on hold' },
  holdSays: {
    zh: '立即生效并公开，可以恢复。投标截止时仍处于挂起状态的，用它签名的投标无效；需要继续投标的，请换一份证书重新递交。',
    en: 'It takes effect at once, is public, and can be lifted. A bid signed with a certificate that is on hold when its deadline comes is invalid: submit it again with another certificate.',
  },
  resume: { zh: '恢复证书', en: 'Take it off hold' },
  resumeTitle: { zh: '恢复后可再用于签名', en: 'It may sign again' },
  resumeSays: { zh: '立即生效并公开。', en: 'It takes effect at once and is public.' },
  list: { zh: '已签发', en: 'Issued' },
  crl: { zh: '吊销列表（CRL）', en: 'Revocation list (CRL)' },
  crlSm2: { zh: '国密 SM2 吊销列表（CRL）', en: 'Revocation list of SM2 (CRL)' },
  notKept: {
    zh: '浏览器不能代管 SM2 密钥，每次签名请使用密钥文件。',
    en: 'A browser cannot hold an SM2 key: use the key file for each signature.',
  },
  renewOf: { zh: '申请什么', en: 'What for' },
  fresh: { zh: '新证书', en: 'A certificate of its own' },
  renews: { zh: '更新', en: 'Renewal of' },
  renewHint: {
    zh: '更新时，旧证书在过渡期内仍可签名，此前的签名不受影响。',
    en: 'A renewed certificate still signs during the overlap, and what it signed stays good.',
  },
  soon: { zh: '即将到期', en: 'Expires soon' },
  here: { zh: '密钥在本浏览器', en: 'Key in this browser' },
  make: { zh: '生成密钥并申请证书', en: 'Make a key and a certificate' },
  forWhom: { zh: '签发给', en: 'Issued to' },
  person: { zh: '个人', en: 'in person' },
  passphrase: { zh: '密钥文件口令', en: 'Passphrase of the key file' },
  passphraseHint: {
    zh: '8 位以上英文字母、数字或符号。忘记口令只能重新申请，平台无法找回。',
    en: 'At least 8 ASCII letters, digits or signs. A forgotten one cannot be recovered: you make another certificate.',
  },
  again: { zh: '再次输入口令', en: 'The passphrase again' },
  remember: { zh: '在本浏览器保存密钥', en: 'Keep the key in this browser' },
  rememberSays: {
    zh: '以后签名无需密钥文件；密钥不能从浏览器导出。公用电脑请勿勾选。',
    en: 'Signing then needs no file; the key cannot be taken out of the browser. Not on a shared computer.',
  },
  suite: { zh: '密码算法', en: 'Suite' },
  rsa: { zh: 'RSA-3072（国际算法，通用）', en: 'RSA-3072 (international, read everywhere)' },
  rsaSays: { zh: '不确定时选这一项。', en: 'The one to take when in doubt.' },
  sm2: { zh: '国密 SM2（SM3 摘要）', en: 'SM2 with SM3 (Chinese national suite)' },
  sm2Says: {
    zh: '密钥文件用 SM4 加密（.pem）。浏览器不能代管 SM2 密钥，每次签名都要用密钥文件。',
    en: 'The key file is locked under SM4 (.pem). Browsers cannot hold SM2 keys: each signature asks for the file.',
  },
  submit: { zh: '生成密钥并申请', en: 'Make the key' },
  script: { zh: '密钥在浏览器内生成，需要启用脚本。', en: 'The key is made in the browser: this needs scripts.' },
  steps: { zh: '进度', en: 'Progress' },
  stepKey: { zh: '在浏览器内生成密钥（RSA-3072 需几秒钟）', en: 'Making the key in the browser (RSA-3072 takes some seconds)' },
  stepRequest: { zh: '提交证书申请（不含私钥）', en: 'Sending the request (without the private key)' },
  stepFile: { zh: '用口令加密密钥文件', en: 'Locking the key file with the passphrase' },
  done: {
    zh: '证书已签发。请立即保存密钥文件，并另存一份到安全的地方。',
    en: 'The certificate is issued. Save the key file now, and keep a second copy in a safe place.',
  },
  save: { zh: '保存密钥文件', en: 'Save the key file' },
  goOn: { zh: '已保存，查看证书', en: 'Saved: show my certificates' },
  differ: { zh: '两次输入的口令不一致。', en: 'The two passphrases differ.' },
  weak: { zh: '口令须为 8 位以上的英文字母、数字或符号。', en: 'The passphrase needs at least 8 ASCII letters, digits or signs.' },
  failed: { zh: '没有成功，请重试。', en: 'It did not work; please try again.' },
  keyFile: { zh: '密钥文件', en: 'A key file' },
  keyFileSays: {
    zh: '把已有的密钥文件（PKCS#12）装入本浏览器，或更换它的口令。文件和口令都不离开浏览器。',
    en: 'Take a key file you have (PKCS#12) into this browser, or give it another passphrase. Neither file nor passphrase leaves the browser.',
  },
  chooseFile: { zh: '密钥文件（.p12、.pfx）', en: 'Key file (.p12, .pfx)' },
  oldPassphrase: { zh: '现在的口令', en: 'Its passphrase' },
  nextPassphrase: { zh: '新口令', en: 'New passphrase' },
  nextHint: { zh: '只在更换口令时填写。', en: 'Only to change the passphrase.' },
  keep: { zh: '装入本浏览器', en: 'Take into this browser' },
  rewrap: { zh: '更换口令并保存', en: 'Change the passphrase' },
  kept: { zh: '密钥已装入本浏览器，以后签名无需文件。', en: 'This browser keeps the key now and signs without the file.' },
  rewrapped: {
    zh: '新文件已保存；旧文件仍可用旧口令打开，请删除。',
    en: 'The new file is saved. The old one still opens with the old passphrase: delete it.',
  },
  strange: {
    zh: '文件中的证书不是本平台签发给您的有效证书。',
    en: 'The certificate in the file is not a standing one issued to you here.',
  },
  trust: { zh: '信任根', en: 'Whom one trusts' },
  trustSays: {
    zh: '证书由平台签发机构签发，每套算法各有一条证书链，互不混用；根证书公开，任何人可用 openssl verify 核验，无需登录。',
    en: "The platform's authorities issue certificates, one for each suite, never mixed; their roots are public, and anyone can check with openssl verify, without an account.",
  },
  root: { zh: '根证书', en: 'Root certificate' },
  rootSm2: { zh: '根证书（国密 SM2）', en: 'Root certificate (SM2)' },
  outside: { zh: '登记其他机构签发的证书', en: 'Register a certificate of another authority' },
  outsideSays: {
    zh: '签发机构须在平台的名录中。粘贴本单位证书（PEM，只含公开部分）；登记后用原来的密钥文件签名。',
    en: 'Its authority must be in the register. Paste your organisation’s certificate (PEM, the public part alone); you then sign with the key file you have.',
  },
  outsideField: { zh: '证书（PEM）', en: 'Certificate (PEM)' },
  outsideRegister: { zh: '受信任的外部签发机构', en: 'Outside authorities' },
  rootFile: { zh: '下载根证书与签发机构（PEM）', en: 'Root and issuing authority (PEM)' },
  rootFileSm2: { zh: '国密 SM2 根证书（PEM）', en: 'Those of SM2 (PEM)' },
  revocations: { zh: '已吊销名单（JSON）', en: 'Revoked certificates (JSON)' },
  subject: { zh: '主体', en: 'Subject' },
  fingerprint: { zh: '指纹（SHA-256）', en: 'Fingerprint (SHA-256)' },
  reason: { zh: '吊销原因', en: 'Reason' },
  at: { zh: '吊销时间', en: 'Revoked' },
  one: { zh: '证书', en: 'Certificate' },
  pem: { zh: '证书（PEM）', en: 'The certificate (PEM)' },
  revoke: { zh: '吊销证书', en: 'Revoke the certificate' },
  revokeTitle: { zh: '吊销后不能恢复', en: 'A revoked certificate never comes back' },
  revokeSays: {
    zh: '吊销立即生效并公开，此后不能再用它签名。尚未截止的投标如用它签名，将在开标时判为无效，请先换一份证书重新递交；已经截止的投标不受影响。',
    en: 'It takes effect at once and is public; nothing more is signed with it. A bid signed with it whose deadline has not come will be invalid at the opening: submit it again with another certificate. Bids past their deadline stay valid.',
  },
} satisfies Texts;

/** What a certificate's suite is called. */
export const suiteNames: Readonly<Record<IssuedCertificate['suite'], Words>> = {
  international: { zh: '国际（RSA、ECDSA）', en: 'International (RSA, ECDSA)' },
  sm: { zh: '国密 SM2', en: 'SM2 (national)' },
};

export const reasonNames: Readonly<Record<string, Words>> = {
  'key-lost': { zh: '密钥文件或口令遗失', en: 'Key file or passphrase lost' },
  'key-exposed': { zh: '密钥可能泄露', en: 'The key may be in other hands' },
  superseded: { zh: '已换发新证书', en: 'Replaced by a newer one' },
  'left-organisation': { zh: '经办人离职', en: 'Its keeper has left' },
  'privilege-withdrawn': { zh: '不再有权使用', en: 'The right to it was withdrawn' },
  other: { zh: '其他', en: 'Other' },
};

type Times = 'notBefore' | 'notAfter' | 'revokedAt' | 'supersededAt' | 'heldSince';
type Shown = Omit<IssuedCertificate, Times> &
  Readonly<Record<'notBefore' | 'notAfter', string>> & {
    readonly [T in 'revokedAt' | 'supersededAt' | 'heldSince']: string | null;
  };

/** Whether something may still be signed with it at this moment. */
const signs = (view: View, c: Shown): boolean =>
  c.revokedAt === null && c.heldSince === null && view.now < c.notAfter && (c.supersededAt === null || view.now < c.supersededAt);

function state(view: View, c: Shown): Html {
  if (c.revokedAt !== null) return pill(view, 'refused', say.revoked);
  if (c.heldSince !== null) return pill(view, 'refused', say.held);
  if (c.supersededAt !== null && view.now >= c.supersededAt) return pill(view, 'plain', say.superseded);
  if (c.supersededAt !== null) return pill(view, 'wait', say.overlap);
  if (view.now >= c.notAfter) return pill(view, 'refused', say.expired);
  const days = (new Date(c.notAfter).getTime() - new Date(view.now).getTime()) / 86_400_000;
  return days < 60 ? pill(view, 'wait', say.soon) : pill(view, 'plain', say.valid);
}

export interface Certificates {
  readonly holder: { readonly id: string; readonly name: string; readonly organisation: boolean };
  readonly certificates: readonly Shown[];
  readonly authorities: readonly { readonly suite: IssuedCertificate['suite']; readonly fingerprint: string; readonly name: string }[];
}

/** One's certificates, and the place where the browser makes another. */
export function certificatesPage(view: View, data: Certificates): Html {
  const list = table(view, {
    caption: say.list,
    columns: [
      {
        label: say.serial,
        phone: 'head',
        cell: (c) => html`<a href="/certificates/${c.serial}"><code>${c.serial.slice(0, 16)}…</code></a>`,
      },
      {
        label: say.state,
        cell: (c) =>
          html`${state(view, c)} <span class="pill pill-plain" data-key-here="${c.fingerprint}"${c.revokedAt ? html` data-key-revoked` : nothing} hidden>${view.t(say.here)}</span>`,
      },
      { label: say.suite, cell: (c) => view.t(suiteNames[c.suite]) },
      { label: say.from, cell: (c) => time(view, c.notBefore as Instant, 'minute') },
      { label: say.until, cell: (c) => time(view, c.notAfter as Instant, 'day') },
    ],
    rows: data.certificates,
    tone: (c) => (signs(view, c) ? null : 'faded'),
    empty: empty(view, { title: say.none, says: say.noneSays, icon: 'certificate' }),
  });
  return layout(view, {
    title: view.t(say.title),
    scripts: ['certificate.js'],
    main: html`${pageHead(view, { title: say.title, below: view.t(say.below) })}
${columns({ main: stack(card(view, { title: say.list, flush: true, body: list }), makeCard(view, data), fileCard(view, data)), right: stack(trustCard(view, data), data.holder.organisation ? outsideCard(view) : nothing) })}`,
  });
}

function makeCard(view: View, data: Certificates): Html {
  const texts = html` data-differ="${view.t(say.differ)}" data-weak="${view.t(say.weak)}" data-failed="${view.t(say.failed)}"`;
  const old = data.certificates.filter((c) => signs(view, c) && c.supersededBy === null);
  const named = ({ serial, notAfter }: Shown) =>
    `${view.t(say.renews)} ${serial.slice(0, 16)}…${bracketed(view, `${view.t(say.until)} ${timeText(view.lang, notAfter as Instant, 'day')}`)}`;
  const renewable =
    old.length === 0
      ? []
      : [{ value: '', label: say.fresh }, ...old.map((c) => ({ value: c.serial, label: { zh: named(c), en: named(c) } }))];
  return card(view, {
    title: say.make,
    id: 'make',
    body: html`<noscript>${notice(view, 'now', say.script)}</noscript>
<form class="form needs-script" data-make-certificate data-csrf="${view.csrf}" data-lang="${view.lang}" data-holder="${data.holder.id}" data-name="${data.holder.name}"${texts}>
${facts(view, [{ label: say.forWhom, value: data.holder.name, note: data.holder.organisation ? data.holder.id : view.t(say.person) }])}
<div class="fields">${offersBoth(data) ? suiteField(view) : nothing}${field(view, { kind: 'password', name: 'passphrase', label: say.passphrase, hint: say.passphraseHint, required: true, half: true, autocomplete: 'new-password' })}
${field(view, { kind: 'password', name: 'again', label: say.again, required: true, half: true, autocomplete: 'new-password' })}
${renewable.length === 0 ? nothing : field(view, { kind: 'select', name: 'renews', label: say.renewOf, hint: say.renewHint, choices: renewable })}
${field(view, { kind: 'checkbox', name: 'remember', label: say.remember, says: say.rememberSays, value: true })}</div>
<p class="field-wrong" data-wrong role="alert" hidden></p>
<div class="form-actions"><button class="btn btn-primary" type="submit">${icon(view, 'key')}<span>${view.t(say.submit)}</span></button></div>
</form>
<div data-certificate-progress hidden>${steps(
      view,
      [
        { id: 'key', label: say.stepKey, state: 'next' },
        { id: 'request', label: say.stepRequest, state: 'next' },
        { id: 'file', label: say.stepFile, state: 'next' },
      ],
      say.steps,
    )}</div>
<div data-certificate-done hidden>${stack(notice(view, 'now', say.done), html`<div class="form-actions"><a class="btn btn-primary" data-key-file href="#make" download>${icon(view, 'download')}<span>${view.t(say.save)}</span></a>${linkButton(view, { href: '/certificates', label: say.goOn })}</div>`)}</div>`,
  });
}

const offersBoth = (data: Certificates): boolean => data.authorities.length > 1;

const suiteField = (view: View): Html =>
  field(view, {
    kind: 'radio',
    name: 'suite',
    label: say.suite,
    required: true,
    value: 'international',
    choices: [
      { value: 'international', label: say.rsa, hint: say.rsaSays },
      { value: 'sm', label: say.sm2, hint: say.sm2Says },
    ],
  });

function fileCard(view: View, data: Certificates): Html {
  const standing = data.certificates.filter((c) => signs(view, c)).map((c) => c.fingerprint);
  const texts = html` data-kept="${view.t(say.kept)}" data-rewrapped="${view.t(say.rewrapped)}" data-strange="${view.t(say.strange)}" data-not-kept="${view.t(say.notKept)}"`;
  return card(view, {
    title: say.keyFile,
    id: 'key-file',
    body: html`<div class="stack">${prose(view, [{ text: say.keyFileSays }])}
<form class="form needs-script" data-open-key-file data-lang="${view.lang}" data-holder="${data.holder.id}" data-standing="${standing.join(' ')}"${texts}>
<div class="fields">${field(view, { kind: 'file', name: 'file', label: say.chooseFile, accept: '.p12,.pfx', required: true })}
${field(view, { kind: 'password', name: 'filePassphrase', label: say.oldPassphrase, required: true, half: true, autocomplete: 'off' })}
${field(view, { kind: 'password', name: 'nextPassphrase', label: say.nextPassphrase, hint: say.nextHint, half: true, autocomplete: 'new-password' })}</div>
<p class="field-wrong" data-wrong role="alert" hidden></p>
<p class="sub" data-said role="status" hidden></p>
<div class="form-actions"><button class="btn btn-primary" type="submit" value="keep">${icon(view, 'key')}<span>${view.t(say.keep)}</span></button>
<button class="btn" type="submit" value="rewrap">${view.t(say.rewrap)}</button></div>
</form></div>`,
  });
}

function trustCard(view: View, data: Certificates): Html {
  const roots = data.authorities.map(({ suite, name, fingerprint }) => ({
    label: suite === 'sm' ? say.rootSm2 : say.root,
    value: name,
    note: hash(view, fingerprint),
  }));
  const file = (href: string, label: Words): Html => linkButton(view, { href, label, icon: 'download', small: true, download: true });
  return card(view, {
    title: say.trust,
    body: html`${prose(view, [{ text: say.trustSays }])}${facts(view, roots)}
<div class="form-actions">${file('/certificates/authority', say.rootFile)}${offersBoth(data) ? file('/certificates/authority?suite=sm', say.rootFileSm2) : nothing}${file('/certificates/revocations.crl', say.crl)}${offersBoth(data) ? file('/certificates/revocations-sm2.crl', say.crlSm2) : nothing}${linkButton(view, { href: '/api/certificates/revocations', label: say.revocations, small: true })}</div>`,
  });
}

const outsideCard = (view: View): Html =>
  card(view, {
    title: say.outside,
    body: html`<p class="sub">${view.t(say.outsideSays)} <a href="/authorities">${view.t(say.outsideRegister)}</a></p>${form(view, {
      action: '/certificates/registrations',
      submit: say.outside,
      icon: 'certificate',
      fields: field(view, { kind: 'textarea', name: 'certificate', label: say.outsideField, required: true, rows: 4, maxlength: 20_000 }),
    })}`,
  });

/** One certificate: what it says, its PEM, and the way to take it back. */
export function certificatePage(view: View, data: Shown & { readonly pem: string; readonly mayRevoke: boolean }): Html {
  const revocation = data.revokedAt
    ? [
        { label: say.at, value: time(view, data.revokedAt as Instant, 'full') },
        {
          label: say.reason,
          value: view.t(reasonNames[data.revokedFor ?? 'other'] ?? { zh: data.revokedFor ?? '', en: data.revokedFor ?? '' }),
        },
      ]
    : [];
  return layout(view, {
    title: view.t(say.one),
    main: html`${pageHead(view, {
      title: say.one,
      above: html`<code>${data.serial}</code>`,
      beside: state(view, data),
      back: { href: '/certificates', label: say.title },
    })}
${stack(
  card(view, {
    body: facts(view, [
      { label: say.subject, value: data.subject },
      { label: say.suite, value: view.t(suiteNames[data.suite]) },
      { label: say.fingerprint, value: hash(view, data.fingerprint) },
      { label: say.from, value: time(view, data.notBefore as Instant, 'full') },
      { label: say.until, value: time(view, data.notAfter as Instant, 'full') },
      ...(data.heldSince ? [{ label: say.heldSince, value: time(view, data.heldSince as Instant, 'full') }] : []),
      ...(data.supersededAt ? [{ label: say.signsUntil, value: time(view, data.supersededAt as Instant, 'full') }] : []),
      ...(data.supersededBy
        ? [
            {
              label: say.newer,
              value: html`<a href="/certificates/${data.supersededBy}"><code>${data.supersededBy.slice(0, 16)}…</code></a>`,
            },
          ]
        : []),
      ...revocation,
    ]),
  }),
  data.mayRevoke && data.revokedAt === null ? holdCard(view, data) : nothing,
  data.mayRevoke && data.revokedAt === null ? revokeCard(view, data.serial) : nothing,
  card(view, {
    title: say.pem,
    beside: copyButton(view, data.pem),
    body: html`<textarea class="form-control" rows="10" readonly aria-label="${view.t(say.pem)}">${data.pem}</textarea>`,
  }),
)}`,
  });
}

function holdCard(view: View, { serial, heldSince }: Shown): Html {
  const held = heldSince !== null;
  return card(view, {
    title: held ? say.resume : say.hold,
    body: form(view, {
      action: `/certificates/${serial}/${held ? 'resumption' : 'suspension'}`,
      submit: held ? say.resume : say.hold,
      confirm: held ? { title: say.resumeTitle, says: say.resumeSays } : { title: say.holdTitle, says: say.holdSays },
      fields: nothing,
    }),
  });
}

function revokeCard(view: View, serial: string): Html {
  return card(view, {
    title: say.revoke,
    body: form(view, {
      action: `/certificates/${serial}/revocation`,
      submit: say.revoke,
      tone: 'danger',
      confirm: { title: say.revokeTitle, says: say.revokeSays },
      fields: field(view, {
        kind: 'select',
        name: 'reason',
        label: say.reason,
        required: true,
        empty: { zh: '请选择', en: 'Please choose' },
        choices: Object.entries(reasonNames).map(([value, label]) => ({ value, label })),
      }),
    }),
  });
}
