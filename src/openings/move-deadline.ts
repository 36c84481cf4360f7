import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { movedDeadline } from '../journal/outage.ts';
import { holdProbes } from '../journal/probe-reads.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { outageOf, troubledLots } from './outage-reads.ts';
import { noOutageProven } from './problems.ts';

/**
 * Moves a deadline because independent probes saw the intake down before it. Nobody asks for it and nobody can refuse it: the rule stands in the
 * notice, the statements in the journal, and the answer is computed (journal/outage.ts). It applies to all bidders and tells nothing about any.
 */
export const moveDeadline = act({
  name: 'move-deadline',
  by: ['system'],
  says: { zh: '因收件中断顺延投标截止时间', en: 'Move the deadline after an outage' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('move-deadline', lot.phase);
    await holdProbes(call.em);
    const witnessed = await outageOf(call.em, lot);
    if (!witnessed?.outage.moves) throw noOutageProven();
    const { rule, deadline: previousDeadline, outage } = witnessed;
    const deadline = movedDeadline(rule, previousDeadline);
    lot.deadline = deadline;
    lot.deadlineMoves += 1;
    const probes = outage.probes.map((each) => ({ ...each }));
    return {
      result: { lot: lot.id, deadline, previousDeadline },
      facts: [fact('deadline.moved', { lot: lot.id }, { deadline, previousDeadline, number: lot.deadlineMoves, probes })],
    };
  },
});

export const moves = clockwork({
  name: 'deadline-moves',
  act: moveDeadline,
  async due(em, now) {
    const due: { lot: Id }[] = [];
    for (const lot of await troubledLots(em, now)) if ((await outageOf(em, lot))?.outage.moves) due.push({ lot: lot.id as Id });
    return due;
  },
});
