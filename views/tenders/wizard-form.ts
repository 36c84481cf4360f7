import type { DraftAnswer } from '../../src/tenders/answers.ts';
import { type Html, html } from '../html.ts';
import { type Choice, form, type Ground, hidden } from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  save: { zh: '保存并继续', en: 'Save and go on' },
  stay: { zh: '仅保存', en: 'Save only' },
} satisfies Texts;

type Rule = DraftAnswer['grounds'][string][number];

/** The rules of a field in one sentence, with the first rule's place in the rulebook and every source once. */
export function groundOf(data: DraftAnswer, name: string): { ground?: Ground & { says: Words } } {
  const rules: readonly Rule[] = data.grounds[name] ?? [];
  const [first] = rules;
  if (first === undefined) return {};
  const once = (texts: readonly string[]): string[] => [...new Set(texts)];
  const says = { zh: `${once(rules.map((r) => r.says.zh)).join('；')}。`, en: `${once(rules.map((r) => r.says.en)).join('; ')}.` };
  const source = { zh: once(rules.map((r) => r.source.zh)).join('、'), en: once(rules.map((r) => r.source.en)).join('; ') };
  return { ground: { rule: first.rule, source, says } };
}

/** Choices of a select from a table of words. */
export const choicesOf = (known: Readonly<Record<string, Words>>): Choice[] =>
  Object.entries(known).map(([value, label]) => ({ value, label }));

/** The form of one step: posts to the draft, goes on to the next step or stays. */
export function stepForm(view: View, data: DraftAnswer, fields: Html): Html {
  return form(view, {
    action: `/lots/${data.lot.id}/draft`,
    submit: say.save,
    icon: 'arrow-right',
    also: [{ name: 'go', value: 'stay', label: say.stay }],
    fields: html`${hidden('step', String(data.step))}${hidden('revision', String(data.lot.revision))}${fields}`,
  });
}
