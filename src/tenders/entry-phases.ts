import type { PhaseDeclaration } from './stopped-phases.ts';

/** How suppliers come to be invited, before there is a notice of the tender: part of the one phase table (phases.ts). */
export const phasesOfEntry = {
  applying: {
    state: 'S20',
    title: { zh: '资格预审申请中', en: 'Applications' },
    says: {
      zh: '资格预审公告已发布，供应商提交资格预审申请；截止前谁申请、有几家，无人可知。',
      en: 'The notice of prequalification is out and applications are taken; who applies, and how many, nobody learns before they close.',
    },
    ocds: 'active',
    aside: true,
    allows: [
      'draft-lot',
      'publish-document',
      'apply-prequalification',
      'withdraw-prequalification',
      'close-applications',
      'terminate-tender',
    ],
    leadsTo: { 'applications.closed': 'qualifying', 'tender.failed': 'failed', 'tender.terminated': 'terminated' },
  },
  qualifying: {
    state: 'S20',
    title: { zh: '资格预审', en: 'Prequalification' },
    says: {
      zh: '申请已截止，招标人审查资格，从合格的供应商中随机抽取受邀的。',
      en: 'Applications have closed; the host judges them, and those invited are drawn from the qualified.',
    },
    ocds: 'active',
    aside: true,
    allows: ['draft-lot', 'publish-document', 'judge-applications', 'draw-invitations', 'settle-invitations', 'terminate-tender'],
    leadsTo: { 'invitations.settled': 'inviting', 'tender.failed': 'failed', 'tender.terminated': 'terminated' },
  },
  inviting: {
    state: 'S20',
    title: { zh: '待发邀请', en: 'To be invited' },
    says: {
      zh: '受邀的供应商已抽定，招标人完成招标文件后，同时发出投标邀请书。',
      en: 'Those invited are drawn; when the documents are complete the host invites them all at once.',
    },
    ocds: 'active',
    aside: true,
    allows: ['draft-lot', 'publish-document', 'publish-notice', 'terminate-tender'],
    leadsTo: { 'notice.published': 'bidding', 'tender.failed': 'failed', 'tender.terminated': 'terminated' },
  },
} as const satisfies Record<string, PhaseDeclaration>;
