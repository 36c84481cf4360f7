import { z } from 'zod';
import { contactTable, lotBlock, tableOr } from './blocks.ts';
import { column, columns, fitted } from './columns.ts';
import { common, contact, count, instant, type Paper, party, text, yuan } from './paper.ts';
import { sealBlock } from './seal.ts';
import { type CellInput, entries, table } from './table.ts';
import { amount, day, figures, moment, side, span } from './wording.ts';

const data = z.strictObject({
  ...common,
  openedAt: instant,
  determinedAt: instant,
  publicFrom: instant,
  publicUntil: instant,
  method: text,
  /** what is bought, as the notice said it */
  subject: z.strictObject({ scope: z.string(), place: z.string(), quality: text }),
  winner: z.strictObject({ bidder: party, price: yuan, total: z.string().nullable(), period: z.string() }),
  candidates: z.array(z.strictObject({ rank: count, bidder: party, price: yuan, total: z.string().nullable() })),
  /** bids that fell, and at which item of the review */
  rejected: z.array(z.strictObject({ bidder: party, reason: text })),
  panel: z.strictObject({ experts: z.array(z.string()), representatives: count }),
  objections: text,
  contacts: z.strictObject({ tenderee: contact, agent: contact.nullable(), supervisor: contact }),
});
export type ResultAnnouncement = z.infer<typeof data>;

/** 中标（成交）结果公告 (政府采购法实施条例 §43; 政府采购货物和服务招标投标管理办法 §69), where candidates are not published before the award. */
export const resultAnnouncement: Paper<ResultAnnouncement> = {
  kind: 'result-announcement',
  version: 1,
  title: { zh: '中标结果公告', en: 'Announcement of the result' },
  follows: ['result.published'],
  data,
  draw(sheet, given) {
    const { winner, subject, panel } = given;
    sheet.heading({ zh: '项目基本情况', en: 'The tender' });
    lotBlock(sheet, given.tender);
    entries(sheet, [
      { label: { zh: '开标时间', en: 'Opened' }, value: moment(given.openedAt), half: true },
      { label: { zh: '定标日期', en: 'Determined' }, value: day(given.determinedAt), half: true },
      { label: { zh: '评标办法', en: 'Method' }, value: given.method },
      { label: { zh: '公告期限', en: 'Public from, to' }, value: span(given.publicFrom, given.publicUntil), weight: 'bold' },
    ]);
    sheet.heading({ zh: '中标结果', en: 'The result' });
    entries(sheet, [
      {
        label: { zh: '中标人', en: 'Winner' },
        value: { zh: `${side(winner.bidder.name, 'zh')}（${winner.bidder.code}）`, en: side(winner.bidder.name, 'en') },
        weight: 'bold',
      },
      { label: { zh: '中标价', en: 'Price' }, value: amount(winner.price), weight: 'bold' },
      { label: { zh: '得分', en: 'Score' }, value: winner.total ?? '—', half: true },
      { label: { zh: '工期', en: 'Period' }, value: winner.period, half: true },
      { label: { zh: '主要标的', en: 'Subject' }, value: subject.scope },
      { label: { zh: '质量标准', en: 'Quality' }, value: subject.quality, half: true },
      { label: { zh: '地点', en: 'Place' }, value: subject.place, half: true },
    ]);
    sheet.heading({ zh: '排序', en: 'Ranking' });
    table(
      sheet,
      [fitted('排序', 'Rank'), column('投标人', 'Bidder', 6), columns.price, columns.total],
      given.candidates.map((each): CellInput[] => [
        String(each.rank),
        `${side(each.bidder.name, 'zh')}\n${each.bidder.code}`,
        figures(each.price),
        each.total ?? '—',
      ]),
    );
    sheet.heading({ zh: '被否决的投标及理由', en: 'Rejected bids and reasons' });
    tableOr(
      sheet,
      { zh: '没有投标被否决。', en: 'No bid was rejected.' },
      [column('投标人', 'Bidder', 4), column('否决理由', 'Reason', 8)],
      given.rejected.map((each): CellInput[] => [each.bidder.name, each.reason]),
    );
    sheet.heading({ zh: '评标委员会成员', en: 'The panel' });
    sheet.paragraph({
      zh: `评审专家：${panel.experts.join('、')}${panel.representatives > 0 ? `；招标人代表 ${panel.representatives} 名` : ''}。`,
      en: `Experts: ${panel.experts.join(', ')}${panel.representatives > 0 ? `; representatives of the tenderee: ${panel.representatives}` : ''}.`,
    });
    sheet.heading({ zh: '提出异议的渠道和方式', en: 'How to object' });
    sheet.paragraph(given.objections);
    sheet.heading({ zh: '联系方式', en: 'Contacts' });
    contactTable(sheet, given.contacts);
    sealBlock(sheet, [{ role: { zh: '招标人', en: 'Tenderee' }, name: given.tender.tenderee.name }], given.issuedAt);
  },
};
