import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Fact, lock } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { notSuspended, platformStop, runsFrom } from '../openings/suspension.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { leavesPanel } from './leaving.ts';
import { sittingMembers } from './member-reads.ts';
import { takenBack } from './part-completion.ts';
import { judgedPart } from './part-work.ts';
import { signingTimeRuns, workIncomplete } from './problems.ts';
import { PartResult, PartSignature } from './schema.ts';
import { signUntil } from './sign-until.ts';
import { silentSeats } from './stance.ts';

/**
 * The time to sign the result of an envelope is over and no more than half of the panel has signed: it lapses. Whoever said nothing has left its post and is
 * replaced (Regulation art. 48); who gave its word sits on, and the panel, full again, concludes anew. By the clock, never by anybody's choice.
 */
export const lapsePart = act({
  name: 'lapse-part',
  by: ['system'],
  says: {
    zh: '逾期未获过半数签署的信封评审结果作废，更换未表态的成员',
    en: 'Let an unsigned result of an envelope lapse and replace the silent members',
  },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('lapse-part', lot.phase);
    await notSuspended(call, lot.id);
    const part = judgedPart(lot);
    const row = await call.em.findOne(PartResult, { lot: lot.id, part, reportedAt: null });
    if (!row) throw workIncomplete();
    const members = await sittingMembers(call.em, lot.id);
    const words = new Map((await call.em.find(PartSignature, { lot: lot.id, part })).map((word) => [word.member, word.stance]));
    const seats = members.map(({ id }) => id);
    const silent = silentSeats(seats, words);
    if (call.now < signUntil(await runsFrom(call.em, lot.id, row.concludedAt)) || silent.length === 0) throw signingTimeRuns();
    const signed = seats.filter((seat) => words.get(seat) === 'signed').length;
    const { sha256 } = row;
    await takenBack(call, row);
    const left: Fact[] = [];
    for (const member of members) if (silent.includes(member.id)) left.push(...(await leavesPanel(call, member, 'no-signature')));
    const lapsed = fact('part.lapsed', { lot: lot.id }, { part, sha256, signed, members: members.length, silent: [...silent] });
    return { result: { replaced: silent.length }, facts: [lapsed, ...left] };
  },
});

export const unsignedParts = clockwork({
  name: 'unsigned-parts',
  act: lapsePart,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<{ lot: string; concluded_at: string | Date }[]>(
      `select r.lot, greatest(r.concluded_at, (select max(s.lifted_at) from suspension_order s where s.lot = r.lot)) as concluded_at from part_result r join lot on lot.id = r.lot
       where r.reported_at is null and lot.phase = 'evaluating' and r.part = lot.judged_part
       and not exists (select from suspension_order s where s.lot = r.lot and s.lifted_at is null)
       and (select count(*) from part_signature s where s.lot = r.lot and s.part = r.part and s.stance = 'signed') * 2
         <= (select count(*) from panel_member m where m.lot = r.lot and m.left_at is null) order by r.lot`,
    );
    return rows
      .filter((row) => now >= signUntil(new Date(row.concluded_at).toISOString() as Instant))
      .map(({ lot }) => ({ lot: lot as Id }));
  },
});
