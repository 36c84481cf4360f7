import type { QualificationAnswer } from '../../src/evaluation/answers.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '资格审查', en: 'Qualification' },
  below: {
    zh: '开标后由采购人或者采购代理机构审查资格；合格的不足{n}家的，不得评标。',
    en: 'Checked by the host after the opening; with fewer than {n} qualified nothing is evaluated.',
  },
  conditions: { zh: '资格要求', en: 'What is asked for' },
  bids: { zh: '审查结果', en: 'Findings' },
  bidder: { zh: '投标人', en: 'Bidder' },
  verdict: { zh: '结论', en: 'Finding' },
  reason: { zh: '理由', en: 'Reason' },
  passed: { zh: '合格', en: 'qualified' },
  failed: { zh: '不合格', en: 'not qualified' },
  open: { zh: '待审查', en: 'to be checked' },
  check: { zh: '逐家审查', en: 'Check each of them' },
  reasonHint: { zh: '不合格的必填；与结果一并公开。', en: 'Required where not qualified; public with the finding.' },
  submit: { zh: '确认审查结果', en: 'Confirm the findings' },
  confirmTitle: { zh: '审查结果立即公开', en: 'The findings are public at once' },
  confirmSays: {
    zh: '评标开始前可以更正。合格的不足法定家数的，本次采购即告失败，不能恢复。',
    en: 'They may be put right until the evaluation starts. With too few qualified the procurement fails for good.',
  },
  panel: { zh: '评标委员会', en: 'The panel' },
} satisfies Texts;

/** The qualification of bidders (GET /lots/:lot/qualification): the findings for everyone; for the host also the papers and the form. */
export function qualificationPage(view: View, data: QualificationAnswer): Html {
  const base = `/lots/${data.lot.id}`;
  return layout(view, {
    title: `${view.t(say.title)} · ${data.lot.name}`,
    section: '/lots',
    main: html`${part.pageHead(view, {
      back: { href: base, label: data.lot.name },
      above: `${data.lot.number} · ${view.t(data.lot.phaseTitle)}`,
      title: say.title,
      below: view.t(say.below, { n: data.least }),
      actions: part.linkButton(view, { href: `${base}/panel`, label: say.panel, icon: 'users' }),
    })}
${part.columns({
  main: html`${when(data.mayCheck, () => checkCard(view, data))}${data.mayCheck && data.checkedAt === null ? nothing : findings(view, data)}`,
  right: part.card(view, {
    title: say.conditions,
    body: html`<ul class="plain">${each(data.conditions, (text) => html`<li>${text}</li>`)}</ul>`,
  }),
})}`,
  });
}

function findings(view: View, data: QualificationAnswer): Html {
  return part.card(view, {
    title: say.bids,
    flush: true,
    ...(data.checkedAt ? { beside: part.time(view, data.checkedAt) } : {}),
    body: part.table(view, {
      caption: say.bids,
      rows: data.bids,
      columns: [
        {
          label: say.bidder,
          phone: 'head',
          cell: (row) => html`<strong>${row.name}</strong><br><span class="sub">${row.bidder}</span>`,
        },
        {
          label: say.verdict,
          cell: (row) =>
            row.pass === null
              ? part.pill(view, 'plain', say.open)
              : part.pill(view, row.pass ? 'plain' : 'refused', row.pass ? say.passed : say.failed),
        },
        { label: say.reason, cell: (row) => row.reason ?? '—' },
      ],
    }),
  });
}

function checkCard(view: View, data: QualificationAnswer): Html {
  const base = `/lots/${data.lot.id}/qualification`;
  return part.card(view, {
    title: say.check,
    now: data.checkedAt === null,
    body: part.form(view, {
      action: base,
      submit: say.submit,
      fields: each(data.bids, (bid, at) => {
        const named = { zh: `${bid.name}：结论`, en: `${bid.name}: finding` };
        const reasonOf = { zh: `${bid.name}：理由`, en: `${bid.name}: reason` };
        return html`<div class="field"><h3>${bid.name}</h3>${part.fileList(
          view,
          bid.files.map((file, index) => ({ ...file, href: `${base}/${bid.submission}/files/${index}` })),
        )}</div>${part.hidden(`bids[${at}][bid]`, bid.submission)}${part.field(view, {
          kind: 'select',
          name: `bids[${at}][pass]`,
          label: named,
          required: true,
          value: bid.pass === null ? null : String(bid.pass),
          empty: say.open,
          choices: [
            { value: 'true', label: say.passed },
            { value: 'false', label: say.failed },
          ],
          half: true,
        })}${part.field(view, {
          kind: 'text',
          name: `bids[${at}][reason]`,
          label: reasonOf,
          hint: say.reasonHint,
          value: bid.reason,
          maxlength: 1000,
          half: true,
        })}`;
      }),
      confirm: { title: say.confirmTitle, says: say.confirmSays },
    }),
  });
}
