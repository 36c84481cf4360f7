import { z } from 'zod';
import { lotBlock, named } from './blocks.ts';
import { column, columns, fitted } from './columns.ts';
import { common, count, type Paper, party, text, yuan } from './paper.ts';
import { sealBlock } from './seal.ts';
import { ink } from './sheet.ts';
import { type CellInput, entries, table } from './table.ts';
import { amount, figures, moment } from './wording.ts';

const data = z.strictObject({
  ...common,
  payer: party,
  total: yuan,
  rows: z.array(
    z.strictObject({
      /** the mask under which it sat; beside it the name, which is public with the result */
      seat: text,
      name: z.string().nullable(),
      minutes: count,
      base: yuan,
      extra: yuan,
      travel: yuan,
      amount: yuan,
      /** what was done for which nothing is paid; empty */
      withheld: z.array(text),
    }),
  ),
});
export type FeeSheet = z.infer<typeof data>;

const time = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** 评标劳务报酬表 (87号令 §45; 198号): what each drawn expert is paid, as its payer confirmed it. No account stands in it: who pays looks it up on record. */
export const feeSheet: Paper<FeeSheet> = {
  kind: 'fee-sheet',
  version: 1,
  title: { zh: '评标劳务报酬表', en: 'Fees of the evaluation' },
  follows: ['fees.confirmed'],
  data,
  draw(sheet, given) {
    sheet.heading({ zh: '标段', en: 'Lot' });
    lotBlock(sheet, given.tender);
    entries(sheet, [
      { label: { zh: '支付单位', en: 'Payer' }, value: named(given.payer) },
      { label: { zh: '确认时间', en: 'Confirmed' }, value: moment(given.issuedAt) },
      { label: { zh: '合计', en: 'Total' }, value: amount(given.total), weight: 'bold' },
    ]);
    sheet.heading({ zh: '报酬明细', en: 'Fees' });
    table(
      sheet,
      [
        columns.number,
        column('专家', 'Expert', 3),
        fitted('在席时间', 'At the desk', 'right'),
        fitted('基本（元）', 'Base (CNY)', 'right'),
        fitted('超时（元）', 'Further hours', 'right'),
        fitted('交通（元）', 'Travel', 'right'),
        fitted('应付（元）', 'To pay', 'right'),
      ],
      given.rows.map((each, at): CellInput[] => [
        String(at + 1),
        each.name ?? each.seat,
        time(each.minutes),
        figures(each.base),
        figures(each.extra),
        figures(each.travel),
        each.withheld.length > 0
          ? { text: figures(each.amount), colour: ink.red, weight: 'bold' }
          : { text: figures(each.amount), weight: 'bold' },
      ]),
    );
    const withheld = given.rows.filter((each) => each.withheld.length > 0);
    if (withheld.length > 0) {
      sheet.heading({ zh: '不予支付的情形', en: 'Withheld' });
      table(
        sheet,
        [column('专家', 'Expert', 2), column('事由', 'Ground', 6)],
        withheld.flatMap((each) => each.withheld.map((ground): CellInput[] => [each.name ?? each.seat, ground])),
      );
    }
    sheet.paragraph({
      zh: '在席时间取自评标台的签到与离席记录，至签署评标报告为止；标准为评标报告日在项目所在地有效的标准。收款账户以专家档案中登记的为准，不载入本表。',
      en: 'The time is that of the log of the desks, until the report was signed; the standard is that of the place on the day of the report. Accounts are those on the experts’ records and do not stand here.',
    });
    sealBlock(sheet, [{ role: { zh: '招标人', en: 'Tenderee' }, name: given.tender.tenderee.name }], given.issuedAt);
  },
};
