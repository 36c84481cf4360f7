import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const instant = z.string();
const everyone: Shown = { public: 'now' };

/** Events of a lot that stands still by an order, goes on, or is ended by its host; and of its volume. */
export const standstillEvents = {
  'lot.suspended': {
    /** the order, and the phase that was interrupted */
    data: z.object({ order: id, reason: z.string(), ground: z.string(), authorityName: z.string(), phase: z.string() }),
    shown: everyone,
    outdoors: true,
    says: { zh: '暂停招标投标活动', en: 'Proceedings suspended' },
  },
  'lot.resumed': {
    data: z.object({
      order: id,
      reason: z.string(),
      authorityName: z.string(),
      /** the phase that goes on */
      phase: z.string(),
      suspendedAt: instant,
      /** every period that stood still, with its end before and now, and how it is counted */
      periods: z.array(z.object({ period: z.string(), counted: z.enum(['day', 'workday']), was: instant, until: instant })),
    }),
    shown: everyone,
    outdoors: true,
    says: { zh: '恢复招标投标活动', en: 'Proceedings resumed' },
  },
  'deadline.resumed': {
    /** the deadline after a suspension; `number` counts such moves of the lot from 1 */
    data: z.object({ deadline: instant, previousDeadline: instant, number: z.number(), order: id, suspendedAt: instant }),
    shown: everyone,
    outdoors: true,
    says: { zh: '恢复后重新计算投标截止时间', en: 'Deadline reckoned again after a suspension' },
  },
  'tender.terminated': {
    data: z.object({
      /** one of the grounds (tenders/termination.ts) */
      ground: z.string(),
      reason: z.string(),
      /** the phase that was ended */
      phase: z.string(),
      /** whether any envelope had been opened; what was not stays sealed for good */
      opened: z.boolean(),
      /** what was paid goes back before this moment */
      refundBy: instant,
    }),
    shown: everyone,
    outdoors: true,
    says: { zh: '终止招标', en: 'Tender terminated' },
  },
  'archive.closed': {
    data: z.object({ keepYears: z.number(), keepUntil: instant }),
    shown: everyone,
    says: { zh: '立卷归档', en: 'Volume closed' },
  },
  'archive.sealed': {
    data: z.object({
      sha256: z.string(),
      manifestSha256: z.string(),
      bytes: z.number(),
      files: z.number(),
      pages: z.number(),
      keepUntil: instant,
    }),
    shown: everyone,
    says: { zh: '案卷封存', en: 'Volume sealed' },
  },
  'archive.opened': {
    data: z.object({ ground: z.string(), by: z.string() }),
    shown: { self: 'now', host: 'now', regulator: 'now' },
    says: { zh: '调阅案卷', en: 'Volume taken out' },
  },
  'destruction.asked': {
    data: z.object({ ground: z.string(), sha256: z.string() }),
    shown: { host: 'now', regulator: 'now' },
    says: { zh: '申请销毁案卷', en: 'Destruction of the volume asked for' },
  },
  'archive.destroyed': {
    data: z.object({ ground: z.string(), sha256: z.string() }),
    shown: everyone,
    says: { zh: '案卷期满销毁', en: 'Volume destroyed after its time' },
  },
} as const satisfies Record<string, EventSpec>;
