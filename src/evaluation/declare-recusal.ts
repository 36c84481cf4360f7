import { z } from 'zod';
import { stepDown } from '../experts/answer-call.ts';
import { DrawSeat } from '../experts/schema.ts';
import { fact } from '../journal/event.ts';
import { act, type Facts, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { declaration } from './declaration.ts';
import { ownSeat } from './member-reads.ts';
import { judgedPart } from './part-work.ts';
import { alreadyDeclared, reasonNeeded, sheetClosed } from './problems.ts';
import { EvaluationReport, PartResult } from './schema.ts';

export const declarationFields = z.object({
  recuses: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  ground: z.string().trim().max(500).optional(),
});

/**
 * Each member declares, the bidders being named, that nothing binds it to one of them; or withdraws. Only then does it see the bids (XR-10).
 * An expert who withdraws is replaced by the next of the same draw; what it has judged so far no longer counts (regulations art. 48).
 */
export const declareRecusal = act({
  name: 'declare-recusal',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '签署回避声明', en: 'Declare recusal or its absence' },
  takes: declarationFields.extend({ lot: idField }),
  async run(call, { lot: lotId, recuses, ground }) {
    const lot = await lock(call, Lot, lotId);
    allow('declare-recusal', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    if ((await call.em.count(EvaluationReport, { lot: lot.id })) > 0) throw sheetClosed();
    // a result that waits for signatures waits for the very members who reached it
    if ((await call.em.count(PartResult, { lot: lot.id, part: judgedPart(lot), reportedAt: null })) > 0) throw sheetClosed();
    const declared = { member: member.id, statement: declaration.zh, recuses, ground: recuses ? (ground ?? null) : null };
    const result: { recuses: boolean } = { recuses };
    const said = fact('recusal.declared', { lot: lot.id, member: member.id }, declared);
    if (!recuses) {
      if (member.declaredAt) throw alreadyDeclared();
      member.declaredAt = call.now;
      return { result, facts: [said] };
    }
    if (!ground) throw reasonNeeded({ fields: [{ path: 'ground', says: { zh: '请写明回避理由。', en: 'Please state the ground.' } }] });
    member.recusedFor = ground;
    member.leftAt = call.now;
    const replaced = member.drawSeat ? await stepDown(call, await lock<DrawSeat>(call, DrawSeat, member.drawSeat), 'recused') : [];
    const facts: Facts = [said, ...replaced];
    return { result, facts };
  },
});
