import type { OwnBids } from '../../src/bids/reads.ts';
import type { BidField } from '../../src/tenders/line.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { amountText, type Field, field, ground, icon, notice, stack } from '../parts/index.ts';
import { partLabels } from '../tenders/labels.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  draft: {
    zh: '草稿只保存在本浏览器，从不发送到平台；所选附件也一并保存在本机，刷新或断网后可以继续。请勿在公用电脑上填写。',
    en: 'The draft stays in this browser and is never sent; the attachments you choose are kept here too, so that you can go on after a reload. Do not use a shared computer.',
  },
  forget: { zh: '清除本机草稿', en: 'Clear this draft' },
  check: { zh: '检查', en: 'Check' },
  name: { zh: '{label}：姓名', en: '{label}: name' },
  number: { zh: '{label}：注册编号', en: '{label}: registration number' },
  firstEnvelope: {
    zh: '截标后先开启。不得出现投标报价。',
    en: 'Opened first, at the deadline. It must not show the price.',
  },
  laterEnvelope: {
    zh: '前一信封通过后，在另行公布的时间开启；未通过的，原样退回，谁也打不开。',
    en: 'Opened in a later session if the bid passes; otherwise it comes back as it is, and nobody can open it.',
  },
  headings: { zh: '列名：', en: 'Headings: ' },
  template: { zh: '下载空白表格（CSV）', en: 'Blank sheet (CSV)' },
  accepts: { zh: '可选多个文件；类型：', en: 'Several files possible; of the kind: ' },
  several: { zh: '可选多个文件', en: 'Several files possible' },
  mostDays: { zh: '招标文件要求不超过 {n} 天', en: 'The documents allow {n} days' },
  leastDays: { zh: '招标文件要求不少于 {n} 天', en: 'The documents ask for {n} days' },
  ceiling: { zh: '最高投标限价 {yuan} 元', en: 'Ceiling price {yuan} yuan' },
  security: { zh: '招标文件要求 {yuan} 元，截止时间前提交', en: 'The documents ask for {yuan} yuan, before the deadline' },
  lodged: {
    zh: '须在截止时间前向平台专户缴纳或提交保函，共 {yuan} 元，在投标台“缴纳投标保证金”处办理',
    en: '{yuan} yuan, paid to the platform’s account or guaranteed before the deadline, by “Lodge the bid security” on the bid desk',
  },
  quality: { zh: '招标文件要求：{text}', en: 'The documents ask: {text}' },
} satisfies Texts;

const filled = (words: Words, values: Readonly<Record<string, string | number>>): Words => {
  const put = (text: string): string => text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  return { zh: put(words.zh), en: put(words.en) };
};

/**
 * The form of the lot. It is no HTML form on purpose: nothing here can be sent by a key press or by a page whose script did not load, because it
 * has nowhere to go. Everything is disabled until the script that seals has taken it over.
 */
export function bidForm(view: View, { terms }: Pick<OwnBids, 'terms'>, kept: Words = say.draft): Html {
  return stack(
    notice(view, 'plain', kept),
    html`<fieldset class="form" data-bid-form disabled>
${terms.parts.length > 1 ? each(terms.parts, (part, place) => envelopeFields(view, terms, part, place)) : html`<div class="fields">${each(terms.bidForm, (asked) => bidField(view, asked, terms))}</div>`}
<div class="form-actions"><button class="btn btn-primary" type="button" data-check>${icon(view, 'checklist')}<span>${view.t(say.check)}</span></button>
<button class="btn btn-link" type="button" data-forget-draft>${icon(view, 'trash')}<span>${view.t(say.forget)}</span></button>
<span class="sub" data-draft-says role="status"></span></div>
</fieldset>`,
  );
}

type Terms = OwnBids['terms'];

/** Kinds of fields that the bidder's dossier may have an answer for; the script that seals asks it. */
const fromDossier: readonly BidField['kind'][] = ['text', 'choice', 'person', 'file'];

/** The fields of one envelope, under its name. What has no envelope of its own lies in the first. */
function envelopeFields(view: View, terms: Terms, part: string, place: number): Html {
  const own = (field: BidField): boolean => ((terms.parts as readonly string[]).includes(field.part) ? field.part === part : place === 0);
  return html`<h3 data-envelope="${part}">${view.t(partLabels[part] ?? { zh: part, en: part })}</h3><p class="sub">${view.t(place === 0 ? say.firstEnvelope : say.laterEnvelope)}</p><div class="fields">${each(terms.bidForm.filter(own), (asked) => bidField(view, asked, terms))}</div>`;
}

