import type { DeedAnswer } from '../../src/contracts/answers.ts';
import { type Html, html } from '../html.ts';
import * as part from '../parts/index.ts';
import type { View } from '../view.ts';
import { say } from './words.ts';

/** Lines of the plan that a form offers at once. */
const lines = 4;

type Row = { readonly title: string; readonly dueOn: string; readonly amount: string };
const rule = (data: DeedAnswer, id: string) => {
  const found = data.grounds.find((each) => each.rule === id);
  return found ? { ground: found } : {};
};

/** The form that drafts the contract; a text that nobody has signed yet stands in it again. */
export function contractForm(view: View, data: DeedAnswer): Html {
  const before = data.pending?.text.format === 'yangguang/contract/v1' ? data.pending.text : null;
  const form = part.form(view, {
    action: `/lots/${data.lot.id}/contract/draft`,
    submit: before ? say.draftAgain : say.draft,
    tone: before ? 'plain' : 'primary',
    quiet: true,
    note: say.draftNote,
    fields: html`${[
      part.field(view, {
        kind: 'text',
        name: 'number',
        label: say.number,
        required: true,
        maxlength: 60,
        half: true,
        value: before?.number ?? null,
      }),
      part.field(view, {
        kind: 'number',
        name: 'paymentDays',
        label: say.paymentDays,
        required: true,
        min: 0,
        half: true,
        value: before?.paymentDays ?? null,
        ...rule(data, 'DEED-3'),
      }),
      part.field(view, {
        kind: 'date',
        name: 'startsOn',
        label: say.startsOn,
        required: true,
        half: true,
        value: before?.startsOn ?? null,
      }),
      part.field(view, { kind: 'date', name: 'endsOn', label: say.endsOn, required: true, half: true, value: before?.endsOn ?? null }),
      part.field(view, {
        kind: 'text',
        name: 'guarantee',
        label: say.guarantee,
        hint: say.guaranteeHint,
        maxlength: 200,
        value: before?.guarantee ?? null,
      }),
      planFields(view, data, before?.milestones ?? []),
      part.field(view, {
        kind: 'textarea',
        name: 'clauses',
        label: say.clauses,
        hint: say.clausesHint,
        rows: 6,
        maxlength: 20_000,
        value: before?.clauses ?? null,
      }),
    ]}`,
  });
  return part.card(view, {
    title: say.draft,
    body: before ? html`<details><summary>${view.t(say.draftAgain)}</summary>${form}</details>` : form,
  });
}

/** The form that drafts a change: it starts from what stands. */
export function changeForm(view: View, data: DeedAnswer): Html {
  const limit = data.contract?.addOn;
  return part.card(view, {
    title: say.draftChange,
    body: html`<details><summary>${view.t(say.fillIn)}</summary>${part.form(view, {
      action: `/lots/${data.lot.id}/contract/changes`,
      submit: say.draftChange,
      tone: 'plain',
      quiet: true,
      fields: html`${[
        part.field(view, { kind: 'textarea', name: 'ground', label: say.ground, required: true, rows: 3, maxlength: 2000 }),
        part.field(view, {
          kind: 'money',
          name: 'price',
          label: say.price,
          required: true,
          value: data.contract?.price ?? null,
          ...(limit ? { ground: limit } : {}),
        }),
        part.field(view, { kind: 'date', name: 'endsOn', label: say.endsOn, required: true, value: data.contract?.endsOn ?? null }),
        planFields(view, data, data.milestones),
      ]}`,
    })}</details>`,
  });
}

function planFields(view: View, data: DeedAnswer, plan: readonly Row[]): Html {
  const count = Math.max(lines, plan.length + 1);
  const { ground } = rule(data, 'DEED-1');
  return html`<fieldset class="field"><legend class="field-label">${view.t(say.milestones)}</legend><p class="field-hint">${view.t(say.milestonesHint)} ${ground ? part.ground(view, ground) : ''}</p>${Array.from(
    { length: count },
    (_, at) => {
      const row = plan[at];
      const label = (words: { zh: string; en: string }) => ({ zh: `${words.zh}（${at + 1}）`, en: `${words.en} (${at + 1})` });
      return html`<div class="fields">${part.field(view, { kind: 'text', name: `milestones[${at}][title]`, label: label(say.milestoneTitle), maxlength: 100, half: true, value: row?.title ?? null })}${part.field(
        view,
        { kind: 'date', name: `milestones[${at}][dueOn]`, label: label(say.dueOn), half: true, value: row?.dueOn ?? null },
      )}${part.field(view, { kind: 'money', capitals: false, name: `milestones[${at}][amount]`, label: label(say.amount), half: true, value: row?.amount ?? null })}</div>`;
    },
  )}</fieldset>`;
}
