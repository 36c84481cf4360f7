import type { DeskAnswer, DeskVotes } from '../../src/evaluation/answers.ts';
import { attribute, each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  time: { zh: '评标时间', en: 'Time of the evaluation' },
  until: { zh: '评标时间至', en: 'Until' },
  over: { zh: '已届满', en: 'ended' },
  overSays: {
    zh: '监管部门已获提示；已提交的评审和签署不受影响，可继续评审。',
    en: 'The supervisor is told; what is given and signed stands, and the work goes on.',
  },
  extended: { zh: '已延长 {n} 次。', en: 'Extended {n} times.' },
  rule: {
    zh: '超过三分之一的成员（{needed} 人）认为时间不够的，自动延长。目前 {n} 人。',
    en: 'It is extended when more than one third of the members ({needed}) want more. So far {n}.',
  },
  asked: { zh: '您已要求延长，等待其他成员。', en: 'You have asked for more time; the others may follow.' },
  movedBy: {
    zh: '您已提议停止评标，等待其他成员；在此之前评审照常进行。',
    en: 'You have moved to stop; the others may follow, and until then the work goes on.',
  },
  askTitle: { zh: '时间不够？要求延长', en: 'Not enough time? Ask for more' },
  ask: { zh: '要求延长', en: 'Ask for more time' },
  reason: { zh: '理由', en: 'Reason' },
  halt: { zh: '招标文件有问题，无法评审？', en: 'The documents cannot be evaluated by?' },
  haltSays: {
    zh: '招标文件有歧义、重大缺陷，或者违反强制性规定，导致评标无法进行的，过半数成员（{needed} 人）同意即停止评标，由招标人书面答复。目前 {n} 人。',
    en: 'Where the documents are ambiguous, gravely defective or unlawful, the evaluation stops when more than half of the members ({needed}) say so; the host answers in writing. So far {n}.',
  },
  ground: { zh: '情形', en: 'Ground' },
  clause: { zh: '具体条款和理由', en: 'Which clause, and why' },
  move: { zh: '提议停止评标', en: 'Move to stop' },
  moveSays: { zh: '提议和理由写入存证日志，不能撤回。', en: 'The motion and its reasons are journalled and stay.' },
  stopped: { zh: '评标已停止', en: 'The evaluation has stopped' },
  stoppedSays: {
    zh: '评标委员会过半数成员认为无法按招标文件评审。等待招标人书面答复：确认的，本次招标失败，修改招标文件后重新招标；不确认的，说明理由，继续评标。',
    en: 'More than half of the panel finds that nobody can evaluate by the documents. The host answers in writing: it confirms, and the tender fails and is done again with mended documents; or it says why not, and the panel goes on.',
  },
  answer: { zh: '答复', en: 'Answer' },
  answered: { zh: '招标人的答复', en: 'What the host answered' },
  confirm: { zh: '意见', en: 'Answer' },
  yes: { zh: '确认：招标失败，修改招标文件后重新招标', en: 'Confirmed: the tender fails, and is done again with mended documents' },
  no: { zh: '不确认：招标文件可以据以评审，继续评标', en: 'Not confirmed: the panel can evaluate by the documents and goes on' },
  sendTitle: { zh: '答复后不能撤回', en: 'An answer stays' },
  sendSays: {
    zh: '答复公开。确认的，尚未开启的信封原样退回。',
    en: 'It is public. If confirmed, envelopes that are still sealed go back as they are.',
  },
  void: { zh: '成员违反评标纪律', en: 'A member has broken the rules' },
  voidSays: {
    zh: '认定后该成员的评审意见无效，由同一次抽取的下一名专家接替。写入存证日志。',
    en: 'Its opinion is void and the next expert of the draw takes its seat. Journalled.',
  },
  member: { zh: '成员', en: 'Member' },
  facts: { zh: '事实', en: 'Facts' },
  voidIt: { zh: '认定无效并更换', en: 'Void and replace' },
} satisfies Texts;

/** In sight of the panel while it works: how long it has, and the two things it can decide together beside the result. */
export function votesView(view: View, { votes, lot, own }: Pick<DeskAnswer, 'votes' | 'lot' | 'own'>): Html {
  if (!votes) return nothing;
  const said = (list: Said): boolean => list.some(({ mask }) => mask.zh === own?.mask.zh);
  return html`${stopCard(view, lot.id, votes.halt)}${votes.time ? timeCard(view, lot.id, votes.time, said(votes.time.asked)) : nothing}${motionCard(view, lot.id, votes.halt, said(votes.halt.moved))}${voidCard(view, lot.id, votes)}`;
}

type Said = DeskVotes['halt']['moved'];
const reasons = (view: View, said: Said): Html =>
  said.length === 0
    ? nothing
    : part.facts(
        view,
        said.map(({ mask, ground, reason }) => ({
          label: mask,
          value: html`${ground ? html`${view.t(ground)}${part.colon(view)}` : nothing}${reason}`,
        })),
      );

