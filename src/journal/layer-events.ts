import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const instant = z.string();
const everyone: Shown = { public: 'now' };
/** what an attribution rests on (openings/layer.ts): everybody can weigh it again */
const evidence = z.object({ disputed: z.boolean(), attended: z.boolean(), othersRemoved: z.number(), sawDown: z.number().optional() });
const out = z.object({ submission: id, bidder: z.string(), name: z.string(), reason: z.string(), ground: z.string() });

const copied = z.object({ submission: id, bidder: z.string(), name: z.string(), part: z.string(), plan: z.string() });

/** Events of an opening about bids that are not simply decrypted: the bidders' own layers (`bidder+council`), and the remedy that a notice provides. */
export const layerEvents = {
  'remedy.awaited': {
    /** `until` as it was then: every standstill of the opening lengthens it */
    data: copied.extend({ reason: z.string(), until: instant }),
    shown: everyone,
    says: { zh: '按补救方案等待投标人自存的密封副本', en: 'A bidder’s own sealed copy is awaited, as the notice provides' },
  },
  'remedy.applied': {
    /** `kind`: the copy is that of the file as uploaded, or of the envelope under the bidder's own layer; `statement` and `signature` are the bidder's */
    data: copied.extend({ kind: z.enum(['sealed', 'inner']), sha256: z.string(), statement: z.unknown(), signature: z.string() }),
    shown: everyone,
    says: {
      zh: '投标人按补救方案提交密封副本，与截止前签名的摘要一致',
      en: 'A bidder handed in its sealed copy: its digest is the one signed before the deadline',
    },
  },
  'layer.removed': {
    /** `key` is the file key of the bidder's own layer: it opens nothing but that layer, and the head that the bidder signed proves it */
    data: z.object({ part: z.string(), submission: id, bidder: z.string(), name: z.string(), key: z.string() }),
    shown: everyone,
    says: { zh: '投标人解除自己的加密层', en: 'A bidder removed its own layer' },
  },
  'layer.disputed': {
    data: z.object({ submission: id, bidder: z.string(), name: z.string(), statement: z.unknown(), signature: z.string() }),
    shown: everyone,
    says: { zh: '投标人声明因平台原因不能解密', en: 'A bidder declares that the platform keeps it from decrypting' },
  },
  'layers.closed': {
    data: z.object({ part: z.string(), until: instant, removed: z.array(id), missing: z.array(id) }),
    shown: everyone,
    says: { zh: '投标人解密结束', en: 'Decryption by bidders ended' },
  },
  'bid.revoked': {
    data: out.extend({ attributedTo: z.literal('bidder'), evidence: evidence.nullable() }),
    shown: everyone,
    says: { zh: '投标人原因未解密，视为撤销投标文件', en: 'Not decrypted through the bidder: the bid counts as revoked' },
  },
  'bid.withdrawn-by-platform': {
    /** `evidence`: what it rests on; absent where a person ruled */
    data: out.extend({ attributedTo: z.literal('platform'), evidence: evidence.optional() }),
    shown: everyone,
    says: { zh: '非投标人原因未解密，视为撤回投标文件', en: 'Not decrypted, and not through the bidder: the bid counts as withdrawn' },
  },
  'attribution.asked': {
    data: z.object({ submission: id, bidder: z.string(), name: z.string(), ground: z.string(), evidence }),
    shown: everyone,
    says: { zh: '未解密的原因待认定', en: 'Whose doing it was is to be ruled' },
  },
  'attribution.ruled': {
    data: z.object({
      submission: id,
      bidder: z.string(),
      attributedTo: z.enum(['bidder', 'platform']),
      ground: z.string(),
      by: z.string(),
      authority: z.string(),
    }),
    shown: everyone,
    says: { zh: '未解密的原因已认定', en: 'Whose doing it was has been ruled' },
  },
} as const satisfies Record<string, EventSpec>;
