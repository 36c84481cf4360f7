import { problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { agreementPhases } from './agreement-phases.ts';
import { phasesOfEntry } from './entry-phases.ts';
import { type PhaseDeclaration, stoppedPhases } from './stopped-phases.ts';

export type { OcdsStatus } from './stopped-phases.ts';

/**
 * The one phase table: where a lot can be, what may be done there, and which journal event leads where. Nothing else compares phases.
 *
 * Who bids is secret until the opening: so nothing that needs or shows bidders (attendance, draws with recusal) is allowed before `opening`.
 */
export const phases = {
  draft: {
    state: 'S00',
    title: { zh: '编制中', en: 'Draft' },
    says: { zh: '招标人或代理机构编制标段信息与招标文件。', en: 'The tenderee or its agent prepares the lot and its documents.' },
    ocds: 'planning',
    allows: ['draft-lot', 'publish-document', 'publish-notice', 'publish-prequalification'],
    leadsTo: { 'notice.published': 'bidding', 'prequalification.published': 'applying' },
  },
  ...phasesOfEntry,
  bidding: {
    state: 'S20/S30',
    title: { zh: '投标中', en: 'Bidding' },
    says: {
      zh: '公告已发布，可获取招标文件、提问、递交和撤回投标文件。',
      en: 'The notice is out: documents, questions, bids and withdrawals until the deadline.',
    },
    ocds: 'active',
    allows: [
      'terminate-tender',
      'suspend-lot',
      'publish-document',
      'collect-documents',
      'ask-question',
      'answer-question',
      'publish-addendum',
      'ask-account',
      'lodge-guarantee',
      'submit-bid',
      'withdraw-bid',
      'complete-bid',
      'raise-objection',
      'answer-objection',
      'schedule-opening',
      'suspend-opening',
      'resume-opening',
      'move-deadline',
      'reach-deadline',
    ],
    leadsTo: { 'lot.suspended': 'suspended', 'deadline.reached': 'closed', 'tender.failed': 'failed', 'tender.terminated': 'terminated' },
  },
  closed: {
    state: 'S35',
    title: { zh: '已截标', en: 'Closed' },
    says: { zh: '投标已截止，投标文件仍然密封。', en: 'The deadline has passed; the bids are still sealed.' },
    ocds: 'active',
    allows: ['terminate-tender', 'complete-bid', 'lapse-bid', 'close-bidding', 'answer-objection', 'suspend-opening', 'resume-opening'],
    leadsTo: { 'opening.started': 'opening', 'tender.failed': 'failed', 'tender.terminated': 'terminated' },
  },
  opening: {
    state: 'S40',
    title: { zh: '开标中', en: 'Opening' },
    says: {
      zh: '签到、解密、唱标、现场异议与答复、确认开标记录。',
      en: 'Attendance, decryption, reading, objections on the spot, the record.',
    },
    ocds: 'active',
    allows: [
      'terminate-tender',
      'attend-opening',
      'state-securities',
      'remove-layer',
      'dispute-layer',
      'close-layers',
      'await-copy',
      'apply-remedy',
      'end-remedy',
      'open-bid',
      'draw-reading-order',
      'read-bid',
      'draw-in-session',
      'request-draw',
      'answer-call',
      'raise-objection',
      'answer-objection',
      'suspend-opening',
      'resume-opening',
      'confirm-record',
      'object-to-record',
      'close-opening-record',
      'rule-attribution',
    ],
    leadsTo: { 'record.closed': 'opened', 'tender.failed': 'failed', 'tender.terminated': 'terminated' },
  },
  opened: {
    state: 'S40',
    title: { zh: '已开标', en: 'Opened' },
    says: { zh: '开标记录已确认，抽取专家、组建评标委员会。', en: 'The record is closed; experts are drawn and the panel is formed.' },
    ocds: 'active',
    allows: [
      'terminate-tender',
      'suspend-lot',
      'request-draw',
      'answer-call',
      'check-qualification',
      'form-panel',
      'declare-recusal',
      'start-evaluation',
      'start-negotiation',
      'answer-objection',
      'rule-attribution',
    ],
    leadsTo: {
      'lot.suspended': 'suspended',
      'evaluation.started': 'evaluating',
      'negotiation.started': 'negotiating',
      'tender.failed': 'failed',
      'tender.terminated': 'terminated',
    },
  },
  negotiating: {
    aside: true,
    state: 'S45',
    title: { zh: '谈判中', en: 'Negotiating' },
    says: {
      zh: '小组与每家供应商分别谈判，记录由全体成员确认；变动同时告知所有参加的供应商；然后要求最后报价。',
      en: 'The group talks to each supplier and every member confirms the minutes; changes are told to all at once; then last offers are asked for.',
    },
    ocds: 'active',
    // a member who withdraws is replaced by the same draw
    allows: [
      'terminate-tender',
      'keep-minutes',
      'agree-minutes',
      'change-requirement',
      'leave-negotiation',
      'call-last-offers',
      'end-negotiation',
      'declare-recusal',
      'request-draw',
      'answer-call',
      'form-panel',
      'answer-objection',
      'rule-attribution',
    ],
    leadsTo: { 'offers.called': 'offering', 'tender.failed': 'failed', 'tender.terminated': 'terminated' },
  },
  offering: {
    aside: true,
    state: 'S45',
    title: { zh: '已要求最后报价', en: 'Last offers asked for' },
    says: {
      zh: '谈判已结束，继续参加的供应商另行密封递交最后报价，共同开启后由同一小组评审。',
      en: 'The negotiation is over; last offers are sealed and opened in a lot of their own and judged by the same group.',
    },
    ocds: 'active',
    allows: ['answer-objection', 'rule-attribution'],
    leadsTo: {},
  },
  evaluating: {
    state: 'S45',
    title: { zh: '评标中', en: 'Evaluating' },
    says: {
      zh: '评标委员会评审、打分，系统计算排序，成员签署报告。',
      en: 'The panel reviews and scores, the ranking is computed, members sign the report.',
    },
    ocds: 'active',
    // A member who withdraws is replaced by the same draw, so the draw's acts stay open.
    allows: [
      'terminate-tender',
      'suspend-lot',
      'review-bid',
      'ask-time',
      'note-overtime',
      'vote-halt',
      'void-opinion',
      'score-bid',
      'keep-draft',
      'seal-sheet',
      'open-sheets',
      'change-sheet',
      'replace-member',
      'conclude-evaluation',
      'sign-report',
      'refuse-report',
      'enquire-bid',
      'answer-enquiry',
      'lapse-enquiry',
      'deem-report',
      'reveal-pseudonyms',
      'conclude-part',
      'sign-part',
      'refuse-part',
      'deem-part',
      'lapse-part',
      'declare-recusal',
      'request-draw',
      'answer-call',
      'form-panel',
      'answer-objection',
      'rule-attribution',
    ],
    leadsTo: {
      'lot.suspended': 'suspended',
      'evaluation.reported': 'evaluated',
      'part.reported': 'waiting',
      'evaluation.halted': 'halted',
      'tender.failed': 'failed',
      'tender.terminated': 'terminated',
    },
  },
  halted: {
    state: 'S45',
    title: { zh: '评标停止', en: 'Evaluation stopped' },
    says: {
      zh: '评标委员会认为招标文件有歧义、重大缺陷或者违反强制性规定，停止评标，等待招标人书面答复。',
      en: 'The panel finds the documents ambiguous, defective or unlawful and has stopped; the host answers in writing.',
    },
    ocds: 'active',
    aside: true,
    allows: ['terminate-tender', 'suspend-lot', 'answer-halt', 'answer-objection', 'rule-attribution'],
    leadsTo: {
      'lot.suspended': 'suspended',
      'evaluation.resumed': 'evaluating',
      'tender.failed': 'failed',
      'tender.terminated': 'terminated',
    },
  },
  waiting: {
    state: 'S45',
    title: { zh: '待开下一信封', en: 'Next envelope waits' },
    says: {
      zh: '本信封评审结果已签署，等待下一信封开标；未通过的投标人，其余信封不再开启。',
      en: 'The result of this envelope is signed; the next one waits for its session, and is never opened of those who failed.',
    },
    ocds: 'active',
    aside: true,
    allows: ['terminate-tender', 'schedule-session', 'start-session', 'suspend-opening', 'resume-opening', 'answer-objection'],
    leadsTo: { 'opening.started': 'opening', 'tender.failed': 'failed', 'tender.terminated': 'terminated' },
  },
  evaluated: {
    state: 'S50',
    title: { zh: '评标结束', en: 'Evaluated' },
    says: {
      zh: '评标报告已签署，待公示中标候选人，或者由招标人确定中标人。',
      en: 'The report is signed; the candidates are to be published, or the host determines the winner.',
    },
    ocds: 'active',
    allows: [
      'terminate-tender',
      'suspend-lot',
      'publish-candidates',
      'determine-award',
      'deem-award',
      'determine-entrants',
      'order-reassessment',
      'answer-objection',
      'rule-attribution',
    ],
    leadsTo: {
      'lot.suspended': 'suspended',
      'candidates.published': 'publicity',
      'entrants.determined': 'standing',
      'award.determined': 'awarded',
      'evaluation.reopened': 'evaluating',
      'tender.failed': 'failed',
      'tender.terminated': 'terminated',
    },
  },
  publicity: {
    state: 'S55',
    title: { zh: '候选人公示', en: 'Candidates published' },
    says: {
      zh: '中标候选人公示，可提出异议；期满确定中标人。',
      en: 'Candidates are public and may be objected to; then the winner is determined.',
    },
    ocds: 'active',
    allows: ['suspend-lot', 'raise-objection', 'answer-objection', 'order-reassessment', 'determine-award', 'rule-attribution'],
    leadsTo: {
      'lot.suspended': 'suspended',
      'award.determined': 'awarded',
      'evaluation.reopened': 'evaluating',
      'tender.failed': 'failed',
    },
  },
  awarded: {
    state: 'S60',
    title: { zh: '已定标', en: 'Awarded' },
    says: {
      zh: '中标人已确定，发出中标通知书，订立合同。',
      en: 'The winner is determined; the award is notified and the contract signed.',
    },
    ocds: 'complete',
    allows: [
      'suspend-lot',
      'notify-award',
      'register-contract',
      'draft-contract',
      'sign-deed',
      'file-report',
      'raise-objection',
      'answer-objection',
      'rule-attribution',
    ],
    leadsTo: { 'lot.suspended': 'suspended', 'contract.registered': 'contracted', 'award.voided': 'publicity', 'tender.failed': 'failed' },
  },
  contracted: {
    state: 'S65',
    title: { zh: '已签合同', en: 'Contracted' },
    says: {
      zh: '合同已登记，提交书面报告，进入履约。',
      en: 'The contract is registered; the written report is filed; performance begins.',
    },
    ocds: 'complete',
    allows: [
      'close-archive',
      'file-contract',
      'file-report',
      'draft-change',
      'sign-deed',
      'record-acceptance',
      'record-payment',
      'raise-objection',
      'answer-objection',
      'rule-attribution',
    ],
    leadsTo: {},
  },
  ...agreementPhases,
  ...stoppedPhases,
} as const satisfies Record<string, PhaseDeclaration>;

export type Phase = keyof typeof phases;
type KeysOf<T> = T extends unknown ? keyof T : never;
/** The journal events that move a lot. */
export type PhaseEvent = KeysOf<(typeof phases)[Phase]['leadsTo']>;
/** The acts that need a lot in a certain phase. */
export type PhasedAct = (typeof phases)[Phase]['allows'][number];

export const allPhases = Object.keys(phases) as readonly Phase[];
export const firstPhase: Phase = 'draft';

/** What became of the lot when nothing goes wrong, in order: for progress bars. */
export const phasesInOrder: readonly Phase[] = allPhases.filter((phase) => !('aside' in phases[phase]));

export const notInThisPhase = problem(
  'not-in-this-phase',
  'conflict',
  '标段当前所处阶段不能进行此操作。',
  'This cannot be done in the phase the lot is in.',
);

/** Reads a stored phase. An unknown one is a broken database, not a refusal. */
export function phaseOf(text: string): Phase {
  if (!Object.hasOwn(phases, text)) throw new Error(`unknown phase '${text}'`);
  return text as Phase;
}

const source: Words = { zh: '阶段表（docs/rulebook.md）', en: 'Phase table (docs/rulebook.md)' };
const refusal = (phase: Phase) =>
  notInThisPhase({
    rule: 'PHASE',
    source,
    says: {
      zh: `标段处于“${phases[phase].title.zh}”阶段，不能进行此操作。`,
      en: `The lot is in the phase “${phases[phase].title.en}”; this cannot be done now.`,
    },
  });

/** May this act be done in this phase? */
export function allows(act: PhasedAct, phase: string): boolean {
  return (phases[phaseOf(phase)].allows as readonly string[]).includes(act);
}

/** Throws the problem `not-in-this-phase` unless the act may be done in this phase. */
export function allow(act: PhasedAct, phase: string): void {
  if (!allows(act, phase)) throw refusal(phaseOf(phase));
}

/** The phase a journal event leads to; throws `not-in-this-phase` when it cannot happen here. */
export function next(phase: string, event: PhaseEvent): Phase {
  const from = phaseOf(phase);
  const leadsTo: Readonly<Record<string, Phase>> = phases[from].leadsTo;
  const to = Object.hasOwn(leadsTo, event) ? leadsTo[event] : undefined;
  if (to === undefined) throw refusal(from);
  return to;
}

/** Does an event lead on along the way of a line: to a phase that the line has, and past none that it has? */
export function leadsOn(way: readonly Phase[], phase: string, event: PhaseEvent): boolean {
  const from = phaseOf(phase);
  const to = (phases[from].leadsTo as Readonly<Record<string, Phase>>)[event];
  if (to === undefined) return false;
  if ('aside' in phases[to]) return true;
  return way.includes(to) && (!way.includes(from) || way.indexOf(to) <= way.indexOf(from) + 1);
}

/** The phase an event leads to on the way of a line; throws `not-in-this-phase` when it cannot happen there. */
export function nextOn(way: readonly Phase[], phase: string, event: PhaseEvent): Phase {
  if (!leadsOn(way, phase, event)) throw refusal(phaseOf(phase));
  return next(phase, event);
}

/** Every transition of the table, for docs and tests. */
export function transitions(): readonly { readonly from: Phase; readonly event: PhaseEvent; readonly to: Phase }[] {
  return allPhases.flatMap((from) =>
    Object.entries(phases[from].leadsTo as Readonly<Record<string, Phase>>).map(([event, to]) => ({
      from,
      event: event as PhaseEvent,
      to,
    })),
  );
}
