import { z } from 'zod';
import { contactTable, lotBlock, told } from './blocks.ts';
import { common, contact, instant, type Paper, text, words } from './paper.ts';
import { sealBlock } from './seal.ts';
import { entries } from './table.ts';
import { ending, moment } from './wording.ts';

const data = z.strictObject({
  ...common,
  notice: z.strictObject({ number: z.string(), issuedAt: instant }),
  terminatedAt: instant,
  /** the phase that was ended */
  phase: words,
  ground: words,
  source: text,
  reason: text,
  bids: text,
  security: text,
  refundBy: instant,
  fees: text,
  contacts: z.strictObject({ agent: contact.nullable(), supervisor: contact }),
});
export type TerminationNotice = z.infer<typeof data>;

/** 终止公告 (实施条例 §31; 87号令 §29): why a host ends a tender, and what goes back to whom until when. */
export const terminationNotice: Paper<TerminationNotice> = {
  kind: 'termination-notice',
  version: 1,
  title: { zh: '终止招标公告', en: 'Notice of termination' },
  follows: ['tender.terminated'],
  data,
  draw(sheet, given) {
    sheet.heading({ zh: '项目基本情况', en: 'The tender' });
    lotBlock(sheet, given.tender);
    sheet.heading({ zh: '终止情况', en: 'The end' });
    entries(sheet, [
      { label: { zh: '终止事由', en: 'Ground' }, value: given.ground, weight: 'bold' },
      { label: { zh: '依据', en: 'Basis' }, value: given.source },
      { label: { zh: '终止时间', en: 'Ended' }, value: moment(given.terminatedAt), half: true },
      { label: { zh: '所处阶段', en: 'In the phase' }, value: given.phase, half: true },
      { label: { zh: '原招标公告', en: 'Notice' }, value: given.notice.number },
    ]);
    sheet.paragraph(given.reason);
    sheet.heading({ zh: '后续处理', en: 'What follows' });
    told(sheet, { zh: '投标文件', en: 'Bids' }, given.bids);
    told(sheet, { zh: '投标保证金', en: 'Bid securities' }, given.security);
    told(sheet, { zh: '退还期限', en: 'Given back by' }, ending(given.refundBy));
    told(sheet, { zh: '招标文件费用', en: 'Fees for documents' }, given.fees);
    sheet.heading({ zh: '联系方式', en: 'Contacts' });
    contactTable(sheet, given.contacts);
    sealBlock(sheet, [{ role: { zh: '招标人', en: 'Tenderee' }, name: given.tender.tenderee.name }], given.issuedAt);
  },
};
