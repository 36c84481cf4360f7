import { z } from 'zod';
import { fact } from '../journal/event.ts';
import type { OutageRule } from '../journal/outage.ts';
import { presentProbes } from '../journal/probe-reads.ts';
import { act, type Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { idField } from '../kernel/ids.ts';
import { parseYuan, zeroFen } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { editionInForce } from '../rulebook/edition.ts';
import { groundFor } from '../rulebook/override-reads.ts';
import { parameter } from '../rulebook/parameters.ts';
import type { Grace } from '../sealing/grace.ts';
import { councilInUse } from './council.ts';
import { draftOf } from './draft.ts';
import { judged, problemFor } from './judgement.ts';
import { procedureOf } from './line.ts';
import { type LotTerms, missingIn, termsFrom } from './lot.ts';
import { acknowledgedField, checkMethod, findingsUnacknowledged, unacknowledged } from './method-check.ts';
import { allow, nextOn } from './phases.ts';
import { conditionsChanged, draftIncomplete, noCouncil, noDocuments } from './problems.ts';
import { documentsInForce, documentsOf, lockHostedLot } from './reads.ts';
import { type Lot, Prequalification, type Project } from './schema.ts';

/**
 * Publishes the notice: every rule is upheld against this moment, the edition and the council in use are pinned, and from here on the
 * terms stand. What the method does (method-check.ts) is acknowledged with it, finding by finding. It cannot be taken back; only addenda, a failure or a termination follow.
 */
export const publishNotice = act({
  name: 'publish-notice',
  by: ['agent', 'tenderee'],
  says: { zh: '发布招标公告', en: 'Publish the tender notice' },
  takes: z.object({ lot: idField, acknowledged: acknowledgedField }),
  async run(call, command) {
    const { lot, project } = await lockHostedLot(call, command.lot);
    allow('publish-notice', lot.phase);
    const edition = editionInForce(procedureOf(project), dayOf(call.now));
    const phase = nextOn(edition.phases, lot.phase, 'notice.published');
    const draft = draftOf(lot.draft);
    const ground = await groundFor(call.em, project, dayOf(call.now));
    const outage = await outageRuleOn(call.em, dayOf(call.now));
    const chosen = termsFrom(edition, draft, { now: call.now, ground, grace: graceOn(dayOf(call.now)), outage });
    if (chosen === null) throw draftIncomplete({ fields: missingIn(edition, draft) });
    const refused = problemFor(judged(edition, draft, call.now, ground));
    if (refused) throw refused;
    uphold(edition.rules.start, {
      on: dayOf(call.now),
      now: call.now,
      intentionOn: (project.intentionOn ?? null) as DayString | null,
      intentionWaived: project.intentionWaived ?? null,
    });
    if (edition.entry) await conditionsStand(call.em, lot.id, chosen.qualification);
    const documents = documentsInForce(await documentsOf(call.em, lot.id));
    if (documents.length === 0) throw noDocuments();
    const council = await councilInUse(call.em);
    if (council === null) throw noCouncil();
    const terms = { ...chosen, findings: [...checkMethod(chosen.method, chosen.parameters)] };
    const open = unacknowledged(terms.findings, command.acknowledged);
    if (open.length > 0) throw findingsUnacknowledged({ fields: open });
    lot.phase = phase;
    pin(lot, terms, { edition: edition.id, council: council.id, now: call.now });
    return {
      result: { lot: lot.id, number: lot.number, deadline: terms.deadline },
      facts: [fact('notice.published', { lot: lot.id, project: project.id }, noticeData(lot, project, terms, documents))],
    };
  },
});

/** Whoever qualified by the notice of prequalification qualified for this tender: nothing was added since, and nothing dropped. */
async function conditionsStand(em: Call['em'], lot: string, qualification: readonly string[]): Promise<void> {
  const { conditions } = await em.findOneOrFail(Prequalification, { lot });
  if (conditions.join('\n') === qualification.join('\n')) return;
  throw conditionsChanged({ fields: [{ path: 'qualification', says: conditionsChanged().title }] });
}

const graceOn = (day: DayString): Grace => ({
  minutes: parameter('bid.grace.base', day),
  bytesPerMinute: parameter('bid.grace.bytesPerMinute', day),
  mostMinutes: parameter('bid.grace.max', day),
});

/** The rule and the probes that now hold; none while fewer institutions probe than it asks for. */
async function outageRuleOn(em: Call['em'], day: DayString): Promise<OutageRule | undefined> {
  const probes = await presentProbes(em);
  const institutions = new Set(probes.map((each) => each.institution)).size;
  if (institutions < parameter('intake.outage.institutions', day)) return undefined;
  return {
    probes,
    quorum: parameter('intake.outage.quorum', day),
    downMinutes: parameter('intake.outage.down', day),
    windowMinutes: parameter('intake.outage.window', day),
    moveHours: parameter('intake.outage.move', day),
    mostMoves: parameter('intake.outage.moves.max', day),
    settleMinutes: parameter('intake.outage.settle', day),
  };
}

/** What a lot keeps of its terms once they are published. */
export function pin(lot: Lot, terms: LotTerms, given: { readonly edition: string; readonly council: string; readonly now: Instant }): void {
  lot.name = terms.name;
  lot.terms = terms;
  lot.edition = given.edition;
  lot.council = given.council;
  lot.ceiling = terms.ceiling === null ? null : (parseYuan(terms.ceiling) ?? null);
  lot.security = terms.security === null ? null : (parseYuan(terms.security) ?? zeroFen);
  lot.publishedAt = given.now;
  lot.documentsUntil = terms.documentsUntil as Instant;
  lot.deadline = terms.deadline as Instant;
}

/** The notice as the journal carries it: papers, custodians and verifiers need nothing else. */
export const noticeData = (lot: Lot, project: Project, terms: LotTerms, documents: ReturnType<typeof documentsInForce>) => ({
  number: lot.number,
  ...(lot.tradeCode ? { tradeCode: lot.tradeCode } : {}),
  name: terms.name,
  line: project.line,
  edition: lot.edition ?? '',
  region: project.region,
  tenderee: project.tenderee,
  agent: project.agent ?? null,
  documentsFrom: terms.documentsFrom,
  documentsUntil: terms.documentsUntil,
  deadline: terms.deadline,
  ceiling: terms.ceiling,
  security: terms.security,
  sealPolicy: terms.sealPolicy,
  ...(terms.layerMinutes === undefined ? {} : { layerMinutes: terms.layerMinutes }),
  ...(terms.layerOutage === undefined ? {} : { layerOutage: terms.layerOutage }),
  ...(terms.remedy === undefined ? {} : { remedy: terms.remedy }),
  parts: terms.parts,
  readingOrder: terms.readingOrder,
  ...(terms.blind === undefined ? {} : { blind: terms.blind }),
  ...(terms.sheets === undefined ? {} : { sheets: terms.sheets }),
  reassessments: 'signed' as const,
  council: lot.council ?? '',
  minimumBids: terms.minimumBids,
  publicityDays: terms.publicityDays,
  ...(terms.grace === undefined ? {} : { grace: terms.grace }),
  ...(terms.outage === undefined ? {} : { outage: terms.outage }),
  method: terms.method,
  parameters: terms.parameters,
  documents,
  terms,
});
