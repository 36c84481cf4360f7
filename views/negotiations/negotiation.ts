import type { NegotiationAnswer } from '../../src/negotiations/answers.ts';
import { attribute, each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '谈判与最后报价', en: 'Negotiation and last offers' },
  below: {
    zh: '小组全体成员集中与每家供应商分别谈判，条件对各家相同。谁参加、谈了什么、报了什么，在成交结果公告前，供应商彼此不知。',
    en: 'The whole group talks to each supplier by itself, on the same terms. Who takes part, what was said and what is offered, suppliers do not learn of each other before the result.',
  },
  suppliers: { zh: '参加谈判的供应商', en: 'Suppliers in the negotiation' },
  supplier: { zh: '供应商', en: 'Supplier' },
  state: { zh: '状态', en: 'State' },
  round: { zh: '本轮谈判', en: 'Talked to in this round' },
  talked: { zh: '已谈判，记录成立', en: 'Talked to, minutes stand' },
  waits: { zh: '待谈判', en: 'Still to come' },
  start: { zh: '开始谈判', en: 'Start the negotiation' },
  startSays: {
    zh: '小组成员均已签署回避声明，可以开始与供应商分别谈判。',
    en: 'Every member has declared; the group may begin to talk to each supplier.',
  },
  notStarted: { zh: '等待小组组成、全体成员签署声明后开始谈判。', en: 'It starts when the group is formed and has declared.' },
  panel: { zh: '去组建小组', en: 'To the group' },
  minutes: { zh: '谈判记录', en: 'Minutes' },
  noMinutes: { zh: '还没有谈判记录。', en: 'No minutes yet.' },
  ownMinutes: { zh: '贵单位的谈判记录', en: 'Minutes of your talks' },
  keep: { zh: '记谈判记录', en: 'Keep minutes' },
  keepSays: {
    zh: '代表集中谈判的全体成员记录；其他成员逐一确认，过半数确认的成立。提交后不能修改。',
    en: 'Written for the whole group; the other members confirm, and it stands with more than half. It cannot be changed afterwards.',
  },
  text: { zh: '谈判内容', en: 'What was talked about' },
  verdict: { zh: '小组对响应文件的认定', en: 'What the group finds of the response' },
  goesOn: { zh: '实质性响应，继续参加', en: 'Meets the need: goes on' },
  stops: { zh: '未实质性响应，不再参加', en: 'Does not meet it: out' },
  reason: { zh: '理由', en: 'Reason' },
  refusal: { zh: '认定不符合的理由', en: 'Why it does not meet the need' },
  reasonHint: { zh: '认定未实质性响应的，必填；将告知该供应商。', en: 'Needed where it does not; its supplier is told.' },
  save: { zh: '提交记录', en: 'Submit the minutes' },
  agree: { zh: '记录属实', en: 'They are true' },
  disagree: { zh: '不认可', en: 'Not so' },
  counted: { zh: '{agreed} / {members} 名成员确认', en: 'confirmed by {agreed} of {members}' },
  nthChange: { zh: '第 {n} 次变动', en: 'Change {n}' },
  nth: { zh: '第 {n} 轮', en: 'Round {n}' },
  changes: { zh: '采购需求的变动', en: 'Changes of the requirement' },
  changesBelow: {
    zh: '同时以书面形式告知所有参加谈判的供应商；供应商按变动后的需求重新提交响应文件和最后报价。',
    en: 'Told in writing to all that take part, in the same moment; responses and last offers are handed in again on the requirement as changed.',
  },
  noChanges: { zh: '没有变动。', en: 'None.' },
  change: { zh: '变动采购需求', en: 'Change the requirement' },
  changeSays: {
    zh: '提交即同时告知所有参加的供应商，不能撤回；之后须与每家再谈一轮。',
    en: 'All that take part are told at once and it stays; afterwards the group talks to each of them again.',
  },
  touches: { zh: '变动的内容', en: 'What is changed' },
  changeText: { zh: '变动说明', en: 'The change' },
  tell: { zh: '告知所有供应商', en: 'Tell all suppliers' },
  call: { zh: '要求提交最后报价', en: 'Ask for last offers' },
  callSays: {
    zh: '所有继续参加的供应商同时得到通知，在同一时间前密封递交最后报价；谈判到此结束，需求不再变动。',
    en: 'All that stay are told at once and seal their last offers by the same time. The negotiation is over with it, and the requirement is fixed.',
  },
  hours: { zh: '提交时间（小时）', en: 'Time for it (hours)' },
  exception: { zh: '供应商不足三家的例外情形', en: 'Exception, where fewer than three stay' },
  noException: { zh: '不适用', en: 'None' },
  approval: { zh: '例外情形的批准文件或认定依据', en: 'Approval or ground of the exception' },
  approvalHint: { zh: '选择例外情形的，必填。', en: 'Needed where an exception is chosen.' },
  offers: { zh: '最后报价', en: 'Last offers' },
  offersSays: {
    zh: '最后报价在单独的采购包 {number} 中密封递交、共同开启、评审。',
    en: 'Last offers are sealed, opened together and judged in a lot of their own, {number}.',
  },
  until: { zh: '提交截止', en: 'Until' },
  toOffers: { zh: '去最后报价', en: 'To the last offers' },
  toBid: { zh: '递交最后报价', en: 'Submit your last offer' },
  end: { zh: '终止谈判', en: 'End it without a result' },
  endSays: { zh: '终止后须重新开展采购活动，不能撤回。', en: 'The procurement is begun anew; this cannot be undone.' },
  ground: { zh: '情形', en: 'Ground' },
  own: { zh: '贵单位', en: 'Your part' },
  inSays: {
    zh: '贵单位正在参加谈判。请等候小组邀请；要求最后报价前可以退出，保证金依法退还。',
    en: 'You take part. The group will talk to you; until last offers are asked for you may leave, and your security comes back.',
  },
  askedSays: {
    zh: '贵单位继续参加。请在截止前密封递交最后报价；逾期不再接收，视为退出。',
    en: 'You stay. Seal and submit your last offer in time: nothing is taken afterwards, and it counts as leaving.',
  },
  outSays: { zh: '小组认定贵单位的响应文件未实质性响应：', en: 'The group found that your response does not meet the need: ' },
  leftSays: { zh: '贵单位已退出谈判。', en: 'You have left the negotiation.' },
  back: { zh: '保证金最迟退还', en: 'Your security is back by' },
  leave: { zh: '退出谈判', en: 'Leave the negotiation' },
  leaveSays: { zh: '退出后不能再参加本次谈判和最后报价。', en: 'You then make no last offer; this cannot be undone.' },
  before: {
    zh: '本轮还没有谈判，或者记录还没有成立：{names}。与每家谈判、小组确认记录后，在这里要求最后报价。',
    en: 'Not yet talked to in this round, or the minutes still wait: {names}. Once the minutes with each of them stand, last offers are asked for here.',
  },
} satisfies Texts;

