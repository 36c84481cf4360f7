import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { stateMovedOn } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { editionFor } from './line.ts';
import { allow } from './phases.ts';
import { lockHostedLot } from './reads.ts';
import { chainTo } from './retender-reads.ts';
import { Lot, TenderingEnd } from './schema.ts';
import { secondFailureRules } from './second-failure.ts';

const optional = (most: number) =>
  z.preprocess((given) => (typeof given === 'string' && given.trim() === '' ? undefined : given), z.string().trim().max(most).optional());

export const endFields = z.object({
  /** id of one of the line's ways */
  way: z.string().max(32),
  approvedBy: optional(200),
  approvalNumber: optional(100),
  /** what comes instead: a contractor is chosen directly, or nothing is bought now */
  follows: z.enum(['direct', 'none']),
  /** who is chosen directly */
  chosen: optional(200),
  reason: z.string().trim().min(5, '请写明失败原因和处理理由。 | Give the causes of the failure and the reason.').max(2000),
});

/** Ends the tendering of a lot that failed twice (不再招标), as the law allows: a recorded decision with its ground, which anybody may read. */
export const endTendering = act({
  name: 'end-tendering',
  by: ['agent', 'tenderee'],
  says: { zh: '二次招标失败后不再招标', en: 'End tendering after a second failure' },
  takes: endFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('end-tendering', lot.phase);
    const decided = (await call.em.count(Lot, { retenderOf: lot.id })) + (await call.em.count(TenderingEnd, { lot: lot.id }));
    if (decided > 0) throw stateMovedOn();
    const chain = await chainTo(call.em, lot);
    const way = editionFor(project, lot.edition, call.now).secondFailure?.find(({ id }) => id === command.way);
    const { approvedBy = null, approvalNumber = null, follows, chosen = null, reason } = command;
    uphold(secondFailureRules, { grounds: chain.map((each) => each.failedFor ?? ''), way, approvedBy, approvalNumber });
    call.em.create(TenderingEnd, {
      lot: lot.id,
      way: command.way,
      approvedBy,
      approvalNumber,
      follows,
      chosen: follows === 'direct' ? chosen : null,
      reason,
      endedAt: call.now,
    });
    const told = {
      way: command.way,
      tenders: chain.map(({ id, number, failedFor }) => ({ lot: id, number, reason: failedFor ?? '' })),
      approvedBy,
      approvalNumber,
      follows,
      chosen: follows === 'direct' ? chosen : null,
      reason,
    };
    return { result: { lot: lot.id, endedAt: call.now }, facts: [fact('tendering.ended', { lot: lot.id }, told)] };
  },
});
