import { PanelMember } from '../evaluation/schema.ts';
import type { LastOfferCall } from '../journal/negotiation-events.ts';
import { type Call, lock } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { councilInUse } from '../tenders/council.ts';
import type { LotTerms } from '../tenders/lot.ts';
import { lotNumber } from '../tenders/number.ts';
import { firstPhase, next } from '../tenders/phases.ts';
import { noCouncil } from '../tenders/problems.ts';
import { noticeData, pin } from '../tenders/publish-notice.ts';
import { documentsInForce, documentsOf } from '../tenders/reads.ts';
import { Lot, Project, TenderDocument } from '../tenders/schema.ts';
import { nextTradeCode } from '../tenders/trade-code.ts';
import { LastOfferPlace } from './schema.ts';

/** The lot of the last offers, published at once: what its notice says, and the group's seats in it. */
export async function openOffers(call: Call, responses: Lot, terms: LotTerms, suppliers: readonly { readonly bidder: string }[]) {
  const project = await lock<Project>(call, Project, responses.project);
  const council = await councilInUse(call.em);
  if (council === null) throw noCouncil();
  const before = await call.em.count(Lot, { project: project.id });
  const lot = call.em.create(Lot, {
    id: newId(call.now),
    project: project.id,
    number: lotNumber(project.number, 1, before + 1),
    tradeCode: await nextTradeCode(call, { line: project.line, code: project.tenderee }),
    name: terms.name,
    phase: next(firstPhase, 'notice.published'),
    draft: null,
    follows: responses.id,
    createdAt: call.now,
  });
  pin(lot, terms, { edition: responses.edition ?? '', council: council.id, now: call.now });
  await carryDocuments(call, responses.id, lot.id);
  for (const { bidder } of suppliers) call.em.create(LastOfferPlace, { lot: lot.id, bidder });
  const seats = await carryGroup(call, responses.id, lot.id);
  await call.em.flush();
  const documents = documentsInForce(await documentsOf(call.em, lot.id));
  return { lot, project, seats, notice: noticeData(lot, project, terms, documents) };
}

/** The documents in force, the same files under the second lot. */
async function carryDocuments(call: Call, from: string, to: string): Promise<void> {
  const held = await call.em.find(TenderDocument, { lot: from }, { orderBy: { publishedAt: 'asc', id: 'asc' } });
  const replaced = new Set(held.map((each) => each.supersedes));
  for (const { name, version, type, bytes, sha256, fileKey } of held.filter((each) => !replaced.has(each.id)))
    call.em.create(TenderDocument, {
      id: newId(call.now),
      lot: to,
      name,
      version,
      supersedes: null,
      type,
      bytes,
      sha256,
      fileKey,
      publishedAt: call.now,
    });
}

/** Whoever negotiated judges: each seat is taken over by whom it had, who declares again before it sees the last offers. */
async function carryGroup(call: Call, from: string, to: string): Promise<LastOfferCall['seats']> {
  const sitting = await call.em.find(PanelMember, { lot: from, leftAt: null }, { orderBy: { seat: 'asc' } });
  return sitting.map((each) => {
    const { id, kind, expert = null, user = null, name, mask, specialty = null, seat } = each;
    const member = newId(call.now);
    call.em.create(PanelMember, { id: member, lot: to, kind, expert, user, name, mask, specialty, seat, formedAt: call.now });
    return { from: id, member, kind, mask, specialty };
  });
}
