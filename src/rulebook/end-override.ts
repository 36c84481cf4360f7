import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { idField } from '../kernel/ids.ts';
import { stateMovedOn } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { overrideAhead } from './override-rules.ts';
import { FigureOverride } from './schema.ts';
import { reasonField } from './set-override.ts';

/** Ends what was set, from a day ahead on. Lots published before that day keep it. */
export const endOverride = act({
  name: 'end-override',
  by: ['administrator'],
  says: { zh: '停止施行一项另行规定', en: 'End what was set' },
  takes: z.object({ override: idField, from: dayField, reason: reasonField }),
  async run(call, { override, from, reason }) {
    const row = await lock(call, FigureOverride, override);
    if (row.withdrawnAt !== null || row.inForceTo !== null || from <= row.inForceFrom) throw stateMovedOn();
    uphold([overrideAhead], { on: dayOf(call.now), from });
    row.inForceTo = from;
    row.endedFor = reason;
    return { result: { override }, facts: [fact('override.ended', {}, { override, inForceTo: from, reason })] };
  },
});
