import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const instant = z.string();
const supplier = z.object({ submission: id, bidder: z.string(), name: z.string() });

/** Of a negotiation nobody outside the group, the buyer and the supervisor learns before the result, whoever takes part included. */
const inTheGroup: Shown = { host: 'now', panel: 'now', regulator: 'now', public: 'resulted' };

/** Who is called to a last offer, on which requirement, before whom: the same words stand in the lot of the responses and in that of the last offers. */
const callShape = z.object({
  responses: id,
  offers: id,
  number: z.string(),
  deadline: instant,
  /** changes told to all, in order; the last offers are made on the documents with them */
  changes: z.array(z.object({ number: z.number(), touches: z.string(), text: z.string() })),
  suppliers: z.array(supplier),
  /** under which exception fewer than usual are enough, and by which approval */
  exception: z.object({ id, approval: z.string() }).nullable(),
  least: z.number(),
  /** the seats of the group, which are those of the second lot */
  seats: z.array(z.object({ from: id, member: id, kind: z.string(), mask: z.string(), specialty: z.string().nullable() })),
});
export type LastOfferCall = z.infer<typeof callShape>;

/** Events of a negotiation or consultation, from the first talk to the call for last offers. */
export const negotiationEvents = {
  'negotiation.started': {
    data: z.object({ members: z.number(), suppliers: z.array(supplier) }),
    shown: inTheGroup,
    says: { zh: '谈判开始', en: 'Negotiation started' },
  },
  'minutes.kept': {
    data: z.object({
      minutes: id,
      bid: id,
      member: id,
      round: z.number(),
      text: z.string(),
      goesOn: z.boolean(),
      reason: z.string().nullable(),
    }),
    // its own talk is a supplier's too, once the group has confirmed what was said: `minutes.confirmed`
    shown: inTheGroup,
    says: { zh: '谈判记录', en: 'Minutes of a talk' },
  },
  'minutes.agreed': {
    data: z.object({ minutes: id, member: id, agrees: z.boolean() }),
    shown: { self: 'now', panel: 'now', regulator: 'now', host: 'now', public: 'resulted' },
    says: { zh: '成员确认谈判记录', en: 'A member’s word on minutes' },
  },
  'minutes.confirmed': {
    data: z.object({ minutes: id, bid: id, round: z.number(), goesOn: z.boolean(), agreed: z.number(), members: z.number() }),
    shown: { self: 'now', ...inTheGroup },
    says: { zh: '谈判记录成立', en: 'Minutes confirmed by the group' },
  },
  'requirement.changed': {
    data: z.object({ number: z.number(), touches: z.string(), text: z.string() }),
    // to all that take part at once, in writing; who they are it does not tell
    shown: { bidders: 'now', ...inTheGroup },
    says: { zh: '采购需求实质性变动', en: 'Requirement changed' },
  },
  'negotiation.left': {
    data: z.object({ bid: id, reason: z.string(), securityBackBy: instant.nullable() }),
    shown: { self: 'now', ...inTheGroup },
    says: { zh: '供应商退出谈判', en: 'A supplier left the negotiation' },
  },
  'offers.called': {
    data: z.object({ call: callShape }),
    shown: inTheGroup,
    says: { zh: '要求提交最后报价', en: 'Last offers asked for' },
  },
  'offers.invited': {
    data: z.object({ offers: id, number: z.string(), deadline: instant }),
    shown: { self: 'now', host: 'now', regulator: 'now', panel: 'now', public: 'resulted' },
    says: { zh: '通知供应商提交最后报价', en: 'A supplier told to make its last offer' },
  },
  'offers.admitted': {
    data: z.object({ call: callShape }),
    shown: inTheGroup,
    says: { zh: '最后报价的供应商与小组', en: 'Who makes last offers, before which group' },
  },
} as const satisfies Record<string, EventSpec>;
