import type { ListedAuthority } from '../../src/parties/authority-reads.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '外部签发机构', en: 'Outside authorities' },
  below: {
    zh: '除平台自己的签发机构外，这些机构签发给单位的证书也可登记使用。名录公开，增减和吊销列表都记入日志。',
    en: 'Besides the platform’s own authority, certificates that these issued to organisations can be registered and sign here. The register is public; every change and every list is journalled.',
  },
  none: { zh: '没有外部签发机构', en: 'There is no outside authority' },
  noneSays: { zh: '目前只接受本平台签发的证书。', en: 'Only certificates of this platform are taken at present.' },
  inForce: { zh: '采用中', en: 'trusted' },
  retired: { zh: '已停用', en: 'retired' },
  noList: { zh: '缺少有效的吊销列表', en: 'no current list' },
  noListSays: {
    zh: '在收到有效的吊销列表之前，不接受它签发的证书。',
    en: 'Its certificates are not taken until a current revocation list has come in.',
  },
  subject: { zh: '根证书', en: 'Root' },
  fingerprint: { zh: '根证书指纹', en: 'Fingerprint of the root' },
  field: { zh: '单位代码所在字段', en: 'Where the code stands' },
  standard: { zh: '标准字段 organizationIdentifier（NTRCN-）', en: 'organizationIdentifier (NTRCN-)' },
  inSubject: { zh: '主体字段 {oid}', en: 'subject field {oid}' },
  inExtension: { zh: '扩展 {oid}', en: 'extension {oid}' },
  trusted: { zh: '登记时间', en: 'Trusted since' },
  retiredAt: { zh: '停用时间', en: 'Retired' },
  list: { zh: '吊销列表', en: 'Revocation list' },
  until: { zh: '有效至', en: 'good until' },
  add: { zh: '登记签发机构', en: 'Trust an authority' },
  addSays: {
    zh: '请从该机构取得根证书，并用另一途径核对指纹。登记后它可以为任何单位出证，请慎重。',
    en: 'Get the root from the authority itself and compare its fingerprint by another way. From then on it can name any organisation: take care.',
  },
  name: { zh: '机构名称', en: 'Name' },
  pem: { zh: '证书（PEM，根证书在前）', en: 'Certificates (PEM, the root first)' },
  place: { zh: '单位代码写在哪里', en: 'Where it writes the organisation’s code' },
  placeStandard: { zh: '标准：organizationIdentifier = NTRCN-代码', en: 'Standard: organizationIdentifier = NTRCN-code' },
  placeSubject: { zh: '主体的其他字段', en: 'Another field of the subject' },
  placeExtension: { zh: '证书扩展', en: 'An extension' },
  oid: { zh: '对象标识符（OID）', en: 'Object identifier (OID)' },
  oidHint: { zh: '非标准时填写，例如 2.5.4.11（OU）。', en: 'Unless standard; for example 2.5.4.11 (OU).' },
  prefix: { zh: '代码之前的文字', en: 'Text before the code' },
  suffix: { zh: '代码之后的文字', en: 'Text after the code' },
  take: { zh: '上传吊销列表', en: 'Hand in a list' },
  listField: { zh: '列表（PEM 或 Base64）', en: 'The list (PEM or base64)' },
  listHint: {
    zh: '须由该机构签发、完整、比已有的新。列入的证书从此刻起停用；已解除挂起的，由管理员恢复。',
    en: 'Signed by the authority, whole, and newer than the one known. Certificates on it fall from this moment; a hold that it no longer names is lifted by the administrator.',
  },
  retire: { zh: '停用', en: 'Retire' },
  reason: { zh: '事由', en: 'Reason' },
} satisfies Texts;

