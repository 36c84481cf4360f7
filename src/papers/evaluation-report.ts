import { z } from 'zod';
import { blindSection, blindShape } from './blind-section.ts';
import { ceilingEntry, lotBlock, numbered, tableOr, told } from './blocks.ts';
import { column, columns, fitted } from './columns.ts';
import { common, count, hash, instant, type Paper, party, text, words, yuan } from './paper.ts';
import { comparisonSection, methodSection } from './score-comparison.ts';
import { signatureTable } from './seal.ts';
import type { Sheet } from './sheet.ts';
import { type CellInput, entries, table } from './table.ts';
import { figures, moment, stamp } from './wording.ts';

/** a score or rate with the places the method prescribes */
const score = z.string().regex(/^-?\d+(\.\d+)?$/);

const data = z.strictObject({
  ...common,
  basics: z.strictObject({
    openedAt: instant,
    startedAt: instant,
    concludedAt: instant,
    place: text,
    ceiling: yuan.nullable(),
    submitted: count,
    opened: count,
  }),
  /** SHA-256 of the JCS of the evaluation bundle: what the members signed, and what recomputes the ranking */
  bundle: hash,
  /** `name` is the mask (专家A …) until names may be shown */
  members: z.array(z.strictObject({ name: z.string(), kind: words, specialty: text, lead: z.boolean() })),
  opening: z.array(z.strictObject({ order: count, bidder: party, price: yuan, period: z.string(), manager: z.string() })),
  conforming: z.array(party),
  rejected: z.array(z.strictObject({ bidder: party, item: text, reason: text, votes: z.string() })),
  /** where a part was reviewed under pseudonyms; left out otherwise */
  blind: blindShape.optional(),
  /** why the tender went on with fewer than three valid bids; null when there were three */
  competition: text.nullable(),
  method: words,
  criteria: z.array(z.strictObject({ name: text, max: score, kind: z.enum(['objective', 'subjective', 'price']), standard: text })),
  drawn: z.array(z.strictObject({ name: text, choice: z.string() })),
  benchmark: yuan.nullable(),
  /** by rank; scores in the order of `criteria` without price */
  rows: z.array(
    z.strictObject({
      rank: count,
      bidder: party,
      bidPrice: yuan,
      evaluatedPrice: yuan,
      scores: z.array(score),
      technical: score,
      price: score,
      total: score,
    }),
  ),
  /** price factors added to or taken from a bid by the method, each with its reason (evaluated price) */
  adjustments: z.array(z.strictObject({ bidder: party, amount: z.string().regex(/^-?(0|[1-9]\d{0,15})\.\d{2}$/), reason: text })),
  candidates: z.array(z.strictObject({ rank: count, bidder: party, price: yuan, total: score })),
  matters: z.array(text),
  clarifications: z.array(z.strictObject({ bidder: party, at: instant, question: text, answer: text })),
  dissent: z.array(z.strictObject({ member: z.string(), text })),
  /** when members came to their desks and left them, at the main venue and the others */
  log: z.array(z.strictObject({ at: instant, member: z.string(), place: z.string(), what: words })),
  /** the orders by which the panel judged again; empty for a first report */
  reopenings: z.array(z.strictObject({ version: count, at: instant, ground: words, explanation: z.string(), scope: z.string() })),
  signatures: z.array(z.strictObject({ role: words, name: z.string(), signedAt: instant.nullable(), mark: z.string().nullable() })),
});
export type EvaluationReport = z.infer<typeof data>;

/** 评标报告: the ten contents of 评标委员会和评标方法暂行规定 §42, in its order, then the signatures. */
export const evaluationReport: Paper<EvaluationReport> = {
  kind: 'evaluation-report',
  version: 2,
  title: { zh: '评标报告', en: 'Evaluation report' },
  follows: ['evaluation.reported'],
  data,
  draw(sheet, report) {
    basicsSection(sheet, report);
    const { number: no, bidder, price } = columns;
    sheet.heading({ zh: '评标委员会成员名单', en: 'Members of the panel' });
    table(
      sheet,
      [no, column('姓名', 'Name', 3), column('类别', 'Kind', 3), column('专业', 'Specialty', 4), column('职务', 'Post', 2, 'center')],
      report.members.map((each, index): CellInput[] => [
        String(index + 1),
        each.name,
        each.kind,
        each.specialty,
        each.lead ? { zh: '主任委员', en: 'chair' } : { zh: '委员', en: 'member' },
      ]),
    );
    sheet.heading({ zh: '开标记录', en: 'Opening record' });
    table(
      sheet,
      [no, bidder, price, columns.period, columns.manager],
      report.opening.map((each): CellInput[] => [String(each.order), each.bidder.name, figures(each.price), each.period, each.manager]),
    );
    sheet.heading({ zh: '符合要求的投标一览表', en: 'Conforming bids' });
    table(
      sheet,
      [no, bidder, columns.code],
      report.conforming.map((each, index): CellInput[] => [String(index + 1), each.name, each.code]),
    );
    if (report.competition !== null) sheet.paragraph(report.competition);
    sheet.heading({ zh: '否决投标情况说明', en: 'Rejected bids and reasons' });
    table(
      sheet,
      [bidder, column('不符合项', 'Item', 3), column('理由', 'Reason', 6), fitted('表决', 'Votes')],
      report.rejected.map((each): CellInput[] => [each.bidder.name, each.item, each.reason, each.votes]),
    );
    if (report.blind) blindSection(sheet, report.blind);
    methodSection(sheet, report);
    comparisonSection(sheet, report);
    rankingSection(sheet, report);
    reopeningSection(sheet, report);
    closingSections(sheet, report);
  },
};

