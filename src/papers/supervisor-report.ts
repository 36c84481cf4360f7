import { z } from 'zod';
import { documentTable, lotBlock, named } from './blocks.ts';
import { column, columns, fitted } from './columns.ts';
import { common, count, hash, heldDocument, instant, type Paper, party, text, words, yuan } from './paper.ts';
import { sealBlock } from './seal.ts';
import { ink, type Sheet } from './sheet.ts';
import { type CellInput, entries, table } from './table.ts';
import { amount, ending, figures, moment, side, span, stamp } from './wording.ts';

const data = z.strictObject({
  ...common,
  /** SHA-256 of the JCS of the facts as filed (the event `report.filed`) */
  facts: hash,
  supervisor: text,
  approval: z.strictObject({ number: z.string(), by: text }),
  /** scope, way of tendering, organisation form, media */
  scope: text,
  way: words,
  form: words,
  media: z.array(text),
  ceiling: yuan.nullable(),
  bids: z.strictObject({ submitted: count, opened: count, conforming: count, rejected: count }),
  /** null: it did not come to an evaluation */
  panel: z.strictObject({ size: count, experts: count, drawDigest: z.string(), method: words, bundle: z.string() }).nullable(),
  candidates: z.array(z.strictObject({ rank: count, bidder: party, price: yuan, total: z.string().nullable() })),
  publicity: z.strictObject({ from: instant, until: instant, objections: count }).nullable(),
  /** `dueBy`: the first moment too late for this report */
  award: z.strictObject({ winner: party, price: yuan, determinedAt: instant, dueBy: instant }).nullable(),
  /** why there is no award */
  failure: z.strictObject({ reason: text, basis: text, at: instant }).nullable(),
  /** every period the law sets, what was asked and what was kept */
  periods: z.array(z.strictObject({ item: words, rule: text, asked: z.string(), kept: z.string(), met: z.boolean() })),
  timeline: z.array(z.strictObject({ at: instant, event: words, index: count })),
  challenges: z.array(z.strictObject({ kind: words, by: text, matter: text, outcome: text })),
  attachments: z.array(heldDocument),
});
export type SupervisorReport = z.infer<typeof data>;

/** 招标投标情况书面报告 (招标投标法 §47; 实施条例; 工程建设项目施工招标投标办法): within 15 days of determining the winner. */
export const supervisorReport: Paper<SupervisorReport> = {
  kind: 'supervisor-report',
  version: 1,
  title: { zh: '招标投标情况书面报告', en: 'Written report to the supervisor' },
  follows: ['report.filed'],
  data,
  draw(sheet, given) {
    sheet.paragraph({
      zh: `${side(given.supervisor, 'zh')}：根据《中华人民共和国招标投标法》第四十七条，现将本标段招标投标情况报告如下。`,
      en: `To ${side(given.supervisor, 'en')}: under Art. 47 of the Tendering and Bidding Law the tenderee reports as follows.`,
    });
    sheet.heading({ zh: '招标范围与方式', en: 'Scope and way of tendering' });
    lotBlock(sheet, given.tender);
    entries(sheet, [
      { label: { zh: '审批文件', en: 'Approval' }, value: { zh: `${side(given.approval.by, 'zh')} ${given.approval.number}`, en: '' } },
      { label: { zh: '招标范围', en: 'Scope' }, value: given.scope },
      { label: { zh: '招标方式', en: 'Way' }, value: given.way, half: true },
      { label: { zh: '组织形式', en: 'Organised' }, value: given.form, half: true },
      { label: { zh: '公告媒介', en: 'Media' }, value: given.media.map((each) => side(each, 'zh')).join('、') },
      {
        label: { zh: '最高投标限价', en: 'Ceiling price' },
        value: given.ceiling === null ? { zh: '不设', en: 'none' } : amount(given.ceiling),
      },
    ]);
    bidSection(sheet, given);
    resultSection(sheet, given);
    sheet.heading({ zh: '法定期限遵守情况', en: 'Periods kept' });
    table(
      sheet,
      [
        column('期限', 'Period', 4),
        column('依据', 'Rule', 4),
        column('要求', 'Asked', 2, 'center'),
        column('实际', 'Kept', 2, 'center'),
        fitted('符合', 'Met'),
      ],
      given.periods.map((each): CellInput[] => [
        each.item,
        each.rule,
        each.asked,
        each.kept,
        each.met ? { zh: '是', en: 'yes' } : { text: { zh: '否', en: 'no' }, colour: ink.red, weight: 'bold' },
      ]),
    );
    sheet.heading({ zh: '过程', en: 'Course of the tender' });
    table(
      sheet,
      [columns.at, column('事项', 'Event', 6), fitted('日志序号', 'Journal index', 'right')],
      given.timeline.map((each): CellInput[] => [stamp(each.at), each.event, String(each.index)]),
    );
    sheet.heading({ zh: '异议与投诉', en: 'Objections and complaints' });
    table(
      sheet,
      [column('类别', 'Kind', 2), column('提出人', 'By', 3), column('事项', 'Matter', 5), column('处理结果', 'Outcome', 5)],
      given.challenges.map((each): CellInput[] => [each.kind, each.by, each.matter, each.outcome]),
    );
    sheet.heading({ zh: '附件', en: 'Attachments' });
    documentTable(sheet, given.attachments);
    entries(sheet, [{ label: { zh: '报告事实摘要', en: 'Facts as filed' }, value: given.facts }]);
    sealBlock(sheet, [{ role: { zh: '招标人', en: 'Tenderee' }, name: given.tender.tenderee.name }], given.issuedAt);
  },
};

