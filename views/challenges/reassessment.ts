import type { ReassessmentAnswer } from '../../src/challenges/answers.ts';
import { lotFrame } from '../awards/lot-frame.ts';
import { attribute, each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '重新评审', en: 'Evaluate again' },
  says: {
    zh: '评标报告签署后，任何人不得修改。有下列法定理由之一的，由原评标委员会重新评审：只能更改受影响的事项，逐项写明理由；决定须用证书签名；原报告作为前一版保留，候选人须重新公示。',
    en: 'Nobody changes a signed report. On one of these grounds the same panel evaluates again: only what is affected may change, each change with its reason. The order is signed with a certificate. The report stays as a version, and candidates are published anew.',
  },
  ground: { zh: '理由', en: 'Ground' },
  reference: { zh: '决定文号', en: 'Number of the decision' },
  objection: { zh: '成立的异议', en: 'The objection that is upheld' },
  noObjection: { zh: '与异议无关', en: 'None' },
  explanation: { zh: '事实和理由', en: 'Facts and reasons' },
  explanationHint: {
    zh: '写明错在何处、如何发现。写入存证日志，候选人公示后公开。',
    en: 'What is wrong and how it came to light. Journalled; public with the candidates.',
  },
  bids: { zh: '受影响的投标', en: 'Bids affected' },
  items: { zh: '受影响的评审项', en: 'Review items affected' },
  criteria: { zh: '受影响的评分项', en: 'Criteria affected' },
  submit: { zh: '签名并决定重新评审', en: 'Sign and order it' },
  confirmTitle: { zh: '评标报告将退回原评标委员会', en: 'The report goes back to its panel' },
  confirmSays: {
    zh: '已公示的候选人随即撤下。原报告保留为前一版；重新评审完成并签署后，须重新公示。',
    en: 'Published candidates are taken down at once. The report stays as a version; when the panel has signed the next one, they are published anew.',
  },
} satisfies Texts;

/** Where a re-evaluation is ordered (GET /lots/:lot/reassessment): by the supervisor, or by the host on a ground of the law. */
export function reassessmentPage(view: View, data: ReassessmentAnswer): Html {
  return lotFrame(view, {
    lot: data.lot,
    tab: 'candidates',
    title: say.title,
    scripts: ['reassessment.js'],
    body: part.card(view, {
      title: say.title,
      body: part.stack(
        html`<p>${view.t(say.says)}</p>`,
        html`<div data-reassessment data-lot="${data.lot.id}" data-version="${data.order.version}" data-was="${data.order.was}" data-by="${data.order.by}" data-holder="${data.order.signer}">${part.form(
          view,
          {
            action: `/lots/${data.lot.id}/reassessment`,
            submit: say.submit,
            icon: 'scale',
            tone: 'danger',
            fields: html`${part.field(view, {
              kind: 'radio',
              name: 'ground',
              label: say.ground,
              required: true,
              value: data.grounds.length === 1 ? (data.grounds[0]?.value ?? null) : null,
              choices: data.grounds.map(({ value, label, source }) => ({ value, label, hint: source })),
            })}${referenceField(view, data)}${part.field(view, {
              kind: 'textarea',
              name: 'explanation',
              label: say.explanation,
              hint: say.explanationHint,
              required: true,
              rows: 4,
              maxlength: 2000,
            })}${boxes(view, 'bids', say.bids, data.bids)}${boxes(view, 'items', say.items, data.items)}${boxes(view, 'criteria', say.criteria, data.criteria)}${part.signerPart(view, { holder: data.order.signer })}${part.hidden('signature', '')}${part.hidden('at', '')}`,
            confirm: { title: say.confirmTitle, says: say.confirmSays },
          },
        )}</div>`,
      ),
    }),
  });
}

function referenceField(view: View, data: ReassessmentAnswer): Html {
  if (data.grounds.some(({ value }) => value === 'regulator-decision'))
    return part.field(view, { kind: 'text', name: 'reference', label: say.reference, required: true, maxlength: 100 });
  if (data.objections.length === 0) return nothing;
  return part.field(view, {
    kind: 'select',
    name: 'reference',
    label: say.objection,
    empty: say.noObjection,
    choices: data.objections.map(({ id, text }) => ({ value: id, label: { zh: text, en: text } })),
  });
}

/** A list to tick; what was ticked before a refusal stays ticked. */
function boxes(view: View, name: string, label: Words, choices: ReassessmentAnswer['items']): Html {
  if (choices.length === 0) return nothing;
  const typed = view.values[name];
  const ticked = new Set(Array.isArray(typed) ? typed : [typed]);
  return html`<fieldset class="field"><legend class="field-label">${view.t(label)}</legend>${each(
    choices,
    ({ value, label: title }) =>
      html`<label class="form-check"><input class="form-check-input" type="checkbox" name="${name}" value="${value}"${attribute('checked', ticked.has(value))}><span class="form-check-label">${view.t(title)}</span></label>`,
  )}</fieldset>`;
}