type Supplier = NegotiationAnswer['suppliers'][number];
type Minutes = NegotiationAnswer['minutes'][number];

const supplierStates: Readonly<Record<Supplier['state'], Words>> = {
  in: { zh: '参加', en: 'Takes part' },
  out: { zh: '响应不符合', en: 'Does not meet the need' },
  left: { zh: '已退出', en: 'Has left' },
};
const minutesStates: Readonly<Record<Minutes['state'], Words>> = {
  open: { zh: '待确认', en: 'Waits for words' },
  confirmed: { zh: '成立', en: 'Stands' },
  void: { zh: '未获认可', en: 'Not confirmed' },
};

/** A negotiation, for group, buyer and supervisor; for a supplier its own side of it. */
export function negotiationPage(view: View, data: NegotiationAnswer): Html {
  const { lot, reader } = data;
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    main: html`${part.pageHead(view, {
      back: { href: `/lots/${lot.id}`, label: lot.name },
      above: `${lot.number} · ${view.t(lot.phaseTitle)}`,
      title: view.t(say.title),
      below: view.t(say.below),
    })}
<div class="stack">${beginning(view, data)}${offersCard(view, data)}${ownCard(view, data)}${reader === 'supplier' ? nothing : suppliersCard(view, data)}${callCard(view, data)}${keepCard(view, data)}${data.lot.phase === 'opened' ? nothing : html`${minutesCard(view, data)}${changesCard(view, data)}`}${endCard(view, data)}</div>`,
  });
}

const at = ({ lot }: NegotiationAnswer): string => `/lots/${lot.id}/negotiation`;
/** Who stays and still has to be talked to in this round. */
const untalked = ({ suppliers }: NegotiationAnswer): readonly Supplier[] =>
  suppliers.filter(({ state, talked }) => state === 'in' && !talked);
/** Unfolds by itself when what was typed in it was refused. */
const unfolds = (view: View, name: string): boolean => typeof view.values[name] === 'string';

