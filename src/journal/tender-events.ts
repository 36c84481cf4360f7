import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';
import { outageRuleShape } from './outage.ts';
import { pseudonymShape } from './pseudonym.ts';

const id = z.string();
const yuan = z.string();
const instant = z.string();
const figures = z.record(z.string(), z.string());
const envelopeHead = z.object({ part: z.string(), sha256: z.string(), bytes: z.number(), ephemeral: z.string(), proof: z.string() });
const heldDocument = z.object({ document: id, name: z.string(), version: z.number(), sha256: z.string(), bytes: z.number() });
const everyone: Shown = { public: 'now' };
const ownThenOpened: Shown = { self: 'now', public: 'opened' };
const booked = z.object({ booking: id, venue: id, name: z.string(), address: z.string(), from: instant, until: instant });
/** Who waits outside an evaluation's door should not know which door it is. */
const whereItIsJudged: Shown = { host: 'now', regulator: 'now', panel: 'now', public: 'resulted' };

/** with which certificate a further member of a joint bid signed */
const signingMember = z.object({ code: z.string(), name: z.string(), signer: z.string() });

/** `statement` is what a bidder signed in the session (openings/hall-statement.ts), `signature` the detached CMS over it, base64 */
const signedInHall = z.object({ bidder: z.string(), name: z.string(), statement: z.unknown(), signature: z.string() });
/** `awaited`: a commitment whose bytes are still to come */
const takenBid = z.object({
  statement: z.unknown(),
  signature: z.string(),
  envelopes: z.array(envelopeHead),
  awaited: z.literal(true).optional(),
});

