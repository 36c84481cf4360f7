import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { judgedPart } from './part-work.ts';
import { timeRuns } from './problems.ts';
import { EvaluationReport, EvaluationTime, PartResult } from './schema.ts';

/** The time of an evaluation has ended and no result is there: the supervisor is told, and nothing that was given is lost. The panel works on. */
export const noteOvertime = act({
  name: 'note-overtime',
  by: ['system'],
  says: { zh: '评标时间届满，提示监管', en: 'Tell the supervisor that the time of an evaluation has ended' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('note-overtime', lot.phase);
    const part = judgedPart(lot);
    const time = await call.em.findOne(EvaluationTime, { lot: lot.id, part, overtimeAt: null });
    const concluded = (await call.em.count(EvaluationReport, { lot: lot.id })) + (await call.em.count(PartResult, { lot: lot.id, part }));
    if (!time || concluded > 0 || call.now < time.until) throw timeRuns();
    time.overtimeAt = call.now;
    return { result: {}, facts: [fact('evaluation.overtime', { lot: lot.id }, { part, until: time.until })] };
  },
});

export const overtimes = clockwork({
  name: 'overtimes',
  act: noteOvertime,
  async due(em, now) {
    const rows = await em.execute<{ lot: string }[]>(
      `select t.lot from evaluation_time t join lot on lot.id = t.lot
       where lot.phase = 'evaluating' and t.part = coalesce(lot.judged_part, 'whole') and t.overtime_at is null and t.until <= ?
       and not exists (select from evaluation_report r where r.lot = t.lot)
       and not exists (select from part_result r where r.lot = t.lot and r.part = t.part)`,
      [now],
    );
    return rows.map(({ lot }) => ({ lot: lot as Id }));
  },
});
