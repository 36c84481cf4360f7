import type { ForfeitureAnswer, LotSecurityAnswer, OwnSecurity } from '../../src/securities/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';
import { refundTable } from './refunds.ts';

const say = {
  title: { zh: '投标保证金', en: 'Bid security' },
  back: { zh: '返回标段', en: 'Back to the lot' },
  asked: { zh: '应缴金额', en: 'Asked for' },
  until: { zh: '到账截止', en: 'To be credited before' },
  payer: { zh: '付款账户', en: 'Paying account' },
  basic: { zh: '须从本单位基本账户转出', en: 'from the bidder’s basic account' },
  ownAccount: { zh: '须从本单位账户转出', en: 'from an account in the bidder’s name' },
  secret: {
    zh: '开标前，谁缴纳、缴纳了几家，平台上任何人都看不到；本页关于本单位的内容只有本单位看得到。',
    en: 'Before the opening nobody on the platform sees who paid, or how many did. What this page says of your organisation, only your organisation sees.',
  },
  sealedYet: { zh: '开标开始后公布各投标人的保证金情况。', en: 'How the securities stand is public once the opening has begun.' },
  own: { zh: '本单位的保证金', en: 'Your security' },
  states: { zh: '状态', en: 'State' },
  number: { zh: '本标段专用账号', en: 'Your account number for this lot' },
  payee: { zh: '收款户名', en: 'Payee' },
  bank: { zh: '开户银行', en: 'Bank' },
  counted: { zh: '已计入', en: 'Counted' },
  over: { zh: '超出', en: 'Beyond it' },
  overSays: { zh: '与保证金一并退还', en: 'goes back with the rest' },
  ask: { zh: '领取专用账号', en: 'Get an account number' },
  change: { zh: '更改付款账户', en: 'Change the paying account' },
  askSays: {
    zh: '每个投标人每个标段一个账号。请先登记将要付款的账户，从其他账户付款的不计入，原路退回。',
    en: 'One number for each bidder and lot. First state the account you will pay from: money from any other does not count and goes back.',
  },
  payerAccount: { zh: '付款账号', en: 'Account you pay from' },
  payerBank: { zh: '付款开户行', en: 'Its bank' },
  movements: { zh: '到账明细', en: 'What came' },
  bookedOn: { zh: '记账日期', en: 'Booked on' },
  from: { zh: '付款人', en: 'Payer' },
  amount: { zh: '金额（元）', en: 'Amount (yuan)' },
  verdict: { zh: '是否计入', en: 'Does it count' },
  counts: { zh: '计入', en: 'counts' },
  nothingCame: { zh: '尚未收到款项', en: 'Nothing has come yet' },
  nothingCameSays: { zh: '银行报送流水后显示；请留出到账时间。', en: 'It shows once the bank’s statement is in: leave time for it.' },
  guarantee: { zh: '电子保函', en: 'Electronic guarantee' },
  lodge: { zh: '提交电子保函', en: 'Lodge a guarantee' },
  lodgeSays: {
    zh: '与现金同等效力。出具机构在名录内且附签名文件的，平台当场核验；其他的由评标委员会审查。',
    en: 'It counts as money does. Signed by an issuer of the register, it is checked at once; any other is looked at by the panel.',
  },
  issuer: { zh: '出具机构', en: 'Issuer' },
  guaranteeNumber: { zh: '保函编号', en: 'Number' },
  validUntil: { zh: '有效期至', en: 'Valid until' },
  file: { zh: '保函文件（PDF、OFD、XML、JSON）', en: 'The guarantee (PDF, OFD, XML, JSON)' },
  signature: { zh: '出具机构签名文件（.p7s，可不附）', en: 'The issuer’s signature (.p7s), if there is one' },
  verified: { zh: '签名核验通过', en: 'signature verified' },
  unchecked: { zh: '由评标委员会审查', en: 'for the panel to look at' },
  refunds: { zh: '退还', en: 'Returned' },
  stated: { zh: '各投标人保证金情况', en: 'How the securities stand' },
  bidder: { zh: '投标人', en: 'Bidder' },
  form: { zh: '形式', en: 'Form' },
  result: { zh: '结果', en: 'Result' },
  statedSays: {
    zh: '到账时间以银行记账为准。没有按要求提交的，由评标委员会按评审项“投标保证金”否决。',
    en: 'What counts is when the bank booked it. Of a bid without one the panel judges by the item on securities.',
  },
  kept: { zh: '不予退还', en: 'Kept securities' },
  keep: { zh: '决定不予退还', en: 'Keep a security' },
  ground: { zh: '情形', en: 'Ground' },
  reason: { zh: '事实与理由', en: 'Facts and reason' },
  evidence: { zh: '证据', en: 'Evidence' },
  toAccount: { zh: '划入账号（招标人）', en: 'Tenderee’s account' },
  toBank: { zh: '划入开户行', en: 'Its bank' },
  keepSays: {
    zh: '投标人立即可见，并可在规定期间内提出异议；期间及答复前不划转。',
    en: 'The bidder sees it at once and may object; until then, and until the answer, nothing is transferred.',
  },
  object: { zh: '提出异议', en: 'Object' },
  objection: { zh: '异议内容', en: 'Objection' },
  answer: { zh: '答复', en: 'Answer' },
  decision: { zh: '决定', en: 'Decision' },
  upheld: { zh: '维持不予退还', en: 'It stays kept' },
  lifted: { zh: '撤销决定，予以退还', en: 'Lifted: it goes back' },
  contestUntil: { zh: '异议截止', en: 'Objections until' },
} satisfies Texts;

