import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot, Prequalification } from '../tenders/schema.ts';
import { applicationsOpen } from './problems.ts';

/** The end of applications as an event: from here on the host may see who applied. Whether one is taken does not depend on it. */
export const closeApplications = act({
  name: 'close-applications',
  by: ['system'],
  says: { zh: '资格预审申请截止', en: 'Close applications for prequalification' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('close-applications', lot.phase);
    const { until } = await call.em.findOneOrFail(Prequalification, { lot: lot.id });
    if (call.now < until) throw applicationsOpen();
    lot.phase = next(lot.phase, 'applications.closed');
    lot.applicationsClosedAt = call.now;
    return { result: { lot: lot.id }, facts: [fact('applications.closed', { lot: lot.id }, { until })] };
  },
});

export const applicationDeadlines = clockwork({
  name: 'application-deadlines',
  act: closeApplications,
  async due(em, now) {
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot join prequalification p on p.lot = lot.id where lot.phase = 'applying' and p.until <= ? limit 200`,
      [now],
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
