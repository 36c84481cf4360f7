import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { notAMember } from './problems.ts';
import { PanelMember } from './schema.ts';

/** Is this the person who sits in that seat? Experts are known by their record, the tenderee's representative by the user. */
export const isMember = (member: PanelMember, by: Actor): boolean =>
  member.expert ? member.expert === by.expert : Boolean(member.user) && member.user === by.user;

/** Who sits on the panel of a lot now, by seat; those who left are not among them. */
export const sittingMembers = (em: EntityManager, lot: string): Promise<PanelMember[]> =>
  em.find(PanelMember, { lot, leftAt: null }, { orderBy: { seat: 'asc' } });

/** The actor's own seat on the panel of a lot; for anyone else there is no such panel. */
export async function ownSeat(em: EntityManager, by: Actor, lot: string): Promise<PanelMember> {
  const own = (await sittingMembers(em, lot)).find((member) => isMember(member, by));
  if (!own) throw notAMember();
  return own;
}
