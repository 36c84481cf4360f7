import type { Call } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import type { Lot } from '../tenders/schema.ts';
import { sittingMembers } from './member-reads.ts';
import { judgedPart } from './part-work.ts';
import { alreadyVoted } from './problems.ts';
import { PanelVote } from './schema.ts';
import { workingMember } from './working-member.ts';

export type VoteKind = 'time' | 'halt';
export interface Counted {
  readonly member: string;
  /** votes of those who sit, this one among them */
  readonly votes: readonly PanelVote[];
  readonly members: number;
}

/** One member's vote in the round that is open, and how the panel then stands. Nobody votes twice in a round; who has left does not count. */
export async function votes(
  call: Call,
  lot: Lot,
  {
    kind,
    round,
    ground,
    reason,
  }: { readonly kind: VoteKind; readonly round: number; readonly ground: string | null; readonly reason: string },
): Promise<Counted> {
  const member = await workingMember(call, lot);
  const part = judgedPart(lot);
  const given = await call.em.find(PanelVote, { lot: lot.id, part, kind, round }, { orderBy: { at: 'asc', id: 'asc' } });
  if (given.some((vote) => vote.member === member.id)) throw alreadyVoted();
  const vote = call.em.create(PanelVote, {
    id: newId(call.now),
    lot: lot.id,
    part,
    kind,
    round,
    member: member.id,
    ground,
    reason,
    at: call.now,
  });
  const sitting = new Set((await sittingMembers(call.em, lot.id)).map(({ id }) => id));
  return { member: member.id, votes: [...given, vote].filter((each) => sitting.has(each.member)), members: sitting.size };
}
