import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, type Facts } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { dueAfter } from '../kernel/working-days.ts';
import { OpeningItem } from '../openings/schema.ts';
import { calendar } from '../rulebook/calendar-data.ts';
import { period } from '../rulebook/parameters.ts';
import type { ResultPlan } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import type { Lot } from '../tenders/schema.ts';
import { alreadyNotified } from './problems.ts';
import { candidateFact } from './recommended.ts';
import { Award, Candidate } from './schema.ts';

/**
 * Sends the letter of award and, in the same moment, tells every bidder of the session the result (Bidding Law art. 45). It binds both
 * sides from here on; the time for the contract starts, and the panel's names become public. Where the line has not published the candidates before,
 * the notice of the result goes out with it.
 */
export const notifyAward = act({
  name: 'notify-award',
  by: ['agent', 'tenderee'],
  says: { zh: '发出中标通知书', en: 'Notify the award' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('notify-award', lot.phase);
    const award = await call.em.findOneOrFail(Award, { lot: lot.id });
    if (award.notifiedAt) throw alreadyNotified();
    const edition = editionOf(lot, project, call.now);
    const { due } = edition.limits.signContract.by(groundOf(lot, call.now)).due(call.now);
    award.notifiedAt = call.now;
    lot.resultedAt = call.now;
    lot.contractUntil = due;
    const items = await call.em.find(OpeningItem, { lot: lot.id }, { orderBy: { id: 'asc' } });
    const bidders = [...new Set(items.map((item) => item.bidder))];
    const { submission, bidder: winner, bidderName: name } = award;
    const price = yuan(fen(award.price));
    const letter = fact('award.notified', { lot: lot.id, party: winner }, { submission, bidder: winner, name, price, contractUntil: due });
    const notices = bidders.map((bidder) => fact('result.notified', { lot: lot.id, party: bidder }, { bidder, winner, price }));
    // what the letter refers to stands before it
    const facts: Facts = edition.result ? [await publishResult(call, lot, edition.result), letter, ...notices] : [letter, ...notices];
    return { result: { contractUntil: due, notified: bidders.length }, facts };
  },
});

/** Where candidates were not public before the award, the notice of the result names them, and runs for as long as the law says. */
async function publishResult(call: Call, lot: Lot, plan: ResultPlan): Promise<Fact> {
  const { due: until } = dueAfter(call.now, period(plan.noticePeriod, groundOf(lot, call.now)), calendar);
  lot.candidatesAt = call.now;
  lot.publicityUntil = until;
  const candidates = await call.em.find(Candidate, { lot: lot.id }, { orderBy: { rank: 'asc' } });
  return fact('result.published', { lot: lot.id }, { candidates: candidates.map(candidateFact), from: call.now, until });
}
