import { z } from 'zod';
import { act, type Call, lock } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import { idField, newId } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { askDraw, keepLists } from '../openings/draws.ts';
import { DrawRequest as DrawRow, OpeningItem } from '../openings/schema.ts';
import { affiliates } from '../parties/control-reads.ts';
import { Organisation } from '../parties/schema.ts';
import { randomBytes } from '../sealing/digest.ts';
import type { AnyDrawRequest } from '../sealing/draw.ts';
import { candidatesIn } from '../sealing/draw-list.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot, type Project } from '../tenders/schema.ts';
import { poolAtLeast } from './composition.ts';
import { eligiblePool } from './eligible-reads.ts';
import { listedIn, pooledLists } from './pool.ts';
import { drawUnanswered, drawUnderWay, seatsTaken } from './problems.ts';
import { DrawSeat } from './schema.ts';

export const drawFields = z.object({
  ground: z.preprocess((given) => (given === '' ? undefined : given), z.string().trim().min(4).max(500).optional()),
});

/**
 * Asks the council to draw the panel's experts (protocol §7). Exclusions are the platform's, by rule; nobody names anybody. One draw a lot:
 * another one needs a ground, which stands in the journal for ever. Before the evaluation it takes the place of the earlier draw as a whole;
 * once the evaluation has started, only for seats that nobody is left to be called for.
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
    if (earlier.length > 0 && !command.ground)
      throw drawUnderWay({
        fields: [{ path: 'ground', says: { zh: '请写明再次抽取的理由。', en: 'Please state why another draw is needed.' } }],
      });
    if (earlier.some((draw) => !draw.completedAt)) throw drawUnanswered();
    const supplementary = Boolean(lot.evaluationStartedAt);
    const drawn = await call.em.find(DrawSeat, { lot: lot.id });
    const seats = supplementary ? missingSeats(termsOf(lot), drawn) : seatsOf(termsOf(lot));
    if (seats.length === 0) throw seatsTaken();
    const keys = { drawSalt: randomBytes(32), saltKey: randomBytes(32) };
    const facts = await lotFacts(call, lot, project);
    const asking = { line: project.line, project: project.number, lot: lot.id, sitting: supplementary, seats };
    const { groups, excluded } = await eligiblePool(call.em, asking, facts, call.now);
    const kept = pooledLists(groups, seats, keys);
    const lists = Object.fromEntries(Object.entries(kept).map(([specialty, { candidates }]) => [specialty, candidates]));
    for (const { specialty, count } of seats)
      uphold([poolAtLeast], { on: facts.on, eligible: candidatesIn(lists[specialty] ?? new Uint8Array(0)), needed: count });
    if (!supplementary) for (const seat of drawn) if (seat.state !== 'declined') seat.state = 'void';
    const request = { id: newId(call.now), lot: lot.id, at: call.now, seats, parameters: [], ...listedIn(lists) } as AnyDrawRequest;
    await keepLists(call, request.id, kept);
    const asked = askDraw(call, lot, {
      request,
      purpose: 'experts',
      drawSalt: base64url(keys.drawSalt),
      saltKey: base64url(keys.saltKey),
      excluded,
      ...(earlier.length > 0 && command.ground
        ? { ground: command.ground, supersedes: supplementary ? [] : earlier.map((draw) => draw.id) }
        : {}),
    });
    return { result: { draw: asked.id, excluded }, facts: [asked.fact] };
  },
});

const seatsOf = (terms: LotTerms) => terms.panel.seats.map(({ specialty, count, reserve }) => ({ specialty, count, reserve }));

/** Seats for which nobody sits and nobody is being called. */
const missingSeats = (terms: LotTerms, drawn: readonly DrawSeat[]) =>
  seatsOf(terms)
    .map(({ specialty, count, reserve }) => {
      const held = drawn.filter((seat) => seat.specialty === specialty && (seat.state === 'accepted' || seat.state === 'called')).length;
      return { specialty, count: count - held, reserve };
    })
    .filter(({ count }) => count > 0);

/** The parties of the lot whose people may not judge it. The bidders are known: the opening has started. */
async function lotFacts(call: Call, lot: Lot, project: Project) {
  const bidders = await call.em.find(OpeningItem, { lot: lot.id }, { fields: ['bidder'] });
  const supervisors = await call.em.find(Organisation, { kinds: { $contains: ['regulator'] } }, { fields: ['code'] });
  const parties = [project.tenderee, ...(project.agent ? [project.agent] : []), ...new Set(bidders.map((item) => item.bidder))];
  return {
    on: dayOf(call.now),
    tenderee: project.tenderee,
    agent: project.agent ?? null,
    bidders: [...new Set(bidders.map((item) => item.bidder))],
    affiliates: await affiliates(call.em, parties),
    supervisors: supervisors.map((organisation) => organisation.code),
  };
}