function bidField(view: View, asked: BidField, terms: Terms): Html {
  const base = {
    label: asked.label,
    required: asked.required,
    ...hinted(asked, terms),
    ...(asked.rule ? { ground: { says: asked.rule.says, source: asked.rule.source } } : {}),
  };
  const wrapped = (body: Html): Html =>
    html`<div class="${asked.kind === 'person' ? 'fields' : 'field'}" data-bid-field="${asked.key}">${body}${fromDossier.includes(asked.kind) ? html`<div data-dossier-offers="${asked.key}" hidden></div>` : nothing}</div>`;
  switch (asked.kind) {
    case 'money':
      return wrapped(field(view, { ...base, kind: 'money', name: asked.key }));
    case 'days':
      return wrapped(field(view, { ...base, kind: 'number', name: asked.key, min: 1, step: 1, unit: { zh: '天', en: 'days' } }));
    case 'text':
      return wrapped(field(view, { ...base, kind: 'text', name: asked.key, maxlength: 2000 }));
    case 'choice':
      return wrapped(field(view, { ...base, kind: 'select', name: asked.key, choices: asked.options ?? [] }));
    case 'person':
      return wrapped(personFields(view, asked, base));
    case 'table':
      return wrapped(html`${field(view, { ...base, kind: 'file', name: asked.key, accept: '.csv,.xlsx' })}
<p class="sub">${view.t(say.headings)}${asked.columns?.map((column) => view.t(column.label)).join(view.lang === 'zh' ? '、' : ', ')} · <button class="btn btn-sm" type="button" data-template="${asked.key}">${icon(view, 'file-spreadsheet')}<span>${view.t(say.template)}</span></button></p>
<div class="stack" data-sheet="${asked.key}" aria-live="polite"></div>`);
    case 'file':
      return wrapped(html`${field(view, { ...base, kind: 'file', name: asked.key, multiple: true, ...(asked.accept ? { accept: asked.accept.join(',') } : {}), hint: kinds(asked) })}
<ul class="files" data-files="${asked.key}"></ul>`);
  }
}

/** Which files may be chosen, behind the form's own hint. */
function kinds({ accept, hint }: BidField): Words {
  const several = accept ? { zh: say.accepts.zh + accept.join(' '), en: say.accepts.en + accept.join(' ') } : say.several;
  return hint ? { zh: `${hint.zh}；${several.zh}`, en: `${hint.en}; ${several.en}` } : several;
}

/** The terms a value must keep stand in its hint, so that nobody has to look them up. */
function hinted(asked: BidField, terms: Terms): { hint?: Words } {
  const limit =
    asked.key === 'price' && terms.ceiling !== null
      ? filled(say.ceiling, { yuan: amountText(terms.ceiling) })
      : asked.key === 'periodDays'
        ? filled(say.mostDays, { n: terms.periodDays })
        : asked.key === 'validityDays'
          ? filled(say.leastDays, { n: terms.bidValidityDays })
          : asked.key === 'quality'
            ? filled(say.quality, { text: terms.quality })
            : asked.key === 'security' && terms.security !== null
              ? filled(terms.lodging ? say.lodged : say.security, { yuan: amountText(terms.security) })
              : null;
  const { hint } = asked;
  if (!limit) return hint ? { hint } : {};
  return { hint: hint ? { zh: `${limit.zh}；${hint.zh}`, en: `${limit.en}; ${hint.en}` } : limit };
}

function personFields(view: View, asked: BidField, base: Pick<Field, 'label' | 'required' | 'hint' | 'ground'>): Html {
  const label = { zh: asked.label.zh, en: asked.label.en };
  const named = (words: Words): Words => ({
    zh: words.zh.replace('{label}', label.zh),
    en: words.en.replace('{label}', label.en),
  });
  const { hint, ground: rule, ...half } = base;
  return html`${field(view, { ...half, kind: 'text', name: `${asked.key}.name`, label: named(say.name), maxlength: 100, half: true, autocomplete: 'off' })}
${field(view, { ...half, kind: 'text', name: `${asked.key}.number`, label: named(say.number), maxlength: 100, half: true, autocomplete: 'off' })}
<div>${hint ? html`<p class="field-hint">${view.t(hint)}</p>` : nothing}${rule ? html`<p class="field-ground">${rule.says ? view.t(rule.says) : nothing} ${ground(view, rule)}</p>` : nothing}</div>`;
}
