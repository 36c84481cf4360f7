import { z } from 'zod';
import { act } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { contestLimit } from './annual-limits.ts';
import { finishYear } from './finish-year.ts';
import { lockYear } from './lock-year.ts';
import { ExpertYear } from './schema.ts';

/** A verdict that nobody contested in time is final. */
export const settleExpertYear = act({
  name: 'settle-expert-year',
  by: ['system'],
  says: { zh: '年度考核结论期满生效', en: 'A verdict stands without a recheck' },
  takes: z.object({ entry: idField }),
  async run(call, command) {
    const year = await lockYear(call, command.entry);
    const { state, toldAt, verdict } = year.entry;
    if (state !== 'told' || !toldAt || !verdict || call.now < contestLimit.due(toldAt)) throw notFound();
    return { result: { verdict }, facts: await finishYear(call, year, { verdict, reason: null, figures: null }) };
  },
});

export const settledYears = clockwork({
  name: 'settled-years',
  act: settleExpertYear,
  async due(em, now) {
    const told = await em.find(ExpertYear, { state: 'told' }, { fields: ['id', 'toldAt'], orderBy: { toldAt: 'asc' }, limit: 100 });
    return told.filter(({ toldAt }) => toldAt && now >= contestLimit.due(toldAt)).map(({ id }) => ({ entry: id as Id }));
  },
});
