import type { DossierAnswer, KeptAnswer } from '../../src/dossier/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View } from '../view.ts';
import { say as common, standingPills, versionFacts } from './parts.ts';

const say = {
  below: {
    zh: '资质、业绩、人员、声明记一次，投标时逐项选用。除已公开的以外，只有本单位看得到；投标文件里用了什么，随投标文件开启。',
    en: 'Kept once, offered in every bid form. Nobody but you sees it, save what you publish; what a bid took is seen with that bid.',
  },
  sign: { zh: '签名确认真实', en: 'Confirm as true' },
  signSays: {
    zh: '勾选的每一项，本单位确认内容真实、有效，并对此负责。确认后内容不再改动，只能记入新的版本。',
    en: 'Your organisation vouches that each ticked entry is true and valid. What was confirmed changes no more: a change is a new version.',
  },
  submit: { zh: '签名确认', en: 'Sign' },
  kept: { zh: '已记入的档案', en: 'What is kept' },
  kind: { zh: '类别', en: 'Kind' },
  state: { zh: '状态', en: 'State' },
  noneTitle: { zh: '还没有记入档案', en: 'Nothing is kept yet' },
  noneSays: {
    zh: '从一项资质、业绩或人员开始，或由表格一次记入多项。',
    en: 'Begin with a licence, an achievement or a person, or take a table.',
  },
  add: { zh: '记入一项', en: 'Write an entry' },
  import: { zh: '由表格记入多项', en: 'Take a table' },
  table: { zh: 'Excel（.xlsx）或 CSV', en: 'Excel (.xlsx) or CSV' },
  importSays: {
    zh: '至多500行。有一行不正确就一行也不记入，并逐行说明。附件在记入后逐项添加。',
    en: 'Up to 500 rows. One wrong row and none is taken; each fault is said with its row. Files are attached afterwards.',
  },
  take: { zh: '记入', en: 'Take' },
  template: { zh: '下载模板', en: 'Template' },
  looks: { zh: '谁查看过', en: 'Who looked' },
  noLooks: { zh: '没有人查看过。监管人员每次查看都会记在这里。', en: 'Nobody did. Each look of a supervisor is told here.' },
  shown: { zh: '公开页', en: 'Public page' },
} satisfies Texts;

/** The dossier of one's own organisation: what waits to be confirmed first, then all that is kept. */
export function dossierPage(view: View, data: DossierAnswer): Html {
  const open = data.entries.filter((each) => each.confirmedAt === null && !each.expired);
  return layout(view, {
    title: view.t(common.title),
    section: '/dossier',
    scripts: ['dossier.js'],
    main: html`${part.pageHead(view, {
      title: common.title,
      above: data.organisation.name,
      below: view.t(say.below),
      actions: part.linkButton(view, { href: `/organisations/${data.organisation.code}/dossier`, label: say.shown, icon: 'world' }),
    })}${part.columns({
      main: html`${part.problemPanel(view)}${open.length > 0 ? confirmCard(view, data, open) : nothing}${keptCard(view, data)}`,
      right: html`${addCard(view, data)}${importCard(view)}${looksCard(view, data)}`,
    })}`,
  });
}

function confirmCard(view: View, data: DossierAnswer, open: readonly KeptAnswer[]): Html {
  const references = open.map((each) => ({ value: `${each.entry}:${each.version}:${each.sha256}`, each }));
  return part.card(view, {
    title: say.sign,
    now: true,
    body: html`<div class="stack" data-dossier-confirmation data-organisation="${data.organisation.code}"><p>${view.t(say.signSays)}</p>
${part.form(view, {
  action: '/dossier/confirmations',
  submit: say.submit,
  icon: 'writing-sign',
  quiet: true,
  fields: html`${references.map(
    ({
      value,
      each,
    }) => html`<div class="field"><label class="form-check"><input class="form-check-input" type="checkbox" name="entries" value="${value}" checked><span class="form-check-label">${view.t(each.kindTitle)} · ${each.title}</span></label>
<details><summary class="sub">${view.t({ zh: '查看全文', en: 'Read it' })}</summary>${versionFacts(view, each, (sha256) => `/dossier/entries/${each.entry}/documents/${sha256}`)}</details></div>`,
  )}${part.signerPart(view, { holder: data.organisation.code })}${part.hidden('signature', '')}${part.hidden('at', '')}`,
})}</div>`,
  });
}

const keptCard = (view: View, data: DossierAnswer): Html =>
  part.card(view, {
    title: say.kept,
    flush: true,
    body: part.table(view, {
      caption: say.kept,
      columns: [
        { label: common.name, phone: 'head', cell: (row) => html`<a href="/dossier/entries/${row.entry}">${row.title}</a>` },
        { label: say.kind, cell: (row) => view.t(row.kindTitle) },
        { label: common.validUntil, cell: (row) => row.validUntil ?? view.t(common.always) },
        { label: common.documents, numeric: true, cell: (row) => row.documents.length },
        { label: say.state, cell: (row) => standingPills(view, row) },
      ],
      rows: data.entries,
      tone: (row) => (row.expired ? 'faded' : null),
      empty: part.empty(view, { title: say.noneTitle, says: say.noneSays, icon: 'files' }),
    }),
  });

const addCard = (view: View, data: DossierAnswer): Html =>
  part.card(view, {
    title: say.add,
    body: html`<ul class="plain">${data.kinds.map(
      ({ kind, title, says }) =>
        html`<li><a href="/dossier/new/${kind}">${view.t(title)}</a><span class="sub sub-line">${view.t(says)}</span></li>`,
    )}</ul>`,
  });

const importCard = (view: View): Html =>
  part.card(view, {
    title: say.import,
    beside: part.linkButton(view, { href: '/dossier/tables/template', label: say.template, icon: 'download', small: true }),
    body: part.form(view, {
      action: '/dossier/tables',
      multipart: true,
      submit: say.take,
      icon: 'upload',
      tone: 'plain',
      quiet: true,
      note: say.importSays,
      fields: part.field(view, { kind: 'file', name: 'table', label: say.table, required: true, accept: '.xlsx,.csv' }),
    }),
  });

const looksCard = (view: View, data: DossierAnswer): Html =>
  part.card(view, {
    title: say.looks,
    body:
      data.looks.length === 0
        ? html`<p class="sub">${view.t(say.noLooks)}</p>`
        : html`<ul class="plain">${data.looks.map(({ at, office, ground }) => html`<li><strong>${office}</strong> ${part.time(view, at as Instant)}<span class="sub sub-line">${ground}</span></li>`)}</ul>`,
  });
