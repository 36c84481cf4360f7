import { z } from 'zod';
import { Submission } from '../bids/schema.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { askInSession } from '../openings/ask-pseudonyms.ts';
import { OpeningItem } from '../openings/schema.ts';
import { notSuspended, platformStop } from '../openings/suspension.ts';
import { nextPart } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { type PartInputs, partOutcome } from './part-result.ts';
import { judgedPart } from './part-work.ts';
import { notThisPart, sessionTooSoon } from './problems.ts';
import { returnedEnvelopes } from './returned.ts';
import { PartResult } from './schema.ts';

/**
 * The session of the next envelopes starts at its announced time by itself. The council is asked for exactly those who passed; in the same
 * transaction every other envelope that is still sealed is returned.
 */
export const startSession = act({
  name: 'start-session',
  by: ['system'],
  says: { zh: '下一信封开标', en: 'Start the session of the next envelopes' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('start-session', lot.phase);
    await notSuspended(call, lot.id);
    const { parts } = termsOf(lot);
    const judged = judgedPart(lot);
    const part = nextPart(parts, judged);
    const row = await call.em.findOne(PartResult, { lot: lot.id, part: judged });
    const verdict = row?.reportedAt ? partOutcome(row.result as PartInputs) : null;
    if (part === null || !verdict?.ok || verdict.value.outcome !== 'passed') throw notThisPart();
    if (!lot.sessionAt || call.now < lot.sessionAt) throw sessionTooSoon();
    const passed = new Set(verdict.value.passed);
    const returned = await returnedEnvelopes(call, lot, { after: judged, parts, keep: passed });
    const order = await call.em.find(OpeningItem, { lot: lot.id, part: judged }, { orderBy: { id: 'asc' } });
    const bids = await call.em.find(Submission, { id: { $in: [...passed] } });
    const going = order.flatMap((item) => bids.find((bid) => bid.id === item.submission && passed.has(bid.id)) ?? []);
    lot.phase = next(lot.phase, 'opening.started');
    lot.recordClosedAt = null;
    const { list, facts } = await askInSession(call, lot, part, going);
    return {
      result: { part, bids: list.length },
      facts: [fact('opening.started', { lot: lot.id }, { part, list }), ...facts, ...returned],
    };
  },
});

export const sessions = clockwork({
  name: 'sessions',
  act: startSession,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<{ id: string }[]>(
      `select lot.id from lot where lot.phase = 'waiting' and lot.session_at <= ?
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null) limit 200`,
      [now],
    );
    return rows.map(({ id }) => ({ lot: id as Id }));
  },
});
