import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { stateAfter } from './admission.ts';
import { about } from './officials.ts';
import { ownApplication } from './own-application.ts';

/** The applicant takes an application back; another one may be made. */
export const withdrawApplication = act({
  name: 'withdraw-application',
  by: ['expert'],
  says: { zh: '撤回入库申请', en: 'Withdraw an application' },
  takes: z.object({ application: idField }),
  async run(call, command) {
    const { expert, application } = await ownApplication(call, command.application);
    application.state = stateAfter('withdraw', application.state);
    const { id, line } = application;
    return { result: {}, facts: [fact('expert.withdrew', about(call, expert.id), { application: id, line })] };
  },
});
