import type { ApplyAnswer } from '../../src/experts/admission-answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import { asksList } from './admission-words.ts';

const say = {
  title: { zh: '申请入库', en: 'Apply for the pool' },
  correction: { zh: '补正入库申请', en: 'Put the application right' },
  below: {
    zh: '填写后再上传证明材料；提交后由交易中心审核。',
    en: 'Proofs are attached afterwards; the trading centre then reviews the application.',
  },
  back: { zh: '我的档案', en: 'My record' },
  line: { zh: '申请门类', en: 'Line' },
  field: { zh: '从事的专业领域', en: 'The field you work in' },
  fieldHint: { zh: '如：水利水电工程施工', en: 'Such as: hydraulic works' },
  years: { zh: '从事该领域工作', en: 'Years in that field' },
  yearsUnit: { zh: '年', en: 'years' },
  professional: { zh: '职称', en: 'Professional title' },
  level: { zh: '职称级别', en: 'Level of the title' },
  specialties: { zh: '评标专业', en: 'Specialties' },
  specialtiesHint: {
    zh: '您能够评审的专业，至多 {most} 个（含已入库的）。',
    en: 'What you can judge, {most} at most with those you hold.',
  },
  deeper: { zh: '更细的专业代码', en: 'More precise codes' },
  deeperHint: {
    zh: '货物、服务类和三、四级专业填写代码，如 A080301、B0101，以逗号分隔。',
    en: 'Goods, services, and levels three and four by their codes, such as A080301 or B0101, separated by commas.',
  },
  health: { zh: '健康声明', en: 'Health' },
  record: { zh: '信用声明', en: 'Record' },
  truth: { zh: '真实性承诺', en: 'Truth' },
  healthy: { zh: '身体健康，能够承担评标工作', en: 'I am in good health and can do the work' },
  clean: { zh: '近三年没有不良信用记录，没有受过刑事处罚', en: 'I have had no bad record for three years and no criminal penalty' },
  truthful: { zh: '以上内容属实，愿意承担责任', en: 'All of this is true, and I answer for it' },
  submit: { zh: '提交申请', en: 'Apply' },
  asks: { zh: '各门类的条件', en: 'What each line asks' },
  returned: { zh: '退回理由', en: 'Why it was returned' },
} satisfies Texts;

/** The form of an application, and of its correction. */
export function applyPage(view: View, data: ApplyAnswer): Html {
  const { standing } = data;
  const title = standing ? say.correction : say.title;
  const back = standing ? `/expert/applications/${standing.id}` : '/expert';
  const stated = (name: 'healthy' | 'clean' | 'truthful', label: Words): Html =>
    part.field(view, { kind: 'checkbox', name, label, says: say[name], required: true });
  const held = standing?.specialties.map(({ code }) => code) ?? [];
  const hint = { zh: view.t(say.specialtiesHint, { most: data.most }), en: view.t(say.specialtiesHint, { most: data.most }) };
  return layout(view, {
    title: view.t(title),
    section: '/expert',
    main: html`${part.pageHead(view, { title, below: view.t(say.below), back: { href: back, label: standing ? standing.line : say.back } })}
${part.columns({
  main: part.stack(
    standing?.review?.reason
      ? part.notice(view, 'now', html`<strong>${view.t(say.returned)}</strong>${part.colon(view)}${standing.review.reason}`)
      : nothing,
    part.card(view, {
      body: part.form(view, {
        action: standing ? `/expert/applications/${standing.id}/correction` : '/expert/applications',
        submit: say.submit,
        icon: 'send',
        fields: html`${
          standing
            ? nothing
            : part.field(view, {
                kind: 'radio',
                name: 'line',
                label: say.line,
                required: true,
                choices: data.lines.map(({ value, label }) => ({ value, label })),
              })
        }
${part.field(view, { kind: 'text', name: 'field', label: say.field, hint: say.fieldHint, required: true, half: true, maxlength: 100, value: standing?.qualification?.field ?? null })}
${part.field(view, { kind: 'number', name: 'years', label: say.years, unit: say.yearsUnit, min: 0, max: 80, required: true, half: true, value: standing?.qualification?.years ?? null })}
${part.field(view, { kind: 'text', name: 'title', label: say.professional, required: true, half: true, maxlength: 40, value: standing?.qualification?.title ?? data.title })}
${part.field(view, { kind: 'select', name: 'titleLevel', label: say.level, required: true, half: true, empty: { zh: '请选择', en: 'Please choose' }, choices: data.levels, value: standing?.qualification?.titleLevel ?? null })}
${part.field(view, {
  kind: 'checks',
  name: 'specialties',
  label: say.specialties,
  hint,
  value: held,
  choices: data.specialties.map(({ code, title: name }) => ({
    value: code,
    label: { zh: `${code} ${name.zh}`, en: `${code} ${name.en}` },
  })),
})}
${part.field(view, { kind: 'text', name: 'specialties', label: say.deeper, hint: say.deeperHint, value: deeperCodes(view, data, held) })}
${stated('healthy', say.health)}${stated('clean', say.record)}${stated('truthful', say.truth)}`,
      }),
    }),
  ),
  right: part.card(view, {
    title: say.asks,
    body: html`<div class="stack">${data.lines.map(
      ({ label, asks }) => html`<details><summary>${view.t(label)}</summary>${asksList(view, asks)}</details>`,
    )}</div>`,
  }),
})}`,
  });
}

/** The codes that stand in no box: of the application as it stands, or as it was typed before a refusal. */
function deeperCodes(view: View, data: ApplyAnswer, held: readonly string[]): string {
  const { specialties: typed } = view.values;
  const codes = Array.isArray(typed) ? typed.map(String) : typeof typed === 'string' ? [typed] : held;
  const boxes = new Set(data.specialties.map(({ code }) => code));
  return codes.filter((code) => code !== '' && !boxes.has(code)).join(', ');
}
