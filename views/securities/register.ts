import type { ListedIssuer } from '../../src/securities/issuer-reads.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View } from '../view.ts';

const say = {
  title: { zh: '保证金专户与保函出具机构', en: 'Account for securities, issuers of guarantees' },
  below: {
    zh: '专户和名录公开。名录内机构签名的电子保函由平台核验，其他保函由评标委员会审查。',
    en: 'Both are public. A guarantee signed by an issuer of the register is checked by the platform, any other by the panel.',
  },
  account: { zh: '保证金专户', en: 'Account for securities' },
  none: { zh: '尚未开立', en: 'None has been opened' },
  bank: { zh: '存管银行', en: 'Bank' },
  holder: { zh: '户名', en: 'Holder' },
  number: { zh: '账号', en: 'Number' },
  prefix: { zh: '专用账号号段', en: 'Prefix of the numbers below it' },
  bankCode: { zh: '存管银行统一社会信用代码', en: 'Credit code of the bank' },
  open: { zh: '开立专户', en: 'Open the account' },
  issuers: { zh: '保函出具机构', en: 'Issuers of guarantees' },
  name: { zh: '机构名称', en: 'Name' },
  fingerprint: { zh: '证书指纹', en: 'Fingerprint' },
  since: { zh: '登记时间', en: 'Since' },
  noIssuer: { zh: '名录为空', en: 'The register is empty' },
  noIssuerSays: { zh: '目前所有保函由评标委员会审查。', en: 'At present every guarantee is looked at by the panel.' },
  retired: { zh: '已停用', en: 'retired' },
  add: { zh: '登记出具机构', en: 'Add an issuer' },
  pem: { zh: '签发证书（PEM）', en: 'Its issuing certificate (PEM)' },
  retire: { zh: '停用', en: 'Retire' },
  reason: { zh: '事由', en: 'Reason' },
} satisfies Texts;

interface Register {
  readonly collection: { readonly bank: string; readonly holder: string; readonly number: string; readonly prefix: string } | null;
  readonly issuers: readonly ListedIssuer[];
}

/** The public register; the administrator opens the account and adds or retires issuers. */
export function securitiesRegisterPage(view: View, { collection, issuers }: Register): Html {
  const manages = view.me?.role === 'administrator';
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}<div class="stack">${part.card(view, {
      title: say.account,
      body: collection
        ? part.facts(view, [
            { label: say.bank, value: collection.bank },
            { label: say.holder, value: collection.holder },
            { label: say.number, value: html`<code>${collection.number}</code>` },
            { label: say.prefix, value: html`<code>${collection.prefix}</code>` },
          ])
        : html`<p>${view.t(say.none)}</p>${manages ? openForm(view) : nothing}`,
    })}${part.tableCard(view, {
      title: say.issuers,
      columns: [
        {
          label: say.name,
          phone: 'head',
          cell: ({ name, retiredAt }) => html`${name} ${retiredAt ? part.pill(view, 'plain', say.retired) : nothing}`,
        },
        { label: say.fingerprint, cell: ({ fingerprint }) => part.hash(view, fingerprint) },
        { label: say.since, cell: ({ trustedAt }) => part.time(view, trustedAt as Instant, 'day') },
        ...(manages
          ? [{ label: say.retire, cell: (issuer: ListedIssuer) => (issuer.retiredAt ? nothing : retireForm(view, issuer.id)) }]
          : []),
      ],
      rows: issuers,
      empty: part.empty(view, { title: say.noIssuer, says: say.noIssuerSays, icon: 'certificate' }),
    })}${manages ? addCard(view) : nothing}</div>`,
  });
}

const openForm = (view: View): Html =>
  part.form(view, {
    action: '/securities/accounts',
    submit: say.open,
    fields: html`${part.field(view, { kind: 'text', name: 'bank', label: say.bankCode, required: true, maxlength: 18, half: true })}${part.field(view, { kind: 'text', name: 'holder', label: say.holder, required: true, maxlength: 200, half: true })}
${part.field(view, { kind: 'text', name: 'number', label: say.number, required: true, maxlength: 40, half: true })}${part.field(view, { kind: 'text', name: 'prefix', label: say.prefix, required: true, maxlength: 8, half: true })}`,
  });

const retireForm = (view: View, id: string): Html =>
  html`<details><summary>${view.t(say.retire)}</summary>${part.form(view, {
    action: `/securities/issuers/${id}/retirement`,
    submit: say.retire,
    tone: 'danger',
    fields: part.field(view, { kind: 'text', name: 'reason', label: say.reason, required: true, maxlength: 500 }),
  })}</details>`;

const addCard = (view: View): Html =>
  part.card(view, {
    title: say.add,
    body: part.form(view, {
      action: '/securities/issuers',
      submit: say.add,
      icon: 'certificate',
      fields: html`${part.field(view, { kind: 'text', name: 'name', label: say.name, required: true, maxlength: 200 })}${part.field(view, { kind: 'textarea', name: 'pem', label: say.pem, required: true, rows: 6 })}`,
    }),
  });
