import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { runsFrom } from '../openings/suspension.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { sittingMembers } from './member-reads.ts';
import { afterPartWord } from './part-completion.ts';
import { judgedPart } from './part-work.ts';
import { alreadySigned, notAMember, signingTimeRuns, workIncomplete } from './problems.ts';
import { PartResult, PartSignature } from './schema.ts';
import { signUntil, silenceMayComplete } from './sign-until.ts';

/** A member does not sign the result of an envelope in time: beside the signatures of more than half of the panel its silence agrees, and holds no envelope up. */
export const deemPart = act({
  name: 'deem-part',
  by: ['system'],
  says: { zh: '逾期未签署本信封评审结果，视为同意', en: 'Take silence for agreement with the result of an envelope' },
  takes: z.object({ lot: idField, member: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('deem-part', lot.phase);
    const part = judgedPart(lot);
    const row = await call.em.findOne(PartResult, { lot: lot.id, part, reportedAt: null });
    if (!row) throw workIncomplete();
    const members = await sittingMembers(call.em, lot.id);
    const member = members.find((each) => each.id === command.member);
    if (!member) throw notAMember();
    const words = await call.em.find(PartSignature, { lot: lot.id, part });
    if (words.some((each) => each.member === member.id)) throw alreadySigned();
    const signed = words.filter((each) => each.stance === 'signed').length;
    if (call.now < signUntil(await runsFrom(call.em, lot.id, row.concludedAt)) || !silenceMayComplete(signed, members.length))
      throw signingTimeRuns();
    const word = call.em.create(PartSignature, { lot: lot.id, part, member: member.id, stance: 'deemed', signedAt: call.now });
    const deemed = fact('part.deemed', { lot: lot.id }, { part, member: member.id, sha256: row.sha256 });
    const { complete, facts } = await afterPartWord(call, lot, row, word);
    return { result: { complete }, facts: [deemed, ...facts] };
  },
});

export const silentOnParts = clockwork({
  name: 'silent-on-parts',
  act: deemPart,
  async due(em, now) {
    const rows = await em.execute<{ lot: string; member: string; concluded_at: string | Date; signed: number; members: number }[]>(
      `select m.lot, m.id as member, greatest(r.concluded_at, (select max(o.lifted_at) from suspension_order o where o.lot = r.lot)) as concluded_at,
              (select count(*)::int from part_signature s where s.lot = r.lot and s.part = r.part and s.stance = 'signed') as signed,
              (select count(*)::int from panel_member p where p.lot = r.lot and p.left_at is null) as members
       from part_result r join lot on lot.id = r.lot join panel_member m on m.lot = r.lot and m.left_at is null
       where r.reported_at is null and lot.phase = 'evaluating' and r.part = lot.judged_part
       and not exists (select from part_signature s where s.lot = r.lot and s.part = r.part and s.member = m.id) order by m.lot, m.seat`,
    );
    return rows
      .filter((row) => now >= signUntil(new Date(row.concluded_at).toISOString() as Instant) && silenceMayComplete(row.signed, row.members))
      .map(({ lot, member }) => ({ lot: lot as Id, member: member as Id }));
  },
});