function bidSection(sheet: Sheet, { bids, panel }: SupervisorReport): void {
  sheet.heading({ zh: '投标、开标与评标', en: 'Bids, opening and evaluation' });
  entries(sheet, [
    { label: { zh: '投标数量', en: 'Submitted' }, value: String(bids.submitted), half: true },
    { label: { zh: '解密有效', en: 'Opened' }, value: String(bids.opened), half: true },
    ...(panel === null
      ? []
      : [
          { label: { zh: '符合要求', en: 'Conforming' }, value: String(bids.conforming), half: true },
          { label: { zh: '否决', en: 'Rejected' }, value: String(bids.rejected), half: true },
          {
            label: { zh: '评标委员会', en: 'Panel' },
            value: {
              zh: `${panel.size} 人，其中随机抽取专家 ${panel.experts} 人`,
              en: `${panel.size} members, ${panel.experts} of them drawn experts`,
            },
          },
          { label: { zh: '评标办法', en: 'Method' }, value: panel.method },
          { label: { zh: '抽取申请摘要', en: 'Draw digest' }, value: panel.drawDigest },
          { label: { zh: '评标数据包', en: 'Bundle SHA-256' }, value: panel.bundle },
        ]),
  ]);
}

function resultSection(sheet: Sheet, { candidates, publicity, award, failure }: SupervisorReport): void {
  sheet.heading({ zh: '中标结果', en: 'Result' });
  if (candidates.length > 0)
    table(
      sheet,
      [fitted('排序', 'Rank'), column('中标候选人', 'Candidate', 5), columns.price, columns.total],
      candidates.map((each): CellInput[] => [String(each.rank), each.bidder.name, figures(each.price), each.total ?? '—']),
    );
  entries(sheet, [
    ...(publicity === null
      ? []
      : [
          {
            label: { zh: '公示期', en: 'Publicity' },
            value: {
              zh: `${span(publicity.from, publicity.until).zh}，收到异议 ${publicity.objections} 件`,
              en: `${span(publicity.from, publicity.until).en}; ${publicity.objections} objections`,
            },
          },
        ]),
    ...(award === null
      ? []
      : [
          { label: { zh: '中标人', en: 'Winner' }, value: named(award.winner), weight: 'bold' as const },
          { label: { zh: '中标价', en: 'Price' }, value: amount(award.price), weight: 'bold' as const },
          { label: { zh: '定标时间', en: 'Determined' }, value: moment(award.determinedAt), half: true },
          { label: { zh: '报告期限', en: 'Report due' }, value: ending(award.dueBy), half: true },
        ]),
    ...(failure === null
      ? []
      : [
          { label: { zh: '流标', en: 'Failed' }, value: failure.reason, weight: 'bold' as const },
          { label: { zh: '依据', en: 'Basis' }, value: failure.basis },
          { label: { zh: '确认时间', en: 'Established' }, value: moment(failure.at) },
        ]),
  ]);
}
