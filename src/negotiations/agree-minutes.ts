import { z } from 'zod';
import { ownSeat } from '../evaluation/member-reads.ts';
import { declareFirst } from '../evaluation/problems.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { lockNegotiated } from './negotiating.ts';
import { noSuchSupplier, wordGiven } from './problems.ts';
import { MinutesWord } from './schema.ts';
import { minutesState } from './standing.ts';
import { negotiationOf } from './state-reads.ts';

export const wordFields = z.object({
  minutes: idField,
  agrees: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
});

/** A member who sat there says whether the minutes are true. With more than half they stand; their supplier is told what they say of it. */
export const agreeMinutes = act({
  name: 'agree-minutes',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '确认谈判记录', en: 'Give one’s word on minutes' },
  takes: wordFields.extend({ lot: idField }),
  async run(call, { lot: id, minutes: asked, agrees }) {
    const { lot } = await lockNegotiated(call, id, 'agree-minutes');
    const member = await ownSeat(call.em, call.by, lot.id);
    if (!member.declaredAt) throw declareFirst();
    const { suppliers, minutes, words, members } = await negotiationOf(call.em, lot.id);
    const kept = minutes.find((each) => each.id === asked);
    const supplier = suppliers.find(({ submission }) => submission === kept?.submission);
    if (!kept || !supplier) throw noSuchSupplier();
    const seated = members.map((each) => each.id);
    const before = minutesState(kept.id, words, seated);
    const given = words.some((word) => word.minutes === kept.id && word.member === member.id);
    // once they stand, those who have not spoken may still do so; nobody speaks twice
    if (given || before === 'void') throw wordGiven();
    const word = call.em.create(MinutesWord, { minutes: kept.id, member: member.id, agrees, at: call.now });
    const said = fact('minutes.agreed', { lot: lot.id, member: member.id }, { minutes: kept.id, member: member.id, agrees });
    const all = [...words, word];
    const state = minutesState(kept.id, all, seated);
    if (state !== 'confirmed' || before === 'confirmed') return { result: { state }, facts: [said] };
    const { submission: bid, round, goesOn } = kept;
    const agreed = all.filter((each) => each.minutes === kept.id && each.agrees && seated.includes(each.member)).length;
    const confirmed = { minutes: kept.id, bid, round, goesOn, agreed, members: seated.length };
    return { result: { state }, facts: [said, fact('minutes.confirmed', { lot: lot.id, party: supplier.bidder }, confirmed)] };
  },
});
