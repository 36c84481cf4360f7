import type { Finding } from '../bids/findings.ts';
import type { OwnBids } from '../bids/reads.ts';
import { element, frame, maybe, one } from './desk-parts.ts';
import { t } from './page-words.ts';

const say = {
  allWell: { zh: '检查通过，可以签名、密封。', en: 'All is well: sign and seal.' },
  wrong: { zh: '有 {n} 处须改正：', en: '{n} things to mend:' },
  doubtful: { zh: '有 {n} 处提示，请核对：', en: '{n} remarks; please look at them:' },
};

/** What the check found, each leading to its field. */
export function found(findings: readonly Finding[], form: OwnBids['terms']['bidForm']): readonly Node[] {
  if (findings.length === 0) return [element('p', {}, t(say.allWell))];
  const lines = (weight: Finding['weight']): HTMLElement[] =>
    findings
      .filter((each) => each.weight === weight)
      .map((each) => {
        const label = form.find((field) => field.key === each.field)?.label;
        const link = element('a', { href: `#${firstInput(each.field)}` }, label ? t(label) : each.field);
        const source = each.source ? [element('span', { class: 'ground' }, ` ${t(each.source)}`)] : [];
        return element('li', {}, element('p', {}, link, ` ${t(each.says)}`, ...source));
      });
  const [wrong, doubts] = [lines('wrong'), lines('doubt')];
  return [
    ...(wrong.length > 0 ? [frame('problem', t(say.wrong, { n: wrong.length }), wrong)] : []),
    ...(doubts.length > 0 ? [frame('aside aside-now', t(say.doubtful, { n: doubts.length }), doubts)] : []),
  ];
}

const firstInput = (field: string): string => maybe('input', one(`[data-bid-field="${field}"]`))?.id ?? '';
