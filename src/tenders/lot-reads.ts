import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, yuan } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';
import { statedBy } from '../rulebook/figure-rule.ts';
import { localRow } from '../rulebook/local-row.ts';
import { sentence } from '../rulebook/parameter.ts';
import { rowOn } from '../rulebook/parameters.ts';
import type { LotAnswer } from './answers.ts';
import { shownTerms } from './benchmark-words.ts';
import { isByInvitation } from './entry-reads.ts';
import { editionFor, type LineEdition } from './line.ts';
import { termsOf } from './lot.ts';
import { groundOf } from './lot-ground.ts';
import { peopleOf } from './lot-people.ts';
import { nextSteps } from './next-steps.ts';
import { orderOn } from './orders.ts';
import { allows, type Phase, phaseOf, phases } from './phases.ts';
import { lotRow, projectAnswer } from './project-reads.ts';
import { addendaOf, documentsOf, hosts, lotFor, namesOf, questionsOf, timelineOf } from './reads.ts';
import { retenderOf } from './retender-reads.ts';
import type { Lot, Project } from './schema.ts';
import { deadlineAfterAddendum } from './timetable.ts';

/** The edition a lot stands under: the pinned one, or before publication the one in force. */
export const editionOf = (lot: Lot, project: Project, now: Instant): LineEdition => editionFor(project, lot.edition, now);

const recentEntries = 8;

/** A lot's public page for one reader: everything published, and what this reader may do next. */
export async function lotPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<LotAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const isHost = hosts(by, project);
  const nameOf = await namesOf(em, [project.tenderee, project.agent ?? null]);
  const documents = await documentsOf(em, id);
  const questions = await questionsOf(em, by, id, isHost);
  const you = await rightsOf(em, by, lot, isHost, now);
  const edition = editionOf(lot, project, now);
  const entries = await timelineOf(em, by, id, null);
  const waiting = isHost ? questions.filter((each) => each.answer === null).length : 0;
  return {
    lot: lotFacts(lot),
    project: projectAnswer(project, nameOf),
    terms: lot.terms ? shownTerms(termsOf(lot)) : null,
    stages: stagesOf(lot, edition),
    grounds: [...edition.rules.notice, ...edition.rules.addendum].map((rule) => statedBy(rule, groundOf(lot, now))),
    local: setFor(lot, now),
    documents: [...documents],
    questions: [...questions],
    addenda: await addendaOf(em, id),
    recent: [...entries].reverse().slice(0, recentEntries),
    you,
    order: await orderOn(em, id),
    terminations: isHost && allows('terminate-tender', lot.phase) ? [...(edition.terminations ?? [])] : [],
    outage: outageFacts(lot, now),
    retender: await retenderOf(em, lot, { project, isHost, now }),
    amendment: you.mayAmend && lot.deadline ? amendment(lot, edition, now) : null,
    next: [
      ...nextSteps(lot, by.role, {
        ...you,
        waiting,
        hasDocuments: documents.length > 0,
        qualifies: edition.qualifiedBy === 'host',
        decides: edition.result !== undefined,
        agreement: edition.agreement !== undefined,
        round: lot.terms ? termsOf(lot).round : undefined,
      }),
    ],
  };
}

/** The figures that were set for this lot's line and region, as its notice pinned them, each with its reason. */
const setFor = (lot: Lot, now: Instant): LotAnswer['local'] => {
  const { on, local } = groundOf(lot, now);
  return local.flatMap((each) => {
    const law = rowOn(each.key, on);
    const row = law && localRow(law, [each]);
    return row ? [{ override: each.override, says: sentence(row), source: row.source }] : [];
  });
};

function outageFacts(lot: Lot, now: Instant): LotAnswer['outage'] {
  const terms = lot.terms ? termsOf(lot) : null;
  if (!terms?.outage || !lot.deadline) return null;
  return { moved: lot.deadlineMoves, original: terms.deadline as Instant, waiting: lot.phase === 'bidding' && now >= lot.deadline };
}

function lotFacts(lot: Lot): LotAnswer['lot'] {
  return {
    ...lotRow(lot),
    phaseSays: phases[phaseOf(lot.phase)].says,
    edition: lot.edition ?? null,
    council: lot.council ?? null,
    documentsUntil: lot.documentsUntil ?? null,
    ceiling: lot.ceiling ? yuan(fen(lot.ceiling)) : null,
    security: lot.security ? yuan(fen(lot.security)) : null,
    openedAt: lot.openedAt ?? null,
    candidatesAt: lot.candidatesAt ?? null,
    publicityUntil: lot.publicityUntil ?? null,
    awardedAt: lot.awardedAt ?? null,
    contractedAt: lot.contractedAt ?? null,
    failedAt: lot.failedAt ?? null,
    failedFor: lot.failedFor ?? null,
  };
}

