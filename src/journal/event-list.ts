import { z } from 'zod';
import type { Words } from '../kernel/words.ts';

/**
 * The closed list of events: the only words in which the platform's history is written. Each type says what it carries,
 * who may see it, and from which moment of its lot on. A new type that does not say who sees it does not compile.
 */

/** Moments of a lot from which an event may be shown. A lot has reached a moment when its column of that name is set. */
export type Moment = 'now' | 'published' | 'opened' | 'reported' | 'candidates' | 'resulted';

/** Readers of a lot. `self` = the party named in `subject.party` (or the user in `subject.actor`); `host` = tenderee, its agent and the centre's staff. */
export type Audience = 'public' | 'self' | 'host' | 'panel' | 'bidders' | 'regulator' | 'administrator';

export type Shown = Partial<Record<Audience, Moment>>;

const id = z.string();
const yuan = z.string();
const instant = z.string();
const figures = z.record(z.string(), z.string());
const envelopeHead = z.object({ part: z.string(), sha256: z.string(), bytes: z.number(), ephemeral: z.string(), proof: z.string() });
const heldDocument = z.object({ document: id, name: z.string(), version: z.number(), sha256: z.string(), bytes: z.number() });

export interface EventSpec {
  readonly data: z.ZodType;
  readonly shown: Shown;
  readonly says: Words;
}

const everyone: Shown = { public: 'now' };
const ownThenOpened: Shown = { self: 'now', public: 'opened' };
/** An evaluation is confidential while it goes on; a supervisor who must see into it does so on record (`matter.viewed`), not by reading along. */
const afterTheReport: Shown = { self: 'now', regulator: 'reported', host: 'reported' };
const guardians: Shown = { self: 'now', regulator: 'now', administrator: 'now' };

