import { z } from 'zod';
import { lotBlock, named } from './blocks.ts';
import { column, fitted } from './columns.ts';
import { common, hash, instant, type Paper, party, text, yuan } from './paper.ts';
import { sealBlock } from './seal.ts';
import { ink } from './sheet.ts';
import { type CellInput, entries, table } from './table.ts';
import { amount, ending, moment, side } from './wording.ts';

const data = z.strictObject({
  ...common,
  contract: z.strictObject({
    number: z.string(),
    /** calendar date, YYYY-MM-DD */
    signedOn: z.iso.date(),
    price: yuan,
    sha256: hash,
    registeredAt: instant,
  }),
  winner: party,
  award: z.strictObject({ number: z.string(), sentAt: instant, contractUntil: instant }),
  /** main terms beside the bid's: they must be the same */
  terms: z.array(z.strictObject({ item: text, bid: text, contract: text, same: z.boolean() })),
  manager: z.string(),
  remark: text,
});
export type ContractRegister = z.infer<typeof data>;

/** 合同登记表 (招标投标法 §46, 59; 实施条例 §57): the contract's main terms beside the bid's. */
export const contractRegister: Paper<ContractRegister> = {
  kind: 'contract-register',
  version: 1,
  title: { zh: '合同登记表', en: 'Register of the contract' },
  follows: ['contract.registered'],
  data,
  draw(sheet, given) {
    const { contract, award } = given;
    sheet.heading({ zh: '合同', en: 'Contract' });
    lotBlock(sheet, given.tender);
    entries(sheet, [
      { label: { zh: '合同编号', en: 'Contract No.' }, value: contract.number, half: true, weight: 'bold' },
      { label: { zh: '签订日期', en: 'Signed on' }, value: contract.signedOn, half: true, weight: 'bold' },
      { label: { zh: '中标人（承包人）', en: 'Contractor' }, value: named(given.winner) },
      { label: { zh: '合同价', en: 'Price' }, value: amount(contract.price), weight: 'bold' },
      { label: { zh: '项目负责人', en: 'Responsible' }, value: given.manager, half: true },
      { label: { zh: '登记时间', en: 'Registered' }, value: moment(contract.registeredAt), half: true },
      { label: { zh: '合同文本摘要', en: 'Contract SHA-256' }, value: contract.sha256 },
    ]);
    sheet.heading({ zh: '中标通知', en: 'Letter of award' });
    entries(sheet, [
      { label: { zh: '中标通知书', en: 'Letter' }, value: award.number },
      { label: { zh: '发出时间', en: 'Sent' }, value: moment(award.sentAt), half: true },
      { label: { zh: '签约期限', en: 'Contract due' }, value: ending(award.contractUntil), half: true },
    ]);
    sheet.heading({ zh: '主要条款与投标文件对照', en: 'Main terms beside the bid' });
    table(
      sheet,
      [column('条款', 'Term', 3), column('投标文件', 'Bid', 5), column('合同', 'Contract', 5), fitted('一致', 'Same')],
      given.terms.map((each): CellInput[] => [
        each.item,
        each.bid,
        each.contract,
        each.same ? { zh: '一致', en: 'yes' } : { text: { zh: '不一致', en: 'no' }, colour: ink.red, weight: 'bold' },
      ]),
    );
    sheet.paragraph(given.remark);
    sealBlock(
      sheet,
      [
        { role: { zh: '招标人', en: 'Tenderee' }, name: given.tender.tenderee.name },
        { role: { zh: '中标人', en: 'Contractor' }, name: side(given.winner.name, 'zh') },
      ],
      given.issuedAt,
    );
  },
};
