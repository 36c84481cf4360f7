import type { Call } from '../kernel/act.ts';
import { Membership } from '../parties/schema.ts';
import { ownMatter } from './problems.ts';

/** Who decides about a record is not the person whose it is, in whatever role it is signed in. */
export async function refuseOwnMatter(call: Call, expert: string): Promise<void> {
  if (call.by.user !== null && (await call.em.count(Membership, { user: call.by.user, expert })) > 0) throw ownMatter();
}

/** The official as the record calls it: the office it acts for. */
export const officeOf = (call: Call): string => call.by.organisationName ?? call.by.name;

/** Whom an act on a record is about, and who did it. */
export const about = (call: Call, expert: string): { readonly expert: string; readonly actor?: string } => ({
  expert,
  ...(call.by.user === null ? {} : { actor: call.by.user }),
});