const states: Readonly<Record<OwnSecurity['state'], Words>> = {
  none: { zh: '未到账', en: 'Not received' },
  partial: { zh: '未足额', en: 'Not in full' },
  full: { zh: '已足额到账', en: 'Received in full' },
};
const paidBack: Words = { zh: '已退还', en: 'paid back' };
const forms: Readonly<Record<string, Words>> = {
  transfer: { zh: '转账', en: 'Transfer' },
  guarantee: { zh: '保函', en: 'Guarantee' },
  none: { zh: '无', en: 'None' },
};

/** The security of a lot: the bidder's own at any time, all of them once the opening has begun. */
export function lotSecurityPage(view: View, data: LotSecurityAnswer): Html {
  return layout(view, {
    title: `${view.t(say.title)} · ${data.lot.name}`,
    main: html`${part.pageHead(view, { title: say.title, below: data.lot.name, back: { href: `/lots/${data.lot.id}`, label: say.back } })}
<div class="stack">${part.card(view, {
      body: html`${part.facts(
        view,
        [
          { label: say.asked, value: part.money(view, { yuan: data.amount, capitals: true }) },
          { label: say.until, value: part.time(view, data.deadline as Instant, 'full') },
          {
            label: say.payer,
            value: html`${view.t(data.payer === 'basic' ? say.basic : say.ownAccount)} <span class="sub">${data.payerSource ? view.t(data.payerSource) : ''}</span>`,
          },
        ],
        'wide',
      )}<p class="sub">${view.t(data.opened ? say.statedSays : say.secret)}</p>`,
    })}
${data.own ? ownCards(view, data, data.own) : nothing}
${data.opened ? statedCard(view, data) : part.card(view, { body: html`<p>${view.t(say.sealedYet)}</p>` })}
${each(data.kept, (kept) => keptCard(view, data, kept))}
${data.grounds.length > 0 ? keepCard(view, data) : nothing}</div>`,
  });
}

function ownCards(view: View, data: LotSecurityAnswer, own: OwnSecurity): Html {
  const tone = own.state === 'full' ? 'verified' : own.state === 'partial' ? 'wait' : 'plain';
  const back = own.state === 'none' && own.movements.some(({ why }) => why === 'returned');
  const number =
    own.number === null
      ? []
      : [
          {
            label: say.number,
            value: html`<code class="figure">${own.number.replace(/(\d{4})(?=\d)/g, '$1 ')}</code> ${part.copyButton(view, own.number)}`,
          },
          { label: say.payee, value: data.collection?.holder ?? '' },
          { label: say.bank, value: data.collection?.bank ?? '' },
          { label: say.payerAccount, value: html`<code>${own.payerAccount ?? ''}</code> ${own.payerBank ?? ''}` },
          { label: say.counted, value: part.money(view, { yuan: own.counted }) },
        ];
  const over =
    own.over === '0.00'
      ? []
      : [{ label: say.over, value: html`${part.money(view, { yuan: own.over })} <span class="sub">${view.t(say.overSays)}</span>` }];
  const account = part.card(view, {
    title: say.own,
    beside: part.pill(
      view,
      own.guarantee && own.state !== 'full' ? 'plain' : tone,
      own.guarantee && own.state !== 'full' ? say.guarantee : back ? paidBack : states[own.state],
    ),
    body: html`<div class="stack">${number.length > 0 ? part.facts(view, [...number, ...over], 'wide') : nothing}${
      own.number !== null ? movementTable(view, own) : nothing
    }${data.open && own.mayChangePayer ? payerForm(view, data, own) : nothing}</div>`,
  });
  return html`${account}${guaranteeCard(view, data, own)}${
    own.refunds.length > 0 ? part.card(view, { title: say.refunds, flush: true, body: refundTable(view, own.refunds) }) : nothing
  }`;
}

