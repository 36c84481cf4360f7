import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import type { DayString } from '../kernel/working-days.ts';
import { endMemberships } from './end-memberships.ts';
import { about } from './officials.ts';
import { type Expert, StandingChange } from './schema.ts';
import type { Status } from './standing.ts';

/** A standing as it is given: by an official, by the expert's own leaving, or by its points. */
export interface GivenStanding {
  readonly status: Status;
  /** last day of a suspension */
  readonly until: DayString | null;
  readonly ground: string;
  /** who gave it, as it is called; empty for the expert itself */
  readonly office: string;
}

/** Gives a locked expert its standing, from this moment on, with its place in the history; whoever left or was removed is in no line any more. */
export async function takeStanding(call: Call, expert: Expert, { status, until, ground, office }: GivenStanding): Promise<Fact> {
  expert.status = status;
  expert.suspendedUntil = until;
  if (status === 'left' || status === 'removed') await endMemberships(call, expert);
  const change = { expert: expert.id, status, until, ground };
  call.em.create(StandingChange, { id: newId(call.now), ...change, by: call.by.user, office, at: call.now });
  return fact('expert.standing.changed', about(call, expert.id), change);
}