function basicsSection(sheet: Sheet, { basics, tender, bundle }: EvaluationReport): void {
  sheet.heading({ zh: '基本情况和数据表', en: 'Basic data' });
  lotBlock(sheet, tender);
  entries(sheet, [
    { label: { zh: '开标时间', en: 'Opened' }, value: moment(basics.openedAt), half: true },
    { ...ceilingEntry(basics.ceiling), half: true },
    { label: { zh: '评标开始', en: 'Began' }, value: moment(basics.startedAt), half: true },
    { label: { zh: '评标结束', en: 'Ended' }, value: moment(basics.concludedAt), half: true },
    { label: { zh: '评标地点', en: 'Place' }, value: basics.place },
    { label: { zh: '投标数量', en: 'Bids submitted' }, value: String(basics.submitted), half: true },
    { label: { zh: '解密有效', en: 'Opened' }, value: String(basics.opened), half: true },
    {
      label: { zh: '评标数据包', en: 'Bundle' },
      value: { zh: bundle, en: 'SHA-256; "yangguang rank" recomputes the ranking from it' },
    },
  ]);
}

function rankingSection(sheet: Sheet, report: EvaluationReport): void {
  sheet.heading({ zh: '经评审的投标人排序', en: 'Ranking' });
  table(
    sheet,
    [columns.rank, columns.bidder, columns.price, fitted('总分', 'Total', 'right')],
    report.rows.map((each): CellInput[] => [String(each.rank), each.bidder.name, figures(each.bidPrice), each.total]),
  );
}

/** A further version says by which orders it came about; a first report is silent. */
function reopeningSection(sheet: Sheet, { reopenings }: EvaluationReport): void {
  if (reopenings.length === 0) return;
  sheet.heading({ zh: '重新评审', en: 'Evaluated again' });
  table(
    sheet,
    [fitted('版本', 'Version'), columns.at, column('理由', 'Ground', 5), column('事实', 'Facts', 5), column('范围', 'Scope', 3)],
    reopenings.map((each): CellInput[] => [String(each.version), stamp(each.at), each.ground, each.explanation, each.scope]),
  );
}

function closingSections(sheet: Sheet, report: EvaluationReport): void {
  sheet.heading({ zh: '推荐的中标候选人名单与签订合同前要处理的事宜', en: 'Candidates; matters before signing' });
  table(
    sheet,
    [columns.rank, column('中标候选人', 'Candidate', 5), columns.code, columns.price, fitted('总分', 'Total', 'right')],
    report.candidates.map((each): CellInput[] => [
      String(each.rank),
      { text: each.bidder.name, weight: 'bold' },
      each.bidder.code,
      figures(each.price),
      each.total,
    ]),
  );
  if (report.matters.length === 0) sheet.paragraph({ zh: '签订合同前无需处理的事宜。', en: 'Nothing is to be settled before signing.' });
  numbered(sheet, report.matters);
  sheet.heading({ zh: '澄清、说明、补正事项纪要', en: 'Clarifications' });
  tableOr(
    sheet,
    { zh: '评标过程中未要求投标人澄清、说明或补正。', en: 'No clarification was asked for.' },
    [column('投标人', 'Bidder', 4), columns.at, column('要求', 'Asked', 5), column('答复', 'Answered', 5)],
    report.clarifications.map((each): CellInput[] => [each.bidder.name, stamp(each.at), each.question, each.answer]),
  );
  sheet.heading({ zh: '评标室记录', en: 'Log of the desks' });
  tableOr(
    sheet,
    { zh: '没有进出评标台的记录。', en: 'Nothing was recorded.' },
    [columns.at, column('成员', 'Member', 2), column('地点', 'Place', 5), column('事项', 'What', 4)],
    report.log.map((each): CellInput[] => [stamp(each.at), each.member, each.place, each.what]),
  );
  sheet.heading({ zh: '评标委员会签署', en: 'Signatures of the panel' });
  signatureTable(sheet, report.signatures);
  if (report.dissent.length === 0) sheet.paragraph({ zh: '全体成员对评标结论无不同意见。', en: 'No member dissented.' });
  for (const { member, text: said } of report.dissent) told(sheet, { zh: `不同意见（${member}）`, en: `Dissent (${member})` }, said);
}
