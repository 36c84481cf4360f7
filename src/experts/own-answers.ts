import { z } from 'zod';
import { at, words } from '../kernel/answer.ts';
import { membershipStates } from './admission.ts';
import { identityFields } from './identity.ts';
import { relationKinds } from './relation.ts';
import { statuses } from './standing.ts';

/** What a record looks like to its owner and to those who keep the pool. Identity data are masked everywhere. */

const choice = z.object({ value: z.string(), label: words });

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

export const relationAnswer = z.object({
  id: z.string(),
  kind: z.enum(relationKinds),
  title: words,
  code: z.string(),
  name: z.string(),
  declaredAt: at,
  withdrawnAt: at.nullable(),
});
export type RelationAnswer = z.infer<typeof relationAnswer>;

export const standingAnswer = z.object({
  status: z.enum(statuses),
  until: z.string().nullable(),
  ground: z.string(),
  /** empty where the expert did it itself */
  office: z.string(),
  at,
});
export type StandingAnswer = z.infer<typeof standingAnswer>;

export const lookedAnswer = z.object({
  office: z.string(),
  name: z.string(),
  fields: z.array(z.enum(identityFields)),
  purpose: z.string(),
  at,
});
export type LookedAnswer = z.infer<typeof lookedAnswer>;

export const ownAnswer = z.object({
  record: recordAnswer,
  identity: identityAnswer,
  memberships: z.array(membershipAnswer),
  relations: z.array(relationAnswer),
  relationKinds: z.array(choice),
  standings: z.array(standingAnswer),
  /** who looked at the identity data, newest first */
  looks: z.array(lookedAnswer),
  may: z.object({ apply: z.boolean(), leave: z.boolean() }),
});
export type OwnAnswer = z.infer<typeof ownAnswer>;

export const personAnswer = z.object({
  id: z.string(),
  record: recordAnswer,
  identity: identityAnswer,
  memberships: z.array(membershipAnswer),
  relations: z.array(relationAnswer),
  standings: z.array(standingAnswer),
  looks: z.array(lookedAnswer),
  /** what the reader may make of the standing; empty for whoever may not */
  standingChoices: z.array(z.enum(statuses)),
});
export type PersonAnswer = z.infer<typeof personAnswer>;

export const lookAnswer = z.object({
  expert: z.string(),
  name: z.string(),
  purpose: z.string(),
  at,
  until: at,
  /** in clear: only what was asked for */
  values: z.array(z.object({ field: z.enum(identityFields), value: z.string().nullable() })),
});
export type LookAnswer = z.infer<typeof lookAnswer>;

export const peopleAnswer = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      title: z.string(),
      employer: z.string(),
      region: words,
      lines: z.array(z.object({ line: words, until: z.string() })),
      status: z.enum(statuses),
    }),
  ),
  total: z.int(),
  page: z.int(),
  pages: z.int(),
});
export type PeopleAnswer = z.infer<typeof peopleAnswer>;