export const events = {
  // the node
  'node.created': {
    data: z.object({ origin: z.string(), sandbox: z.boolean() }),
    shown: everyone,
    says: { zh: '节点建立', en: 'Node created' },
  },
  'clock.set': {
    data: z.object({ realAt: instant, virtualAt: instant, rate: z.number() }),
    shown: everyone,
    says: { zh: '演示时钟调整', en: 'Sandbox clock set' },
  },
  'council.formed': {
    data: z.object({ council: z.unknown(), witnesses: z.array(z.string()) }),
    shown: everyone,
    says: { zh: '开标委员会成立', en: 'Opening council formed' },
  },
  'act.refused': {
    data: z.object({ act: z.string(), problem: z.string(), rule: z.string().nullable() }),
    // before the opening even a refused bid would tell that somebody bids
    shown: { self: 'now', regulator: 'opened' },
    says: { zh: '操作被拒绝', en: 'An act was refused' },
  },
  'expert.refused': {
    data: z.object({ act: z.string(), problem: z.string(), rule: z.string().nullable() }),
    // an expert's refusal names the user: before the report it would tell who sits on the panel
    shown: { self: 'now', regulator: 'reported' },
    says: { zh: '专家操作被拒绝', en: 'An act of an expert was refused' },
  },

  // parties
  'organisation.registered': {
    data: z.object({ code: z.string(), name: z.string(), kinds: z.array(z.string()), region: z.string() }),
    shown: everyone,
    says: { zh: '主体登记', en: 'Organisation registered' },
  },
  'user.enrolled': { data: z.object({ user: id, role: z.string() }), shown: guardians, says: { zh: '用户登记', en: 'User enrolled' } },
  'session.opened': {
    data: z.object({ address: z.string().nullable() }),
    shown: { self: 'now', administrator: 'now' },
    says: { zh: '登录', en: 'Signed in' },
  },
  'session.closed': { data: z.object({}), shown: { self: 'now', administrator: 'now' }, says: { zh: '退出', en: 'Signed out' } },
  'role.chosen': {
    data: z.object({ role: z.string() }),
    shown: { self: 'now', administrator: 'now' },
    says: { zh: '切换角色', en: 'Role chosen' },
  },
  'credential.changed': {
    data: z.object({ what: z.enum(['password', 'totp-proposed', 'totp']) }),
    shown: { self: 'now', administrator: 'now' },
    says: { zh: '登录凭证变更', en: 'Sign-in credential changed' },
  },
  'certificate.issued': {
    data: z.object({ serial: z.string(), holder: z.string(), fingerprint: z.string(), notBefore: instant, notAfter: instant }),
    shown: everyone,
    says: { zh: '签发证书', en: 'Certificate issued' },
  },
  'certificate.revoked': {
    data: z.object({ serial: z.string(), reason: z.string() }),
    shown: everyone,
    says: { zh: '吊销证书', en: 'Certificate revoked' },
  },

  // project, lot, notice
  'project.registered': {
    data: z.object({
      number: z.string(),
      name: z.string(),
      line: z.string(),
      approvalNumber: z.string(),
      approvedBy: z.string(),
      funds: z.string(),
      estimate: yuan,
      region: z.string(),
      tenderee: z.string(),
      agent: z.string().nullable(),
    }),
    shown: { host: 'now', regulator: 'now', public: 'published' },
    says: { zh: '项目登记', en: 'Project registered' },
  },
  'lot.drafted': {
    data: z.object({ revision: z.number(), sha256: z.string() }),
    shown: { host: 'now', regulator: 'now' },
    says: { zh: '保存标段草稿', en: 'Lot draft saved' },
  },
  'document.published': {
    data: heldDocument.extend({ supersedes: id.nullable() }),
    shown: { host: 'now', regulator: 'now', public: 'published' },
    says: { zh: '发布招标文件', en: 'Tender document published' },
  },
  'notice.published': {
    data: z.object({
      number: z.string(),
      name: z.string(),
      line: z.string(),
      edition: z.string(),
      region: z.string(),
      tenderee: z.string(),
      agent: z.string().nullable(),
      documentsFrom: instant,
      documentsUntil: instant,
      deadline: instant,
      ceiling: yuan.nullable(),
      security: yuan.nullable(),
      sealPolicy: z.string(),
      parts: z.array(z.string()),
      council: id,
      minimumBids: z.number(),
      publicityDays: z.number(),
      /** the grace of committed bids (sealing/grace.ts) */
      grace: z.object({ minutes: z.number(), bytesPerMinute: z.number(), mostMinutes: z.number() }).optional(),
      method: z.unknown(),
      parameters: z.array(z.object({ name: z.string(), choices: z.array(z.string()) })),
      documents: z.array(heldDocument),
      /** everything the notice says (tenders/lot.ts `LotTerms`): papers and verifiers need nothing else */
      terms: z.unknown(),
    }),
    shown: everyone,
    says: { zh: '发布招标公告', en: 'Tender notice published' },
  },
  'documents.collected': {
    data: z.object({ documents: z.array(id) }),
    shown: { self: 'now', regulator: 'opened' },
    says: { zh: '获取招标文件', en: 'Tender documents collected' },
  },
  'question.asked': {
    data: z.object({ question: id, text: z.string() }),
    shown: { self: 'now', regulator: 'opened' },
    says: { zh: '提出疑问', en: 'Question asked' },
  },
  'question.answered': {
    data: z.object({ question: id, text: z.string(), answer: z.string() }),
    shown: everyone,
    says: { zh: '答疑', en: 'Question answered' },
  },
  'addendum.published': {
    data: z.object({
      addendum: id,
      number: z.number(),
      text: z.string(),
      affectsPreparation: z.boolean(),
      deadline: instant,
      previousDeadline: instant,
      documents: z.array(heldDocument),
    }),
    shown: everyone,
    says: { zh: '发布补遗', en: 'Addendum published' },
  },

  // bids (protocol §5)
  'bid.received': {
    /** `awaited`: a commitment whose bytes are still to come */
    data: z.object({
      statement: z.unknown(),
      signature: z.string(),
      envelopes: z.array(envelopeHead),
      awaited: z.literal(true).optional(),
    }),
    shown: ownThenOpened,
    says: { zh: '收到投标', en: 'Bid received' },
  },
  'bid.replaced': {
    data: z.object({
      statement: z.unknown(),
      signature: z.string(),
      envelopes: z.array(envelopeHead),
      awaited: z.literal(true).optional(),
    }),
    shown: ownThenOpened,
    says: { zh: '替换投标', en: 'Bid replaced' },
  },
  'bid.completed': {
    data: z.object({ submission: id, completedAt: instant }),
    shown: ownThenOpened,
    says: { zh: '投标文件传完', en: 'Bytes of the bid complete' },
  },
  'bid.lapsed': {
    data: z.object({ submission: id, until: instant, attributedTo: z.literal('bidder') }),
    shown: ownThenOpened,
    says: { zh: '投标逾期未传完', en: 'Bid lapsed' },
  },
  'bid.withdrawn': {
    data: z.object({ submission: id, signature: z.string(), statement: z.unknown() }),
    shown: ownThenOpened,
    says: { zh: '撤回投标', en: 'Bid withdrawn' },
  },

  // closing and opening (protocol §5, §6)
  'deadline.reached': { data: z.object({ deadline: instant }), shown: everyone, says: { zh: '投标截止', en: 'Deadline reached' } },
  'bidding.closed': {
    data: z.object({ deadline: instant, treeSize: z.number(), root: z.string() }),
    shown: everyone,
    says: { zh: '截标快照', en: 'Bidding closed' },
  },
  'opening.started': {
    data: z.object({
      part: z.string(),
      list: z.array(z.object({ submission: id, bidder: z.string(), name: z.string(), sha256: z.string() })),
    }),
    shown: everyone,
    says: { zh: '开标开始', en: 'Opening started' },
  },
  'opening.attended': { data: z.object({ bidder: z.string(), name: z.string() }), shown: everyone, says: { zh: '签到', en: 'Attendance' } },
  'share.given': {
    data: z.object({ task: id, trustee: z.number(), name: z.string(), evaluated: z.array(z.string()), proof: z.string() }),
    shown: everyone,
    says: { zh: '托管人给出份额', en: 'A trustee gave its share' },
  },
  'opening.combined': {
    data: z.object({ task: id, trustees: z.array(z.number()), items: z.number() }),
    shown: everyone,
    says: { zh: '共同解密完成', en: 'Shares combined' },
  },
  'bid.opened': {
    data: z.object({ submission: id, bidder: z.string(), packageSha256: z.string(), signer: z.string() }),
    shown: everyone,
    says: { zh: '投标文件解密，签名有效', en: 'Bid opened, signature valid' },
  },
  'bid.invalid': {
    data: z.object({ submission: id, bidder: z.string(), reason: z.string(), attributedTo: z.string() }),
    shown: everyone,
    says: { zh: '投标文件无效', en: 'Bid invalid' },
  },
  'bid.read': {
    data: z.object({ submission: id, bidder: z.string(), name: z.string(), order: z.number(), figures, price: yuan }),
    shown: everyone,
    says: { zh: '唱标', en: 'Bid read out' },
  },
  'objection.raised': {
    data: z.object({ objection: id, stage: z.string(), name: z.string(), text: z.string() }),
    // before the opening it would tell the host who bids: until then the host reads the text, without the name, on the objections page
    shown: ownThenOpened,
    says: { zh: '提出异议', en: 'Objection raised' },
  },
  'objection.answered': {
    data: z.object({ objection: id, answer: z.string() }),
    // names nobody but the objection, so that it may be seen before the opening
    shown: { host: 'now', regulator: 'now', public: 'opened' },
    says: { zh: '答复异议', en: 'Objection answered' },
  },
  'record.closed': {
    data: z.object({ sha256: z.string(), by: z.string() }),
    shown: everyone,
    says: { zh: '开标记录确认', en: 'Opening record closed' },
  },
  'tender.failed': {
    data: z.object({ reason: z.string(), counted: z.number().nullable() }),
    shown: everyone,
    says: { zh: '流标', en: 'Tender failed' },
  },

  // draws (protocol §7)
  'expert.admitted': {
    /** the name masked, 张*: who is in the pool may be known to guardians, who is drawn to nobody */
    data: z.object({ expert: id, name: z.string(), specialties: z.array(z.string()), lines: z.array(z.string()), region: z.string() }),
    shown: guardians,
    says: { zh: '专家入库', en: 'Expert admitted to the pool' },
  },
  'draw.requested': {
    data: z.object({
      request: z.unknown(),
      digest: z.string(),
      purpose: z.string(),
      excluded: z.record(z.string(), z.number()),
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
  'evaluation.started': {
    data: z.object({ members: z.number(), bids: z.array(id) }),
    shown: everyone,
    says: { zh: '评标开始', en: 'Evaluation started' },
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
  'evaluation.concluded': {
    data: z.object({ bundle: z.unknown(), sha256: z.string() }),
    shown: { panel: 'now', regulator: 'reported', host: 'reported', public: 'candidates' },
    says: { zh: '评标结束，结果已计算', en: 'Evaluation concluded' },
  },
  'report.signed': {
    data: z.object({ member: id, sha256: z.string(), signature: z.string() }),
    // the signature carries the member's certificate, and with it the name
    shown: { panel: 'now', regulator: 'reported', public: 'resulted' },
    says: { zh: '签署评标报告', en: 'Report signed' },
  },
  'evaluation.reported': {
    data: z.object({ sha256: z.string(), outcome: z.string() }),
    shown: { public: 'now' },
    says: { zh: '评标报告提交', en: 'Evaluation reported' },
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
      candidates: z.array(
        z.object({ rank: z.number(), submission: id, bidder: z.string(), name: z.string(), price: yuan, total: z.string(), figures }),
      ),
      from: instant,
      until: instant,
    }),
    shown: everyone,
    says: { zh: '中标候选人公示', en: 'Candidates published' },
  },
  'award.determined': {
    data: z.object({ submission: id, bidder: z.string(), name: z.string(), price: yuan, rank: z.number(), reason: z.string() }),
    shown: everyone,
    says: { zh: '确定中标人', en: 'Award determined' },
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
  'report.filed': {
    data: z.object({ sha256: z.string() }),
    shown: { host: 'now', regulator: 'now' },
    says: { zh: '提交书面报告', en: 'Report filed with the supervisor' },
  },

  // papers and looks
  'paper.issued': {
    data: z.object({ kind: z.string(), dataHash: z.string(), sha256: z.string(), bytes: z.number(), events: z.array(id) }),
    shown: everyone,
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
