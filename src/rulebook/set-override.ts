import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { newId } from '../kernel/ids.ts';
import { invalidInput } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { lineNames } from './line-names.ts';
import { overrideAhead, overrideHasPlace, overrideWithinLaw } from './override-rules.ts';
import { rowOn } from './parameters.ts';
import { regionTree } from './regions.ts';
import { FigureOverride } from './schema.ts';

const named = z.preprocess((given) => (given === '' ? undefined : given), z.string().max(40).optional());
export const reasonField = z.string().trim().min(1).max(500);

export const overrideFields = z.object({
  key: z.string().max(60),
  value: z.string().trim().min(1).max(20),
  /** id of a line; left out: every line */
  line: named,
  /** code of a region; left out: everywhere */
  region: named,
  from: dayField,
  reason: reasonField,
});

/** Sets a figure for a line, a region or both, from a day ahead. Lots published before that day keep what they were published under. */
export const setOverride = act({
  name: 'set-override',
  by: ['administrator'],
  says: { zh: '另行规定一个数字', en: 'Set a figure for a line or region' },
  takes: overrideFields,
  async run({ em, now }, { key, value, line = null, region = null, from, reason }) {
    const row = rowOn(key, from);
    if (row === undefined) throw unknown('key', '没有这个参数。', 'There is no such figure.');
    if (line !== null && !lineNames().some(({ id }) => id === line)) throw unknown('line', '没有这个门类。', 'There is no such line.');
    if (region !== null && !regionTree.has(region)) throw unknown('region', '没有这个地区。', 'There is no such region.');
    uphold([overrideHasPlace], { line, region });
    uphold([overrideWithinLaw], { row, value });
    uphold([overrideAhead], { on: dayOf(now), from });
    const id = newId(now);
    const what = { key, value, line, region, inForceFrom: from, reason };
    em.create(FigureOverride, { id, ...what, setAt: now, inForceTo: null, withdrawnAt: null, endedFor: null });
    return { result: { override: id }, facts: [fact('override.set', {}, { override: id, ...what })] };
  },
});

const unknown = (path: string, zh: string, en: string) => invalidInput({ fields: [{ path, says: { zh, en } }] });
