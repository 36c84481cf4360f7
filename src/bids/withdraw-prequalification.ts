import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { takenFor } from './entry.ts';
import { noApplication } from './problems.ts';

/** A supplier takes its application back, without a reason. */
export const withdrawPrequalification = act({
  name: 'withdraw-prequalification',
  by: ['bidder'],
  says: { zh: '撤回资格预审申请', en: 'Withdraw an application for prequalification' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot, code, before } = await takenFor(call, command.lot, 'withdraw-prequalification');
    if (before === null || before.withdrawnAt) throw noApplication();
    before.withdrawnAt = call.now;
    return {
      result: { application: before.id },
      facts: [fact('application.withdrawn', { lot: lot.id, party: code }, { application: before.id })],
    };
  },
});
