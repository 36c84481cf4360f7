import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const yuan = z.string();
/** A text that is not signed yet, and what follows its signing, is the matter of both sides and of who watches over them. */
const bothSides: Shown = { self: 'now', host: 'now', regulator: 'now' };

/** Events of a contract: its text and signatures, its changes, what was inspected and paid. */
export const contractEvents = {
  'deed.drafted': {
    data: z.object({
      /** 0: the contract itself */
      change: z.number(),
      /** contracts/deed.ts `DeedText` */
      text: z.record(z.string(), z.unknown()),
      sha256: z.string(),
    }),
    shown: bothSides,
    says: { zh: '起草合同文本', en: 'Text of the contract drafted' },
  },
  'deed.signed': {
    data: z.object({ change: z.number(), sha256: z.string(), side: z.enum(['tenderee', 'contractor']), signature: z.string() }),
    shown: bothSides,
    says: { zh: '签署合同文本', en: 'Text of the contract signed' },
  },
  'deed.concluded': {
    data: z.object({ change: z.number(), sha256: z.string() }),
    shown: bothSides,
    says: { zh: '双方签署完成', en: 'Signed by both sides' },
  },
  'contract.changed': {
    data: z.object({ change: z.number(), was: yuan, price: yuan, endsOn: z.string(), sha256: z.string() }),
    shown: { public: 'now' },
    says: { zh: '合同变更', en: 'Contract changed' },
  },
  'milestone.inspected': {
    data: z.object({ milestone: z.number(), passed: z.boolean(), statement: z.record(z.string(), z.unknown()), signature: z.string() }),
    shown: bothSides,
    says: { zh: '履约验收', en: 'Milestone inspected' },
  },
  'payment.recorded': {
    data: z.object({ milestone: z.number(), amount: yuan, paidOn: z.string() }),
    shown: bothSides,
    says: { zh: '登记付款', en: 'Payment recorded' },
  },
} as const satisfies Record<string, EventSpec>;