/** Unfolds by itself when what was typed in it was refused. */
const unfolds = (view: View, name: string): boolean => typeof view.values[name] === 'string';

function timeCard(view: View, lot: string, time: NonNullable<DeskVotes['time']>, asked: boolean): Html {
  const ended = view.now >= time.until;
  return part.card(view, {
    title: say.time,
    now: ended,
    body: html`<div class="stack">${part.countdown(view, { until: time.until, label: say.until, over: say.over })}${ended ? html`<p>${view.t(say.overSays)}</p>` : nothing}<p class="sub">${time.extensions > 0 ? html`${view.t(say.extended, { n: time.extensions })} ` : nothing}${view.t(say.rule, { needed: time.needed, n: time.asked.length })}</p>${reasons(view, time.asked)}${asked ? html`<p>${view.t(say.asked)}</p>` : nothing}${
      time.mayAsk
        ? html`<details class="step-working"${attribute('open', unfolds(view, 'more'))}><summary>${view.t(say.askTitle)}</summary>${part.form(
            view,
            {
              action: `/lots/${lot}/evaluation/time`,
              quiet: true,
              fields: html`${part.hidden('more', '1')}${part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, rows: 2, maxlength: 1000, required: true })}`,
              submit: say.ask,
              icon: 'clock',
            },
          )}</details>`
        : nothing
    }</div>`,
  });
}

function motionCard(view: View, lot: string, halt: DeskVotes['halt'], moved: boolean): Html {
  if (!halt.mayMove && halt.moved.length === 0 && halt.answered.length === 0) return nothing;
  return part.card(view, {
    body: html`<details class="step-working"${attribute('open', halt.moved.length > 0 || unfolds(view, 'ground'))}><summary>${view.t(say.halt)}</summary><div class="stack"><p class="sub">${view.t(say.haltSays, { needed: halt.needed, n: halt.moved.length })}</p>${reasons(view, halt.moved)}${moved ? html`<p>${view.t(say.movedBy)}</p>` : nothing}${
      halt.answered.length === 0
        ? nothing
        : part.facts(
            view,
            halt.answered.map(({ answer }) => ({ label: say.answered, value: answer })),
          )
    }${
      halt.mayMove
        ? part.form(view, {
            action: `/lots/${lot}/evaluation/halts`,
            quiet: true,
            fields: html`${part.field(view, { kind: 'radio', name: 'ground', label: say.ground, required: true, choices: halt.grounds.map(({ value, label, source }) => ({ value, label, hint: source })) })}${part.field(view, { kind: 'textarea', name: 'reason', label: say.clause, rows: 3, maxlength: 2000, required: true })}`,
            submit: say.move,
            tone: 'danger',
            confirm: { title: say.move, says: say.moveSays },
          })
        : nothing
    }</div></details>`,
  });
}

function stopCard(view: View, lot: string, { open, mayAnswer }: DeskVotes['halt']): Html {
  if (!open) return nothing;
  return part.card(view, {
    title: say.stopped,
    now: true,
    body: html`<p>${view.t(say.stoppedSays)}</p><ul class="plain">${each(open.reasons, ({ ground, reason }) => html`<li><strong>${view.t(ground)}</strong>${part.colon(view)}${reason}</li>`)}</ul>${
      mayAnswer
        ? part.form(view, {
            action: `/lots/${lot}/evaluation/halts/answer`,
            fields: html`${part.field(view, {
              kind: 'radio',
              name: 'confirmed',
              label: say.confirm,
              required: true,
              choices: [
                { value: 'true', label: say.yes },
                { value: 'false', label: say.no },
              ],
            })}${part.field(view, { kind: 'textarea', name: 'answer', label: say.reason, rows: 3, maxlength: 2000, required: true })}`,
            submit: say.answer,
            icon: 'send',
            confirm: { title: say.sendTitle, says: say.sendSays },
          })
        : nothing
    }`,
  });
}

function voidCard(view: View, lot: string, { voidable }: DeskVotes): Html {
  if (!voidable) return nothing;
  return part.card(view, {
    body: html`<details class="step-working"${attribute('open', unfolds(view, 'member'))}><summary>${view.t(say.void)}</summary><p class="sub">${view.t(say.voidSays)}</p>${part.form(
      view,
      {
        action: `/lots/${lot}/evaluation/voided`,
        quiet: true,
        fields: html`${part.field(view, { kind: 'select', name: 'member', label: say.member, required: true, choices: voidable.members, half: true })}${part.field(view, { kind: 'select', name: 'ground', label: say.ground, required: true, choices: voidable.grounds, half: true })}${part.field(view, { kind: 'textarea', name: 'reason', label: say.facts, rows: 3, maxlength: 1000, required: true })}`,
        submit: say.voidIt,
        tone: 'danger',
        confirm: { title: say.voidIt, says: say.voidSays },
      },
    )}</details>`,
  });
}
