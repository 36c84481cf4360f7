import type { DraftAnswer } from '../../src/tenders/answers.ts';
import { each, type Html, html, when } from '../html.ts';
import { layout } from '../layout.ts';
import {
  card,
  columns,
  empty,
  facts,
  field,
  fieldId,
  fileList,
  form,
  ground,
  linkButton,
  notice,
  pageHead,
  stack,
  tabs,
} from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { labelOf } from './labels.ts';
import { findingsBody, findingsTitle } from './method-findings.ts';
import { noticeBody } from './notice-body.ts';
import { wizardSteps } from './wizard-steps.ts';

const say = {
  steps: { zh: '编制步骤', en: 'Steps' },
  last: { zh: '文件与发布', en: 'Documents and publication' },
  saved: { zh: '草稿第 {n} 版，已保存，可随时离开。', en: 'Draft revision {n} is saved; you may leave at any time.' },
  check: { zh: '发布前核对', en: 'Before it can be published' },
  ready: { zh: '内容已齐，未发现不符合规定之处。', en: 'Everything is there, and no rule objects.' },
  missing: { zh: '还没有填写', en: 'Still missing' },
  refused: { zh: '不符合规定', en: 'Against the rules' },
  fix: { zh: '去修改', en: 'Mend it' },
  documents: { zh: '招标文件', en: 'Tender documents' },
  noDocuments: { zh: '尚未上传招标文件', en: 'No tender document yet' },
  noDocumentsSays: {
    zh: '至少上传一份；公告发布时一并公开其 SHA-256 摘要。',
    en: 'At least one is needed; its SHA-256 is published with the notice.',
  },
  add: { zh: '上传文件', en: 'Add a document' },
  file: { zh: '文件', en: 'File' },
  fileHint: { zh: '单个文件不超过 500 MB。', en: 'At most 500 MB a file.' },
  documentName: { zh: '名称', en: 'Name' },
  documentNameHint: { zh: '留空则用文件名。', en: 'Empty: the file’s own name.' },
  supersedes: { zh: '替换哪份文件', en: 'Replaces' },
  newOne: { zh: '新文件，不替换', en: 'none, it is new' },
  version: { zh: '第 {n} 版', en: 'version {n}' },
  preview: { zh: '公告预览', en: 'Preview of the notice' },
  noPreview: { zh: '内容填齐后，这里显示公告全文。', en: 'Once everything is filled in, the notice stands here in full.' },
  publish: { zh: '发布公告', en: 'Publish the notice' },
  confirmTitle: { zh: '发布招标公告', en: 'Publish the tender notice' },
  confirmSays: {
    zh: '发布后内容不能修改或撤回，只能发布补遗；投标人即可获取招标文件并投标。',
    en: 'It cannot be changed or taken back afterwards, only amended by addenda; bidders can collect the documents and bid at once.',
  },
  law: { zh: '《招标投标法》第16、23条', en: 'Tendering Law, arts. 16 and 23' },
  notYet: {
    zh: '还有内容未齐或不符合规定，暂不能发布。请按右侧（手机在下方）的提示修改。',
    en: 'Something is missing or against the rules. See the list beside (on a phone, below).',
  },
  drawnFirst: {
    zh: '先发布资格预审公告；受邀的供应商抽定以后，才能发布。',
    en: 'The notice of prequalification comes first; this one is published when those invited are drawn.',
  },
  prequalification: { zh: '资格预审与抽取', en: 'Prequalification and draw' },
  council: {
    zh: '开标委员会尚未组成，投标无法密封。请联系平台管理员。',
    en: 'No opening council has been formed: bids could not be sealed. Please ask the administrator.',
  },
  fixed: { zh: '发布时固定', en: 'Fixed at publication' },
  minimum: { zh: '有效投标下限', en: 'Minimum of bids' },
  seal: { zh: '密封方式', en: 'Sealing' },
  sealSays: { zh: '开标委员会共同解密', en: 'opened by the council together' },
} satisfies Texts;

/** The wizard of a lot: seven steps, each saved by itself, everything checked before it is published. */
export function wizardPage(view: View, data: DraftAnswer): Html {
  const step = wizardSteps[data.step - 1];
  return layout(view, {
    title: data.lot.name,
    main: html`${pageHead(view, {
      title: data.lot.name,
      above: html`${data.lot.number} · ${data.project.name}`,
      below: view.t(say.saved, { n: data.lot.revision }),
      back: { href: `/projects/${data.project.id}`, label: data.project.name },
    })}
${stepTabs(view, data)}
${columns({ main: step ? step.body(view, data) : lastStep(view, data), right: checks(view, data) })}`,
  });
}

const openOn = (data: DraftAnswer, step: number): number =>
  [...data.missing, ...data.refusals].filter((each) => each.step === step).length + (step === 7 && data.documents.length === 0 ? 1 : 0);

function stepTabs(view: View, data: DraftAnswer): Html {
  const titles: readonly Words[] = [...wizardSteps.map((step) => step.title), say.last];
  return tabs(
    view,
    titles.map((title, at) => {
      const open = openOn(data, at + 1);
      return {
        label: { zh: `${at + 1} ${title.zh}`, en: `${at + 1} ${title.en}` },
        href: `/lots/${data.lot.id}/draft?step=${at + 1}`,
        current: data.step === at + 1,
        ...(open > 0 ? { count: open } : {}),
      };
    }),
    say.steps,
  );
}

