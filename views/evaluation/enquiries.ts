import type { EnquiriesAnswer } from '../../src/evaluation/enquiry-answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '澄清与说明', en: 'Questions of the panel' },
  toDesk: { zh: '回到评标台', en: 'Back to the desk' },
  toLot: { zh: '回到标段', en: 'Back to the lot' },
  forMember: {
    zh: '只能书面要求投标人澄清含义不明、对同类问题表述不一致或有明显文字和计算错误的内容，不得超出投标文件范围或改变实质性内容（《招标投标法》第39条）。投标人不会知道是哪位成员提出的。',
    en: 'Only what is unclear, inconsistent or plainly miswritten may be asked about, in writing, and never so that the substance changes (Tendering Law, art. 39). The bidder does not learn which member asked.',
  },
  forBidder: {
    zh: '评标委员会要求贵单位书面答复。答复须签名，不得超出投标文件范围或改变实质性内容；逾期视为没有答复。',
    en: 'The panel asks you to answer in writing, under your signature and in time. An answer may not go beyond the bid or change its substance.',
  },
  ask: { zh: '向投标人提出', en: 'Ask a bidder' },
  bid: { zh: '投标人', en: 'Bidder' },
  kind: { zh: '事项', en: 'Matter' },
  text: { zh: '要求澄清、说明的内容', en: 'What is asked' },
  minutes: { zh: '答复时间（分钟）', en: 'Time to answer, in minutes' },
  minutesHint: { zh: '{least} 至 {most} 分钟', en: '{least} to {most} minutes' },
  correctionTitle: { zh: '算术错误修正（仅选择该事项时填写）', en: 'Correction of a price (for that matter only)' },
  ground: { zh: '修正依据', en: 'By which rule' },
  price: { zh: '修正后的投标报价', en: 'The price it comes to' },
  mends: { zh: '补正内容', en: 'What is put right' },
  mending: { zh: '补正哪些内容（仅选择该事项时勾选）', en: 'What is put right (for that matter only)' },
  send: { zh: '送达投标人', en: 'Send to the bidder' },
  sendTitle: { zh: '送达后不能撤回', en: 'It cannot be taken back' },
  sendSays: {
    zh: '投标人在答复时间内签名答复；不确认算术修正的，其投标被否决。',
    en: 'The bidder answers in its time, signed. A correction that is not confirmed ends its bid.',
  },
  none: { zh: '还没有提出过', en: 'Nothing has been asked yet' },
  noneSays: {
    zh: '需要时在右侧向投标人提出；有未答复的，不能汇总评分。',
    en: 'Ask on the right where it is needed; nothing is concluded while an answer is open.',
  },
  read: { zh: '唱标报价', en: 'Price read out' },
  corrected: { zh: '修正后报价', en: 'Corrected price' },
  rule: { zh: '依据', en: 'Rule' },
  asked: { zh: '提出时间', en: 'Asked' },
  until: { zh: '答复截止', en: 'To be answered by' },
  answer: { zh: '答复', en: 'Answer' },
  accepts: { zh: '是否确认修正', en: 'Do you confirm the correction?' },
  yes: { zh: '确认，以修正后的报价参加评审', en: 'Yes: the corrected price is judged' },
  no: { zh: '不确认，投标被否决', en: 'No: the bid is out' },
  reply: { zh: '签名并答复', en: 'Sign and answer' },
  key: { zh: '签名证书', en: 'Your certificate' },
} satisfies Texts;

const kinds: Readonly<Record<EnquiriesAnswer['enquiries'][number]['kind'], Words>> = {
  clarification: { zh: '澄清、说明', en: 'Clarification' },
  mending: { zh: '补正形式性内容（仅一次）', en: 'Putting formal gaps right, once' },
  correction: { zh: '算术错误修正', en: 'Correction of an arithmetical error' },
  'low-price': { zh: '低价说明', en: 'Explanation of a low price' },
};
const states = {
  open: { tone: 'now', says: { zh: '待答复', en: 'open' } },
  answered: { tone: 'plain', says: { zh: '已答复', en: 'answered' } },
  lapsed: { tone: 'refused', says: { zh: '逾期未答复', en: 'not answered' } },
} as const;

type Enquiry = EnquiriesAnswer['enquiries'][number];

/** What the panel asked and what bidders answered (GET /lots/:lot/enquiries): all of it for a member, its own for a bidder. */
export function enquiriesPage(view: View, data: EnquiriesAnswer): Html {
  const member = data.reader === 'member';
  const answering = !member && data.enquiries.some((each) => each.state === 'open');
  const list = html`${part.notice(view, 'plain', member ? say.forMember : say.forBidder)}${
    data.enquiries.length === 0
      ? part.card(view, { body: part.empty(view, { title: say.none, says: say.noneSays, icon: 'message-circle' }) })
      : each(data.enquiries, (one) => enquiryCard(view, data, one))
  }`;
  const key = answering
    ? html`<div data-answer-desk>${part.card(view, { title: say.key, body: part.signerPart(view, { holder: data.holder }) })}</div>`
    : null;
  const right = data.ask ? askCard(view, data, data.ask) : key;
  return layout(view, {
    title: `${view.t(say.title)} · ${data.lot.name}`,
    section: member ? '/evaluations' : '/work',
    scripts: answering ? ['answer.js'] : [],
    main: html`${part.pageHead(view, {
      title: say.title,
      above: `${data.lot.number} · ${data.lot.name}`,
      back: member ? { href: `/lots/${data.lot.id}/evaluation`, label: say.toDesk } : { href: `/lots/${data.lot.id}`, label: say.toLot },
    })}
${right ? part.columns({ main: html`<div class="stack">${list}</div>`, right }) : html`<div class="stack">${list}</div>`}`,
  });
}

