import type { Instant } from '../kernel/clock.ts';

/** What became of a certificate, as the platform's tables or the events of an evidence bundle tell it. Pure: server and verifier ask the same. */
export interface Fate {
  readonly revokedAt: Instant | null;
  /** the end of the overlap after a renewal: from here on nothing new is signed with it */
  readonly supersededAt: Instant | null;
  readonly holds: readonly { readonly from: Instant; readonly until: Instant | null }[];
}

export type Fall = 'certificate-revoked' | 'certificate-suspended' | 'certificate-superseded';

/** Why nothing may be signed with a certificate at this moment, or null. A change counts from its own millisecond on. */
export function fallAt(fate: Fate, at: Instant): Fall | null {
  if (fate.revokedAt !== null && fate.revokedAt <= at) return 'certificate-revoked';
  if (fate.holds.some(({ from, until }) => from <= at && (until === null || at < until))) return 'certificate-suspended';
  return fate.supersededAt !== null && fate.supersededAt <= at ? 'certificate-superseded' : null;
}

/**
 * Why a bid signed in time with this certificate does not count, or null: it stood revoked or on hold when the deadline came. A change at the
 * deadline itself came after it. One that was replaced by a newer one of its holder is no reason: its signatures stay its holder's.
 */
export function fallBefore(fate: Fate, deadline: Instant): Fall | null {
  if (fate.revokedAt !== null && fate.revokedAt < deadline) return 'certificate-revoked';
  const held = fate.holds.some(({ from, until }) => from < deadline && (until === null || until >= deadline));
  return held ? 'certificate-suspended' : null;
}

/** What happened to a certificate from the deadline on, until now: a bid stays valid, and its record says so. */
export interface Aftermath {
  readonly fall: 'certificate-revoked' | 'certificate-suspended';
  readonly at: Instant;
}

/** The revocation, or else the first hold, between the deadline and this moment. */
export function aftermathOf(fate: Fate, deadline: Instant, now: Instant): Aftermath | null {
  const { revokedAt } = fate;
  if (revokedAt !== null && revokedAt >= deadline && revokedAt <= now) return { fall: 'certificate-revoked', at: revokedAt };
  const [held] = fate.holds
    .map(({ from }) => from)
    .filter((from) => from >= deadline && from <= now)
    .sort();
  return held === undefined ? null : { fall: 'certificate-suspended', at: held };
}

/**
 * What a bid's signers do to it: refused when any of them fell before the deadline (or was down when the bid was received), noted when one fell
 * afterwards.
 */
export function judgeSigners(
  fates: readonly Fate[],
  { receivedAt, deadline, now }: { readonly receivedAt: Instant; readonly deadline: Instant; readonly now: Instant },
): { readonly refused: Fall | null; readonly note: Aftermath | null } {
  const refused = fates.map((fate) => fallAt(fate, receivedAt) ?? fallBefore(fate, deadline)).find((fall) => fall !== null) ?? null;
  const note = fates.map((fate) => aftermathOf(fate, deadline, now)).find((found) => found !== null) ?? null;
  return { refused, note: refused === null ? note : null };
}
