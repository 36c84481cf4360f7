import { z } from 'zod';
import { contactTable, lotBlock } from './blocks.ts';
import { column, columns } from './columns.ts';
import { common, contact, instant, type Paper, text, words } from './paper.ts';
import { sealBlock } from './seal.ts';
import { entries, table } from './table.ts';
import { ending, moment } from './wording.ts';

const contacts = z.strictObject({ agent: contact.nullable(), supervisor: contact });
const suspension = z.strictObject({
  ...common,
  notice: z.strictObject({ number: z.string(), issuedAt: instant }),
  /** who gave the order */
  authority: text,
  suspendedAt: instant,
  /** the phase that was interrupted */
  phase: words,
  reason: text,
  ground: text,
  contacts,
});
const resumption = z.strictObject({
  ...common,
  notice: z.strictObject({ number: z.string(), issuedAt: instant }),
  authority: text,
  suspendedAt: instant,
  resumedAt: instant,
  /** whole days the suspension cost */
  days: z.int().nonnegative(),
  phase: words,
  reason: text,
  periods: z.array(z.strictObject({ title: words, counted: words, was: instant, until: instant })),
  contacts,
});
export type SuspensionNotice = z.infer<typeof suspension>;
export type ResumptionNotice = z.infer<typeof resumption>;

/** 暂停公告: by whose order a lot stands still, why, and what that means for everybody. */
export const suspensionNotice: Paper<SuspensionNotice> = {
  kind: 'suspension-notice',
  version: 1,
  title: { zh: '暂停招标投标活动公告', en: 'Notice of suspension' },
  follows: ['lot.suspended'],
  data: suspension,
  draw(sheet, given) {
    sheet.heading({ zh: '暂停的标段', en: 'The lot' });
    lotBlock(sheet, given.tender);
    sheet.heading({ zh: '暂停命令', en: 'The order' });
    entries(sheet, [
      { label: { zh: '作出机关', en: 'Ordered by' }, value: given.authority, weight: 'bold' },
      { label: { zh: '暂停时间', en: 'Suspended' }, value: moment(given.suspendedAt), half: true },
      { label: { zh: '所处阶段', en: 'In the phase' }, value: given.phase, half: true },
      { label: { zh: '事由', en: 'Reason' }, value: given.reason },
      { label: { zh: '法律依据', en: 'Legal ground' }, value: given.ground },
      { label: { zh: '原公告', en: 'Notice' }, value: given.notice.number },
    ]);
    sheet.heading({ zh: '暂停期间', en: 'While it lasts' });
    sheet.paragraph({
      zh: '除答复提问、异议和澄清外，本标段不接受任何操作：不收投标文件，不开启，不评审，不公示，不定标。已递交的投标文件保持密封，各托管机构自行拒绝给出开启份额。各项期限停止计算，恢复时按暂停的天数重新计算，另行公告。',
      en: 'Nothing but answers is taken: no bid, no opening, no evaluation, no publicity, no award. Bids that are in stay sealed, and the custodians refuse their shares by themselves. Every period stands still; at the resumption they are reckoned again and published.',
    });
    sheet.heading({ zh: '联系方式', en: 'Contacts' });
    contactTable(sheet, given.contacts);
    sealBlock(sheet, [{ role: { zh: '监督部门', en: 'Supervisor' }, name: given.authority }], given.issuedAt);
  },
};

/** 恢复公告: a lot goes on, with every period reckoned again. */
export const resumptionNotice: Paper<ResumptionNotice> = {
  kind: 'resumption-notice',
  version: 1,
  title: { zh: '恢复招标投标活动公告', en: 'Notice of resumption' },
  follows: ['lot.resumed'],
  data: resumption,
  draw(sheet, given) {
    sheet.heading({ zh: '恢复的标段', en: 'The lot' });
    lotBlock(sheet, given.tender);
    sheet.heading({ zh: '恢复', en: 'The resumption' });
    entries(sheet, [
      { label: { zh: '作出机关', en: 'Ordered by' }, value: given.authority, weight: 'bold' },
      { label: { zh: '暂停时间', en: 'Suspended' }, value: moment(given.suspendedAt), half: true },
      { label: { zh: '恢复时间', en: 'Resumed' }, value: moment(given.resumedAt), half: true },
      { label: { zh: '暂停天数', en: 'Days' }, value: String(given.days), half: true },
      { label: { zh: '继续的阶段', en: 'Goes on in' }, value: given.phase, half: true },
      { label: { zh: '理由', en: 'Reason' }, value: given.reason },
      { label: { zh: '原公告', en: 'Notice' }, value: given.notice.number },
    ]);
    sheet.heading({ zh: '重新计算的期限', en: 'Periods reckoned again' });
    table(
      sheet,
      [
        columns.number,
        column('期限', 'Period', 4),
        column('计算', 'Counted in', 2),
        column('原届满时间', 'Until now', 4),
        column('现届满时间', 'From now', 4),
      ],
      given.periods.map(({ title, counted, was, until }, index) => [
        String(index + 1),
        title,
        counted,
        ending(was),
        { text: ending(until), weight: 'bold' as const },
      ]),
    );
    sheet.paragraph({
      zh: '暂停不足一日的按一日计；期限顺延相同天数，时刻不变，末日为法定休息日的移至其后第一个工作日；按工作日计算的，所余工作日不少于暂停时。',
      en: 'A begun day counts whole. Periods move by as many days, at the same time of day and off rest days; those in working days have as many left as when they stopped.',
    });
    sheet.heading({ zh: '联系方式', en: 'Contacts' });
    contactTable(sheet, given.contacts);
    sealBlock(sheet, [{ role: { zh: '监督部门', en: 'Supervisor' }, name: given.authority }], given.issuedAt);
  },
};
