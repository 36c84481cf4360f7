import { refuseOwnMatter } from '../experts/officials.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { finishYear } from './finish-year.ts';
import { upheldFigures, verdictFields } from './judge-expert-year.ts';
import { lockYear } from './lock-year.ts';
import { ownVerdict, yearOutOfTurn } from './problems.ts';

/** The supervisor rechecks a verdict, by the figures as they stand by now: never the person who gave it. Its word is final. */
export const decideExpertYear = act({
  name: 'decide-expert-year',
  by: ['regulator'],
  says: { zh: '作出年度考核复核决定', en: 'Decide a recheck of an annual review' },
  takes: verdictFields.extend({ entry: idField }),
  async run(call, { entry: id, verdict, reason }) {
    const year = await lockYear(call, id);
    const { entry, expert, review } = year;
    await refuseOwnMatter(call, expert.id);
    if (entry.state !== 'contested') throw yearOutOfTurn();
    if (entry.toldBy === call.by.user) throw ownVerdict();
    const figures = await upheldFigures(call, expert.id, review, verdict);
    Object.assign(entry, { rechecked: verdict, decision: reason, decidedBy: call.by.user, figures });
    return { result: { verdict }, facts: await finishYear(call, year, { verdict, reason, figures }) };
  },
});
