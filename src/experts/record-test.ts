import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { stateAfter } from './admission.ts';
import { passes } from './admission-rules.ts';
import { lineOfMembership } from './judge-application.ts';
import { about, refuseOwnMatter } from './officials.ts';
import { lockApplication } from './own-application.ts';

export const testFields = z.object({ score: z.coerce.number().int('分数为整数。 | A whole number of points.').min(0).max(100) });

/** The trading centre enters the score of the test before entry; whoever does not reach the mark may apply again. */
export const recordTest = act({
  name: 'record-test',
  by: ['centre'],
  says: { zh: '登记入库测试成绩', en: 'Enter the score of a test' },
  takes: testFields.extend({ application: idField }),
  async run(call, { application: id, score }) {
    const { expert, application } = await lockApplication(call, id);
    await refuseOwnMatter(call, expert.id);
    const passed = passes(lineOfMembership(application.line), score, dayOf(call.now));
    const state = stateAfter(passed ? 'pass' : 'fail', application.state);
    Object.assign(application, { state, testScore: score, testedAt: call.now });
    return {
      result: { state },
      facts: [fact('expert.tested', about(call, expert.id), { application: application.id, line: application.line, score, passed })],
    };
  },
});
