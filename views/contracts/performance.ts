import type { DeedAnswer, MilestoneAnswer } from '../../src/contracts/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { View } from '../view.ts';
import { say } from './words.ts';

/** The plan of a text: what is performed by when, and paid for it. */
export const planTable = (view: View, rows: readonly { readonly title: string; readonly dueOn: string; readonly amount: string }[]): Html =>
  part.table(view, {
    caption: say.milestones,
    rows,
    columns: [
      { label: say.milestoneTitle, phone: 'head', cell: (row) => row.title },
      { label: say.dueOn, cell: (row) => row.dueOn },
      { label: say.amount, numeric: true, cell: (row) => part.figure(row.amount) },
    ],
  });

/**
 * One card for each milestone: where it stands, what was found, what was paid. The forms stand once on the page, in the first milestone that waits for
 * them: it asks for one key at a time.
 */
export function milestoneCards(view: View, data: DeedAnswer, contract: string): Html {
  const { milestones, you } = data;
  const inspected = you.mayInspect && !you.maySign ? milestones.find((each) => !each.accepted) : undefined;
  const paid = you.mayPay ? milestones.find((each) => each.accepted && each.owed !== '0.00') : undefined;
  return html`${milestones.map((each) =>
    milestoneCard(
      view,
      each,
      html`${each === inspected ? inspectionForm(view, data, each, contract) : nothing}${each === paid ? paymentForm(view, data, each) : nothing}`,
    ),
  )}`;
}

function milestoneCard(view: View, milestone: MilestoneAnswer, forms: Html): Html {
  const { number, title, dueOn, amount, payUntil, inspections, payments, paid } = milestone;
  return part.card(view, {
    title: { zh: `${number}. ${title}`, en: `${number}. ${title}` },
    beside: statePill(view, milestone),
    body: part.stack(
      part.facts(
        view,
        [
          { label: say.dueOn, value: dueOn },
          { label: say.amount, value: part.money(view, { yuan: amount }) },
          { label: say.paid, value: part.money(view, { yuan: paid }) },
          ...(payUntil ? [{ label: say.payUntil, value: part.time(view, payUntil) }] : []),
        ],
        'wide',
      ),
      inspections.length === 0
        ? nothing
        : html`<ul class="plain">${inspections.map((each) => html`<li><strong>${view.t(each.passed ? say.accepted : say.refused)}</strong> ${part.time(view, each.at)}<span class="sub sub-line">${each.opinion}</span><span class="sub sub-line">${each.people}</span></li>`)}</ul>`,
      payments.length === 0
        ? nothing
        : html`<ul class="plain">${payments.map((each) => html`<li>${each.paidOn} ${part.money(view, { yuan: each.amount })}</li>`)}</ul>`,
      forms,
    ),
  });
}

function statePill(view: View, { overdue, accepted, owed, inspections }: MilestoneAnswer): Html {
  if (overdue) return part.pill(view, 'refused', say.overdue);
  if (accepted) return part.pill(view, 'plain', owed === '0.00' ? say.settled : say.accepted);
  return part.pill(view, inspections.length > 0 ? 'refused' : 'now', inspections.length > 0 ? say.refused : say.open);
}

function inspectionForm(view: View, { lot, you }: DeedAnswer, { number }: MilestoneAnswer, contract: string): Html {
  return html`<details><summary>${view.t(say.inspect)}</summary><div data-inspection data-lot="${lot.id}" data-contract="${contract}" data-milestone="${number}">${part.form(
    view,
    {
      action: `/lots/${lot.id}/contract/inspections`,
      submit: say.inspect,
      icon: 'check',
      quiet: true,
      fields: html`${part.hidden('milestone', String(number))}${part.field(view, {
        kind: 'radio',
        name: 'passed',
        label: say.result,
        required: true,
        choices: [
          { value: 'yes', label: say.accepted },
          { value: 'no', label: say.refused },
        ],
      })}${part.field(view, { kind: 'textarea', name: 'opinion', label: say.opinion, required: true, rows: 3, maxlength: 4000 })}${part.field(view, { kind: 'text', name: 'people', label: say.people, required: true, maxlength: 500 })}${part.signerPart(view, { holder: you.holder })}${part.hidden('signature', '')}${part.hidden('at', '')}`,
    },
  )}</div></details>`;
}

function paymentForm(view: View, { lot }: DeedAnswer, { number, owed }: MilestoneAnswer): Html {
  return html`<details><summary>${view.t(say.pay)}</summary>${part.form(view, {
    action: `/lots/${lot.id}/contract/payments`,
    submit: say.pay,
    tone: 'plain',
    quiet: true,
    fields: html`${part.hidden('milestone', String(number))}${part.field(view, { kind: 'money', name: 'amount', label: say.amount, required: true, value: owed })}${part.field(view, { kind: 'date', name: 'paidOn', label: say.paidOn, required: true })}`,
  })}</details>`;
}
