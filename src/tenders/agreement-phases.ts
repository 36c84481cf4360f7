import type { PhaseDeclaration } from './stopped-phases.ts';

/** Where a lot stands that several suppliers have entered by an agreement: in force, and over. */
export const agreementPhases = {
  standing: {
    aside: true,
    state: 'S70',
    title: { zh: '协议有效', en: 'Agreement in force' },
    says: {
      zh: '入围供应商已确定，框架协议有效期内，在入围供应商中授予合同。',
      en: 'Those who entered are determined; while the agreement lasts contracts are awarded among them.',
    },
    ocds: 'active',
    allows: ['award-call-off', 'remove-entrant', 'end-agreement', 'raise-objection', 'answer-objection', 'rule-attribution'],
    leadsTo: { 'agreement.ended': 'lapsed' },
  },
  lapsed: {
    aside: true,
    state: 'S80',
    title: { zh: '协议期满', en: 'Agreement over' },
    says: {
      zh: '框架协议有效期已满，成交结果已汇总公告。',
      en: 'The agreement is over; all awards within it are summed up in public.',
    },
    ocds: 'complete',
    allows: ['rule-attribution'],
    leadsTo: {},
  },
} as const satisfies Record<string, PhaseDeclaration>;
