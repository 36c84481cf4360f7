import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { idField, newId } from '../kernel/ids.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, platformRule } from '../rulebook/law.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { lotsApart } from './problems.ts';
import { OpeningSession, SessionLot } from './schema.ts';

const many = z.preprocess(
  (given) => (typeof given === 'string' ? [given] : given),
  z
    .array(idField)
    .min(2, '请选择至少两个标段。 | Choose two lots at least.')
    .max(40)
    .refine((lots) => new Set(lots).size === lots.length, { error: '同一标段只能选一次。 | Each lot is chosen once.' }),
);
export const sessionFields = z.object({ lots: many });

interface TogetherFacts {
  readonly project: string;
  readonly now: Instant;
  readonly lots: readonly {
    readonly project: string;
    readonly deadline: Instant | null;
    readonly taken: boolean;
    readonly closed: boolean;
  }[];
}

/** What may be opened in one sitting. */
export const openedTogether: Rule<TogetherFacts> = rule({
  id: 'HALL-3',
  acts: ['schedule-opening'],
  source: cite(platformRule),
  says: {
    zh: '同一项目、公开开标、开标时间相同且尚未截标的标段可合为一场开标，每个标段只属于一场。',
    en: 'Lots of one project that are opened in public at the same time may share a session, arranged before the deadline; each lot belongs to one.',
  },
  problem: lotsApart,
  refuses: ({ project, now, lots }) => {
    const time = lots[0]?.deadline ?? null;
    const fits = lots.every((lot) => lot.project === project && lot.deadline === time && !lot.taken && !lot.closed);
    return fits && time !== null && now < time ? false : { field: 'lots' };
  },
});

/** Puts lots of a project into one opening session, in the order in which they are read. Who bids plays no part in it. */
export const scheduleOpening = act({
  name: 'schedule-opening',
  by: ['agent', 'tenderee'],
  says: { zh: '安排合并开标场次', en: 'Arrange one opening session for several lots' },
  takes: sessionFields.extend({ project: idField }),
  async run(call, { project, lots: ids }) {
    const lots: Lot[] = [];
    // locks by id, as everywhere; the order given is the agenda
    for (const id of [...ids].sort()) lots.push(await lock(call, Lot, id));
    for (const lot of lots) {
      await hostedBy(call, lot);
      allow('schedule-opening', lot.phase);
    }
    const taken = new Set((await call.em.find(SessionLot, { lot: { $in: ids } })).map(({ lot }) => lot));
    const facts = lots.map((lot) => ({
      project: lot.project,
      deadline: lot.deadline ?? null,
      taken: taken.has(lot.id),
      closed: termsOf(lot).doors === 'closed',
    }));
    uphold([openedTogether], { project, now: call.now, lots: facts });
    const opensAt = lots[0]?.deadline as Instant;
    const session = newId(call.now);
    call.em.create(OpeningSession, { id: session, project, opensAt, scheduledAt: call.now });
    for (const [position, lot] of ids.entries()) call.em.create(SessionLot, { lot, session, position });
    return { result: { session }, facts: [fact('opening.scheduled', { project }, { session, lots: ids, opensAt })] };
  },
});
