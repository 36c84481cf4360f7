import { z } from 'zod';
import { isMember } from '../evaluation/member-reads.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, nonTenderOrder } from '../rulebook/law.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import type { NegotiationPlan } from '../tenders/line.ts';
import { lockNegotiated } from './negotiating.ts';
import { buyerConfirms, changeNotAllowed } from './problems.ts';
import { RequirementChange } from './schema.ts';
import { negotiationOf } from './state-reads.ts';

export const changeFields = z.object({
  /** id of what the line lets be changed */
  touches: z.string().min(1).max(40),
  text: z.string().trim().min(10, '请写明变动内容，至少十个字。 | Say what changes, ten characters at least.').max(4000),
});

/** Nothing else of the documents changes: neither who may take part nor how it is judged. */
export const changeWithin: Rule<{ readonly touches: string; readonly plan: NegotiationPlan }> = rule({
  id: 'NEG-CHANGE',
  acts: ['change-requirement'],
  certainty: 'V',
  source: cite(nonTenderOrder, '32'),
  says: {
    zh: '谈判中只能实质性变动采购需求中的技术、服务要求以及合同草案条款，不得变动其他内容',
    en: 'a negotiation changes only technical and service requirements and the draft contract, nothing else',
  },
  problem: changeNotAllowed,
  refuses: ({ touches, plan }) => !plan.changeable.some(({ id }) => id === touches) && { field: 'touches' },
});

/** Where the buyer sits in the group, the one who sits there confirms; where only experts do, the buyer itself. */
export const confirmedByBuyer: Rule<{ readonly seated: boolean; readonly represented: boolean }> = rule({
  id: 'NEG-BUYER',
  acts: ['change-requirement'],
  certainty: 'V',
  source: cite(nonTenderOrder, '32'),
  says: { zh: '实质性变动的内容须经采购人代表确认', en: 'what is changed is confirmed by the buyer’s representative' },
  problem: buyerConfirms,
  refuses: ({ seated, represented }) => represented && !seated,
});

/**
 * Changes the requirement. All suppliers that take part are told in the same moment, in writing, by one event that each of them sees; afterwards the group
 * talks to each of them again, and last offers are made on the documents as changed.
 */
export const changeRequirement = act({
  name: 'change-requirement',
  by: ['tenderee'],
  says: { zh: '变动采购需求并同时告知', en: 'Change the requirement and tell all at once' },
  takes: changeFields.extend({ lot: idField }),
  async run(call, { lot: id, touches, text }) {
    const { lot, plan } = await lockNegotiated(call, id, 'change-requirement');
    await hostedBy(call, lot);
    const { members, changes } = await negotiationOf(call.em, lot.id);
    const representatives = members.filter((member) => member.kind === 'representative');
    const seated = representatives.some((member) => isMember(member, call.by));
    uphold([confirmedByBuyer], { seated, represented: representatives.length > 0 });
    uphold([changeWithin], { touches, plan });
    const number = changes.length + 1;
    call.em.create(RequirementChange, { lot: lot.id, number, touches, text, at: call.now });
    return { result: { number }, facts: [fact('requirement.changed', { lot: lot.id }, { number, touches, text })] };
  },
});
