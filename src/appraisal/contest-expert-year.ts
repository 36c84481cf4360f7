import { about } from '../experts/officials.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { contestLimit } from './annual-limits.ts';
import { lockYear, ofYear } from './lock-year.ts';
import { objectionFields } from './object-to-conduct.ts';
import { contestLate, yearOutOfTurn } from './problems.ts';

/** An expert asks for its verdict to be checked again, once and in time. Meanwhile the verdict has no effect. */
export const contestExpertYear = act({
  name: 'contest-expert-year',
  by: ['expert'],
  says: { zh: '申请复核年度考核结论', en: 'Ask for a recheck of an annual review' },
  takes: objectionFields.extend({ entry: idField }),
  async run(call, { entry: id, text }) {
    const year = await lockYear(call, id);
    const { entry, expert } = year;
    if (entry.expert !== call.by.expert) throw notFound();
    if (entry.state !== 'told') throw yearOutOfTurn();
    if (!entry.toldAt || call.now >= contestLimit.due(entry.toldAt)) throw contestLate();
    Object.assign(entry, { state: 'contested', objection: text, objectedAt: call.now });
    return { result: { state: entry.state }, facts: [fact('annual.contested', about(call, expert.id), { ...ofYear(year), text })] };
  },
});
