import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const instant = z.string();
const yuan = z.string();
const everyone: Shown = { public: 'now' };
const entered = z.object({ rank: z.number(), submission: id, bidder: z.string(), name: z.string(), price: yuan });

/** Events of a framework agreement: who entered, what was awarded within it, who was removed, its end. All of it is public. */
export const frameworkEvents = {
  'entrants.determined': {
    /** entrants in the order of rank, which is the order of turns; `eliminated` were ranked and did not enter */
    data: z.object({ entrants: z.array(entered), eliminated: z.array(id), from: instant, until: instant }),
    shown: everyone,
    says: { zh: '确定入围供应商', en: 'Entrants determined' },
  },
  'calloff.awarded': {
    data: z.object({
      number: z.number(),
      bidder: z.string(),
      name: z.string(),
      what: z.string(),
      quantity: z.number(),
      unitPrice: yuan,
      amount: yuan,
      reason: z.string().nullable(),
    }),
    shown: everyone,
    says: { zh: '授予合同（成交）', en: 'Contract awarded within the agreement' },
  },
  'entrant.removed': {
    data: z.object({ bidder: z.string(), name: z.string(), ground: z.string(), reason: z.string() }),
    shown: everyone,
    says: { zh: '清退入围供应商', en: 'Supplier removed from the agreement' },
  },
  'agreement.ended': {
    /** awards of each supplier that had any */
    data: z.object({ summary: z.array(z.object({ bidder: z.string(), name: z.string(), contracts: z.number(), amount: yuan })) }),
    shown: everyone,
    says: { zh: '框架协议期满，成交结果汇总', en: 'Agreement over, its awards summed up' },
  },
} as const satisfies Record<string, EventSpec>;
