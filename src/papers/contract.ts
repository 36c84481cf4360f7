import { z } from 'zod';
import { lotBlock, named } from './blocks.ts';
import { column, fitted } from './columns.ts';
import { common, hash, instant, type Paper, party, words, yuan } from './paper.ts';
import { sealBlock } from './seal.ts';
import { type CellInput, entries, table } from './table.ts';
import { amount, figures, moment, side } from './wording.ts';

const data = z.strictObject({
  ...common,
  /** 0: the contract itself; else which change of it */
  change: z.int().min(0),
  contractNumber: z.string(),
  contractor: party,
  subject: z.string(),
  price: yuan,
  /** of a change: the price before, and why */
  changed: z.strictObject({ was: yuan, ground: z.string() }).nullable(),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  guarantee: z.string().nullable(),
  paymentDays: z.int().min(0),
  terms: z.array(z.strictObject({ item: words, value: z.string() })),
  milestones: z.array(z.strictObject({ title: z.string(), dueOn: z.iso.date(), amount: yuan })),
  clauses: z.string(),
  /** of the text that both signed */
  sha256: hash,
  tendereeSignedAt: instant,
  contractorSignedAt: instant,
});
export type ContractPaper = z.infer<typeof data>;

/** 合同 (招标投标法 §46): the text both sides signed, or a change of it, for reading; what is signed are the bytes its digest names. */
export const contractPaper: Paper<ContractPaper> = {
  kind: 'contract',
  version: 1,
  title: { zh: '合同文本', en: 'The contract' },
  follows: ['deed.concluded'],
  data,
  draw(sheet, given) {
    const { change, changed } = given;
    sheet.heading(change === 0 ? { zh: '合同', en: 'Contract' } : { zh: `第 ${change} 次变更`, en: `Change ${change}` });
    lotBlock(sheet, given.tender);
    entries(sheet, [
      { label: { zh: '合同编号', en: 'Contract No.' }, value: given.contractNumber, weight: 'bold' },
      { label: { zh: '甲方（招标人）', en: 'Employer' }, value: named(given.tender.tenderee) },
      { label: { zh: '乙方（中标人）', en: 'Contractor' }, value: named(given.contractor) },
      { label: { zh: '标的', en: 'Subject' }, value: given.subject },
      { label: { zh: '合同价', en: 'Price' }, value: amount(given.price), weight: 'bold' },
      ...(changed === null
        ? []
        : [
            { label: { zh: '变更前价款', en: 'Price before' }, value: amount(changed.was) },
            { label: { zh: '变更理由', en: 'Reason' }, value: changed.ground },
          ]),
      { label: { zh: '开始日期', en: 'Starts on' }, value: given.startsOn, half: true },
      { label: { zh: '终了日期', en: 'Ends on' }, value: given.endsOn, half: true },
      {
        label: { zh: '履约担保', en: 'Security' },
        value: given.guarantee === null ? { zh: '不收取', en: 'none' } : given.guarantee,
        half: true,
      },
      {
        label: { zh: '付款期限', en: 'Payment' },
        value: { zh: `验收合格后 ${given.paymentDays} 日内`, en: `within ${given.paymentDays} days of acceptance` },
        half: true,
      },
      ...given.terms.map(({ item, value }) => ({ label: item, value })),
    ]);
    sheet.heading({ zh: '履约节点与付款', en: 'Performance and payment' });
    table(
      sheet,
      [fitted('序号', 'No.'), column('节点', 'Milestone', 6), fitted('日期', 'Due on'), fitted('金额（元）', 'Amount (CNY)', 'right')],
      given.milestones.map((each, at): CellInput[] => [String(at + 1), each.title, each.dueOn, figures(each.amount)]),
    );
    if (given.clauses !== '') {
      sheet.heading({ zh: '其他条款', en: 'Further clauses' });
      for (const clause of given.clauses.split(/\n+/)) sheet.paragraph(clause);
    }
    sheet.heading({ zh: '签署', en: 'Signatures' });
    entries(sheet, [
      { label: { zh: '甲方签署', en: 'Employer' }, value: moment(given.tendereeSignedAt), half: true },
      { label: { zh: '乙方签署', en: 'Contractor' }, value: moment(given.contractorSignedAt), half: true },
      { label: { zh: '文本摘要', en: 'SHA-256' }, value: given.sha256 },
    ]);
    sheet.paragraph({
      zh: '双方以各自的证书签署上列摘要所指的同一文本，签名见存证日志。本件供阅读。',
      en: 'Both sides signed, each with its certificate, the one text that the digest names; the signatures stand in the journal. This is a copy for reading.',
    });
    sealBlock(
      sheet,
      [
        { role: { zh: '甲方', en: 'Employer' }, name: given.tender.tenderee.name },
        { role: { zh: '乙方', en: 'Contractor' }, name: side(given.contractor.name, 'zh') },
      ],
      given.issuedAt,
    );
  },
};
