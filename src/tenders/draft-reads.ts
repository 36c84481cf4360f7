import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { parseYuan } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { groundFor } from '../rulebook/override-reads.ts';
import { parameter } from '../rulebook/parameters.ts';
import type { DraftAnswer } from './answers.ts';
import { shownTerms } from './benchmark-words.ts';
import { councilInUse } from './council.ts';
import { type Draft, draftOf, stepOf } from './draft.ts';
import { envelopeWays, wayTitles } from './envelopes.ts';
import { mandatoryTender } from './figures.ts';
import { groundsByField, judged, suggestedTimes } from './judgement.ts';
import type { LineEdition } from './line.ts';
import { missingIn, offerOf, offersWay, termsFrom } from './lot.ts';
import { editionOf } from './lot-reads.ts';
import { checkMethod } from './method-check.ts';
import { allows, leadsOn } from './phases.ts';
import { projectAnswer } from './project-reads.ts';
import { documentsOf, hosts, lotFor, namesOf } from './reads.ts';
import { brandTies, tieFits } from './same-brand.ts';

const lastStep = 7;

/** The wizard's page: the draft, the rules of every field, what is missing and what would be refused now. The host's only. */
export async function draftPage(em: EntityManager, by: Actor, id: string, now: Instant, step: number): Promise<DraftAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  if (!hosts(by, project) || lot.publishedAt || !allows('draft-lot', lot.phase)) throw notFound();
  const edition = editionOf(lot, project, now);
  const draft = draftOf(lot.draft);
  const on = dayOf(now);
  const estimate = draft.estimate === null ? undefined : parseYuan(draft.estimate);
  const ground = await groundFor(em, project, on);
  const minimumBids = parameter(edition.parameters.minimumBids, ground);
  const mandatory = estimate === undefined ? null : mandatoryTender(edition.parameters.mandatory, draft.subject ?? 'works', estimate, on);
  const preview = termsFrom(edition, draft, { now, ground });
  return {
    lot: { id: lot.id, number: lot.number, name: lot.name, revision: lot.revision },
    project: projectAnswer(project, await namesOf(em, [project.tenderee, project.agent ?? null])),
    step,
    draft,
    grounds: groundsByField(edition, ground),
    refusals: judged(edition, draft, now, ground).map(({ field, says, rule, source }) => ({
      path: field,
      step: stepOf(field),
      says,
      rule,
      source,
    })),
    missing: missingIn(edition, draft).map(({ path, says }) => ({ path, step: stepOf(path), says, rule: null, source: null })),
    suggested: suggestedTimes(edition, ground),
    mandatory: mandatory?.says ?? null,
    specialties: edition.panel.specialties.map((each) => ({ value: each.code, label: each.title })),
    blindOffered: edition.blind !== undefined,
    lodgingOffered: edition.security !== undefined,
    envelopes: envelopeWays.flatMap((value) => (offersWay(edition, value) ? [{ value, label: wayTitles[value] }] : [])),
    methods: edition.methods.map((each) => ({
      value: each.id,
      label: each.title,
      says: each.says,
      scored: each.template === 'comprehensive',
      price: each.price,
      benchmarks: [...each.benchmarks],
    })),
    policy: edition.policy ? { domestic: draft.subject === 'goods' } : null,
    publicity: edition.parameters.publicityMin !== null,
    publishable: leadsOn(edition.phases, lot.phase, 'notice.published'),
    agreementWays: edition.agreement ? edition.agreement.ways.map(({ id: value, title: label, says }) => ({ value, label, says })) : null,
    prequalified: edition.entry !== undefined,
    brandTies: edition.sameBrand && draft.subject === 'goods' ? tiesFor(edition, draft) : null,
    seals: edition.seals.map((each) => ({ value: each.policy, label: each.title, says: each.says })),
    documents: [...(await documentsOf(em, lot.id))],
    // looked at where it is shown: on the last step, before it is published
    preview:
      preview && shownTerms(step === lastStep ? { ...preview, findings: [...checkMethod(preview.method, preview.parameters)] } : preview),
    councilReady: (await councilInUse(em)) !== null,
    minimumBids,
    bidForm: (preview?.bidForm ?? edition.bidForm).map(({ key, label, required, read }) => ({ key, label, required, read })),
  };
}

const tiesFor = (edition: LineEdition, draft: Draft): string[] => {
  const scored = offerOf(edition, draft)?.template === 'comprehensive';
  return brandTies.filter((tie) => tieFits(tie, scored));
};