const movementTable = (view: View, own: OwnSecurity): Html =>
  part.table(view, {
    caption: say.movements,
    showCaption: true,
    columns: [
      { label: say.bookedOn, phone: 'head', cell: ({ bookedOn }) => bookedOn },
      { label: say.from, cell: ({ payerName }) => payerName },
      { label: say.amount, numeric: true, phone: 'figure', cell: ({ amount }) => part.figure(amount) },
      { label: say.verdict, cell: ({ says }) => (says === null ? part.pill(view, 'verified', say.counts) : view.t(says)) },
    ],
    rows: own.movements,
    empty: part.empty(view, { title: say.nothingCame, says: say.nothingCameSays, icon: 'hourglass' }),
  });

const payerForm = (view: View, data: LotSecurityAnswer, own: OwnSecurity): Html => {
  const form = html`<p class="sub">${view.t(say.askSays)}</p>${part.form(view, {
    action: `/lots/${data.lot.id}/security/account`,
    submit: own.number === null ? say.ask : say.change,
    tone: own.number === null ? 'primary' : 'plain',
    fields: html`${part.field(view, { kind: 'text', name: 'payerAccount', label: say.payerAccount, value: own.payerAccount, required: true, half: true, maxlength: 50, inputmode: 'numeric' })}${part.field(view, { kind: 'text', name: 'payerBank', label: say.payerBank, value: own.payerBank, required: true, half: true, maxlength: 200 })}`,
  })}`;
  return own.number === null ? form : html`<details><summary>${view.t(say.change)}</summary>${form}</details>`;
};

const leastAmount = ({ amount }: LotSecurityAnswer): Words => ({
  zh: `不少于 ${part.amountText(amount)} 元`,
  en: `${part.amountText(amount)} yuan at least`,
});
const leastUntil = (day: string): Words => ({
  zh: `不早于 ${day}（投标有效期最后一日）`,
  en: `${day} or later: the last day of bid validity`,
});

function guaranteeCard(view: View, data: LotSecurityAnswer, own: OwnSecurity): Html {
  const { guaranteeRules: rules } = data;
  const held = own.guarantee;
  if (!held && !(data.open && data.forms.includes('guarantee'))) return html``;
  const facts = held
    ? part.facts(view, [
        { label: say.issuer, value: held.issuer },
        { label: say.guaranteeNumber, value: held.number },
        { label: say.amount, value: part.money(view, { yuan: held.amount }) },
        { label: say.validUntil, value: held.validUntil },
        { label: say.states, value: part.pill(view, held.verified ? 'verified' : 'wait', held.verified ? say.verified : say.unchecked) },
      ])
    : nothing;
  const form = html`<p class="sub">${view.t(say.lodgeSays)} <a href="/securities/register">${view.t({ zh: '出具机构名录', en: 'Register of issuers' })}</a></p>${part.form(
    view,
    {
      action: `/lots/${data.lot.id}/security/guarantees`,
      submit: say.lodge,
      tone: 'plain',
      icon: 'upload',
      multipart: true,
      fields: html`${part.field(view, { kind: 'text', name: 'issuer', label: say.issuer, required: true, half: true, maxlength: 200 })}${part.field(view, { kind: 'text', name: 'number', label: say.guaranteeNumber, required: true, half: true, maxlength: 80 })}
${part.field(view, { kind: 'money', name: 'amount', label: say.amount, required: true, hint: leastAmount(data), ground: rules.amount })}
${part.field(view, { kind: 'date', name: 'validUntil', label: say.validUntil, required: true, half: true, min: rules.lastsUntil, hint: leastUntil(rules.lastsUntil), ground: rules.validUntil })}
${part.field(view, { kind: 'file', name: 'file', label: say.file, required: true })}
${part.field(view, { kind: 'file', name: 'signature', label: say.signature, accept: '.p7s,.p7b,.sig' })}`,
    },
  )}`;
  return part.card(view, {
    title: say.guarantee,
    body: html`<div class="stack">${facts}${data.open ? (held ? html`<details><summary>${view.t(say.lodge)}</summary>${form}</details>` : form) : nothing}</div>`,
  });
}

