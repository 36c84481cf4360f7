import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
/** The person itself, and those who watch over the pool. Nothing here names a person or a tender. */
const guardians: Shown = { self: 'now', regulator: 'now', administrator: 'now' };

/** How people come into the pool of experts, stand in it and leave it; and who looked at what names them. */
export const expertEvents = {
  'expert.admitted': {
    /** the name masked, 张*: who is in the pool may be known to guardians, who is drawn to nobody */
    data: z.object({
      expert: id,
      name: z.string(),
      specialties: z.array(z.string()),
      lines: z.array(z.string()),
      region: z.string(),
      /** of an admission by application */
      term: z.object({ application: id, line: z.string(), from: z.string(), until: z.string() }).optional(),
    }),
    shown: guardians,
    says: { zh: '专家入库', en: 'Expert admitted to the pool' },
  },
  'expert.registered': {
    data: z.object({ expert: id, region: z.string() }),
    shown: guardians,
    says: { zh: '申请人建档', en: 'An applicant opened a record' },
  },
  'expert.applied': {
    /** `corrected`: an application that was returned, put right */
    data: z.object({ application: id, line: z.string(), kind: z.enum(['first', 'renewal']), corrected: z.boolean() }),
    shown: guardians,
    says: { zh: '申请入库', en: 'Applied for the pool' },
  },
  'expert.withdrew': {
    data: z.object({ application: id, line: z.string() }),
    shown: guardians,
    says: { zh: '撤回入库申请', en: 'Application withdrawn' },
  },
  'expert.recommended': {
    data: z.object({ application: id, line: z.string(), by: z.string() }),
    shown: guardians,
    says: { zh: '单位推荐', en: 'Recommended by the employer' },
  },
  'expert.reviewed': {
    data: z.object({ application: id, line: z.string(), outcome: z.enum(['accept', 'return', 'refuse']), reason: z.string().nullable() }),
    shown: guardians,
    says: { zh: '入库申请审核', en: 'Application reviewed' },
  },
  'expert.tested': {
    data: z.object({ application: id, line: z.string(), score: z.number(), passed: z.boolean() }),
    shown: guardians,
    says: { zh: '入库测试', en: 'Tested for the pool' },
  },
  'proof.attached': {
    data: z.object({ application: id, kind: z.string(), sha256: z.string() }),
    shown: guardians,
    says: { zh: '提交证明材料', en: 'Proof attached' },
  },
  'proof.opened': {
    data: z.object({ application: id, proof: id, office: z.string() }),
    shown: guardians,
    says: { zh: '查阅证明材料', en: 'Proof opened' },
  },
  'expert.standing.changed': {
    data: z.object({ expert: id, status: z.string(), until: z.string().nullable(), ground: z.string() }),
    shown: guardians,
    says: { zh: '专家状态变更', en: 'Standing of an expert changed' },
  },
  'expert.record.changed': {
    /** which parts of the record, never what they say */
    data: z.object({ expert: id, what: z.array(z.string()) }),
    shown: guardians,
    says: { zh: '专家档案变更', en: 'Record of an expert changed' },
  },
  'expert.identity.changed': {
    data: z.object({ expert: id, fields: z.array(z.string()) }),
    shown: guardians,
    says: { zh: '专家身份信息变更', en: 'Identity data of an expert changed' },
  },
  'expert.identity.viewed': {
    data: z.object({ expert: id, fields: z.array(z.string()), purpose: z.string(), office: z.string() }),
    shown: guardians,
    says: { zh: '查看专家身份信息', en: 'Identity data of an expert viewed' },
  },
  'expert.sought': {
    /** by its resident number, which is not told */
    data: z.object({ found: z.boolean(), purpose: z.string(), office: z.string() }),
    shown: guardians,
    says: { zh: '按身份证号查找专家', en: 'An expert was looked for by resident number' },
  },
  'identity.resealed': {
    data: z.object({ key: z.number(), records: z.number() }),
    shown: { regulator: 'now', administrator: 'now' },
    says: { zh: '专家身份信息更换密钥', en: 'Identity data sealed under another key' },
  },
} as const satisfies Record<string, EventSpec>;
