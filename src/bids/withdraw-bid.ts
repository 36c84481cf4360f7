import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { allow } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { noBid, statementRefused } from './problems.ts';
import { Submission } from './schema.ts';
import { securityBack } from './security-back.ts';
import { withdrawalBytes, withdrawalStatement } from './statement.ts';
import { beforeDeadline, checkSignature } from './submit-bid.ts';

/** Withdraws a bid before the deadline (撤回): it is not opened, and a new one may be submitted. */
export const withdrawBid = act({
  name: 'withdraw-bid',
  by: ['bidder'],
  says: { zh: '撤回投标文件', en: 'Withdraw a bid' },
  takes: z.object({ lot: idField, statement: withdrawalStatement, signature: z.base64().max(30_000) }),
  async run(call, { lot: lotId, statement, signature }) {
    const lot = await lock(call, Lot, lotId);
    uphold([beforeDeadline], { now: call.now, deadline: lot.deadline });
    allow('withdraw-bid', lot.phase);
    if (statement.lot !== lot.id || statement.bidder !== call.by.code) throw statementRefused();
    const current = await call.em.findOne(Submission, {
      id: statement.submission,
      lot: lot.id,
      bidder: call.by.code ?? '',
      status: 'current',
    });
    if (!current) throw noBid();
    await checkSignature(call, statement.bidder, withdrawalBytes(statement), signature);
    current.status = 'withdrawn';
    current.withdrawnAt = call.now;
    const withdrawn = fact('bid.withdrawn', { lot: lot.id, party: statement.bidder }, { submission: current.id, statement, signature });
    const project = await call.em.findOneOrFail(Project, { id: lot.project });
    const securityBackBy = securityBack(lot, project, call.now);
    return { result: { submission: current.id, withdrawnAt: call.now, securityBackBy }, facts: [withdrawn] };
  },
});
