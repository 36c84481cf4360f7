import { z } from 'zod';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { optionalDay } from './expert.ts';
import { officeOf, refuseOwnMatter } from './officials.ts';
import { removedForEver, standingUnchanged, suspensionEndsInThePast } from './problems.ts';
import { Expert } from './schema.ts';
import { mayBecome, standingOn, statuses } from './standing.ts';
import { takeStanding } from './take-standing.ts';

export const standingFields = z.object({
  status: z.enum(statuses),
  /** last day of a suspension; open without one */
  until: optionalDay.optional(),
  ground: z.string().trim().min(4, '请写明依据和理由，至少四个字。 | State the ground, in four characters at least.').max(500),
});

/**
 * The regulator suspends, restores, strikes off or removes an expert (XP-7). It counts from this moment: for every draw asked for later, and for seats
 * the expert holds in tenders that are not evaluated yet (evaluation/replace-expert.ts).
 */
export const changeStanding = act({
  name: 'change-standing',
  by: ['regulator'],
  says: { zh: '变更专家状态', en: 'Change the standing of an expert' },
  takes: standingFields.extend({ expert: idField }),
  async run(call, { expert: id, status, until, ground }) {
    const expert = await lock<Expert>(call, Expert, id);
    await refuseOwnMatter(call, expert.id);
    const on = dayOf(call.now);
    const present = standingOn(expert, on);
    if (present === 'removed') throw removedForEver();
    if (!mayBecome(present, status)) throw standingUnchanged({ fields: [{ path: 'status', says: standingUnchanged().title }] });
    const last = status === 'suspended' ? (until ?? null) : null;
    if (last !== null && last < on) throw suspensionEndsInThePast({ fields: [{ path: 'until', says: suspensionEndsInThePast().title }] });
    const changed = await takeStanding(call, expert, { status, until: last, ground, office: officeOf(call) });
    return { result: { status }, facts: [changed] };
  },
});
