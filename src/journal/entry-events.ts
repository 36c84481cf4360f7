import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const instant = z.string();
const everyone: Shown = { public: 'now' };
/** Who is found qualified and drawn its host must know, for it invites them; anyone else learns it with who bid. */
const hostThenOpened: Shown = { host: 'now', public: 'opened' };

/** How suppliers come to be invited: the notice of prequalification, applications, the council's draw. */
export const entryEvents = {
  'prequalification.published': {
    data: z.object({
      number: z.string(),
      name: z.string(),
      line: z.string(),
      procedure: z.string(),
      region: z.string(),
      tenderee: z.string(),
      agent: z.string().nullable(),
      invited: z.number(),
      until: instant,
      ground: z.string(),
      reason: z.string(),
      scope: z.string(),
      conditions: z.array(z.string()),
      council: id,
    }),
    shown: everyone,
    says: { zh: '资格预审公告发布', en: 'Notice of prequalification published' },
  },
  'application.received': {
    /** `sha256`: of the file handed in */
    data: z.object({ application: id, name: z.string(), sha256: z.string(), replaces: z.boolean() }),
    shown: { self: 'now', host: 'applied', public: 'opened' },
    says: { zh: '收到资格预审申请', en: 'Application for prequalification received' },
  },
  'application.withdrawn': {
    data: z.object({ application: id }),
    shown: { self: 'now', host: 'applied', public: 'opened' },
    says: { zh: '撤回资格预审申请', en: 'Application for prequalification withdrawn' },
  },
  'applications.closed': {
    data: z.object({ until: instant }),
    shown: everyone,
    says: { zh: '资格预审申请截止', en: 'Applications for prequalification closed' },
  },
  'applications.judged': {
    data: z.object({
      applications: z.array(z.object({ application: id, party: z.string(), pass: z.boolean(), reason: z.string().nullable() })),
    }),
    shown: hostThenOpened,
    says: { zh: '资格预审结论', en: 'Applications judged' },
  },
  'invitations.requested': {
    /** an order of the qualified (protocol §7); the first `invited` of it are invited */
    data: z.object({ request: z.unknown(), digest: z.string(), invited: z.number(), witnesses: z.array(z.string()) }),
    shown: hostThenOpened,
    says: { zh: '申请抽取受邀供应商', en: 'Draw of those invited requested' },
  },
  'invitations.drawn': {
    data: z.object({ transcript: z.unknown() }),
    shown: hostThenOpened,
    says: { zh: '受邀供应商抽取完成', en: 'Draw of those invited completed' },
  },
  'application.answered': {
    data: z.object({ application: id, outcome: z.enum(['invited', 'not-drawn', 'not-qualified']), reason: z.string().nullable() }),
    shown: { self: 'now', host: 'now', public: 'opened' },
    says: { zh: '告知资格预审结果', en: 'Applicant told the outcome' },
  },
  'invitations.settled': {
    data: z.object({ invited: z.number() }),
    shown: everyone,
    says: { zh: '受邀供应商抽定', en: 'Those invited are drawn' },
  },
} as const satisfies Record<string, EventSpec>;
