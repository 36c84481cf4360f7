import { declaration } from './declaration.ts';

/**
 * What a member signs with its own certificate before it may declare: that it is the one that sits in this seat, and what it declares. Whoever only
 * knows a password cannot take an expert's seat.
 */
export const identityStatement = (lot: string, member: string, at: string) => ({
  format: 'yangguang/member-identity/v1',
  lot,
  member,
  declares: declaration.zh,
  at,
});
export type IdentityStatement = ReturnType<typeof identityStatement>;
