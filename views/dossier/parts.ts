import type { FormAnswer, VersionAnswer } from '../../src/dossier/answers.ts';
import { type Html, html } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

export const say = {
  title: { zh: '单位档案', en: 'Dossier' },
  name: { zh: '名称', en: 'Title' },
  validFrom: { zh: '有效期起', en: 'Valid from' },
  validUntil: { zh: '有效期至（当日仍有效）', en: 'Valid until (that day included)' },
  always: { zh: '长期', en: 'without end' },
  document: { zh: '附件', en: 'File' },
  documents: { zh: '附件', en: 'Files' },
  none: { zh: '无', en: 'none' },
  digest: { zh: '内容摘要', en: 'Digest' },
  expired: { zh: '已过期', en: 'expired' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  unconfirmed: { zh: '待确认', en: 'to be confirmed' },
  public: { zh: '已公开', en: 'public' },
} satisfies Texts;

/** The fields of an entry's form, filled with what stands there now. */
export function entryFormFields(view: View, form: FormAnswer, now: VersionAnswer | null): Html {
  const value = (key: string): string => now?.fields.find((each) => each.key === key)?.text ?? '';
  return html`${part.hidden('kind', form.kind)}
${part.field(view, { kind: 'text', name: 'title', label: say.name, required: true, maxlength: 200, value: now?.title ?? '' })}
${form.fields.map(({ key, label, required, long }) =>
  long
    ? part.field(view, { kind: 'textarea', name: key, label, required, rows: 5, maxlength: 2000, value: value(key) })
    : part.field(view, { kind: 'text', name: key, label, required, half: true, maxlength: 200, value: value(key) }),
)}
${part.field(view, { kind: 'date', name: 'validFrom', label: say.validFrom, half: true, value: now?.validFrom ?? '' })}
${part.field(view, { kind: 'date', name: 'validUntil', label: say.validUntil, half: true, value: now?.validUntil ?? '' })}
${part.field(view, { kind: 'file', name: 'document', label: say.document })}`;
}

/** All that one version says. `hrefOf` leads to its files, where the reader may open them. */
export function versionFacts(view: View, version: VersionAnswer, hrefOf: ((sha256: string) => string) | null): Html {
  const documents = version.documents.map(
    (each) =>
      html`<li>${hrefOf ? html`<a href="${hrefOf(each.sha256)}">${each.name}</a>` : each.name} ${part.hash(view, each.sha256)}</li>`,
  );
  return part.facts(
    view,
    [
      { label: say.name, value: version.title },
      ...version.fields.map(({ label, text }) => ({ label, value: text })),
      ...(version.validFrom ? [{ label: say.validFrom, value: version.validFrom }] : []),
      { label: say.validUntil, value: version.validUntil ?? view.t(say.always) },
      { label: say.documents, value: documents.length > 0 ? html`<ul class="plain">${documents}</ul>` : view.t(say.none) },
      { label: say.digest, value: part.hash(view, version.sha256) },
    ],
    'wide',
  );
}

/** Where an entry stands. */
export function standingPills(
  view: View,
  kept: { readonly expired: boolean; readonly confirmedAt: string | null; readonly publishedAt: string | null },
): Html {
  return html`${kept.expired ? part.pill(view, 'refused', say.expired) : kept.confirmedAt ? part.pill(view, 'plain', say.confirmed) : part.pill(view, 'now', say.unconfirmed)}${kept.publishedAt ? html` ${part.pill(view, 'plain', say.public)}` : null}`;
}
