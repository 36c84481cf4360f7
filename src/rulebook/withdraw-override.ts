import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { stateMovedOn } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { overrideAhead } from './override-rules.ts';
import { FigureOverride } from './schema.ts';
import { reasonField } from './set-override.ts';

/** Takes back what was set before its day has come: it never holds. Later it can only be ended. */
export const withdrawOverride = act({
  name: 'withdraw-override',
  by: ['administrator'],
  says: { zh: '撤回尚未施行的另行规定', en: 'Withdraw what was set, before its day' },
  takes: z.object({ override: idField, reason: reasonField }),
  async run(call, { override, reason }) {
    const row = await lock(call, FigureOverride, override);
    if (row.withdrawnAt !== null) throw stateMovedOn();
    uphold([overrideAhead], { on: dayOf(call.now), from: row.inForceFrom as DayString });
    row.withdrawnAt = call.now;
    row.endedFor = reason;
    return { result: { override }, facts: [fact('override.withdrawn', {}, { override, reason })] };
  },
});
