import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { notAMember } from './problems.ts';
import { PanelMember } from './schema.ts';

/** Is this the person who sits in that seat? Experts are known by their record, the tenderee's representative by the user. */
export const isMember = (member: PanelMember, by: Actor): boolean =>
  (member.expert !== null && member.expert === by.expert) || (member.expert === null && member.user !== null && member.user === by.user);

/** The actor's own seat on the panel of a lot; for anyone else there is no such panel. */
export async function ownSeat(em: EntityManager, by: Actor, lot: string): Promise<PanelMember> {
  const members = await em.find(PanelMember, { lot }, { orderBy: { seat: 'asc' } });
  const own = members.find((member) => isMember(member, by));
  if (!own) throw notAMember();
  return own;
}