/** What this reader may do here now. `collected` is only ever asked about the reader's own organisation. */
async function rightsOf(em: EntityManager, by: Actor, lot: Lot, isHost: boolean, now: Instant): Promise<LotAnswer['you']> {
  const bidding = lot.publishedAt !== null && lot.deadline !== null && lot.deadline !== undefined && now < lot.deadline;
  const isBidder = by.role === 'bidder' && by.code !== null;
  const invitation = await isByInvitation(em, lot.id);
  const collected = isBidder && by.code !== null && (await peopleOf.collected(em, lot.id, by.code));
  const mayOffer = isBidder && by.code !== null && (await peopleOf.mayOffer(em, lot.id, by.code));
  const inWindow = bidding && lot.documentsUntil !== null && lot.documentsUntil !== undefined && now < lot.documentsUntil;
  return {
    host: isHost,
    collected,
    mayCollect:
      mayOffer &&
      !collected &&
      inWindow &&
      allows('collect-documents', lot.phase) &&
      (!invitation || (await peopleOf.invited(em, lot.id, by.code ?? ''))),
    mayDownload: await mayDownload(em, by, lot, isHost, collected),
    invitation,
    mayAsk: isBidder && bidding && (!invitation || collected) && allows('ask-question', lot.phase),
    mayAnswer: isHost && bidding && allows('answer-question', lot.phase),
    mayAmend: isHost && bidding && !lot.follows && allows('publish-addendum', lot.phase),
  };
}

/** The documents themselves go to the host, to those who collected them, to the panel, and to those who watch over it. */
export async function mayDownload(em: EntityManager, by: Actor, lot: Lot, isHost: boolean, collected: boolean): Promise<boolean> {
  if (isHost || by.role === 'regulator' || by.role === 'centre' || collected) return true;
  if (by.expert === null && by.role !== 'expert') return false;
  const panel = await peopleOf.panel(em, lot.id);
  return (by.expert !== null && panel.includes(by.expert)) || (by.user !== null && panel.includes(by.user));
}

const amendment = (lot: Lot, edition: LineEdition, now: Instant): LotAnswer['amendment'] => {
  if (!lot.deadline || !lot.publishedAt) return null;
  const facts = { ...groundOf(lot, now), now, affectsPreparation: true, deadline: lot.deadline };
  return { ...deadlineAfterAddendum(edition.parameters.addendumAhead, facts) };
};

/** When a lot came into a phase, as far as its columns tell. */
const reachedAt = (lot: Lot): Readonly<Record<string, Instant | null | undefined>> => ({
  draft: lot.createdAt,
  qualifying: lot.applicationsClosedAt,
  bidding: lot.publishedAt,
  closed: lot.deadlineReachedAt,
  opening: lot.openedAt,
  opened: lot.recordClosedAt,
  evaluating: lot.evaluationStartedAt,
  evaluated: lot.reportedAt,
  publicity: lot.candidatesAt,
  awarded: lot.awardedAt,
  contracted: lot.contractedAt,
  standing: lot.awardedAt,
});

/** Stages as people count them; phases in which only clockwork runs belong to the stage they are to the public. */
const stageGroups: readonly { readonly label: Words; readonly phases: readonly Phase[] }[] = [
  { label: { zh: '编制', en: 'Draft' }, phases: ['draft'] },
  { label: { zh: '资格预审', en: 'Prequalification' }, phases: ['applying', 'qualifying', 'inviting'] },
  { label: { zh: '投标', en: 'Bidding' }, phases: ['bidding'] },
  { label: { zh: '开标', en: 'Opening' }, phases: ['closed', 'opening', 'opened'] },
  { label: { zh: '评标', en: 'Evaluation' }, phases: ['negotiating', 'offering', 'evaluating', 'halted', 'waiting', 'evaluated'] },
  { label: { zh: '公示', en: 'Publicity' }, phases: ['publicity'] },
  { label: { zh: '定标', en: 'Award' }, phases: ['awarded'] },
  { label: { zh: '合同', en: 'Contract' }, phases: ['contracted'] },
  { label: { zh: '协议有效', en: 'In force' }, phases: ['standing'] },
  { label: { zh: '协议期满', en: 'Over' }, phases: ['lapsed'] },
];

/** The stages of a lot's line, with where it stands; a tender that came to nothing is stopped at the last stage it reached. */
export function stagesOf(lot: Lot, edition: LineEdition): LotAnswer['stages'] {
  const at = reachedAt(lot);
  const present = phaseOf(lot.phase);
  const stopped = !stageGroups.some((group) => group.phases.includes(present));
  const groups = stageGroups
    .map((group) => ({ ...group, phases: group.phases.filter((phase) => edition.phases.includes(phase) || 'aside' in phases[phase]) }))
    .filter((group) => group.phases.some((phase) => edition.phases.includes(phase)));
  const when = (group: { readonly phases: readonly Phase[] }): Instant | null =>
    group.phases.map((phase) => at[phase]).find((each) => each !== null && each !== undefined) ?? null;
  const place = stopped
    ? groups.findLastIndex((group) => when(group) !== null)
    : groups.findIndex((group) => group.phases.includes(present));
  return groups.map((group, index) => {
    const here = stopped ? 'stopped' : index === groups.length - 1 ? 'done' : 'now';
    const state = index < place ? 'done' : index > place ? 'next' : here;
    return { label: group.label, state, at: index <= place ? when(group) : null };
  });
}
