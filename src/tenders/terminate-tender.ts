import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { editionFor } from './line.ts';
import { groundOf } from './lot-ground.ts';
import { allow, nextOn } from './phases.ts';
import { lockHostedLot } from './reads.ts';
import { endedByHost, terminationRules } from './termination.ts';

export const terminationFields = z.object({
  /** id of one of the line's grounds */
  ground: z.string().max(32),
  reason: z.string().trim().min(10, '请写明终止理由，至少十个字。 | Give the reason, in ten characters at least.').max(2000),
});

/**
 * Ends a tender (终止招标; Regulation on the Bidding Law art. 31, Order 87 art. 29). Public at once. What is sealed stays sealed: custodians refuse a lot that was ended.
 * Securities are due back from this moment, by the rule of the line.
 */
export const terminateTender = act({
  name: 'terminate-tender',
  by: ['agent', 'tenderee'],
  says: { zh: '终止招标', en: 'Terminate a tender' },
  takes: terminationFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('terminate-tender', lot.phase);
    const edition = editionFor(project, lot.edition, call.now);
    const ground = edition.terminations?.find(({ id }) => id === command.ground);
    uphold(terminationRules, { ground });
    const phase = lot.suspendedFrom ?? lot.phase;
    const refundBy = edition.limits.refundWithdrawn.by(groundOf(lot, call.now)).due(call.now).due;
    lot.phase = nextOn(edition.phases, lot.phase, 'tender.terminated');
    Object.assign(lot, { failedAt: call.now, failedFor: endedByHost, resultedAt: call.now });
    const told = { ground: command.ground, reason: command.reason, phase, opened: lot.openedAt != null, refundBy };
    return { result: { lot: lot.id, refundBy }, facts: [fact('tender.terminated', { lot: lot.id }, told)] };
  },
});
