import { seatsEmpty } from '../experts/problems.ts';
import { DrawSeat } from '../experts/schema.ts';
import type { Call } from '../kernel/act.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { sittingMembers } from './member-reads.ts';
import { declareFirst } from './problems.ts';
import type { PanelMember } from './schema.ts';

/** The panel of a lot, whole and declared: before, it may begin nothing. */
export async function panelReady(call: Call, lot: Lot): Promise<readonly PanelMember[]> {
  const members = await sittingMembers(call.em, lot.id);
  const accepted = new Set((await call.em.find(DrawSeat, { lot: lot.id, state: 'accepted' })).map((seat) => seat.id));
  const seated = members.filter((member) => !member.drawSeat || accepted.has(member.drawSeat));
  if (seated.length < termsOf(lot).panel.size || seated.length < members.length) throw seatsEmpty();
  if (members.some((member) => !member.declaredAt)) throw declareFirst();
  return members;
}
