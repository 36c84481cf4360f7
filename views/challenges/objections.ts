import type { ObjectionsAnswer } from '../../src/challenges/answers.ts';
import { lotFrame, ruleCard } from '../awards/lot-frame.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '异议与答复', en: 'Objections and answers' },
  none: { zh: '没有可以查看的异议', en: 'No objection to see' },
  noneOpen: { zh: '本标段没有异议。', en: 'Nobody has objected in this lot.' },
  noneSealed: {
    zh: '开标前，异议只由提出人和招标人办理，开标后公开。',
    en: 'Before the opening objections are between the objector and the tenderee; they are public from the opening on.',
  },
  toLot: { zh: '看标段进展', en: 'See where the lot stands' },
  sealedName: { zh: '提出人开标后公开', en: 'Named after the opening' },
  sealedWhy: {
    zh: '谁提出异议，开标前对招标人、代理、监管和平台都保密：知道谁异议，就可能知道谁投标。',
    en: 'Who objects is kept from tenderee, agent, supervisor and platform until the opening: it could tell who bids.',
  },
  mine: { zh: '贵单位提出', en: 'yours' },
  raised: { zh: '{at} 提出', en: 'raised {at}' },
  answered: { zh: '{at} 答复', en: 'answered {at}' },
  waits: { zh: '等待答复', en: 'waiting' },
  late: { zh: '答复逾期', en: 'answered late' },
  overdue: { zh: '逾期未答复', en: 'overdue' },
  done: { zh: '已答复', en: 'answered' },
  answerDue: { zh: '答复期限', en: 'Answer due' },
  answer: { zh: '答复', en: 'Answer' },
  answerIt: { zh: '去答复', en: 'Answer' },
  answerHint: {
    zh: '需要澄清或者修改招标文件的，请另行发布补遗，同时告知所有潜在投标人。',
    en: 'If the documents must change, publish an addendum as well, so that everyone learns of it at once.',
  },
  answerNote: {
    zh: '答复写入存证日志，不能更改；开标后公开。',
    en: 'The answer is journalled and cannot be changed; it is public from the opening on.',
  },
  raise: { zh: '提出异议', en: 'Raise an objection' },
  text: { zh: '异议内容', en: 'Objection' },
  textHint: {
    zh: '写明异议事项、事实与依据。请不要在正文中写出贵单位名称。',
    en: 'What you object to, the facts and the grounds. Do not name your organisation in the text.',
  },
  textHintOpen: { zh: '写明异议事项、事实与依据。', en: 'What you object to, the facts and the grounds.' },
  raiseTitle: { zh: '提交后不能撤回', en: 'It cannot be taken back' },
  raiseSays: { zh: '异议写入存证日志，招标人须在期限内答复。', en: 'It is journalled; the tenderee must answer in time.' },
  until: { zh: '可提出异议至', en: 'Objections until' },
  over: { zh: '提出异议的期限已过', en: 'The time for objections is over' },
  inHall: { zh: '对开标的异议在开标大厅当场提出。', en: 'Objections to the opening are raised in the hall, on the spot.' },
  toHall: { zh: '进入开标大厅', en: 'Enter the hall' },
  now: { zh: '现在可以提出', en: 'Open now' },
  rules: { zh: '异议规则', en: 'Rules of objections' },
  still: {
    zh: '有异议尚未答复：作出答复前，应当暂停招标投标活动。平台在全部答复前不接受定标；投标截止时间不会自动变更，需要顺延的，请发布补遗。',
    en: 'An objection is unanswered: until it is answered the tender stands still. Nobody is awarded before; the deadline does not move by itself — publish an addendum if it must.',
  },
} satisfies Texts;

type Row = ObjectionsAnswer['objections'][number];

/** The objections of a lot (GET /lots/:lot/objections), as far as this reader may see them. */
export function objectionsPage(view: View, data: ObjectionsAnswer): Html {
  const waiting = data.objections.filter((row) => row.answer === null);
  const facing = data.you.mayAnswer ? faced(view, waiting) : undefined;
  return lotFrame(view, {
    lot: data.lot,
    tab: 'objections',
    title: say.title,
    body: part.columns({
      main: html`${waiting.length > 0 ? part.notice(view, 'now', say.still) : nothing}${
        data.objections.length === 0 ? nobody(view, data) : each(data.objections, (row) => objectionCard(view, data, row, row === facing))
      }${data.you.mayRaise && data.stage && data.stage.stage !== 'opening' ? raiseCard(view, data, data.stage) : nothing}`,
      right: html`${stageCard(view, data)}${ruleCard(view, say.rules, [...data.grounds, { source: data.limit.source, says: data.limit.says }])}`,
    }),
  });
}

