import type { LotAnswer } from '../../src/tenders/answers.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import { card, empty, field, form, notice, stack, time, timeText } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { viewOfForm } from './posted.ts';
import { documentFields } from './wizard.ts';

const say = {
  title: { zh: '补遗', en: 'Addenda' },
  none: { zh: '没有补遗', en: 'No addenda' },
  noneSays: {
    zh: '招标文件如有修改，将在此公布并同时告知所有获取者。',
    en: 'If the documents change, it is published here, for everyone at once.',
  },
  number: { zh: '第 {n} 号补遗', en: 'Addendum {n}' },
  moved: { zh: '投标截止时间由 {before} 顺延至 {after}。', en: 'The deadline moved from {before} to {after}.' },
  stays: { zh: '投标截止时间不变。', en: 'The deadline stays.' },
  affects: { zh: '可能影响投标文件编制', en: 'may affect bids' },
  new: { zh: '发布补遗', en: 'Publish an addendum' },
  text: { zh: '补遗内容', en: 'What changes' },
  affectsLabel: { zh: '是否可能影响投标文件编制', en: 'May it affect the preparation of bids?' },
  yes: { zh: '可能影响（法定期限不足时，截止时间自动顺延）', en: 'Yes (the deadline moves by itself when too few days are left)' },
  no: { zh: '不影响', en: 'No' },
  later: { zh: '另行推迟投标截止时间', en: 'A later deadline' },
  laterHint: { zh: '不推迟的留空。只能推迟，不能提前。', en: 'Leave empty to keep it. It can move later only.' },
  ahead: { zh: '如果现在发布影响投标的补遗：', en: 'If an addendum that affects bids were published now: ' },
  becomes: { zh: '截止时间将为 {at}。', en: 'The deadline would be {at}.' },
  confirm: { zh: '补遗立即对所有人公开，不能撤回。', en: 'It is public at once and cannot be taken back.' },
} satisfies Texts;

/** Addenda, and for the host the form for another one with what it would do to the deadline. */
export function addendaCard(view: View, data: LotAnswer): Html {
  const { addenda, you } = data;
  if (addenda.length === 0 && !you.mayAmend) return nothing;
  return card(view, {
    title: say.title,
    id: 'addenda',
    body: html`${addenda.length === 0 ? empty(view, { title: say.none, says: say.noneSays, icon: 'file-text' }) : html`<ul class="plain">${each(addenda, (a) => addendumItem(view, a))}</ul>`}
${you.mayAmend ? amendForm(view, data) : nothing}`,
  });
}

function addendumItem(view: View, addendum: LotAnswer['addenda'][number]): Html {
  const { number, text, publishedAt, previousDeadline, deadline, affectsPreparation } = addendum;
  const moved = previousDeadline !== deadline;
  return html`<li><p><strong>${view.t(say.number, { n: number })}</strong></p><p class="sub">${time(view, publishedAt)}${when(affectsPreparation, () => html` · ${view.t(say.affects)}`)}</p>
${each(text.split(/\r?\n/), (line) => html`<p>${line}</p>`)}
<p>${moved ? view.t(say.moved, { before: shown(view, previousDeadline), after: shown(view, deadline) }) : view.t(say.stays)}</p></li>`;
}

const shown = (view: View, at: LotAnswer['addenda'][number]['deadline']): string => timeText(view.lang, at, 'full');

function amendForm(given: View, data: LotAnswer): Html {
  const action = `/lots/${data.lot.id}/addenda`;
  const view = viewOfForm(given, action);
  const { amendment } = data;
  const files = data.documents.filter((each) => !each.superseded);
  return html`<div id="amend">${stack(
    html`<h3>${view.t(say.new)}</h3>`,
    amendment
      ? notice(
          view,
          amendment.moved ? 'now' : 'plain',
          html`${view.t(say.ahead)}${view.t(amendment.says)} ${view.t(say.becomes, { at: shown(view, amendment.deadline) })} <span class="ground">${view.t(amendment.source)}</span>`,
        )
      : nothing,
    form(view, {
      action,
      submit: say.new,
      icon: 'send',
      multipart: true,
      confirm: { title: say.new, says: say.confirm },
      fields: html`${[
        field(view, { kind: 'textarea', name: 'text', label: say.text, rows: 5, maxlength: 20_000, required: true }),
        field(view, {
          kind: 'radio',
          name: 'affectsPreparation',
          label: say.affectsLabel,
          required: true,
          value: 'true',
          choices: [
            { value: 'true', label: say.yes },
            { value: 'false', label: say.no },
          ],
        }),
        field(view, { kind: 'datetime', name: 'deadline', label: say.later, hint: say.laterHint, value: '', half: true }),
        documentFields(view, files, false),
      ]}`,
    }),
  )}</div>`;
}