/** A guarantee that the panel still has to look at counts so far, and is not shown as one whose signature was verified. */
const statedTone = (counts: boolean, reason: string): 'verified' | 'wait' | 'refused' =>
  !counts ? 'refused' : reason === 'guarantee-unchecked' ? 'wait' : 'verified';

const statedCard = (view: View, data: LotSecurityAnswer): Html =>
  part.tableCard(view, {
    title: say.stated,
    columns: [
      { label: say.bidder, phone: 'head', cell: ({ name }) => name },
      { label: say.form, cell: ({ form }) => view.t(forms[form] ?? say.form) },
      { label: say.amount, numeric: true, phone: 'figure', cell: ({ amount }) => part.figure(amount) },
      {
        label: say.result,
        cell: ({ counts, reason, says }) => part.pill(view, statedTone(counts, reason), says),
      },
    ],
    rows: data.stated,
  });

function keptCard(view: View, data: LotSecurityAnswer, kept: ForfeitureAnswer): Html {
  const at = `/lots/${data.lot.id}/security/forfeitures/${kept.id}`;
  return part.card(view, {
    title: say.kept,
    beside: kept.lifted ? part.pill(view, 'plain', say.lifted) : part.pill(view, 'refused', say.kept),
    body: html`<div class="stack">${part.facts(view, [
      { label: say.bidder, value: kept.name },
      { label: say.ground, value: view.t(kept.ground) },
      { label: say.reason, value: kept.reason },
      { label: say.amount, value: part.money(view, { yuan: kept.amount }) },
      ...(view.me
        ? [{ label: say.evidence, value: html`<a href="${at}/evidence">${view.t(say.evidence)}</a> ${part.hash(view, kept.sha256)}` }]
        : []),
      { label: say.contestUntil, value: part.time(view, kept.contestableUntil as Instant) },
      ...(kept.objection === null ? [] : [{ label: say.objection, value: kept.objection }]),
      ...(kept.answer === null ? [] : [{ label: say.answer, value: kept.answer }]),
    ])}${kept.mayContest ? contestForm(view, at) : nothing}${kept.mayAnswer ? answerForm(view, at) : nothing}</div>`,
  });
}

const contestForm = (view: View, at: string): Html =>
  part.form(view, {
    action: `${at}/objection`,
    submit: say.object,
    fields: part.field(view, { kind: 'textarea', name: 'text', label: say.objection, required: true, maxlength: 4000 }),
  });

const answerForm = (view: View, at: string): Html =>
  part.form(view, {
    action: `${at}/answer`,
    submit: say.answer,
    fields: html`${part.field(view, {
      kind: 'radio',
      name: 'upheld',
      label: say.decision,
      required: true,
      choices: [
        { value: 'yes', label: say.upheld },
        { value: 'no', label: say.lifted },
      ],
    })}${part.field(view, { kind: 'textarea', name: 'answer', label: say.answer, required: true, maxlength: 4000 })}`,
  });

function keepCard(view: View, data: LotSecurityAnswer): Html {
  const held = data.stated.filter(
    ({ form, bidder }) => form === 'transfer' && !data.kept.some((kept) => kept.bidder === bidder && !kept.lifted),
  );
  if (held.length === 0) return html``;
  const form = part.form(view, {
    action: `/lots/${data.lot.id}/security/forfeitures`,
    submit: say.keep,
    tone: 'danger',
    multipart: true,
    note: say.keepSays,
    fields: html`${part.field(view, { kind: 'select', name: 'bidder', label: say.bidder, required: true, choices: held.map(({ bidder, name }) => ({ value: bidder, label: name })) })}
${part.field(view, { kind: 'radio', name: 'ground', label: say.ground, required: true, choices: data.grounds.map(({ id, says, source }) => ({ value: id, label: says, hint: source })) })}
${part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, required: true, maxlength: 4000 })}
${part.field(view, { kind: 'file', name: 'evidence', label: say.evidence, required: true })}
${part.field(view, { kind: 'text', name: 'payeeAccount', label: say.toAccount, required: true, half: true, maxlength: 50 })}${part.field(view, { kind: 'text', name: 'payeeBank', label: say.toBank, required: true, half: true, maxlength: 200 })}`,
  });
  return part.card(view, { title: say.keep, body: html`<details><summary>${view.t(say.keep)}</summary>${form}</details>` });
}
