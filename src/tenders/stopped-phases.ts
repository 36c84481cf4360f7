import type { Words } from '../kernel/words.ts';

/** The status of a tender in the Open Contracting Data Standard. */
export type OcdsStatus = 'planning' | 'planned' | 'active' | 'complete' | 'unsuccessful' | 'cancelled';

/** How a phase is declared. */
export interface PhaseDeclaration {
  /** state of the rulebook (domain §2.0) */
  readonly state: string;
  readonly title: Words;
  readonly says: Words;
  readonly ocds: OcdsStatus;
  /** off the straight way: not every lot passes here, even when nothing goes wrong */
  readonly aside?: true;
  /** names of the acts that may be done while a lot is in this phase */
  readonly allows: readonly string[];
  /** journal event → the phase it leads to */
  readonly leadsTo: Readonly<Record<string, string>>;
}

/** Where a lot stands still, or has come to nothing: part of the one phase table (phases.ts). */
export const stoppedPhases = {
  suspended: {
    aside: true,
    state: 'X10',
    title: { zh: '暂停', en: 'Suspended' },
    says: {
      zh: '监管部门责令暂停招标投标活动：除答复和恢复外什么也不能做，各项期限停止计算，恢复时重新计算。',
      en: 'Suspended by the supervisor: nothing but answers can be given, every period stands still and is reckoned again when the lot is resumed.',
    },
    ocds: 'active',
    // answers run on, because the pause is there to get them; back to the phase before leads the resumption, which remembers it
    allows: ['resume-lot', 'answer-question', 'answer-objection', 'answer-enquiry', 'answer-halt', 'terminate-tender'],
    leadsTo: { 'tender.failed': 'failed', 'tender.terminated': 'terminated' },
  },
  failed: {
    aside: true,
    state: 'X20',
    title: { zh: '流标', en: 'Failed' },
    says: { zh: '本次招标未成功，可重新招标。', en: 'This tender did not succeed; it may be tendered again.' },
    ocds: 'unsuccessful',
    allows: ['file-report', 'rule-attribution', 'retender-lot', 'end-tendering', 'close-archive'],
    leadsTo: {},
  },
  terminated: {
    aside: true,
    state: 'X30',
    title: { zh: '终止', en: 'Terminated' },
    says: {
      zh: '招标人终止招标，退还费用与投标保证金及利息。',
      en: 'The tenderee has ended the tender; fees and securities go back with interest.',
    },
    ocds: 'cancelled',
    allows: ['retender-lot', 'close-archive'],
    leadsTo: {},
  },
} as const satisfies Record<string, PhaseDeclaration>;