function beginning(view: View, data: NegotiationAnswer): Html {
  if (data.lot.phase !== 'opened') return nothing;
  return part.card(view, {
    title: say.start,
    now: true,
    body: data.may.start
      ? html`<p>${view.t(say.startSays)}</p>${part.form(view, { action: at(data), submit: say.start, icon: 'users', fields: nothing })}`
      : html`<p>${view.t(say.notStarted)}</p>${data.reader === 'host' ? html`<p class="form-actions">${part.linkButton(view, { href: `/lots/${data.lot.id}/panel`, label: say.panel })}</p>` : nothing}`,
  });
}

function offersCard(view: View, { offers, reader }: NegotiationAnswer): Html {
  if (!offers) return nothing;
  const supplier = reader === 'supplier';
  return part.card(view, {
    title: say.offers,
    now: true,
    body: html`<p>${view.t(say.offersSays, { number: offers.number })}</p>${offers.deadline ? part.facts(view, [{ label: say.until, value: part.time(view, offers.deadline, 'full') }]) : nothing}<p class="form-actions">${part.linkButton(view, { href: `/lots/${offers.lot}${supplier ? '' : '/hall'}`, label: supplier ? say.toBid : say.toOffers, tone: 'primary' })}</p>`,
  });
}

function ownCard(view: View, data: NegotiationAnswer): Html {
  const { own, offers } = data;
  if (!own) return nothing;
  const stands =
    own.state === 'in'
      ? html`<p>${view.t(offers ? say.askedSays : say.inSays)}</p>`
      : own.state === 'left'
        ? part.notice(view, 'plain', say.leftSays)
        : part.notice(view, 'refused', html`${view.t(say.outSays)}${own.reason ?? ''}`);
  return part.card(view, {
    title: say.own,
    beside: part.pill(view, own.state === 'in' ? 'now' : 'plain', supplierStates[own.state]),
    body: html`${stands}${own.securityBackBy ? part.facts(view, [{ label: say.back, value: part.time(view, own.securityBackBy, 'full') }]) : nothing}${
      own.mayLeave
        ? html`<details class="step-working"${attribute('open', unfolds(view, 'reason'))}><summary>${view.t(say.leave)}</summary>${part.form(
            view,
            {
              action: `${at(data)}/leaves`,
              quiet: true,
              fields: part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, rows: 2, maxlength: 500, required: true }),
              submit: say.leave,
              tone: 'danger',
              confirm: { title: say.leave, says: say.leaveSays },
            },
          )}</details>`
        : nothing
    }`,
  });
}

function suppliersCard(view: View, { suppliers }: NegotiationAnswer): Html {
  return part.card(view, {
    title: say.suppliers,
    body: part.table(view, {
      caption: say.suppliers,
      columns: [
        { label: say.supplier, phone: 'head', cell: (row) => row.name },
        { label: say.state, cell: (row) => html`${view.t(supplierStates[row.state])}${row.reason ? html`：${row.reason}` : nothing}` },
        { label: say.round, cell: (row) => (row.state === 'in' ? view.t(row.talked ? say.talked : say.waits) : '—') },
      ],
      rows: suppliers,
    }),
  });
}

function keepCard(view: View, data: NegotiationAnswer): Html {
  if (!data.may.keep) return nothing;
  return part.card(view, {
    title: say.keep,
    now: untalked(data).length > 0,
    body: part.form(view, {
      action: `${at(data)}/minutes`,
      fields: html`${part.field(view, { kind: 'select', name: 'bid', label: say.supplier, required: true, choices: data.choices.talks })}${part.field(view, { kind: 'textarea', name: 'text', label: say.text, rows: 5, maxlength: 4000, required: true })}${part.field(
        view,
        {
          kind: 'radio',
          name: 'goesOn',
          label: say.verdict,
          required: true,
          choices: [
            { value: 'true', label: say.goesOn },
            { value: 'false', label: say.stops },
          ],
        },
      )}${part.field(view, { kind: 'textarea', name: 'reason', label: say.refusal, hint: say.reasonHint, rows: 2, maxlength: 1000 })}`,
      submit: say.save,
      icon: 'send',
      confirm: { title: say.keep, says: say.keepSays },
    }),
  });
}

function minutesCard(view: View, data: NegotiationAnswer): Html {
  const { minutes, reader } = data;
  return part.card(view, {
    title: reader === 'supplier' ? say.ownMinutes : say.minutes,
    body:
      minutes.length === 0
        ? html`<p class="sub">${view.t(say.noMinutes)}</p>`
        : html`<div class="stack">${each(waitingFirst(minutes), (row) => minutesRow(view, data, row))}</div>`,
  });
}

