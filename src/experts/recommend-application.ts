import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { stateAfter } from './admission.ts';
import { about, refuseOwnMatter } from './officials.ts';
import { lockApplication } from './own-application.ts';

export const recommendationFields = z.object({
  recommendation: z.string().trim().min(4, '请写明推荐意见，至少四个字。 | Say what you recommend, in four characters at least.').max(1000),
});

/** The employer recommends an applicant (26号令): a user of the organisation that the record names as its employer. */
export const recommendApplication = act({
  name: 'recommend-application',
  by: ['bidder', 'agent', 'tenderee', 'centre'],
  says: { zh: '单位推荐申请人', en: 'Recommend an applicant' },
  takes: recommendationFields.extend({ application: idField }),
  async run(call, command) {
    const { expert, application } = await lockApplication(call, command.application);
    if (call.by.code === null || call.by.code !== expert.employer) throw notFound();
    await refuseOwnMatter(call, expert.id);
    application.state = stateAfter('recommend', application.state);
    Object.assign(application, { recommendedBy: call.by.code, recommendation: command.recommendation, recommendedAt: call.now });
    const { id, line } = application;
    return { result: {}, facts: [fact('expert.recommended', about(call, expert.id), { application: id, line, by: call.by.code })] };
  },
});
