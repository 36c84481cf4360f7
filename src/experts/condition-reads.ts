import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { parameter } from '../rulebook/parameters.ts';
import { termsOf } from '../tenders/lot.ts';
import { allows } from '../tenders/phases.ts';
import type { Lot, Project } from '../tenders/schema.ts';
import type { DrawAnswer } from './answers.ts';
import { bandOf, countedTo } from './band.ts';
import { eligibleCounts } from './eligible-reads.ts';
import { ladderOn } from './ladder.ts';
import { lotParties } from './lot-parties-reads.ts';
import { reachOf, rungNames } from './reach.ts';
import type { DrawSeat } from './schema.ts';
import { missingSeats, seatsOf, titleIn } from './seats.ts';

interface Standing {
  readonly lot: Lot;
  readonly project: Project;
  readonly drawn: readonly DrawSeat[];
  readonly drawnBefore: boolean;
  /** the host may ask for a draw now */
  readonly mayRequest: boolean;
}

/**
 * How large the pool of each seat is, for the host who is about to ask for a draw: in bands, and whether the first rung suffices. Before the opening it is
 * counted without the bidders, whom nobody knows yet; then it is an outlook, and says so.
 */
export async function conditionsFor(
  em: EntityManager,
  { lot, project, drawn, drawnBefore, mayRequest }: Standing,
  now: Instant,
): Promise<DrawAnswer['conditions']> {
  const beforeOpening = allows('submit-bid', lot.phase) || lot.phase === 'closed';
  if (!mayRequest && !beforeOpening) return null;
  const terms = termsOf(lot);
  const supplement = drawnBefore;
  const seats = supplement ? missingSeats(terms, drawn) : seatsOf(terms);
  if (seats.length === 0) return null;
  const parties = await lotParties(em, lot, project, now);
  const [first] = ladderOn(parties.on);
  if (first === undefined) return null;
  const asked = {
    line: project.line,
    project: project.number,
    lot: lot.id,
    sitting: supplement,
    seats: seats.map(({ specialty }) => ({ specialty, reach: reachOf(specialty, project.region, first, parties.on) })),
  };
  const counts = await eligibleCounts(em, asked, parties, now, countedTo);
  const multiple = parameter('op.pool.multiple.min', parties.on);
  return {
    supplement,
    beforeOpening,
    seats: seats.map(({ specialty, count }) => ({
      specialty: titleIn(terms, specialty),
      count,
      pool: bandOf(counts[specialty] ?? 0),
      enough: (counts[specialty] ?? 0) >= count * multiple,
      reach: rungNames[first],
    })),
    ladder: ladderOn(parties.on).map((rung) => rungNames[rung]),
  };
}