/** Events of a tender up to the record of its opening. */
export const tenderEvents = {
  // project, lot, notice
  'project.registered': {
    data: z.object({
      number: z.string(),
      /** unified trading code; not yet given in older entries */
      tradeCode: z.string().nullish(),
      name: z.string(),
      line: z.string(),
      /** by which of the line's procedures; before this word the line's usual one */
      procedure: z.string().optional(),
      category: z.string().optional(),
      methodApproval: z.string().optional(),
      intentionOn: z.string().optional(),
      intentionWaived: z.string().optional(),
      approvalNumber: z.string(),
      approvedBy: z.string(),
      funds: z.string(),
      estimate: yuan,
      region: z.string(),
      tenderee: z.string(),
      agent: z.string().nullable(),
    }),
    shown: { host: 'now', regulator: 'now', public: 'published' },
    outdoors: true,
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
    outdoors: true,
    says: { zh: '发布招标文件', en: 'Tender document published' },
  },
  'notice.published': {
    data: z.object({
      number: z.string(),
      /** unified trading code of the lot; not yet given in older entries */
      tradeCode: z.string().optional(),
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
      /** policy `bidder+council`: how long bidders have to remove their own layer, from the start of the opening */
      layerMinutes: z.number().optional(),
      /** for how many of those minutes the platform must have been down, by the probes, for a layer left on not to be its bidder's doing */
      layerOutage: z.object({ downMinutes: z.number() }).optional(),
      /** what a bidder may do where its bid cannot be decrypted (tenders/remedy.ts) */
      remedy: z.object({ plan: z.string(), minutes: z.number(), basis: z.string() }).optional(),
      parts: z.array(z.string()),
      /** in which order bids are read out: `received` or `drawn`; a notice that does not say so means `received` */
      readingOrder: z.enum(['received', 'drawn']).optional(),
      /** score sheets stay sealed until all are in: how long each member has; absent: they are kept in the open on the server */
      sheets: z.object({ hours: z.number() }).optional(),
      /** which envelope is reviewed blind, with which files (tenders/blind.ts) */
      blind: z.looseObject({ part: z.string() }).optional(),
      /** a signed evaluation is done again only by an order signed with a certificate; a notice that does not say so is from an earlier time */
      reassessments: z.literal('signed').optional(),
      council: id,
      minimumBids: z.number(),
      publicityDays: z.number(),
      /** the grace of committed bids (sealing/grace.ts) */
      grace: z.object({ minutes: z.number(), bytesPerMinute: z.number(), mostMinutes: z.number() }).optional(),
      /** when a witnessed outage of the intake moves the deadline (journal/outage.ts) */
      outage: outageRuleShape.optional(),
      method: z.unknown(),
      parameters: z.array(z.object({ name: z.string(), choices: z.array(z.string()) })),
      documents: z.array(heldDocument),
      /** everything the notice says (tenders/lot.ts `LotTerms`): papers and verifiers need nothing else */
      terms: z.unknown(),
    }),
    shown: everyone,
    outdoors: true,
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
    outdoors: true,
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
    outdoors: true,
    says: { zh: '发布补遗', en: 'Addendum published' },
  },
  'deadline.moved': {
    data: z.object({
      deadline: instant,
      previousDeadline: instant,
      /** which move of this lot it is, from 1 */
      number: z.number(),
      /** what the statements say, probe by probe: anyone computes it again */
      probes: z.array(
        z.object({ probe: z.string(), institution: z.string(), down: z.number(), open: z.number(), contradicted: z.number() }),
      ),
    }),
    shown: everyone,
    outdoors: true,
    says: { zh: '因收件中断顺延投标截止时间', en: 'Deadline moved by an outage' },
  },

  // bids (protocol §5)
  'bid.received': {
    data: takenBid,
    shown: ownThenOpened,
    says: { zh: '收到投标', en: 'Bid received' },
  },
  'bid.replaced': {
    data: takenBid,
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
  'bid.returned': {
    data: z.object({ submission: z.string(), parts: z.array(z.object({ part: z.string(), sha256: z.string() })) }),
    // the bidder's own: of a tender that was never opened nobody else learns who bid
    shown: { self: 'now' },
    says: { zh: '投标文件未开启退回', en: 'Bid returned unopened' },
  },
  'bid.withdrawn': {
    data: z.object({ submission: id, signature: z.string(), statement: z.unknown() }),
    shown: ownThenOpened,
    says: { zh: '撤回投标', en: 'Bid withdrawn' },
  },
  'submission.stamped': {
    /** written after the opening only: next to each bid a second entry, however blinded, would let the journal's length count bids */
    data: z.object({ submission: id, authority: z.enum(['platform', 'external']), token: z.string() }),
    shown: ownThenOpened,
    says: { zh: '投标声明加盖时间戳', en: 'Statement time-stamped' },
  },

  // closing and opening (protocol §5, §6)
  'opening.scheduled': {
    data: z.object({ session: id, lots: z.array(id), opensAt: instant }),
    shown: everyone,
    outdoors: true,
    says: { zh: '安排合并开标场次', en: 'Opening session arranged for several lots' },
  },
  'deadline.reached': {
    data: z.object({ deadline: instant }),
    shown: everyone,
    outdoors: true,
    says: { zh: '投标截止', en: 'Deadline reached' },
  },
  'bidding.closed': {
    data: z.object({ deadline: instant, treeSize: z.number(), root: z.string() }),
    shown: everyone,
    outdoors: true,
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
  'opening.attended': { data: signedInHall, shown: everyone, says: { zh: '签到', en: 'Attendance' } },
  'share.given': {
    data: z.object({ task: id, trustee: z.number(), name: z.string(), evaluated: z.array(z.string()), proof: z.string() }),
    shown: everyone,
    says: { zh: '托管人给出份额', en: 'A trustee gave its share' },
  },
  'share.kept': {
    /** `sha256`: of the canonical share; the share itself comes with the draw that it is for, once that may be known */
    data: z.object({ task: id, trustee: z.number(), name: z.string(), sha256: z.string() }),
    shown: everyone,
    says: { zh: '托管人给出份额（暂不公开）', en: 'A trustee gave a share that stays covered for now' },
  },
  'pseudonyms.committed': {
    /** `root` over the salted list (openings/pseudonym.ts); `digest` names the request of its draw */
    data: z.object({ part: z.string(), digest: z.string(), count: z.number(), root: z.string() }),
    shown: everyone,
    says: { zh: '暗标编号已抽定并锁定', en: 'Pseudonyms drawn and committed to' },
  },
  'pseudonyms.revealed': {
    data: z.object({ part: z.string(), root: z.string(), list: z.array(pseudonymShape) }),
    shown: everyone,
    says: { zh: '暗标揭晓', en: 'Pseudonyms laid open' },
  },
  'opening.combined': {
    data: z.object({ task: id, trustees: z.array(z.number()), items: z.number() }),
    shown: everyone,
    says: { zh: '共同解密完成', en: 'Shares combined' },
  },
  'bid.opened': {
    data: z.object({
      submission: id,
      bidder: z.string(),
      /** which envelope, where a bid has several */
      part: z.string().optional(),
      packageSha256: z.string(),
      signer: z.string(),
      /** of a joint bid: who signed beside the bidder */
      members: z.array(signingMember).optional(),
      /** what befell a signer's certificate between the deadline and now: the bid is valid all the same */
      note: z.object({ fall: z.enum(['certificate-revoked', 'certificate-suspended']), at: instant }).optional(),
    }),
    shown: everyone,
    says: { zh: '投标文件解密，签名有效', en: 'Bid opened, signature valid' },
  },
  'bid.invalid': {
    data: z.object({
      submission: id,
      bidder: z.string(),
      part: z.string().optional(),
      reason: z.string(),
      attributedTo: z.string(),
      /** serial of the package's signer, where its certificate is the reason */
      signer: z.string().optional(),
      members: z.array(signingMember).optional(),
    }),
    shown: everyone,
    says: { zh: '投标文件无效', en: 'Bid invalid' },
  },
  'bids.clashed': {
    data: z.object({ organisation: z.string(), submissions: z.array(id) }),
    shown: everyone,
    says: { zh: '同一单位参加多份投标', en: 'One organisation stands behind several bids' },
  },
  'venue.registered': {
    data: z.object({
      venue: id,
      name: z.string(),
      kind: z.string(),
      virtual: z.boolean(),
      address: z.string(),
      seats: z.number(),
      devices: z.array(z.string()),
    }),
    shown: everyone,
    says: { zh: '登记场地', en: 'Hall or room registered' },
  },
  'venue.closed': {
    data: z.object({ venue: id, name: z.string() }),
    shown: everyone,
    says: { zh: '停用场地', en: 'Hall or room taken out of use' },
  },
  'hall.booked': {
    data: booked,
    shown: everyone,
    outdoors: true,
    says: { zh: '预订开标厅', en: 'Opening hall booked' },
  },
  'room.booked': {
    data: booked,
    shown: whereItIsJudged,
    says: { zh: '预订评标室', en: 'Evaluation room booked' },
  },
  'hall.released': {
    data: z.object({ booking: id, venue: id, reason: z.string() }),
    shown: everyone,
    outdoors: true,
    says: { zh: '释放开标厅', en: 'Opening hall given back' },
  },
  'room.released': {
    data: z.object({ booking: id, venue: id, reason: z.string() }),
    shown: whereItIsJudged,
    says: { zh: '释放评标室', en: 'Evaluation room given back' },
  },
  'bid.read': {
    /** `price` is empty where the envelope holds none */
    data: z.object({
      submission: id,
      bidder: z.string(),
      name: z.string(),
      part: z.string().optional(),
      order: z.number(),
      figures,
      price: yuan,
    }),
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
  'record.confirmed': { data: signedInHall, shown: everyone, says: { zh: '投标人确认开标记录', en: 'Record confirmed by a bidder' } },
  'record.objected': {
    data: signedInHall.extend({ objection: id }),
    shown: everyone,
    says: { zh: '投标人对开标记录提出异议', en: 'Record objected to by a bidder' },
  },
  'record.closed': {
    data: z.object({ sha256: z.string(), part: z.string().optional(), by: z.string() }),
    shown: everyone,
    says: { zh: '开标记录确认', en: 'Opening record closed' },
  },
  // the platform's own failure: of no lot, and for everybody
  'openings.suspended': {
    data: z.object({ suspension: id, authorityName: z.string(), reason: z.string(), reopensAt: instant }),
    shown: everyone,
    says: { zh: '平台故障，全部开标暂停', en: 'All openings suspended: the platform has failed' },
  },
  'openings.resumed': {
    data: z.object({ suspension: id, reason: z.string() }),
    shown: everyone,
    says: { zh: '提前恢复全部开标', en: 'All openings go on before the announced time' },
  },
  // orders of the supervisor
  'order.suspended': {
    /** `statement` is what was signed (openings/order.ts); `signature` the detached CMS over its canonical bytes, base64 */
    data: z.object({ order: id, reason: z.string(), ground: z.string(), statement: z.unknown(), signature: z.string() }),
    shown: everyone,
    outdoors: true,
    says: { zh: '监管部门签发暂停令', en: 'Order of suspension' },
  },
  'order.lifted': {
    data: z.object({ order: id, reason: z.string(), statement: z.unknown(), signature: z.string() }),
    shown: everyone,
    outdoors: true,
    says: { zh: '暂停令解除', en: 'Order of suspension lifted' },
  },
  'tender.failed': {
    data: z.object({ reason: z.string(), counted: z.number().nullable() }),
    shown: everyone,
    outdoors: true,
    says: { zh: '流标', en: 'Tender failed' },
  },
  'lot.retendered': {
    data: z.object({ previous: id, previousNumber: z.string(), reason: z.string(), round: z.number() }),
    shown: { host: 'now', regulator: 'now', public: 'published' },
    says: { zh: '重新招标', en: 'Tendered again' },
  },
  'tendering.ended': {
    data: z.object({
      way: z.string(),
      tenders: z.array(z.object({ lot: id, number: z.string(), reason: z.string() })),
      approvedBy: z.string().nullable(),
      approvalNumber: z.string().nullable(),
      follows: z.string(),
      chosen: z.string().nullable(),
      reason: z.string(),
    }),
    shown: everyone,
    says: { zh: '二次招标失败后不再招标', en: 'Tendering ended after a second failure' },
  },
} as const satisfies Record<string, EventSpec>;
