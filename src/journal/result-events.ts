import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const yuan = z.string();
const instant = z.string();
const figures = z.record(z.string(), z.string());
const candidate = z.object({
  rank: z.number(),
  submission: id,
  bidder: z.string(),
  name: z.string(),
  price: yuan,
  total: z.string(),
  figures,
});
const everyone: Shown = { public: 'now' };
/** An evaluation is confidential while it goes on; a supervisor who must see into it does so on record (`matter.viewed`), not by reading along. */
const afterTheReport: Shown = { self: 'now', regulator: 'reported', host: 'reported' };
const atTheDesk: Shown = { self: 'now', regulator: 'now', host: 'resulted' };
const guardians: Shown = { self: 'now', regulator: 'now', administrator: 'now' };

/** Papers that are made of what the notice says. */
const tellsOfNobody = (data: unknown): boolean =>
  ['tender-notice', 'addendum'].includes((data as { kind?: string } | undefined)?.kind ?? '');

/** Events of draws, evaluation, award and papers. */
export const resultEvents = {
  // draws (protocol §7)
  // whole tables of experts: how many and which file, of the people in them nothing
  'experts.imported': {
    data: z.object({
      sheet: id,
      mode: z.string(),
      sha256: z.string(),
      rows: z.number(),
      stored: z.number(),
      known: z.number(),
      wrong: z.number(),
    }),
    shown: guardians,
    says: { zh: '导入专家表格', en: 'Table of experts taken in' },
  },
  'experts.exported': {
    data: z.object({ sheet: id, filters: z.record(z.string(), z.string()), rows: z.number() }),
    shown: guardians,
    says: { zh: '导出专家表格', en: 'Table of experts given out' },
  },
  'specialties.imported': {
    data: z.object({ version: z.string(), codes: z.array(z.string()) }),
    shown: everyone,
    says: { zh: '导入专业分类', en: 'Specialties imported' },
  },
  'draw.requested': {
    data: z.object({
      request: z.unknown(),
      digest: z.string(),
      purpose: z.string(),
      /** purpose `reading`, where envelopes are opened in turn: of which of them */
      part: z.string().optional(),
      /** how many each ground left out, in bands */
      excluded: z.record(z.string(), z.string()),
      /** purpose `experts`: how far the experts of each seat were looked for (rule XD-7) */
      reach: z.record(z.string(), z.object({ rung: z.string(), specialties: z.array(z.string()), region: z.string() })).optional(),
      /** why another draw of the same lot is asked for, and which draws it puts out of force */
      ground: z.string().optional(),
      supersedes: z.array(id).optional(),
    }),
    shown: everyone,
    says: { zh: '申请抽取', en: 'Draw requested' },
  },
  'draw.completed': { data: z.object({ transcript: z.unknown() }), shown: everyone, says: { zh: '抽取完成', en: 'Draw completed' } },
  'expert.called': {
    data: z.object({ request: id, specialty: z.string(), expert: z.string() }),
    shown: everyone,
    says: { zh: '通知专家', en: 'Expert called' },
  },
  'expert.accepted': {
    data: z.object({ request: id, specialty: z.string(), expert: z.string() }),
    shown: everyone,
    says: { zh: '专家确认参加', en: 'Expert accepted' },
  },
  'expert.declined': {
    data: z.object({ request: id, specialty: z.string(), expert: z.string(), ground: z.string() }),
    shown: everyone,
    says: { zh: '专家不能参加', en: 'Expert declined' },
  },
  'expert.notified': {
    data: z.object({
      request: id,
      specialty: z.string(),
      expert: z.string(),
      kind: z.enum(['call', 'reminder', 'voided']),
      channels: z.array(
        z.object({ channel: z.string(), tries: z.number(), state: z.string(), at: instant, failure: z.string().nullable() }),
      ),
    }),
    // whoever jams a mailbox must not see by its failure whose call it is
    shown: { regulator: 'now', public: 'resulted' },
    says: { zh: '通知已发送', en: 'Message to a called expert sent' },
  },

  // evaluation
  'panel.formed': {
    data: z.object({
      seats: z.array(z.object({ member: id, kind: z.string(), expert: z.string().nullable(), specialty: z.string().nullable() })),
    }),
    shown: everyone,
    says: { zh: '评标委员会组成', en: 'Panel formed' },
  },
  'recusal.declared': {
    data: z.object({ member: id, statement: z.string(), recuses: z.boolean(), ground: z.string().nullable() }),
    shown: afterTheReport,
    says: { zh: '回避声明', en: 'Recusal declaration' },
  },
  'identity.confirmed': {
    data: z.object({ member: id, statement: z.unknown(), signature: z.string(), serial: z.string() }),
    // the signature carries the member's certificate, and with it the name
    shown: { self: 'now', regulator: 'reported', public: 'resulted' },
    says: { zh: '成员身份确认', en: 'Identity of a member confirmed' },
  },
  // who was at its desk when, and what it opened there: watched over while it goes on, nobody else's matter before the result
  'desk.entered': {
    data: z.object({ member: id, place: z.string().nullable(), main: z.boolean().nullable() }),
    shown: atTheDesk,
    says: { zh: '进入评标台', en: 'Came to the desk' },
  },
  'desk.left': { data: z.object({ member: id, why: z.string() }), shown: atTheDesk, says: { zh: '离开评标台', en: 'Left the desk' } },
  'attachment.opened': {
    data: z.object({ member: id, bid: id, sha256: z.string() }),
    shown: atTheDesk,
    says: { zh: '打开投标文件附件', en: 'Attachment of a bid opened' },
  },
  // that there is a note; what it says is nowhere but with the member
  'note.kept': { data: z.object({ member: id, bid: id }), shown: { self: 'now' }, says: { zh: '记本人笔记', en: 'Note kept' } },
  // by the host, where the line has it look at the qualification of bidders; who has passed is public with the reasons
  'qualification.checked': {
    data: z.object({ bids: z.array(z.object({ bid: id, bidder: z.string(), pass: z.boolean(), reason: z.string().nullable() })) }),
    shown: everyone,
    says: { zh: '资格审查', en: 'Qualification checked' },
  },
  'evaluation.started': {
    data: z.object({ part: z.string().optional(), members: z.number(), until: instant.optional(), bids: z.array(id) }),
    shown: everyone,
    says: { zh: '评标开始', en: 'Evaluation started' },
  },
  // that a member asks for time, or finds the documents at fault, is the panel's and the supervisor's; what follows from it everybody's
  'time.asked': {
    data: z.object({ part: z.string(), member: id, reason: z.string(), until: instant }),
    shown: { self: 'now', panel: 'now', regulator: 'now', host: 'reported', public: 'resulted' },
    says: { zh: '要求延长评标时间', en: 'More time asked for' },
  },
  'time.extended': {
    data: z.object({ part: z.string(), until: instant, asked: z.number(), members: z.number() }),
    shown: everyone,
    says: { zh: '评标时间延长', en: 'Time of the evaluation extended' },
  },
  'evaluation.overtime': {
    data: z.object({ part: z.string(), until: instant }),
    shown: { panel: 'now', regulator: 'now', host: 'now', public: 'resulted' },
    says: { zh: '评标时间届满，尚无结果', en: 'The time of the evaluation has ended without a result' },
  },
  'halt.moved': {
    data: z.object({ part: z.string(), member: id, ground: z.string(), reason: z.string() }),
    shown: { self: 'now', panel: 'now', regulator: 'now', host: 'reported', public: 'resulted' },
    says: { zh: '提议停止评标', en: 'A member moved to stop' },
  },
  'evaluation.halted': {
    data: z.object({ part: z.string(), grounds: z.array(z.string()), votes: z.number(), members: z.number() }),
    shown: everyone,
    says: { zh: '评标停止', en: 'Evaluation stopped' },
  },
  'halt.answered': {
    data: z.object({ part: z.string(), confirmed: z.boolean(), answer: z.string() }),
    shown: everyone,
    says: { zh: '招标人答复停止评标的意见', en: 'The host answered the panel' },
  },
  'evaluation.resumed': { data: z.object({ part: z.string() }), shown: everyone, says: { zh: '评标继续', en: 'Evaluation goes on' } },
  'opinion.voided': {
    data: z.object({ part: z.string(), member: id, ground: z.string(), reason: z.string(), by: z.string() }),
    shown: { self: 'now', panel: 'now', regulator: 'now', host: 'reported', public: 'resulted' },
    says: { zh: '成员评审意见认定无效', en: 'Opinion of a member voided' },
  },
  'blind.checked': {
    /** by its pseudonym: kinds of marks and their pages, never the words; see evaluation/blind-mark.ts */
    data: z.object({
      part: z.string(),
      bid: id,
      marks: z.array(z.object({ file: z.number(), kind: z.string(), page: z.number() })),
    }),
    shown: { panel: 'now', regulator: 'reported', host: 'reported', public: 'resulted' },
    says: { zh: '暗标文件检查', en: 'Blind files checked' },
  },
  'bid.reviewed': {
    data: z.object({ member: id, bid: id, item: z.string(), pass: z.boolean(), reason: z.string().nullable(), version: z.number() }),
    shown: afterTheReport,
    says: { zh: '评审意见', en: 'Bid reviewed' },
  },
  'bid.scored': {
    data: z.object({ member: id, bid: id, criterion: z.string(), score: z.string(), reason: z.string().nullable(), version: z.number() }),
    shown: afterTheReport,
    says: { zh: '评分', en: 'Bid scored' },
  },
  'bid.enquired': {
    data: z.object({
      enquiry: id,
      bid: id,
      kind: z.enum(['clarification', 'mending', 'correction', 'low-price']),
      text: z.string(),
      until: instant,
      ground: z.string().nullable(),
      correctedPrice: yuan.nullable(),
      /** of a mending: keys of the fields of the form */
      fields: z.array(z.string()).optional(),
    }),
    // asking is part of the evaluation: beside the panel only the bidder asked knows, and not who wrote it
    shown: { self: 'now', panel: 'now', regulator: 'reported', host: 'reported' },
    says: { zh: '评标委员会要求澄清或说明', en: 'The panel asked a bidder' },
  },
  'enquiry.answered': {
    data: z.object({ enquiry: id, bid: id, accepts: z.boolean().nullable(), statement: z.unknown(), signature: z.string() }),
    // how a firm reckons is its own business: the answer is never public
    shown: { self: 'now', panel: 'now', regulator: 'reported', host: 'reported' },
    says: { zh: '投标人答复澄清', en: 'A bidder answered the panel' },
  },
  'enquiry.lapsed': {
    data: z.object({ enquiry: id, bid: id }),
    shown: { self: 'now', panel: 'now', regulator: 'reported', host: 'reported' },
    says: { zh: '澄清逾期未答复', en: 'The panel’s question was not answered in time' },
  },
  // what an enquiry does to the ranking is as public as the ranking
  'price.corrected': {
    data: z.object({ enquiry: id, bid: id, from: yuan, to: yuan, ground: z.string() }),
    shown: { self: 'now', panel: 'now', regulator: 'reported', host: 'reported', public: 'candidates' },
    says: { zh: '投标人确认算术修正', en: 'Correction of a price confirmed by its bidder' },
  },
  'correction.unconfirmed': {
    data: z.object({ enquiry: id, bid: id }),
    shown: { self: 'now', panel: 'now', regulator: 'reported', host: 'reported', public: 'candidates' },
    says: { zh: '投标人未确认算术修正，投标被否决', en: 'Correction not confirmed: the bid is out' },
  },
  'evaluation.concluded': {
    data: z.object({ bundle: z.unknown(), sha256: z.string() }),
    shown: { panel: 'now', regulator: 'reported', host: 'reported', public: 'candidates' },
    says: { zh: '评标结束，结果已计算', en: 'Evaluation concluded' },
  },
  // envelopes in turn: who goes on is public with the signatures, why a member thought so stays confidential
  'part.concluded': {
    data: z.object({ part: z.string(), result: z.unknown(), sha256: z.string() }),
    shown: { panel: 'now', regulator: 'reported', host: 'reported', public: 'candidates' },
    says: { zh: '信封评审结果汇总', en: 'Result of an envelope concluded' },
  },
  'part.signed': {
    data: z.object({ part: z.string(), member: id, sha256: z.string(), signature: z.string() }),
    // the signature carries the member's certificate, and with it the name
    shown: { panel: 'now', regulator: 'reported', public: 'resulted' },
    says: { zh: '签署信封评审结果', en: 'Result of an envelope signed' },
  },
  'part.refused': {
    data: z.object({ part: z.string(), member: id, sha256: z.string(), reason: z.string(), signature: z.string() }),
    // the signature carries the member's certificate, and with it the name
    shown: { panel: 'now', regulator: 'reported', public: 'resulted' },
    says: { zh: '拒绝签署信封评审结果并说明理由', en: 'Result of an envelope refused, with reasons' },
  },
  'part.withdrawn': {
    data: z.object({ part: z.string(), sha256: z.string(), refused: z.number(), members: z.number() }),
    shown: { panel: 'now', regulator: 'now', host: 'reported', public: 'resulted' },
    says: { zh: '半数以上成员拒绝签署，信封评审结果作废', en: 'Result of an envelope withdrawn: half of the panel or more refused it' },
  },
  'part.lapsed': {
    data: z.object({ part: z.string(), sha256: z.string(), signed: z.number(), members: z.number(), silent: z.array(id) }),
    shown: { panel: 'now', regulator: 'now', host: 'reported', public: 'resulted' },
    says: {
      zh: '逾期未获过半数成员签署，信封评审结果作废，未表态的成员更换',
      en: 'Result of an envelope lapsed: not signed by more than half in time; the silent members are replaced',
    },
  },
  'part.deemed': {
    data: z.object({ part: z.string(), member: id, sha256: z.string() }),
    shown: { panel: 'now', regulator: 'reported', public: 'resulted' },
    says: { zh: '逾期未签署信封评审结果，视为同意', en: 'Silence taken for agreement with the result of an envelope' },
  },
  'part.reported': {
    data: z.object({
      part: z.string(),
      sha256: z.string(),
      outcome: z.string(),
      passed: z.array(id),
      failed: z.array(z.object({ bid: id, bidder: z.string(), reason: z.string() })),
    }),
    shown: everyone,
    says: { zh: '信封评审结果', en: 'Result of an envelope' },
  },
  'session.scheduled': {
    /** `by`: `system` where the host let its time go by and the platform announced it */
    data: z.object({ part: z.string(), at: instant, by: z.string().optional() }),
    shown: everyone,
    says: { zh: '公布下一信封开标时间', en: 'Next session announced' },
  },
  'envelope.returned': {
    data: z.object({ submission: id, bidder: z.string(), part: z.string(), sha256: z.string() }),
    shown: everyone,
    says: { zh: '信封未开启退回', en: 'Envelope returned unopened' },
  },
  'report.signed': {
    data: z.object({ member: id, sha256: z.string(), signature: z.string(), dissent: z.string().optional() }),
    // the signature carries the member's certificate, and with it the name
    shown: { panel: 'now', regulator: 'reported', public: 'resulted' },
    says: { zh: '签署评标报告', en: 'Report signed' },
  },
  'report.refused': {
    data: z.object({ member: id, sha256: z.string(), reason: z.string() }),
    shown: { panel: 'now', regulator: 'reported', host: 'reported', public: 'resulted' },
    says: { zh: '拒绝签署评标报告并说明理由', en: 'Report refused, with reasons' },
  },
  'report.deemed': {
    data: z.object({ member: id, sha256: z.string() }),
    shown: { panel: 'now', regulator: 'reported', host: 'reported', public: 'resulted' },
    says: { zh: '逾期未签署，视为同意评标结果', en: 'Silence taken for agreement with the report' },
  },
  'report.withdrawn': {
    data: z.object({ sha256: z.string(), refused: z.number(), members: z.number() }),
    shown: { panel: 'now', regulator: 'now', host: 'reported', public: 'resulted' },
    says: { zh: '半数以上成员拒绝签署，评标结果作废', en: 'Report withdrawn: half of the panel or more refused it' },
  },
  'evaluation.reported': {
    data: z.object({ sha256: z.string(), outcome: z.string() }),
    shown: { public: 'now' },
    says: { zh: '评标报告提交', en: 'Evaluation reported' },
  },
  // that a signed evaluation is done again is everybody's to know; what is affected, with the result
  'evaluation.reopened': {
    data: z.object({ version: z.number(), ground: z.string(), reference: z.string().nullable(), was: z.string(), by: z.string() }),
    shown: everyone,
    says: { zh: '重新评审', en: 'Evaluation reopened' },
  },
  'reassessment.ordered': {
    data: z.object({
      version: z.number(),
      explanation: z.string(),
      bids: z.array(id),
      items: z.array(z.string()),
      criteria: z.array(z.string()),
      /** what was signed (evaluation/reassessment-statement.ts), and the detached CMS over its canonical bytes, base64; orders of an earlier time have neither */
      statement: z.unknown().optional(),
      signature: z.string().optional(),
    }),
    shown: { panel: 'now', regulator: 'now', host: 'now', public: 'candidates' },
    says: { zh: '重新评审的理由和范围', en: 'What is to be evaluated again, and why' },
  },
  'experts.revealed': {
    data: z.object({
      request: id,
      experts: z.array(z.object({ expert: z.string(), salt: z.string(), record: z.unknown() })),
      drawSalt: z.string(),
    }),
    shown: { regulator: 'reported', public: 'resulted' },
    says: { zh: '公开专家身份与盐值', en: 'Experts revealed' },
  },

  // award
  'candidates.published': {
    data: z.object({
      candidates: z.array(candidate),
      from: instant,
      until: instant,
    }),
    shown: everyone,
    says: { zh: '中标候选人公示', en: 'Candidates published' },
  },
  'award.determined': {
    data: z.object({
      submission: id,
      bidder: z.string(),
      name: z.string(),
      price: yuan,
      rank: z.number(),
      reason: z.string(),
      /** by the host's silence */
      deemed: z.literal(true).optional(),
    }),
    shown: everyone,
    says: { zh: '确定中标人', en: 'Award determined' },
  },
  'result.published': {
    data: z.object({ candidates: z.array(candidate), from: instant, until: instant }),
    shown: everyone,
    says: { zh: '公告结果', en: 'Result published' },
  },
  'award.notified': {
    data: z.object({ submission: id, bidder: z.string(), name: z.string(), price: yuan, contractUntil: instant }),
    shown: everyone,
    says: { zh: '发出中标通知书', en: 'Award notified' },
  },
  'result.notified': {
    data: z.object({ bidder: z.string(), winner: z.string(), price: yuan }),
    shown: { self: 'now', host: 'now', regulator: 'now' },
    says: { zh: '通知中标结果', en: 'Result notified' },
  },
  'contract.registered': {
    data: z.object({ number: z.string(), price: yuan, signedOn: z.string(), sha256: z.string() }),
    shown: everyone,
    says: { zh: '合同登记', en: 'Contract registered' },
  },
  'contract.filed': {
    data: z.object({ sha256: z.string() }),
    shown: everyone,
    says: { zh: '报备合同副本', en: 'Copy of the contract filed' },
  },
  'report.filed': {
    data: z.object({ sha256: z.string() }),
    shown: { host: 'now', regulator: 'now' },
    says: { zh: '提交书面报告', en: 'Report filed with the supervisor' },
  },

  // papers and looks
  'paper.issued': {
    data: z.object({ kind: z.string(), dataHash: z.string(), sha256: z.string(), bytes: z.number(), events: z.array(id) }),
    shown: everyone,
    outdoors: tellsOfNobody,
    says: { zh: '出具文书', en: 'Paper issued' },
  },
  'paper.delivered': {
    data: z.object({ kind: z.string(), dataHash: z.string(), sha256: z.string(), bytes: z.number(), events: z.array(id) }),
    shown: { self: 'now', host: 'reported', regulator: 'opened' },
    says: { zh: '送达文书', en: 'Paper delivered' },
  },
  'paper.filed': {
    data: z.object({ kind: z.string(), dataHash: z.string(), sha256: z.string(), bytes: z.number(), events: z.array(id) }),
    // evaluation report and report to the supervisor: they hold what single members wrote, and matters of the host
    shown: { host: 'now', regulator: 'now' },
    says: { zh: '归档文书', en: 'Paper filed' },
  },
  'matter.viewed': {
    data: z.object({ matter: z.string(), ground: z.string() }),
    shown: { regulator: 'now', self: 'now' },
    says: { zh: '查阅保密事项', en: 'Confidential matter viewed' },
  },
} as const satisfies Record<string, EventSpec>;
