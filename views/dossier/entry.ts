import type { EntryAnswer, FormAnswer } from '../../src/dossier/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';
import { say as common, entryFormFields, standingPills, versionFacts } from './parts.ts';

const say = {
  now: { zh: '现在的内容', en: 'What it says now' },
  save: { zh: '记入', en: 'Write' },
  saveSays: {
    zh: '记入后请到单位档案页签名确认，确认后才能用于投标。',
    en: 'Confirm it afterwards on the page of the dossier; only then a bid may take it.',
  },
  revise: { zh: '记入新的版本', en: 'Write a new version' },
  reviseSays: {
    zh: '以前的版本和它们的附件保持不变；附件随新版本沿用。',
    en: 'Versions before stay as they are; their files go on with the new one.',
  },
  attach: { zh: '添加附件', en: 'Attach a file' },
  detach: { zh: '移除', en: 'Remove' },
  history: { zh: '历次内容', en: 'Versions' },
  written: { zh: '记入', en: 'written' },
  confirmed: { zh: '确认', en: 'confirmed' },
  notConfirmed: { zh: '未确认', en: 'not confirmed' },
  confirm: { zh: '去签名确认', en: 'Confirm it' },
  publish: { zh: '公开此项', en: 'Publish it' },
  publishSays: {
    zh: '任何人都能看到它的文字和附件摘要，附件本身不公开。',
    en: 'Everyone sees what it says and the digests of its files, not the files.',
  },
  unpublish: { zh: '停止公开', en: 'Publish it no longer' },
  remove: { zh: '停用此项', en: 'Keep it no longer' },
  removeTitle: { zh: '停用后不再用于投标，也不再公开', en: 'It is offered for no bid any more and shown to nobody' },
  removeSays: { zh: '已投标文件中用到的内容不受影响。', en: 'What bids took of it stays as they have it.' },
} satisfies Texts;

/** The form of a new entry of one kind. */
export function newEntryPage(view: View, data: FormAnswer): Html {
  return layout(view, {
    title: view.t(data.title),
    section: '/dossier',
    main: html`${part.pageHead(view, { title: data.title, below: view.t(data.says), back: { href: '/dossier', label: common.title } })}
${part.card(view, {
  body: part.form(view, {
    action: '/dossier/entries',
    multipart: true,
    submit: say.save,
    icon: 'check',
    note: say.saveSays,
    fields: entryFormFields(view, data, null),
  }),
})}`,
  });
}

/** One entry: what it says now, its files, its versions, and what its owner may do with it. */
export function entryPage(view: View, data: EntryAnswer): Html {
  const { kept } = data;
  const path = `/dossier/entries/${kept.entry}`;
  return layout(view, {
    title: kept.title,
    section: '/dossier',
    main: html`${part.pageHead(view, {
      title: kept.title,
      above: view.t(kept.kindTitle),
      beside: standingPills(view, kept),
      back: { href: '/dossier', label: common.title },
      ...(kept.confirmedAt === null && !kept.expired
        ? { actions: part.linkButton(view, { href: '/dossier', label: say.confirm, icon: 'writing-sign', tone: 'primary' }) }
        : {}),
    })}${part.columns({
      main: html`${part.problemPanel(view)}${part.card(view, {
        title: say.now,
        body: versionFacts(view, kept, (sha256) => `${path}/documents/${sha256}`),
      })}${kept.confirmedAt === null ? filesCard(view, data, path) : nothing}${part.card(view, {
        title: say.revise,
        body: part.form(view, {
          action: `${path}/versions`,
          multipart: true,
          quiet: true,
          submit: say.save,
          icon: 'pencil',
          tone: 'plain',
          note: say.reviseSays,
          fields: entryFormFields(view, data.form, kept),
        }),
      })}`,
      right: html`${data.mayPublish ? publicCard(view, kept.publishedAt !== null, path) : nothing}${historyCard(view, data)}${part.card(
        view,
        {
          body: part.form(view, {
            action: `${path}/removal`,
            submit: say.remove,
            icon: 'trash',
            tone: 'danger',
            quiet: true,
            confirm: { title: say.removeTitle, says: say.removeSays },
          }),
        },
      )}`,
    })}`,
  });
}

const filesCard = (view: View, { kept }: EntryAnswer, path: string): Html =>
  part.card(view, {
    title: say.attach,
    body: part.stack(
      ...kept.documents.map(({ name, sha256 }) =>
        part.form(view, {
          action: `${path}/documents/${sha256}/removal`,
          submit: { zh: `${say.detach.zh}“${name}”`, en: `${say.detach.en} “${name}”` } satisfies Words,
          icon: 'trash',
          tone: 'plain',
          quiet: true,
        }),
      ),
      part.form(view, {
        action: `${path}/documents`,
        multipart: true,
        submit: say.attach,
        icon: 'upload',
        tone: 'plain',
        quiet: true,
        fields: html`<div class="field"><input class="form-control" type="file" name="document" required aria-label="${view.t(say.attach)}"></div>`,
      }),
    ),
  });

const publicCard = (view: View, isPublic: boolean, path: string): Html =>
  part.card(view, {
    body: part.form(view, {
      action: `${path}/publication${isPublic ? '/end' : ''}`,
      submit: isPublic ? say.unpublish : say.publish,
      icon: isPublic ? 'lock' : 'world',
      tone: 'plain',
      quiet: true,
      note: say.publishSays,
    }),
  });

const historyCard = (view: View, { versions }: EntryAnswer): Html =>
  part.card(view, {
    title: say.history,
    body: html`<ul class="plain">${versions.map(
      (each) =>
        html`<li><strong>${each.version}</strong> ${each.title}<span class="sub sub-line">${view.t(say.written)} ${part.time(view, each.writtenAt as Instant)}</span><span class="sub sub-line">${each.confirmedAt ? html`${view.t(say.confirmed)} ${part.time(view, each.confirmedAt as Instant)}` : view.t(say.notConfirmed)}</span><span class="sub sub-line">${part.hash(view, each.sha256)}</span></li>`,
    )}</ul>`,
  });
