import type { Actor, Role } from '../kernel/actor.ts';
import { type HeldRole, heldRoles } from './role.ts';

/** What an organisation may be on the platform; each kind is also the role of its users. */
export const organisationKinds = ['bidder', 'agent', 'tenderee', 'regulator', 'centre', 'trustee', 'bank'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** What an organisation may register itself as; the others are entered by the administrator. */
export const selfRegisteredKinds = ['bidder', 'agent', 'tenderee'] as const satisfies readonly OrganisationKind[];

/** Everybody who can be signed in. */
export const signedInRoles: readonly HeldRole[] = heldRoles;

const isKind = (role: Role): role is OrganisationKind => (organisationKinds as readonly Role[]).includes(role);

/** Roles that belong to an organisation: without one they cannot be held. */
export const needsOrganisation = (role: Role): boolean => isKind(role);

/** Whose certificate a user of this role makes: the organisation's for those who act for one, the person's own for those who answer by name. */
export const certifiedAs = (role: Role): 'organisation' | 'person' =>
  role === 'bidder' || role === 'agent' || role === 'tenderee' || role === 'centre' || role === 'trustee' || role === 'bank'
    ? 'organisation'
    : 'person';

/**
 * May this actor enrol somebody in this role for this organisation? The platform and its administrators may do everything that the organisation's
 * kinds allow; an organisation's own user may add colleagues in his own role only.
 */
export function mayEnrol(by: Actor, role: HeldRole, organisation: { id: string; kinds: readonly string[] } | null): boolean {
  const fits =
    organisation === null ? !needsOrganisation(role) : isKind(role) ? organisation.kinds.includes(role) : role === 'administrator';
  if (!fits) return false;
  if (by.role === 'system' || by.role === 'administrator') return true;
  return organisation !== null && by.organisation === organisation.id && by.role === role;
}
