import { z } from 'zod';
import { contactTable, documentTable, lotBlock, told } from './blocks.ts';
import { column, columns } from './columns.ts';
import { common, contact, count, heldDocument, instant, type Paper, text, words } from './paper.ts';
import { sealBlock } from './seal.ts';
import { entries, table } from './table.ts';
import { day, moment } from './wording.ts';

const data = z.strictObject({
  ...common,
  /** which addendum of this lot, from 1 */
  addendum: z.int().positive(),
  notice: z.strictObject({ number: z.string(), issuedAt: instant }),
  reason: text,
  changes: z.array(z.strictObject({ item: text, before: text.nullable(), after: text })),
  /** questions are answered without the names of those who asked */
  answers: z.array(z.strictObject({ question: text, answer: text })),
  documents: z.array(heldDocument),
  affectsPreparation: z.boolean(),
  previousDeadline: instant,
  deadline: instant,
  /** days the law asks between this paper and the deadline when it may affect bids */
  clearDays: count,
  /** that time with its unit, and whose law it is; before this word: days, by the regulation on tendering */
  clearance: z.strictObject({ value: words, source: words }).optional(),
  contacts: z.strictObject({ agent: contact.nullable(), supervisor: contact }),
});
export type Addendum = z.infer<typeof data>;

/** 补遗（更正）公告 (招标投标法 §23, 实施条例 §21). */
export const addendum: Paper<Addendum> = {
  kind: 'addendum',
  version: 1,
  title: { zh: '补遗（更正）公告', en: 'Addendum to the tender documents' },
  follows: ['addendum.published'],
  data,
  draw(sheet, given) {
    const published = day(given.notice.issuedAt);
    sheet.heading({ zh: '原公告', en: 'The notice changed' });
    sheet.paragraph({
      zh: `本标段招标公告（${given.notice.number}）于${published.zh}发布。现发布第 ${given.addendum} 号补遗，作为招标文件的组成部分，对所有潜在投标人具有同等约束力；此前内容与本补遗不一致的，以本补遗为准。`,
      en: `The tender notice ${given.notice.number} was published on ${published.en}. This is addendum No. ${given.addendum}; it is part of the tender documents, binds all alike and prevails over earlier text.`,
    });
    lotBlock(sheet, given.tender);
    sheet.heading({ zh: '更正事由', en: 'Reason' });
    sheet.paragraph(given.reason);
    if (given.changes.length > 0) {
      sheet.heading({ zh: '更正内容', en: 'What changes' });
      table(
        sheet,
        [columns.number, column('事项', 'Item', 3), column('更正前', 'Before', 5), column('更正后', 'After', 5)],
        given.changes.map((each, index) => [String(index + 1), each.item, each.before ?? { zh: '（新增）', en: '(new)' }, each.after]),
      );
    }
    if (given.answers.length > 0) {
      sheet.heading({ zh: '答疑', en: 'Questions and answers' });
      given.answers.forEach(({ question, answer }, index) => {
        told(sheet, { zh: `问题 ${index + 1}`, en: `Question ${index + 1}` }, question);
        told(sheet, { zh: '答复', en: 'Answer' }, answer);
      });
    }
    sheet.heading({ zh: '投标截止时间', en: 'Deadline for bids' });
    const moved = given.deadline !== given.previousDeadline;
    entries(sheet, [
      { label: { zh: '原截止时间', en: 'Until now' }, value: moment(given.previousDeadline), half: true },
      { label: { zh: '现截止时间', en: 'From now' }, value: moment(given.deadline), half: true, weight: 'bold' },
      { label: { zh: '是否顺延', en: 'Moved' }, value: deadlineReason(given, moved) },
    ]);
    if (given.documents.length > 0) {
      sheet.heading({ zh: '更新后的文件', en: 'Documents as they now stand' });
      documentTable(sheet, given.documents);
    }
    sheet.heading({ zh: '联系方式', en: 'Contacts' });
    contactTable(sheet, given.contacts);
    sealBlock(sheet, [{ role: { zh: '招标人', en: 'Tenderee' }, name: given.tender.tenderee.name }], given.issuedAt);
  },
};

const byTheRegulation = { zh: '招标投标法实施条例第二十一条', en: 'Implementing Regulation, Art. 21' };

function deadlineReason({ affectsPreparation, clearDays, clearance }: Addendum, moved: boolean) {
  const value = clearance?.value ?? { zh: `${clearDays} 日`, en: `${clearDays} days` };
  const source = clearance?.source ?? byTheRegulation;
  if (!affectsPreparation) {
    const zh = moved ? '顺延。本补遗不影响投标文件编制，招标人另行决定延长。' : '不顺延。本补遗不影响投标文件编制。';
    return {
      zh,
      en: moved
        ? 'Moved by decision of the tenderee; the addendum does not affect the preparation of bids.'
        : 'Not moved: the addendum does not affect the preparation of bids.',
    };
  }
  return moved
    ? {
        zh: `顺延。本补遗可能影响投标文件编制，距原截止时间不足 ${value.zh}，依法顺延（${source.zh}）。`,
        en: `Moved: the addendum may affect the preparation of bids and fewer than ${value.en} were left (${source.en}).`,
      }
    : {
        zh: `不顺延。本补遗可能影响投标文件编制，距截止时间不少于 ${value.zh}。`,
        en: `Not moved: at least ${value.en} are left.`,
      };
}
