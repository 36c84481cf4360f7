import type { EntityManager } from '@mikro-orm/postgresql';
import { lotHead } from '../awards/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, yuan } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { termsOf } from '../tenders/lot.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allows } from '../tenders/phases.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import type { FrameworkAnswer } from './answers.ts';
import { turnOf } from './entrants.ts';
import { amongEntrants, atMostAgreed, choiceExplained, endedAfterTerm, inItsTurn, removedOnGround, withinTerm } from './rules.ts';
import { Agreement, CallOff, Entrant } from './schema.ts';

/** The agreement of a lot, for everyone: its terms, who entered at which price, what was awarded within it, who was removed and why. */
export async function frameworkPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<FrameworkAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const plan = editionOf(lot, project, now).agreement;
  const terms = lot.terms ? termsOf(lot).agreement : undefined;
  if (!plan || !terms) throw notFound();
  const agreement = await em.findOne(Agreement, { lot: id });
  const entrants = await em.find(Entrant, { lot: id }, { orderBy: { rank: 'asc' } });
  const calls = await em.find(CallOff, { lot: id }, { orderBy: { number: 'asc' } });
  const standing = entrants.filter(({ removedAt }) => !removedAt);
  const runs = agreement !== null && !agreement.endedAt && now < agreement.until;
  const turn = terms.way.inTurn && runs ? turnOf(standing, calls) : null;
  const host = hosts(by, project);
  const unknown = (ground: string) => ({ zh: ground, en: ground });
  return {
    lot: await lotHead(em, by, lot, project, now),
    source: plan.source,
    terms: { way: terms.way.title, inTurn: terms.way.inTurn, months: terms.months, eliminated: terms.eliminated, most: terms.most },
    agreement: agreement && { from: agreement.startedAt, until: agreement.until, endedAt: agreement.endedAt ?? null },
    entrants: entrants.map(({ bidder, name, rank, price, removedFor, removalReason }) => ({
      bidder,
      name,
      rank,
      price: yuan(fen(price)),
      contracts: calls.filter((each) => each.bidder === bidder).length,
      removed: removedFor
        ? { ground: plan.removals.find((each) => each.id === removedFor)?.says ?? unknown(removedFor), reason: removalReason ?? '' }
        : null,
    })),
    turn: turn && { bidder: turn.bidder, name: turn.name },
    calls: calls.map(({ number, name, what, quantity, unitPrice, amount, reason, awardedAt }) => ({
      number,
      name,
      what,
      quantity,
      unitPrice: yuan(fen(unitPrice)),
      amount: yuan(fen(amount)),
      reason: reason ?? null,
      at: awardedAt,
    })),
    removals: plan.removals.map(({ id: value, says: label }) => ({ value, label })),
    grounds: [amongEntrants, atMostAgreed, withinTerm, inItsTurn, choiceExplained, removedOnGround, endedAfterTerm].map(
      ({ id: rule, source, says }) => ({ rule, source, says }),
    ),
    you: {
      mayDetermine: host && by.role === 'tenderee' && allows('determine-entrants', lot.phase),
      mayAward: host && runs && standing.length > 0 && allows('award-call-off', lot.phase),
      mayRemove: host && standing.length > 0 && allows('remove-entrant', lot.phase),
      mayEnd: host && agreement !== null && allows('end-agreement', lot.phase) && (now >= agreement.until || standing.length === 0),
    },
  };
}