function enquiryCard(view: View, data: EnquiriesAnswer, one: Enquiry): Html {
  const { tone, says } = states[one.state];
  const facts: part.Fact[] = [
    ...(one.correctedPrice
      ? [
          { label: say.read, value: part.money(view, { yuan: one.readPrice, capitals: true }) },
          { label: say.corrected, value: part.money(view, { yuan: one.correctedPrice, capitals: true }) },
          ...(one.ground ? [{ label: say.rule, value: view.t(one.ground) }] : []),
        ]
      : []),
    ...(one.fields.length > 0
      ? [{ label: say.mends, value: one.fields.map((label) => view.t(label)).join(view.lang === 'zh' ? '、' : ', ') }]
      : []),
    { label: say.asked, value: part.time(view, one.askedAt) },
    { label: say.until, value: part.time(view, one.until) },
    ...(one.answer === null
      ? []
      : [
          {
            label: say.answer,
            value: html`${one.accepts === null ? nothing : html`<strong>${view.t(one.accepts ? say.yes : say.no)}</strong><br>`}<span class="said">${one.answer}</span>`,
          },
        ]),
  ];
  const mine = data.reader === 'bidder' && one.state === 'open';
  return part.card(view, {
    title:
      data.reader === 'member' ? { zh: `${one.name}：${kinds[one.kind].zh}`, en: `${one.name}: ${kinds[one.kind].en}` } : kinds[one.kind],
    beside: part.pill(view, tone, says),
    now: mine,
    body: html`<div class="stack"><p class="said">${one.text}</p>${mine ? part.countdown(view, { until: one.until, label: say.until }) : nothing}${part.facts(view, facts, 'wide')}${mine ? answerForm(view, data, one) : nothing}</div>`,
  });
}

function answerForm(view: View, data: EnquiriesAnswer, one: Enquiry): Html {
  const accepts =
    one.kind === 'correction'
      ? part.field(view, {
          kind: 'radio',
          name: 'accepts',
          label: say.accepts,
          value: null,
          required: true,
          choices: [
            { value: 'true', label: say.yes },
            { value: 'false', label: say.no },
          ],
        })
      : nothing;
  return html`<div data-answer data-lot="${data.lot.id}" data-enquiry="${one.id}" data-bidder="${data.bidder}" data-question="${one.text}">${part.form(
    view,
    {
      action: `/lots/${data.lot.id}/enquiries/${one.id}/answer`,
      submit: say.reply,
      icon: 'writing-sign',
      fields: html`${accepts}${part.field(view, { kind: 'textarea', name: 'text', label: say.answer, rows: 6, maxlength: 10_000, required: true })}${part.hidden('signature', '')}${part.hidden('at', '')}`,
    },
  )}</div>`;
}

function askCard(view: View, data: EnquiriesAnswer, ask: NonNullable<EnquiriesAnswer['ask']>): Html {
  const correction = ask.kinds.includes('correction')
    ? html`<fieldset class="field"><legend class="field-label">${view.t(say.correctionTitle)}</legend>${part.field(view, {
        kind: 'select',
        name: 'ground',
        label: say.ground,
        value: '',
        empty: { zh: '—', en: '—' },
        choices: ask.grounds.map(({ id, says }) => ({ value: id, label: says })),
      })}${part.field(view, { kind: 'money', name: 'correctedPrice', label: say.price })}</fieldset>`
    : nothing;
  const mending = ask.kinds.includes('mending')
    ? part.field(view, {
        kind: 'checks',
        name: 'fields',
        label: say.mending,
        choices: ask.mendable.map(({ key, label }) => ({ value: key, label })),
      })
    : nothing;
  return part.card(view, {
    title: say.ask,
    body: part.form(view, {
      action: `/lots/${data.lot.id}/enquiries`,
      submit: say.send,
      icon: 'send',
      fields: html`${part.field(view, {
        kind: 'select',
        name: 'bid',
        label: say.bid,
        value: '',
        required: true,
        choices: ask.bids.map(({ submission, name }) => ({ value: submission, label: { zh: name, en: name } })),
      })}${part.field(view, {
        kind: 'radio',
        name: 'kind',
        label: say.kind,
        value: 'clarification',
        required: true,
        choices: ask.kinds.map((kind) => ({ value: kind, label: kinds[kind] })),
      })}${part.field(view, { kind: 'textarea', name: 'text', label: say.text, rows: 5, maxlength: 5000, required: true })}${part.field(
        view,
        {
          kind: 'number',
          name: 'minutes',
          label: say.minutes,
          hint: {
            zh: say.minutesHint.zh.replace('{least}', String(ask.least)).replace('{most}', String(ask.most)),
            en: say.minutesHint.en.replace('{least}', String(ask.least)).replace('{most}', String(ask.most)),
          },
          value: String(ask.least * 2),
          min: ask.least,
          max: ask.most,
          required: true,
        },
      )}${mending}${correction}`,
      confirm: { title: say.sendTitle, says: say.sendSays },
    }),
  });
}
