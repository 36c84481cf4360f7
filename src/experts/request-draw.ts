import { z } from 'zod';
import { act, type Call, lock } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import { idField, newId } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { keptLists } from '../openings/draw-list-reads.ts';
import { askDraw } from '../openings/draws.ts';
import { DrawRequest as DrawRow } from '../openings/schema.ts';
import { parameter } from '../rulebook/parameters.ts';
import { randomBytes } from '../sealing/digest.ts';
import type { AnyDrawRequest } from '../sealing/draw.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { inBands } from './band.ts';
import { poolAtLeast } from './composition.ts';
import { keepEligible } from './eligible-lists.ts';
import { eligibleCounts, type LotParties, type PoolAsked } from './eligible-reads.ts';
import { ladderOn } from './ladder.ts';
import { lotParties } from './lot-parties-reads.ts';
import { listedIn, type SeatAsked } from './pool.ts';
import { drawUnanswered, drawUnderWay, seatsTaken } from './problems.ts';
import { voidSeat } from './queue-messages.ts';
import { reachOf } from './reach.ts';
import { DrawSeat } from './schema.ts';
import { missingSeats, type Seat, seatsOf } from './seats.ts';

const flag = z.preprocess(
  (given) => (given === 'true' || given === 'on' ? true : given === 'false' || given === '' ? false : given),
  z.boolean().optional(),
);

export const drawFields = z.object({
  ground: z.preprocess((given) => (given === '' ? undefined : given), z.string().trim().min(4).max(500).optional()),
  /** only for the seats that nobody is left to be called for; who accepted stays */
  supplement: flag,
  /** where too few may be drawn, go further by the rule XD-7 */
  widen: flag,
});

/**
 * Asks the council to draw the panel's experts (protocol §7). Exclusions are the platform's, by rule; nobody names anybody. One draw a lot:
 * another one needs a ground, which stands in the journal for ever. It takes the place of the earlier draw as a whole; a supplementary one, and any once the
 * evaluation has started, is only for seats that nobody is left to be called for.
 */
export const requestDraw = act({
  name: 'request-draw',
  by: ['agent', 'tenderee'],
  says: { zh: '申请抽取评标专家', en: 'Request an expert draw' },
  takes: drawFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const project = await hostedBy(call, lot);
    allow('request-draw', lot.phase);
    const earlier = await call.em.find(DrawRow, { lot: lot.id, purpose: 'experts' }, { orderBy: { requestedAt: 'asc' } });
    const ground = command.ground ?? (command.supplement ? usedUp : undefined);
    if (earlier.length > 0 && !ground)
      throw drawUnderWay({
        fields: [{ path: 'ground', says: { zh: '请写明再次抽取的理由。', en: 'Please state why another draw is needed.' } }],
      });
    if (earlier.some((draw) => !draw.completedAt)) throw drawUnanswered();
    const supplementary = Boolean(lot.evaluationStartedAt) || command.supplement === true;
    const drawn = await call.em.find(DrawSeat, { lot: lot.id });
    const seats = supplementary ? missingSeats(termsOf(lot), drawn) : seatsOf(termsOf(lot));
    if (seats.length === 0 || (supplementary && earlier.length === 0)) throw seatsTaken();
    const parties = await lotParties(call.em, lot, project, call.now);
    const asking = { line: project.line, project: project.number, lot: lot.id, sitting: supplementary };
    const reaching = await reachFor(call, { ...asking, region: project.region }, seats, { parties, widen: command.widen === true });
    const keys = { drawSalt: randomBytes(32), saltKey: randomBytes(32) };
    const id = newId(call.now);
    const { lists, excluded } = await keepEligible(call, id, { ...asking, seats: reaching }, parties, keys);
    for (const { specialty, count } of seats)
      uphold([poolAtLeast], { on: parties.on, eligible: lists[specialty]?.size ?? 0, needed: count });
    if (!supplementary) for (const seat of drawn) if (seat.state !== 'declined') voidSeat(call, seat);
    const listed = await listedIn(lists, () =>
      keptLists(
        call.em,
        id,
        seats.map(({ specialty }) => specialty),
      ),
    );
    const asked = askDraw(call, lot, {
      request: { id, lot: lot.id, at: call.now, seats: [...seats], parameters: [], ...listed } as AnyDrawRequest,
      purpose: 'experts',
      drawSalt: base64url(keys.drawSalt),
      saltKey: base64url(keys.saltKey),
      excluded,
      excludedBands: inBands(excluded),
      reach: Object.fromEntries(reaching.map(({ specialty, reach }) => [specialty, reach])),
      ...(earlier.length > 0 && ground ? { ground, supersedes: supplementary ? [] : earlier.map((draw) => draw.id) } : {}),
    });
    return { result: { draw: asked.id }, facts: [asked.fact] };
  },
});

/** The ground of a supplementary draw, which the platform has seen for itself. */
const usedUp = '抽中及后备专家均已通知，席位仍有空缺，补充抽取';

/**
 * How far each seat reaches: the first rung, and only where that is too small and the host accepts it, the next that suffices. Who does not accept it is
 * refused by the rule itself, when the list is made.
 */
async function reachFor(
  call: Call,
  asking: Omit<PoolAsked, 'seats'> & { readonly region: string },
  seats: readonly Seat[],
  { parties, widen }: { readonly parties: LotParties; readonly widen: boolean },
): Promise<readonly SeatAsked[]> {
  const reaching: SeatAsked[] = [];
  const ladder = ladderOn(parties.on);
  for (const { specialty, count } of seats) {
    const least = count * parameter('op.pool.multiple.min', parties.on);
    for (const rung of widen ? ladder : ladder.slice(0, 1)) {
      const seat = { specialty, reach: reachOf(specialty, asking.region, rung, parties.on) };
      const last = !widen || rung === ladder.at(-1);
      const counts = last ? {} : await eligibleCounts(call.em, { ...asking, seats: [seat] }, parties, call.now, least);
      if (!last && (counts[specialty] ?? 0) < least) continue;
      reaching.push(seat);
      break;
    }
  }
  return reaching;
}