/** What waits for a word stands above what has been settled. */
const waitingFirst = (minutes: readonly Minutes[]): readonly Minutes[] =>
  [...minutes].sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'));

function minutesRow(view: View, data: NegotiationAnswer, row: Minutes): Html {
  const word = (agrees: 'true' | 'false', label: Words): Html =>
    part.form(view, {
      action: `${at(data)}/words`,
      quiet: true,
      tone: agrees === 'true' ? 'primary' : 'plain',
      fields: html`${part.hidden('minutes', row.id)}${part.hidden('agrees', agrees)}`,
      submit: label,
    });
  return html`<section><h3>${row.name} · ${view.t(say.nth, { n: row.round + 1 })} ${part.pill(view, row.state === 'confirmed' ? 'verified' : row.state === 'void' ? 'refused' : 'now', minutesStates[row.state])}</h3><p class="sub">${part.time(view, row.at, 'full')} · ${view.t(say.counted, { agreed: row.agreed, members: row.members })}</p><p class="said">${row.text}</p><p>${view.t(row.goesOn ? say.goesOn : say.stops)}${row.reason ? html`：${row.reason}` : nothing}</p>${row.mayAgree ? html`<div class="form-actions">${word('true', say.agree)}${word('false', say.disagree)}</div>` : nothing}</section>`;
}

function changesCard(view: View, data: NegotiationAnswer): Html {
  const { changes, may, choices } = data;
  return part.card(view, {
    title: say.changes,
    body: html`<p class="sub">${view.t(say.changesBelow)}</p>${
      changes.length === 0
        ? html`<p>${view.t(say.noChanges)}</p>`
        : html`<ol>${each(changes, (row) => html`<li><strong>${view.t(say.nthChange, { n: row.number })} · ${view.t(row.touches)}</strong> <span class="sub">${part.time(view, row.at, 'full')}</span><p class="said">${row.text}</p></li>`)}</ol>`
    }${
      may.change
        ? html`<details class="step-working"${attribute('open', unfolds(view, 'touches'))}><summary>${view.t(say.change)}</summary>${part.form(
            view,
            {
              action: `${at(data)}/changes`,
              fields: html`${part.field(view, { kind: 'radio', name: 'touches', label: say.touches, required: true, choices: choices.changeable })}${part.field(view, { kind: 'textarea', name: 'text', label: say.changeText, rows: 4, maxlength: 4000, required: true })}`,
              submit: say.tell,
              icon: 'send',
              confirm: { title: say.tell, says: say.changeSays },
            },
          )}</details>`
        : nothing
    }`,
  });
}

function callCard(view: View, data: NegotiationAnswer): Html {
  const { may, waits, choices } = data;
  if (!may.call) return nothing;
  const names = untalked(data).map(({ name }) => name);
  if (names.length > 0)
    return part.card(view, {
      title: say.call,
      body: part.notice(view, 'plain', html`${view.t(say.before, { names: names.join(view.lang === 'zh' ? '、' : ', ') })}`),
    });
  return part.card(view, {
    title: say.call,
    now: waits.length === 0,
    body: html`${waits.length > 0 ? part.notice(view, 'plain', html`${each(waits, (wait) => html`${view.t(wait)} `)}`) : nothing}<p class="sub">${view.t(say.callSays)}</p>${part.form(
      view,
      {
        action: `${at(data)}/offers`,
        fields: html`${part.field(view, { kind: 'number', name: 'hours', label: say.hours, value: 24, hint: choices.hours, required: true, half: true })}${part.field(view, { kind: 'select', name: 'exception', label: say.exception, choices: [{ value: '', label: say.noException }, ...choices.exceptions], half: true })}${part.field(view, { kind: 'text', name: 'approval', label: say.approval, hint: say.approvalHint })}`,
        submit: say.call,
        icon: 'send',
        confirm: { title: say.call, says: say.callSays },
      },
    )}`,
  });
}

function endCard(view: View, data: NegotiationAnswer): Html {
  if (!data.may.end) return nothing;
  return part.card(view, {
    body: html`<details class="step-working"${attribute('open', unfolds(view, 'ground'))}><summary>${view.t(say.end)}</summary>${part.form(
      view,
      {
        action: `${at(data)}/end`,
        quiet: true,
        fields: part.field(view, { kind: 'radio', name: 'ground', label: say.ground, required: true, choices: data.choices.endings }),
        submit: say.end,
        tone: 'danger',
        confirm: { title: say.end, says: say.endSays },
      },
    )}</details>`,
  });
}
