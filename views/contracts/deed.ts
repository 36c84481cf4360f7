import type { DeedAnswer } from '../../src/contracts/answers.ts';
import { lotFrame, ruleCard } from '../awards/lot-frame.ts';
import { attribute, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { View, Words } from '../view.ts';
import { changeForm, contractForm } from './drafts.ts';
import { milestoneCards, planTable } from './performance.ts';
import { say } from './words.ts';

/** The signing and the performance of a contract (GET /lots/:lot/contract/signing): what waits for a signature first, then how far it has come. */
export function deedPage(view: View, data: DeedAnswer): Html {
  return lotFrame(view, {
    lot: data.lot,
    tab: 'contract',
    title: say.title,
    scripts: ['deed.js'],
    body: part.columns({
      main: html`${part.problemPanel(view)}${pendingCard(view, data)}${data.you.mayDraft ? contractForm(view, data) : nothing}${data.contract ? contractCard(view, data, data.contract) : nothing}${
        data.contract ? milestoneCards(view, data, data.contract.sha256) : nothing
      }${data.you.mayChange ? changeForm(view, data) : nothing}${nothingYet(view, data)}`,
      right: html`${awardCard(view, data)}${concludedCard(view, data)}${ruleCard(view, say.rules, data.grounds)}`,
    }),
  });
}

/** Neither a text nor anything this reader could do about it. */
function nothingYet(view: View, { pending, contract, you }: DeedAnswer): Html {
  if (pending || contract || you.mayDraft) return nothing;
  return part.card(view, { body: part.empty(view, { title: say.none, says: say.noneSays, icon: 'writing-sign' }) });
}

type Pending = NonNullable<DeedAnswer['pending']>;

function pendingCard(view: View, { pending, lot, you }: DeedAnswer): Html {
  if (!pending) return nothing;
  const form = part.form(view, {
    action: `/lots/${lot.id}/contract/signatures`,
    submit: say.sign,
    icon: 'writing-sign',
    quiet: true,
    fields: html`${part.signerPart(view, { holder: you.holder })}${part.hidden('sha256', pending.sha256)}${part.hidden('signature', '')}${part.hidden('at', '')}`,
  });
  return part.card(view, {
    title:
      pending.change === 0
        ? say.pendingContract
        : { zh: `待签署：第${pending.change}次变更`, en: `To be signed: change ${pending.change}` },
    now: true,
    body: part.stack(
      textFacts(view, pending),
      'clauses' in pending.text ? clausesOf(view, pending.text.clauses) : nothing,
      planTable(view, pending.text.milestones),
      signedFacts(view, pending.signed),
      html`<p class="sub">${view.t(say.sameBytes)} ${part.hash(view, pending.sha256)}</p>`,
      you.maySign ? html`<div data-deed="${JSON.stringify(pending.text)}">${form}</div>` : nothing,
    ),
  });
}

/** Every word of the text that is signed. */
function textFacts(view: View, { text }: Pending): Html {
  if (text.format === 'yangguang/contract-change/v1')
    return part.facts(
      view,
      [
        { label: say.ground, value: text.ground },
        { label: say.was, value: part.money(view, { yuan: text.was }) },
        { label: say.price, value: part.money(view, { yuan: text.price, capitals: true }) },
        { label: say.endsOn, value: text.endsOn },
      ],
      'wide',
    );
  return part.facts(
    view,
    [
      { label: say.number, value: text.number },
      { label: say.tenderee, value: text.tenderee.name, note: text.tenderee.code },
      { label: say.contractor, value: text.contractor.name, note: text.contractor.code },
      { label: say.subject, value: text.subject },
      { label: say.price, value: part.money(view, { yuan: text.price, capitals: true }) },
      ...termFacts(text),
    ],
    'wide',
  );
}

interface Terms {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly guarantee: string | null;
  readonly paymentDays: number;
}

const termFacts = ({ startsOn, endsOn, guarantee, paymentDays }: Terms) => [
  { label: say.period, value: `${startsOn} – ${endsOn}` },
  { label: say.guarantee, value: guarantee ?? '—' },
  { label: say.paymentDays, value: String(paymentDays) },
];

const clausesOf = (view: View, clauses: string): Html =>
  clauses === '' ? nothing : html`<p class="sub">${view.t(say.clauses)}</p><p class="said">${clauses}</p>`;

const signedFacts = (view: View, signed: Pending['signed']): Html =>
  part.facts(
    view,
    (['tenderee', 'contractor'] as const).map((side) => ({
      label: say[side],
      value: signed[side] ? html`${view.t(say.signedAt)} ${part.time(view, signed[side])}` : view.t(say.notSigned),
    })),
    'wide',
  );

function contractCard(view: View, data: DeedAnswer, contract: NonNullable<DeedAnswer['contract']>): Html {
  return part.card(view, {
    title: say.contract,
    beside: html`<a href="/lots/${data.lot.id}/papers">${view.t(say.papers)}</a>`,
    body: part.stack(
      part.money(view, { yuan: contract.price, capitals: true, size: 'large' }),
      part.facts(
        view,
        [
          { label: say.number, value: contract.number },
          { label: say.contractor, value: data.award.contractor },
          ...(contract.first === contract.price ? [] : [{ label: say.first, value: part.money(view, { yuan: contract.first }) }]),
          ...termFacts(contract),
        ],
        'wide',
      ),
      clausesOf(view, contract.clauses),
      contract.addOn ? html`<p>${view.t(contract.addOn.says)}<br>${part.ground(view, { source: contract.addOn.source })}</p>` : nothing,
    ),
  });
}

function concludedCard(view: View, { concluded }: DeedAnswer): Html {
  if (concluded.length === 0) return nothing;
  const title = (change: number): Words => (change === 0 ? say.contract : { zh: `第${change}次变更`, en: `Change ${change}` });
  return part.card(view, {
    title: say.concluded,
    body: html`<ul class="plain">${concluded.map(
      (each) =>
        html`<li${attribute('id', `change-${each.change}`)}><strong>${view.t(title(each.change))}</strong> ${part.money(view, { yuan: each.price })}<span class="sub sub-line">${part.time(view, each.concludedAt)} ${part.hash(view, each.sha256)}</span></li>`,
    )}</ul>`,
  });
}

function awardCard(view: View, { award, terms, contract }: DeedAnswer): Html {
  return part.card(view, {
    title: say.award,
    body: html`${part.facts(view, [
      { label: say.contractor, value: award.contractor },
      { label: say.awarded, value: part.money(view, { yuan: award.price }) },
      ...terms.slice(1),
    ])}${!contract && award.contractUntil ? part.countdown(view, { until: award.contractUntil, label: say.until, over: say.over }) : nothing}`,
  });
}
