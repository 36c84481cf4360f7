import type { LotAnswer } from '../../src/tenders/answers.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import { card, empty, field, form, pill, stack, time } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { viewOfForm } from './posted.ts';

const say = {
  title: { zh: '答疑', en: 'Questions and answers' },
  none: { zh: '还没有答复的疑问', en: 'No question has been answered yet' },
  noneSays: {
    zh: '答复后，问题和答复同时对所有人公开，不显示提问人。',
    en: 'With its answer a question becomes public for all, without the asker.',
  },
  mine: { zh: '本单位提问', en: 'asked by you' },
  waiting: { zh: '待答复', en: 'waiting' },
  question: { zh: '问', en: 'Q' },
  answer: { zh: '答', en: 'A' },
  ask: { zh: '提问', en: 'Ask' },
  text: { zh: '您的疑问', en: 'Your question' },
  textHint: {
    zh: '请勿写出单位名称、人员姓名或联系方式。提问人对任何人保密。',
    en: 'Do not name your organisation, a person or a way to reach you. Who asked is kept from everyone.',
  },
  law: { zh: '《招标投标法实施条例》第21条、《电子招标投标办法》第22条', en: 'Regulation, art. 21; Order 20, art. 22' },
  reply: { zh: '答复', en: 'Answer' },
  replyHint: {
    zh: '发布后对所有人公开，不能修改；涉及修改招标文件的，请同时发布补遗。',
    en: 'Public for all once sent, and final; if it changes the documents, publish an addendum too.',
  },
  publish: { zh: '公开答复', en: 'Publish the answer' },
} satisfies Texts;

/** Questions with their answers; the host answers here, a bidder asks here, nobody sees who asked. */
export function questionsCard(view: View, data: LotAnswer): Html {
  const { questions, you, lot } = data;
  return card(view, {
    title: say.title,
    id: 'questions',
    body: stack(
      questions.length === 0
        ? empty(view, { title: say.none, says: say.noneSays, icon: 'messages' })
        : html`<ul class="plain">${each(questions, (question) => questionItem(view, data, question))}</ul>`,
      you.mayAsk ? askForm(view, lot.id) : null,
    ),
  });
}

function questionItem(view: View, { lot, you }: LotAnswer, question: LotAnswer['questions'][number]): Html {
  return html`<li><p><strong>${view.t(say.question)}</strong> ${question.text} ${when(question.mine, () => pill(view, 'plain', say.mine))} ${when(question.answer === null, () => pill(view, 'wait', say.waiting))}</p>
${question.answer === null ? nothing : html`<p><strong>${view.t(say.answer)}</strong> ${question.answer} ${question.answeredAt ? html`<span class="sub">${time(view, question.answeredAt)}</span>` : nothing}</p>`}
${when(question.answer === null && you.mayAnswer, () => answerForm(view, lot.id, question.id))}</li>`;
}

function answerForm(given: View, lot: string, question: string): Html {
  const action = `/lots/${lot}/questions/${question}/answer`;
  const view = viewOfForm(given, action);
  return form(view, {
    action,
    id: `answer-${question}`,
    submit: say.publish,
    icon: 'send',
    fields: field(view, {
      kind: 'textarea',
      name: 'answer',
      label: say.reply,
      hint: say.replyHint,
      rows: 3,
      maxlength: 8000,
      required: true,
    }),
  });
}

function askForm(given: View, lot: string): Html {
  const action = `/lots/${lot}/questions`;
  const view = viewOfForm(given, action);
  return form(view, {
    action,
    submit: say.ask,
    icon: 'message-circle',
    tone: 'plain',
    fields: field(view, {
      kind: 'textarea',
      name: 'text',
      label: say.text,
      hint: say.textHint,
      ground: { source: say.law },
      rows: 3,
      maxlength: 4000,
      required: true,
    }),
  });
}
