import { z } from 'zod';
import { contactTable, lotBlock } from './blocks.ts';
import { column, columns, fitted } from './columns.ts';
import type { Text } from './letters.ts';
import { common, contact, count, instant, type Paper, party, text, yuan } from './paper.ts';
import { sealBlock } from './seal.ts';
import { type CellInput, entries, table } from './table.ts';
import { figures, moment, side, span } from './wording.ts';

const data = z.strictObject({
  ...common,
  openedAt: instant,
  /** when the tenderee received the report: publicity begins within 3 days of it */
  reportedAt: instant,
  publicFrom: instant,
  publicUntil: instant,
  days: count,
  method: text,
  candidates: z.array(
    z.strictObject({
      rank: count,
      bidder: party,
      price: yuan,
      total: z.string().nullable(),
      quality: text,
      period: z.string(),
      manager: z.string(),
      certificate: z.string(),
      /** how the candidate meets what the documents ask for: achievements counted, or that it does */
      achievements: z.array(text),
    }),
  ),
  rejected: z.array(z.strictObject({ bidder: party, reason: text })),
  objections: text,
  contacts: z.strictObject({ tenderee: contact, agent: contact.nullable(), supervisor: contact }),
});
export type CandidatesPublicity = z.infer<typeof data>;

/** 中标候选人公示 (招标投标法实施条例 §54; 招标公告和公示信息发布管理办法). */
export const candidatesPublicity: Paper<CandidatesPublicity> = {
  kind: 'candidates-publicity',
  version: 1,
  title: { zh: '中标候选人公示', en: 'Publication of the winning candidates' },
  follows: ['candidates.published'],
  data,
  draw(sheet, given) {
    sheet.heading({ zh: '项目基本情况', en: 'The tender' });
    lotBlock(sheet, given.tender);
    entries(sheet, [
      { label: { zh: '开标时间', en: 'Opened' }, value: moment(given.openedAt), half: true },
      { label: { zh: '评标报告收到', en: 'Report received' }, value: moment(given.reportedAt), half: true },
      { label: { zh: '评标办法', en: 'Method' }, value: given.method },
      { label: { zh: '公示期', en: 'Public from, to' }, value: span(given.publicFrom, given.publicUntil), weight: 'bold' },
    ]);
    sheet.heading({ zh: '中标候选人', en: 'Candidates' });
    table(
      sheet,
      [
        fitted('排序', 'Rank'),
        column('中标候选人', 'Candidate', 5),
        columns.price,
        columns.total,
        column('质量', 'Quality', 2, 'center'),
        columns.period,
      ],
      given.candidates.map((each): CellInput[] => [
        String(each.rank),
        { text: `${side(each.bidder.name, 'zh')}\n${each.bidder.code}`, weight: 'bold' },
        { text: figures(each.price), weight: 'bold' },
        each.total ?? '—',
        each.quality,
        each.period,
      ]),
    );
    sheet.heading({ zh: '项目负责人与资格能力', en: 'Responsible persons and qualification' });
    table(
      sheet,
      [
        fitted('排序', 'Rank'),
        column('项目负责人', 'Responsible person', 2, 'center'),
        column('证书及编号', 'Certificate', 4),
        column('资格能力条件响应情况', 'Qualification, as responded', 7),
      ],
      given.candidates.map((each): CellInput[] => [String(each.rank), each.manager, each.certificate, achievementsIn(each.achievements)]),
    );
    sheet.heading({ zh: '被否决的投标及理由', en: 'Rejected bids and reasons' });
    table(
      sheet,
      [column('投标人', 'Bidder', 4), column('否决理由', 'Reason', 8)],
      given.rejected.map((each): CellInput[] => [each.bidder.name, each.reason]),
    );
    sheet.heading({ zh: '提出异议的渠道和方式', en: 'How to object' });
    sheet.paragraph({
      zh: `公示期不少于 ${given.days} 日，其最后一日不为法定休息日。${side(given.objections, 'zh')}`,
      en: `The publicity lasts at least ${given.days} days and does not end on a rest day. ${typeof given.objections === 'string' ? '' : given.objections.en}`,
    });
    sheet.heading({ zh: '联系方式', en: 'Contacts' });
    contactTable(sheet, given.contacts);
    sealBlock(sheet, [{ role: { zh: '招标人', en: 'Tenderee' }, name: given.tender.tenderee.name }], given.issuedAt);
  },
};

/** One stands as it is, several are numbered. */
function achievementsIn(list: CandidatesPublicity['candidates'][number]['achievements']): Text {
  const [only, ...more] = list;
  if (only === undefined || more.length === 0) return only ?? '—';
  return { zh: list.map((one, index) => `${index + 1}. ${side(one, 'zh')}`).join('\n'), en: '' };
}