/** What stands between the draft and its publication, each with the way to mend it. */
function checks(view: View, data: DraftAnswer): Html {
  const at = (step: number, field: string): string => `/lots/${data.lot.id}/draft?step=${step}#${field}`;
  const nothingOpen = data.missing.length === 0 && data.refusals.length === 0 && data.documents.length > 0;
  return card(view, {
    title: say.check,
    id: 'checks',
    now: !nothingOpen,
    body: stack(
      when(nothingOpen, () => html`<p>${view.t(say.ready)}</p>`),
      listed(
        view,
        say.refused,
        data.refusals.map(
          (r) =>
            html`<strong>${view.t(labelOf(r.path))}</strong> ${view.t(r.says)} ${ground(view, { rule: r.rule ?? undefined, source: r.source ?? undefined })} ${linkButton(view, { href: at(r.step, fieldId(r.path)), label: say.fix, small: true })}`,
        ),
      ),
      listed(
        view,
        say.missing,
        data.missing.map((m) => html`<a href="${at(m.step, fieldId(m.path))}">${view.t(labelOf(m.path))}</a>`),
      ),
      listed(
        view,
        say.documents,
        data.documents.length === 0 ? [html`<a href="${at(7, 'documents')}">${view.t(say.noDocuments)}</a>`] : [],
      ),
      when(!data.councilReady, () => notice(view, 'refused', say.council)),
    ),
  });
}

const listed = (view: View, title: Words, lines: readonly Html[]): Html | null =>
  lines.length === 0
    ? null
    : html`<div><p class="above">${view.t(title)}</p><ul class="plain">${each(lines, (line) => html`<li>${line}</li>`)}</ul></div>`;

function lastStep(view: View, data: DraftAnswer): Html {
  const open = data.missing.length + data.refusals.length > 0 || data.documents.length === 0 || !data.councilReady;
  const publish = form(view, {
    action: `/lots/${data.lot.id}/notice`,
    submit: say.publish,
    icon: 'send',
    fields: findings(view, data),
    confirm: { title: say.confirmTitle, says: say.confirmSays, ground: { source: say.law } },
  });
  return html`${card(view, { title: say.documents, body: documentsBody(view, data), id: 'documents' })}
${card(view, {
  title: say.preview,
  body: data.preview
    ? noticeBody(view, { ...data.preview, findings: undefined }, data.project)
    : empty(view, { title: say.noPreview, icon: 'file-text' }),
})}
${card(view, {
  title: say.publish,
  id: 'publish',
  body: stack(
    facts(view, [
      { label: say.minimum, value: data.minimumBids },
      { label: say.seal, value: view.t(say.sealSays) },
    ]),
    data.publishable ? (open ? notice(view, 'now', say.notYet) : publish) : notice(view, 'plain', say.drawnFirst),
    data.prequalified
      ? linkButton(view, {
          href: `/lots/${data.lot.id}/prequalification`,
          label: say.prequalification,
          icon: 'users',
          tone: data.publishable ? 'plain' : 'primary',
        })
      : null,
    open ? linkButton(view, { href: '#checks', label: say.check }) : null,
  ),
})}`;
}

/** What the method does, to be acknowledged with the publication. */
function findings(view: View, data: DraftAnswer): Html | null {
  const found = data.preview?.findings;
  return found === undefined ? null : html`<h3 class="section">${view.t(findingsTitle)}</h3>${findingsBody(view, found, 'draft')}`;
}

function documentsBody(view: View, data: DraftAnswer): Html {
  const files = data.documents.filter((each) => !each.superseded);
  const list =
    files.length === 0
      ? empty(view, { title: say.noDocuments, says: say.noDocumentsSays, icon: 'files' })
      : fileList(
          view,
          files.map((f) => ({
            name: f.name,
            bytes: f.bytes,
            sha256: f.sha256,
            at: f.publishedAt,
            href: `/lots/${data.lot.id}/documents/${f.id}`,
            version: { zh: view.t(say.version, { n: f.version }), en: view.t(say.version, { n: f.version }) },
          })),
        );
  return stack(list, documentForm(view, `/lots/${data.lot.id}/documents`, files));
}

/** The upload of a document or of a new version of one. */
export function documentForm(view: View, action: string, files: readonly { readonly id: string; readonly name: string }[]): Html {
  return form(view, {
    action,
    submit: say.add,
    icon: 'upload',
    tone: 'plain',
    multipart: true,
    fields: documentFields(view, files),
  });
}

/** The fields with which a document travels: also part of the addendum's form. */
export function documentFields(view: View, files: readonly { readonly id: string; readonly name: string }[], required = true): Html {
  return html`${[
    field(view, { kind: 'file', name: 'document', label: say.file, hint: say.fileHint, required }),
    field(view, { kind: 'text', name: 'name', label: say.documentName, hint: say.documentNameHint, maxlength: 200, half: true }),
    files.length === 0
      ? null
      : field(view, {
          kind: 'select',
          name: 'supersedes',
          label: say.supersedes,
          value: '',
          empty: say.newOne,
          half: true,
          choices: files.map((f) => ({ value: f.id, label: f.name })),
        }),
  ]}`;
}