/** The public register of outside authorities; administrators add and retire, the centre may hand in lists too. */
export function authoritiesPage(view: View, authorities: readonly ListedAuthority[]): Html {
  const role = view.me?.role;
  const list =
    authorities.length === 0
      ? part.card(view, { body: part.empty(view, { title: say.none, says: say.noneSays, icon: 'certificate' }) })
      : html`<div class="stack">${each(authorities, (authority) => authorityCard(view, authority))}</div>`;
  return layout(view, {
    title: view.t(say.title),
    section: '/organisations',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}${
      role === 'administrator' ? part.columns({ main: list, right: addCard(view) }) : list
    }`,
  });
}

function authorityCard(view: View, authority: ListedAuthority): Html {
  const role = view.me?.role;
  const current = authority.lists.some(({ nextUpdate }) => nextUpdate > view.now);
  const { field, retiredAt } = authority;
  const place =
    field.oid === '2.5.4.97'
      ? view.t(say.standard)
      : html`${view.t(field.in === 'subject' ? say.inSubject : say.inExtension, { oid: field.oid })} ${field.prefix}…${field.suffix}`;
  const pill = retiredAt
    ? part.pill(view, 'plain', say.retired)
    : current
      ? part.pill(view, 'verified', say.inForce)
      : part.pill(view, 'refused', say.noList);
  return part.card(view, {
    title: authority.name,
    beside: pill,
    body: html`<div class="stack">${current || retiredAt ? nothing : html`<p>${view.t(say.noListSays)}</p>`}${part.facts(
      view,
      [
        { label: say.subject, value: authority.subject },
        { label: say.fingerprint, value: part.hash(view, authority.fingerprint) },
        { label: say.field, value: place },
        { label: say.trusted, value: part.time(view, authority.trustedAt) },
        ...(retiredAt ? [{ label: say.retiredAt, value: html`${part.time(view, retiredAt)} ${authority.retiredFor ?? ''}` }] : []),
        ...authority.lists.map((list) => ({
          label: say.list,
          value: html`№ ${list.number} · ${view.t(say.until)} ${part.time(view, list.nextUpdate)}`,
        })),
      ],
      'wide',
    )}${role === 'administrator' || role === 'centre' ? listForm(view, authority.id) : nothing}${role === 'administrator' && !retiredAt ? retireForm(view, authority.id) : nothing}</div>`,
  });
}

const listForm = (view: View, id: string): Html =>
  html`<details><summary>${view.t(say.take)}</summary>${part.form(view, {
    action: `/authorities/${id}/lists`,
    submit: say.take,
    icon: 'upload',
    fields: part.field(view, { kind: 'textarea', name: 'list', label: say.listField, hint: say.listHint, required: true, rows: 4 }),
  })}</details>`;

const retireForm = (view: View, id: string): Html =>
  html`<details><summary>${view.t(say.retire)}</summary>${part.form(view, {
    action: `/authorities/${id}/retirement`,
    submit: say.retire,
    icon: 'circle-x',
    tone: 'danger',
    fields: part.field(view, { kind: 'text', name: 'reason', label: say.reason, required: true, maxlength: 500 }),
  })}</details>`;

const addCard = (view: View): Html =>
  part.card(view, {
    title: say.add,
    body: html`<div class="stack"><p class="sub">${view.t(say.addSays)}</p>${part.form(view, {
      action: '/authorities',
      submit: say.add,
      icon: 'certificate',
      fields: html`${part.field(view, { kind: 'text', name: 'name', label: say.name, required: true, maxlength: 200 })}
${part.field(view, { kind: 'textarea', name: 'pem', label: say.pem, required: true, rows: 6 })}
${part.field(view, {
  kind: 'select',
  name: 'place',
  label: say.place,
  value: 'standard',
  choices: [
    { value: 'standard', label: say.placeStandard },
    { value: 'subject', label: say.placeSubject },
    { value: 'extension', label: say.placeExtension },
  ],
})}
${part.field(view, { kind: 'text', name: 'oid', label: say.oid, hint: say.oidHint, maxlength: 100 })}
${part.field(view, { kind: 'text', name: 'prefix', label: say.prefix, half: true, maxlength: 20 })}${part.field(view, { kind: 'text', name: 'suffix', label: say.suffix, half: true, maxlength: 20 })}`,
    })}</div>`,
  });
