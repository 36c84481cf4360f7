import { z } from 'zod';
import { contactTable, lotBlock } from './blocks.ts';
import { common, contact, count, instant, type Paper, party, text, yuan } from './paper.ts';
import { sealBlock } from './seal.ts';
import { plain } from './sheet.ts';
import { entries } from './table.ts';
import { amount, amountInSentence, day, ending, moment, side } from './wording.ts';

const data = z.strictObject({
  ...common,
  addressee: party,
  winner: party,
  price: yuan,
  period: z.string(),
  quality: text,
  manager: z.string(),
  determinedAt: instant,
  /** the addressee's own bid and what became of it */
  own: z.strictObject({ price: yuan.nullable(), rank: count.nullable(), total: z.string().nullable(), rejectedFor: text.nullable() }),
  /** when and how the bid security comes back; null: none was asked */
  security: z.strictObject({ amount: yuan, returnedBy: instant }).nullable(),
  complaints: text,
  contacts: z.strictObject({ agent: contact.nullable(), supervisor: contact }),
});
export type ResultNotice = z.infer<typeof data>;

/** 中标结果通知书 (招标投标法 §45): to every bidder who did not win, at the same time as the letter of award. */
export const resultNotice: Paper<ResultNotice> = {
  kind: 'result-notice',
  version: 1,
  title: { zh: '中标结果通知书', en: 'Notice of the result' },
  follows: ['result.notified'],
  data,
  draw(sheet, given) {
    const { tender, winner, own } = given;
    const price = amountInSentence(given.price);
    const style = { ...plain, size: 11, leading: 1.7, indent: 2 };
    sheet.lines(sheet.set(`${side(given.addressee.name, 'zh')}：`, { ...plain, size: 12, weight: 'bold' }), {});
    sheet.skip(4);
    sheet.paragraph(
      {
        zh: `感谢你单位参加${side(tender.name, 'zh')}（标段编号 ${tender.number}）的投标。招标人已于${day(given.determinedAt).zh}确定${side(winner.name, 'zh')}为中标人，中标价为${price.zh}。你单位未中标，特此通知。`,
        en: `Thank you for your bid. On ${day(given.determinedAt).en} the tenderee determined ${side(winner.name, 'en')} to be the winner, at ${price.en}. Your bid was not successful.`,
      },
      style,
    );
    sheet.heading({ zh: '中标结果', en: 'Result' });
    entries(sheet, [
      {
        label: { zh: '中标人', en: 'Winner' },
        value: { zh: `${side(winner.name, 'zh')}（${winner.code}）`, en: typeof winner.name === 'string' ? '' : winner.name.en },
        weight: 'bold',
      },
      { label: { zh: '中标价', en: 'Price' }, value: amount(given.price) },
      { label: { zh: '工期', en: 'Period' }, value: given.period, half: true },
      { label: { zh: '质量标准', en: 'Quality' }, value: given.quality, half: true },
      { label: { zh: '项目负责人', en: 'Responsible' }, value: given.manager, half: true },
      { label: { zh: '定标时间', en: 'Determined' }, value: moment(given.determinedAt), half: true },
    ]);
    sheet.heading({ zh: '你单位的评审结果', en: 'Your own bid' });
    entries(sheet, [
      { label: { zh: '投标报价', en: 'Your price' }, value: own.price === null ? '—' : amount(own.price) },
      { label: { zh: '名次', en: 'Rank' }, value: own.rank === null ? '—' : String(own.rank), half: true },
      { label: { zh: '得分', en: 'Score' }, value: own.total ?? '—', half: true },
      { label: { zh: '否决理由', en: 'Rejected for' }, value: own.rejectedFor ?? { zh: '未被否决', en: 'not rejected' } },
    ]);
    lotBlock(sheet, tender);
    sheet.heading({ zh: '投标保证金与救济', en: 'Bid security and remedies' });
    if (given.security !== null) {
      const back = ending(given.security.returnedBy);
      const held = amountInSentence(given.security.amount);
      sheet.paragraph({
        zh: `你单位的投标保证金${held.zh}及银行同期存款利息，将于合同签订后 5 日内（预计不迟于${back.zh}）退还。`,
        en: `Your bid security of ${held.en} is returned with deposit interest within 5 days after the contract is signed, expected by ${back.en}.`,
      });
    }
    sheet.paragraph(given.complaints);
    contactTable(sheet, given.contacts);
    sealBlock(sheet, [{ role: { zh: '招标人', en: 'Tenderee' }, name: tender.tenderee.name }], given.issuedAt);
  },
};
