import { z } from 'zod';
import type { Words } from '../kernel/words.ts';
import { common, count, instant, type Paper, party, text, words, yuan } from './paper.ts';
import { sealBlock } from './seal.ts';
import { plain } from './sheet.ts';
import { entries } from './table.ts';
import { amount, amountInSentence, ending, moment, side } from './wording.ts';

const data = z.strictObject({
  ...common,
  winner: party,
  price: yuan,
  period: z.string(),
  quality: text,
  manager: z.string(),
  certificate: z.string(),
  openedAt: instant,
  determinedAt: instant,
  /** 1 unless a better-ranked candidate fell away; then why */
  rank: count,
  ground: text,
  /** what came before the award; left out: evaluation and publicity */
  course: words.optional(),
  contractUntil: instant,
  contractDays: count,
  /** null: none asked */
  performance: z.strictObject({ amount: yuan, forms: text }).nullable(),
  signAt: text,
});
export type AwardNotice = z.infer<typeof data>;

const beforeAward: Words = {
  zh: '经评标委员会依法评审、中标候选人公示',
  en: 'After evaluation by the panel and publication of the candidates',
};

/** 中标通知书 (招标投标法 §45–46; 实施条例 §55, 57–58). Binding on both sides once it is sent. */
export const awardNotice: Paper<AwardNotice> = {
  kind: 'award-notice',
  version: 1,
  title: { zh: '中标通知书', en: 'Letter of award' },
  follows: ['award.notified'],
  data,
  draw(sheet, given) {
    const { tender, winner } = given;
    const price = amountInSentence(given.price);
    const until = ending(given.contractUntil);
    const course = given.course ?? beforeAward;
    sheet.lines(sheet.set(`${side(winner.name, 'zh')}：`, { ...plain, size: 12, weight: 'bold' }), {});
    sheet.skip(4);
    sheet.paragraph(
      {
        zh: `${side(tender.name, 'zh')}（标段编号 ${tender.number}）于${moment(given.openedAt).zh}公开开标，${course.zh}，确定你单位为中标人，中标价为${price.zh}。`,
        en: `The bids for the lot named below were opened on ${moment(given.openedAt).en}. ${course.en} your organisation is the winner, at a price of ${price.en}.`,
      },
      { ...plain, size: 11.5, leading: 1.75, indent: 2 },
    );
    sheet.paragraph(
      {
        zh: `请于本通知书发出之日起 ${given.contractDays} 日内（至${until.zh}止）到${side(given.signAt, 'zh')}与招标人订立书面合同。合同的标的、价款、质量、履行期限等主要条款应当与招标文件和你单位投标文件的内容一致，双方不得再行订立背离合同实质性内容的其他协议。`,
        en: `Please sign the written contract with the tenderee within ${given.contractDays} days from the sending of this letter (until ${until.en}). Its main terms must be those of the tender documents and of your bid; no other agreement may depart from them.`,
      },
      { ...plain, size: 11.5, leading: 1.75, indent: 2 },
    );
    sheet.paragraph(
      {
        zh: '本通知书对招标人和中标人具有法律效力。招标人改变中标结果的，或者中标人放弃中标项目的，应当依法承担法律责任；中标人无正当理由不订立合同的，取消其中标资格，投标保证金不予退还。',
        en: 'This letter binds the tenderee and the winner. Who changes the result or gives up the award answers for it by law; a winner who does not sign without good reason loses the award and the bid security.',
      },
      { ...plain, size: 11.5, leading: 1.75, indent: 2 },
    );
    sheet.heading({ zh: '中标内容', en: 'What is awarded' });
    entries(sheet, [
      {
        label: { zh: '中标人', en: 'Winner' },
        value: { zh: `${side(winner.name, 'zh')}（${winner.code}）`, en: typeof winner.name === 'string' ? '' : winner.name.en },
        weight: 'bold',
      },
      { label: { zh: '中标价', en: 'Price' }, value: amount(given.price), weight: 'bold' },
      { label: { zh: '项目编号', en: 'Project No.' }, value: tender.project.number, half: true },
      { label: { zh: '标段编号', en: 'Lot No.' }, value: tender.number, half: true },
      { label: { zh: '工期', en: 'Period' }, value: given.period, half: true },
      { label: { zh: '质量标准', en: 'Quality' }, value: given.quality, half: true },
      { label: { zh: '项目负责人', en: 'Responsible' }, value: given.manager, half: true },
      { label: { zh: '证书编号', en: 'Certificate' }, value: given.certificate, half: true },
      { label: { zh: '定标时间', en: 'Determined' }, value: moment(given.determinedAt), half: true },
      { label: { zh: '候选人排序', en: 'Rank' }, value: { zh: `第 ${given.rank} 名`, en: `rank ${given.rank}` }, half: true },
      { label: { zh: '定标依据', en: 'Ground' }, value: given.ground },
      ...(given.performance === null
        ? [{ label: { zh: '履约保证金', en: 'Performance security' }, value: { zh: '不收取', en: 'none' } }]
        : [
            { label: { zh: '履约保证金', en: 'Performance security' }, value: amount(given.performance.amount), half: true },
            { label: { zh: '提交形式', en: 'Forms' }, value: given.performance.forms, half: true },
          ]),
    ]);
    sealBlock(
      sheet,
      [
        { role: { zh: '招标人', en: 'Tenderee' }, name: tender.tenderee.name },
        ...(tender.agent === null ? [] : [{ role: { zh: '招标代理机构', en: 'Tendering agent' }, name: tender.agent.name }]),
      ],
      given.issuedAt,
    );
  },
};
