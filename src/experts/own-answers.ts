import { z } from 'zod';
import { membershipStates } from './admission.ts';
import { at, words } from './answers.ts';
import { statuses } from './standing.ts';

/** What a record looks like to its owner and to those who keep the pool. Identity data are masked everywhere. */

export const identityAnswer = z.object({
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  bankAccount: z.string().nullable(),
  email: z.string().nullable(),
});

export const specialtyAnswer = z.object({ code: z.string(), title: words });

export const recordAnswer = z.object({
  name: z.string(),
  title: z.string(),
  region: words,
  employer: z.object({ code: z.string(), name: z.string() }),
  formerEmployers: z.array(z.object({ code: z.string(), name: z.string(), until: z.string().nullable() })),
  specialties: z.array(specialtyAnswer),
  status: z.enum(statuses),
  suspendedUntil: z.string().nullable(),
  since: at,
});
export type RecordAnswer = z.infer<typeof recordAnswer>;

export const membershipAnswer = z.object({
  id: z.string(),
  line: words,
  kind: z.string(),
  state: z.enum(membershipStates),
  appliedAt: at,
  from: z.string().nullable(),
  until: z.string().nullable(),
  /** the term has ended */
  over: z.boolean(),
});
export type MembershipAnswer = z.infer<typeof membershipAnswer>;

export const ownAnswer = z.object({
  record: recordAnswer,
  identity: identityAnswer,
  memberships: z.array(membershipAnswer),
});
export type OwnAnswer = z.infer<typeof ownAnswer>;
