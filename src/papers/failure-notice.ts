import { z } from 'zod';
import { contactTable, lotBlock, told } from './blocks.ts';
import { common, contact, count, instant, type Paper, text } from './paper.ts';
import { sealBlock } from './seal.ts';
import { entries } from './table.ts';
import { moment } from './wording.ts';

const data = z.strictObject({
  ...common,
  notice: z.strictObject({ number: z.string(), issuedAt: instant }),
  deadline: instant,
  failedAt: instant,
  reason: z.enum(['too-few-bids', 'none-decrypted', 'too-few-valid', 'all-rejected']),
  /** bids counted at the deadline; null where the number is not published */
  counted: count.nullable(),
  minimum: count,
  basis: text,
  explanation: text,
  /** what happens to sealed bids, to bid securities, and next */
  bids: text,
  security: text,
  next: text,
  contacts: z.strictObject({ agent: contact.nullable(), supervisor: contact }),
});
export type FailureNotice = z.infer<typeof data>;

const reasons = {
  'too-few-bids': { zh: '投标截止时投标人少于规定数，不予开标', en: 'Too few bids at the deadline; there was no opening' },
  'none-decrypted': { zh: '解密时限届满，无一投标文件完成解密', en: 'No bid was decrypted within the limit' },
  'too-few-valid': {
    zh: '有效投标不足，明显缺乏竞争，评标委员会否决全部投标',
    en: 'Too few valid bids and a clear lack of competition; the panel rejected all',
  },
  'all-rejected': { zh: '所有投标被否决', en: 'All bids were rejected' },
} as const;

/** 流标公告 (招标投标法 §28, §42; 实施条例 §44; 评标委员会和评标方法暂行规定 §27). */
export const failureNotice: Paper<FailureNotice> = {
  kind: 'failure-notice',
  version: 1,
  title: { zh: '流标公告', en: 'Notice of a failed tender' },
  follows: ['tender.failed'],
  data,
  draw(sheet, given) {
    sheet.heading({ zh: '项目基本情况', en: 'The tender' });
    lotBlock(sheet, given.tender);
    sheet.heading({ zh: '流标情况', en: 'Why it failed' });
    entries(sheet, [
      { label: { zh: '流标原因', en: 'Ground' }, value: reasons[given.reason], weight: 'bold' },
      { label: { zh: '投标截止时间', en: 'Deadline' }, value: moment(given.deadline), half: true },
      { label: { zh: '确认时间', en: 'Established' }, value: moment(given.failedAt), half: true },
      {
        label: { zh: '投标人数量', en: 'Bids' },
        value: given.counted === null ? { zh: '不公开', en: 'not published' } : String(given.counted),
        half: true,
      },
      { label: { zh: '规定最少数', en: 'Minimum' }, value: String(given.minimum), half: true },
      { label: { zh: '依据', en: 'Basis' }, value: given.basis },
      { label: { zh: '原招标公告', en: 'Notice' }, value: given.notice.number },
    ]);
    sheet.paragraph(given.explanation);
    sheet.heading({ zh: '后续处理', en: 'What follows' });
    told(sheet, { zh: '投标文件', en: 'Sealed bids' }, given.bids);
    told(sheet, { zh: '投标保证金', en: 'Bid securities' }, given.security);
    told(sheet, { zh: '下一步', en: 'Next' }, given.next);
    sheet.heading({ zh: '联系方式', en: 'Contacts' });
    contactTable(sheet, given.contacts);
    sealBlock(sheet, [{ role: { zh: '招标人', en: 'Tenderee' }, name: given.tender.tenderee.name }], given.issuedAt);
  },
};
