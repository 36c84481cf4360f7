import { z } from 'zod';
import { certificateEvents } from './certificate-events.ts';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const instant = z.string();
const digested = z.object({ name: z.string(), sha256: z.string(), bytes: z.number() });
const everyone: Shown = { public: 'now' };
const guardians: Shown = { self: 'now', regulator: 'now', administrator: 'now' };

/** Events of the node and of its people: who is registered, who signs in, which certificates and councils there are. */
export const houseEvents = {
  // the node
  'node.created': {
    data: z.object({ origin: z.string(), sandbox: z.boolean() }),
    shown: everyone,
    says: { zh: '节点建立', en: 'Node created' },
  },
  'client.published': {
    /** a build of a program that seals bids (sealing/client.ts) */
    data: z.object({
      name: z.string(),
      version: z.string(),
      sha256: z.string(),
      assets: z.array(digested),
      file: digested.nullable(),
    }),
    shown: everyone,
    says: { zh: '投标程序版本公布', en: 'Build of a sealing client published' },
  },
  'clock.set': {
    data: z.object({ realAt: instant, virtualAt: instant, rate: z.number() }),
    shown: everyone,
    says: { zh: '演示时钟调整', en: 'Sandbox clock set' },
  },
  'override.set': {
    /** a figure of the rulebook set for a line, a region or both (rulebook/override.ts) */
    data: z.object({
      override: id,
      key: z.string(),
      value: z.string(),
      line: z.string().nullable(),
      region: z.string().nullable(),
      inForceFrom: z.string(),
      reason: z.string(),
    }),
    shown: everyone,
    says: { zh: '另行规定设定', en: 'Figure set for a line or region' },
  },
  'override.withdrawn': {
    data: z.object({ override: id, reason: z.string() }),
    shown: everyone,
    says: { zh: '另行规定撤回', en: 'Figure set for a line or region withdrawn' },
  },
  'override.ended': {
    data: z.object({ override: id, inForceTo: z.string(), reason: z.string() }),
    shown: everyone,
    says: { zh: '另行规定停止', en: 'Figure set for a line or region ended' },
  },
  'council.formed': {
    // `ceremony`: digest of the transcript that every trustee signed; without it the council was made in one process
    data: z.object({ council: z.unknown(), witnesses: z.array(z.string()), ceremony: z.string().optional() }),
    shown: everyone,
    says: { zh: '开标委员会成立', en: 'Opening council formed' },
  },
  'ceremony.called': {
    data: z.object({ call: z.unknown() }),
    shown: everyone,
    says: { zh: '密钥仪式召集', en: 'Key ceremony called' },
  },
  'ceremony.said': {
    data: z.object({ statement: z.unknown(), signature: z.string() }),
    shown: everyone,
    says: { zh: '密钥仪式发言', en: 'A trustee spoke in a key ceremony' },
  },
  'ceremony.ended': {
    data: z.object({
      ceremony: id,
      outcome: z.enum(['formed', 'failed', 'abandoned']),
      culprit: z.number().nullable(),
      reason: z.string().nullable(),
    }),
    shown: everyone,
    says: { zh: '密钥仪式结束', en: 'Key ceremony ended' },
  },
  'witness.registered': {
    data: z.object({ name: z.string(), vkey: z.string() }),
    shown: everyone,
    says: { zh: '独立见证方登记', en: 'Independent witness registered' },
  },
  'witness.removed': {
    data: z.object({ name: z.string(), vkey: z.string(), reason: z.string() }),
    shown: everyone,
    says: { zh: '独立见证方撤销', en: 'Independent witness removed' },
  },
  'witness.refused': {
    data: z.object({ witness: z.string(), reason: z.string(), report: z.unknown() }),
    shown: everyone,
    says: { zh: '见证方拒绝联署', en: 'A witness refused to cosign' },
  },
  'probe.registered': {
    data: z.object({ name: z.string(), institution: z.string(), vkey: z.string() }),
    shown: everyone,
    says: { zh: '独立探测方登记', en: 'Independent probe registered' },
  },
  'probe.removed': {
    data: z.object({ name: z.string(), vkey: z.string(), reason: z.string() }),
    shown: everyone,
    says: { zh: '独立探测方撤销', en: 'Independent probe removed' },
  },
  'probe.reported': {
    data: z.object({ probe: z.string(), statement: z.unknown(), signature: z.string() }),
    shown: everyone,
    says: { zh: '探测方陈述', en: 'A probe stated what it saw' },
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
  'control.declared': {
    data: z.object({ declaration: id, organisation: z.string(), other: z.string(), name: z.string(), relation: z.string() }),
    shown: everyone,
    says: { zh: '申报控股、管理关系', en: 'Control declared' },
  },
  'control.withdrawn': {
    data: z.object({ declaration: id, organisation: z.string(), other: z.string() }),
    shown: everyone,
    says: { zh: '撤销控股、管理关系申报', en: 'Declaration of control withdrawn' },
  },
  'user.enrolled': { data: z.object({ user: id, role: z.string() }), shown: guardians, says: { zh: '用户登记', en: 'User enrolled' } },
  'session.opened': {
    data: z.object({ address: z.string().nullable() }),
    shown: { self: 'now', administrator: 'now' },
    says: { zh: '登录', en: 'Signed in' },
  },
  'session.superseded': {
    data: z.object({ address: z.string().nullable(), sessions: z.number() }),
    shown: { self: 'now', administrator: 'now' },
    says: { zh: '在另一设备登录，原会话结束', en: 'Signed in elsewhere; the older session ended' },
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
  ...certificateEvents,
} as const satisfies Record<string, EventSpec>;
