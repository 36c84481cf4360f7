import { drawsInvitation } from '../openings/invitation-draw.ts';
import type { AnyDrawRequest } from '../sealing/draw.ts';
import { only, type Placed } from './judge.ts';
import { Refusal } from './refusal.ts';

/**
 * The draw of the suppliers that are invited: answered only for a lot whose notice of prequalification names this council, after its applications were closed
 * and before anybody was invited, once. Who applied a custodian does not learn: it sees commitments, and that at least as many stand there as are invited.
 */
export function checkInvitationDraw(events: readonly Placed[], request: AnyDrawRequest, mine: Placed, council: string): void {
  const { data: notice } = only<{ readonly council: string; readonly invited: number }>(events, 'prequalification.published');
  if (notice.council !== council) throw new Refusal('lot-of-another-council', notice.council);
  const { index: closed } = only(events, 'applications.closed');
  if (closed > mine.index) throw new Refusal('invitation-not-due', 'applications were still taken');
  const early = events.some(({ index, event }) => event.type === 'notice.published' && index < mine.index);
  if (early) throw new Refusal('invitation-not-due', 'the notice was out');
  const [first] = events.filter(({ event }) => event.type === 'invitations.requested');
  if (first?.index !== mine.index) throw new Refusal('asked-twice', request.id);
  const seats = drawsInvitation(request) ? request.seats : [];
  if ((seats[0]?.count ?? 0) < notice.invited) throw new Refusal('invitation-list-short', `${notice.invited} are to be invited`);
}
