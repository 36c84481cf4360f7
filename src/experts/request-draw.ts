import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { act, type Call, lock } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import { idField, newId } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { askDraw } from '../openings/draws.ts';
import { DrawRequest as DrawRow, OpeningItem } from '../openings/schema.ts';
import { Organisation } from '../parties/schema.ts';
import { randomBytes } from '../sealing/digest.ts';
import { hostedBy } from '../tenders/host.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot, type Project } from '../tenders/schema.ts';
import { poolAtLeast } from './composition.ts';
import { eligibility, type PooledExpert } from './pool.ts';
import { drawUnderWay } from './problems.ts';
import { Expert } from './schema.ts';

/**
 * Asks the council to draw the panel's experts (protocol §7). Exclusions are the platform's, by rule; nobody names anybody. One draw a lot:
 * another one needs a ground, which stands in the journal for ever.
 */
export const requestDraw = act({
  name: 'request-draw',
  by: ['agent', 'tenderee'],
  says: { zh: '申请抽取评标专家', en: 'Request an expert draw' },
  takes: z.object({ lot: idField, ground: z.string().trim().min(4).max(500).optional() }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const project = await hostedBy(call, lot);
    allow('request-draw', lot.phase);
    const earlier = await call.em.count(DrawRow, { lot: lot.id, purpose: 'experts' });
    if (earlier > 0 && !command.ground) throw drawUnderWay();
    const terms = termsOf(lot);
    const keys = { drawSalt: randomBytes(32), saltKey: randomBytes(32) };
    const pool = await pooledExperts(call.em, project.line, call.now);
    const facts = await lotFacts(call, lot, project);
    const { eligible, excluded } = eligibility(pool, terms.panel.seats, facts, keys);
    const seats = seatsOf(terms);
    for (const { specialty, count } of seats)
      uphold([poolAtLeast], { on: facts.on, eligible: eligible[specialty]?.length ?? 0, needed: count });
    const request = {
      format: 'yangguang/draw/v1' as const,
      id: newId(call.now),
      lot: lot.id,
      at: call.now,
      seats,
      eligible,
      parameters: [],
    };
    const asked = askDraw(call, lot, {
      request,
      purpose: 'experts',
      drawSalt: base64url(keys.drawSalt),
      saltKey: base64url(keys.saltKey),
      excluded,
    });
    return { result: { draw: asked.id, excluded }, facts: [asked.fact] };
  },
});

const seatsOf = (terms: LotTerms) => terms.panel.seats.map(({ specialty, count, reserve }) => ({ specialty, count, reserve }));

/** The parties of the lot whose people may not judge it. The bidders are known: the opening has started. */
async function lotFacts(call: Call, lot: Lot, project: Project) {
  const bidders = await call.em.find(OpeningItem, { lot: lot.id }, { fields: ['bidder'] });
  const supervisors = await call.em.find(Organisation, { kinds: { $contains: ['regulator'] } }, { fields: ['code'] });
  return {
    on: dayOf(call.now),
    tenderee: project.tenderee,
    agent: project.agent ?? null,
    bidders: bidders.map((item) => item.bidder),
    affiliates: [],
    supervisors: supervisors.map((organisation) => organisation.code),
  };
}

/** Every expert of the pool who sits for this line, with what exclusion needs to know. */
async function pooledExperts(em: EntityManager, line: string, now: string): Promise<PooledExpert[]> {
  const experts = await em.find(Expert, { memberships: { $contains: [line] } });
  const busy = await em.execute<{ expert: string; panels: number }[]>(
    `select expert, count(*)::int as panels from draw_seat where state = 'accepted' and answered_at >= date_trunc('month', ?::timestamptz) group by expert`,
    [now],
  );
  const panels = new Map(busy.map((row) => [row.expert, row.panels]));
  return experts.map((expert) => ({
    id: expert.id,
    name: expert.name,
    specialties: expert.specialties,
    status: expert.status,
    employer: expert.employer,
    formerEmployers: (expert.formerEmployers as { code: string; until: DayString | null }[]) ?? [],
    interests: expert.interests,
    relatives: expert.relatives,
    penalised: expert.penalised,
    bannedUntil: (expert.bannedUntil as DayString | null) ?? null,
    panelsThisMonth: panels.get(expert.id) ?? 0,
    preparedDocuments: false,
  }));
}