/** The one whose answer form stands open: the one asked for by its address, else the oldest that waits. */
const faced = (view: View, waiting: readonly Row[]): Row | undefined =>
  waiting.find((row) => view.path.startsWith(`/objections/${row.id}`)) ?? waiting[0];

function nobody(view: View, data: ObjectionsAnswer): Html {
  return part.card(view, {
    body: part.empty(view, {
      title: say.none,
      says: data.open ? say.noneOpen : say.noneSealed,
      icon: 'message-circle',
      action: { href: `/lots/${data.lot.id}`, label: say.toLot },
    }),
  });
}

function status(view: View, row: Row): Html {
  if (row.answer === null) return part.pill(view, row.late ? 'refused' : 'wait', row.late ? say.overdue : say.waits);
  return part.pill(view, row.late ? 'refused' : 'plain', row.late ? say.late : say.done);
}

function objectionCard(view: View, data: ObjectionsAnswer, row: Row, open: boolean): Html {
  const by = row.mine ? `${row.by ?? ''}${part.bracketed(view, view.t(say.mine))}` : (row.by ?? view.t(say.sealedName));
  const answer =
    row.answer === null
      ? waitingFor(view, data, row, open)
      : html`<h3>${view.t(say.answer)}</h3><p>${row.answer}</p>${row.answeredAt ? html`<p class="sub">${part.time(view, row.answeredAt)}</p>` : nothing}`;
  return part.card(view, {
    id: row.id,
    title: row.stageTitle,
    beside: status(view, row),
    now: row.answer === null,
    body: html`<p class="sub">${by} · ${part.time(view, row.raisedAt)}</p>${row.text.split('\n').map((line) => html`<p>${line}</p>`)}${answer}`,
  });
}

function waitingFor(view: View, data: ObjectionsAnswer, row: Row, open: boolean): Html {
  const due = row.answerUntil
    ? part.timeLimit(view, { label: say.answerDue, from: row.raisedAt, until: row.answerUntil, ground: data.limit.source })
    : nothing;
  if (open)
    return part.stack(
      due,
      part.form(view, {
        action: `/objections/${row.id}/answer`,
        submit: say.answer,
        icon: 'send',
        note: say.answerNote,
        fields: part.field(view, {
          kind: 'textarea',
          name: 'answer',
          label: say.answer,
          required: true,
          maxlength: 8000,
          ...(row.stage === 'documents' ? { hint: say.answerHint } : {}),
          ground: { source: data.limit.source, says: data.limit.says },
        }),
      }),
    );
  return part.stack(due, data.you.mayAnswer ? part.linkButton(view, { href: `/objections/${row.id}`, label: say.answerIt }) : nothing);
}

function raiseCard(view: View, data: ObjectionsAnswer, stage: NonNullable<ObjectionsAnswer['stage']>): Html {
  return part.card(view, {
    title: say.raise,
    beside: view.t(stage.title),
    body: part.form(view, {
      action: `/lots/${data.lot.id}/objections`,
      submit: say.raise,
      icon: 'message-exclamation',
      fields: html`${part.hidden('stage', stage.stage)}${part.field(view, {
        kind: 'textarea',
        name: 'text',
        label: say.text,
        hint: stage.stage === 'documents' ? say.textHint : say.textHintOpen,
        required: true,
        rows: 6,
        maxlength: 8000,
      })}`,
      confirm: { title: say.raiseTitle, says: say.raiseSays },
    }),
  });
}

function stageCard(view: View, { stage, lot, open }: ObjectionsAnswer): Html {
  const secret = open ? nothing : part.notice(view, 'plain', say.sealedWhy);
  if (stage === null) return secret;
  const time = stage.until ? part.countdown(view, { until: stage.until, label: say.until, over: say.over, reload: true }) : nothing;
  const hall =
    stage.stage === 'opening'
      ? html`<p>${view.t(say.inHall)}</p><div class="form-actions">${part.linkButton(view, { href: `/lots/${lot.id}/hall`, label: say.toHall, tone: 'primary' })}</div>`
      : nothing;
  return html`${part.card(view, { title: stage.over ? say.over : say.now, body: html`<p>${view.t(stage.title)}</p>${time}${hall}` })}${secret}`;
}
