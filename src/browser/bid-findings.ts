import { blindFindings } from '../bids/blind-findings.ts';
import type { Finding } from '../bids/findings.ts';
import type { OwnBids } from '../bids/reads.ts';
import { ownWords } from '../bids/telling-words.ts';
import type { Entered } from './bid-form.ts';
import { element, frame, maybe, one } from './desk-parts.ts';
import { t } from './page-words.ts';

const say = {
  allWell: { zh: '检查通过，可以签名、密封。', en: 'All is well: sign and seal.' },
  wrong: { zh: '有 {n} 处须改正：', en: '{n} things to mend:' },
  clean: { zh: '清除暗标文件属性', en: 'Strip the properties of the blind files' },
  cleanSays: {
    zh: '只清空作者、公司、软件等属性和元数据，页面内容一个字节也不变；清除后重新检查。本检查读出页面文字、属性和元数据，不能读出图片里的文字和笔迹，请自行核对。',
    en: 'Only author, company, program and metadata are blanked; no byte of the pages changes, and the check runs again. It reads the text of the pages, properties and metadata, not what is drawn in pictures: look at that yourself.',
  },
  doubtful: { zh: '有 {n} 处提示，请核对：', en: '{n} remarks; please look at them:' },
};

type Terms = Pick<OwnBids['terms'], 'blind' | 'bidForm'>;

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

/** What in the blind files may tell whose they are (bids/blind-findings.ts). */
export const blindFound = (
  { bid, attachments }: Pick<Entered, 'bid' | 'attachments'>,
  { blind, bidForm: form }: Terms,
  { legalRepresentative, phone }: Pick<OwnBids['bidder'], 'legalRepresentative' | 'phone'>,
): Promise<readonly Finding[]> =>
  blindFindings({
    blind,
    form,
    files: attachments.map(({ field, name, file }) => ({ field, name, content: file })),
    own: ownWords(bid, form, { people: [legalRepresentative ?? ''], phones: [phone ?? ''] }),
  });

/** Where the notice has files reviewed blind: the way to strip their properties. Pages are not touched. */
export function cleanButton({ blind }: Terms, clean: () => Promise<void>): readonly Node[] {
  if (!blind) return [];
  const button = element('button', { class: 'btn btn-sm', type: 'button', 'data-clean-blind': '' }, t(say.clean));
  button.addEventListener('click', () => void clean());
  return [element('p', {}, button, ' ', element('span', { class: 'sub' }, t(say.cleanSays)))];
}

const firstInput = (field: string): string => maybe('input', one(`[data-bid-field="${field}"]`))?.id ?? '';
