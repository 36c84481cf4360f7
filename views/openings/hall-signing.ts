import { type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

/** What a bidder may sign in the hall now; what is signed is put together in its browser (src/browser/hall-entry.ts). */
export interface HallSigning {
  readonly lot: string;
  readonly part: string;
  readonly bidder: string;
  /** root of the closing snapshot */
  readonly root: string;
  /** digest of the record; null until it is complete */
  readonly record: string | null;
  readonly mayAttend: boolean;
  readonly mayConfirm: boolean;
}

/** The record while it is confirmed, and afterwards. */
export interface HallConfirmation {
  readonly digest: string;
  /** silence accepts from then on */
  readonly until: Instant;
  readonly closed: boolean;
  readonly words: readonly { readonly word: 'attended' | 'confirmed' | 'objected'; readonly name: string; readonly at: Instant }[];
}

const say = {
  signIn: { zh: '签名签到', en: 'Sign in with the certificate' },
  confirm: { zh: '签名确认开标记录', en: 'Confirm the record with the certificate' },
  object: { zh: '签名提出异议', en: 'Object to the record, signed' },
  check: { zh: '核对开标记录', en: 'Check the record' },
  why: { zh: '不认可之处', en: 'What is wrong with it' },
  key: { zh: '签名用的密钥', en: 'The key that signs' },
  confirmation: { zh: '投标人确认', en: 'The bidders’ word' },
  until: { zh: '逾期未表示视为认可', en: 'Silence accepts in' },
  none: { zh: '尚无人确认。', en: 'Nobody has confirmed so far.' },
  silent: { zh: '未签名表示的投标人，逾期视为认可。', en: 'Whoever signed nothing is taken to agree.' },
  file: { zh: '开标记录与签名', en: 'The record and its signatures' },
} satisfies Texts;

export const wordWords: Readonly<Record<HallConfirmation['words'][number]['word'], Words>> = {
  attended: { zh: '已签到', en: 'signed in' },
  confirmed: { zh: '已签名确认', en: 'confirmed, signed' },
  objected: { zh: '提出异议', en: 'objected' },
};

/** The choice of a key. It stands outside the regions that move: what a person has chosen there must not be taken away by news. */
export function signingDesk(view: View, holder: string | null): Html {
  if (holder === null) return nothing;
  return html`<div data-hall-desk hidden>${part.card(view, { title: say.key, body: part.signerPart(view, { holder }) })}</div>`;
}

/** The forms that are signed: to be there, to confirm, to object. */
export function signingForms(view: View, signing: HallSigning | null, session: string | null): Html {
  if (signing === null) return nothing;
  const base = `/lots/${signing.lot}`;
  const signed = html`${part.hidden('signature', '')}${part.hidden('at', '')}${session ? part.hidden('session', session) : nothing}`;
  const digest = part.hidden('record', signing.record ?? '');
  const attend = part.form(view, { action: `${base}/attendance`, submit: say.signIn, icon: 'user-check', fields: signed });
  const confirm = part.form(view, {
    action: `${base}/confirmations`,
    submit: say.confirm,
    icon: 'writing-sign',
    fields: html`${signed}${digest}`,
  });
  const object = part.form(view, {
    action: `${base}/record-objections`,
    submit: say.object,
    tone: 'plain',
    quiet: true,
    fields: html`${part.field(view, { name: 'text', label: say.why, kind: 'textarea', required: true, rows: 2 })}${signed}${digest}`,
  });
  if (signing.mayAttend && !signing.mayConfirm) return wrapped(signing, 'attendance', attend);
  if (!signing.mayConfirm) return nothing;
  return part.card(view, {
    title: say.check,
    body: html`<div class="stack">${signing.mayAttend ? wrapped(signing, 'attendance', attend) : nothing}${wrapped(signing, 'record-confirmation', confirm)}${wrapped(signing, 'record-objection', object)}</div>`,
  });
}

const wrapped = ({ lot, part: of, bidder, root, record }: HallSigning, kind: string, form: Html): Html =>
  html`<div data-hall-signs="${kind}" data-lot="${lot}" data-part="${of}" data-bidder="${bidder}" data-root="${root}" data-record="${record ?? ''}">${form}</div>`;

/** Who has confirmed the record, until when the others may, and where all of it can be had. */
export function confirmationCard(view: View, lot: string, confirmation: HallConfirmation): Html {
  const said = confirmation.words.filter(({ word }) => word !== 'attended');
  const clock = confirmation.closed ? nothing : part.countdown(view, { until: confirmation.until, label: say.until });
  const list = said.length === 0 ? html`<p class="sub">${view.t(say.none)}</p>` : part.facts(view, said.map(factOf(view)));
  return part.card(view, {
    title: say.confirmation,
    beside: html`<a href="/lots/${lot}/record">${view.t(say.file)}</a>`,
    body: html`<div class="stack">${clock}${list}<p class="sub">${view.t(say.silent)}</p></div>`,
  });
}

const factOf =
  (view: View) =>
  ({ word, name, at }: HallConfirmation['words'][number]): part.Fact => ({
    label: name,
    value: view.t(wordWords[word]),
    note: part.time(view, at, 'time'),
  });
