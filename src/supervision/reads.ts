import type { EntityManager } from '@mikro-orm/postgresql';
import { failureWords } from '../awards/result.ts';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { regionWatched } from '../parties/reads.ts';
import { regionName } from '../parties/region.ts';
import { liesWithin, regionsWithin, regionTree } from '../rulebook/regions.ts';
import { editionOf, stagesOf } from '../tenders/lot-reads.ts';
import { phaseOf, phases } from '../tenders/phases.ts';
import { phaseChoices } from '../tenders/project-reads.ts';
import { namesOf } from '../tenders/reads.ts';
import { inTradeOf } from '../tenders/vocabulary-reads.ts';
import type { BoardAnswer, ClockAnswer } from './answers.ts';
import { lotsIn, type WatchedLot } from './lots-reads.ts';
import { type Clock, isOverdue, nextClock } from './time-limits.ts';

export interface BoardQuery {
  readonly text?: string | undefined;
  readonly region?: string | undefined;
  readonly phase?: string | undefined;
  readonly due?: 'soon' | 'overdue' | undefined;
  readonly sort?: 'due' | 'newest' | undefined;
  readonly page?: number | undefined;
}

const day = 24 * 3_600_000;
const pageSize = 50;

export const clockAnswerOf = (clock: Clock, now: Instant): ClockAnswer => ({ ...clock, overdue: isOverdue(clock, now) });

interface Standing extends WatchedLot {
  readonly next: Clock | null;
  readonly overdue: number;
}

const standingOf = (watched: WatchedLot, now: Instant): Standing => ({
  ...watched,
  next: nextClock(watched.clocks, now),
  overdue: watched.clocks.filter((clock) => clock.done === null && isOverdue(clock, now)).length,
});

/** The regulator's list: every lot of the region and below, what is due first standing first. Who bids, and how many, is not in it. */
export async function board(em: EntityManager, by: Actor, query: BoardQuery, now: Instant): Promise<BoardAnswer> {
  const area = await regionWatched(em, by);
  const regions = area === null ? [] : regionsWithin(area);
  const all = (await lotsIn(em, regions, now)).map((watched) => standingOf(watched, now));
  const nameOf = await namesOf(
    em,
    all.flatMap(({ project }) => [project.tenderee, project.agent ?? null]),
  );
  const soon = ({ next }: Standing): boolean => next !== null && next.until < later(now, day);
  const chosen = all
    .filter((each) => matches(each, query, nameOf))
    .filter((each) => (query.due === 'overdue' ? each.overdue > 0 : query.due === 'soon' ? soon(each) : true))
    .sort(query.sort === 'newest' ? byNewest : byDue);
  const page = Math.max(1, query.page ?? 1);
  return {
    rows: chosen.slice((page - 1) * pageSize, page * pageSize).map((each) => row(each, nameOf, now)),
    counts: {
      all: all.length,
      opening: all.filter(({ lot }) => lot.phase === 'opening' || lot.phase === 'closed').length,
      soon: all.filter(soon).length,
      overdue: all.filter((each) => each.overdue > 0).length,
    },
    page,
    pages: Math.max(1, Math.ceil(chosen.length / pageSize)),
    total: chosen.length,
    query: {
      text: query.text ?? '',
      region: query.region ?? '',
      phase: query.phase ?? '',
      due: query.due ?? '',
      sort: query.sort ?? 'due',
    },
    choices: {
      regions: regions.flatMap((code) => {
        const node = regionTree.get(code);
        return node ? [{ value: code, label: node.name }] : [];
      }),
      phases: [{ value: 'draft', label: phases.draft.title }, ...phaseChoices()],
    },
  };
}

function matches({ lot, project }: Standing, query: BoardQuery, nameOf: (code: string) => string): boolean {
  if (query.phase && lot.phase !== query.phase) return false;
  if (query.region && !liesWithin(project.region, query.region)) return false;
  if (!query.text) return true;
  const wanted = query.text.toLowerCase();
  const said = [lot.name, lot.number, project.name, project.number, nameOf(project.tenderee), nameOf(project.agent ?? '')];
  return said.some((text) => text.toLowerCase().includes(wanted));
}

const byNewest = (a: Standing, b: Standing): number => (a.lot.createdAt > b.lot.createdAt ? -1 : a.lot.createdAt < b.lot.createdAt ? 1 : 0);
/** What is due first; what has no clock stands behind, newest first. */
function byDue(a: Standing, b: Standing): number {
  if (a.next === null || b.next === null) return a.next === b.next ? byNewest(a, b) : a.next === null ? 1 : -1;
  return a.next.until < b.next.until ? -1 : a.next.until > b.next.until ? 1 : byNewest(a, b);
}

/** A lot's plain facts as every page of the supervisor names them. */
export function lotFacts({ lot, project }: WatchedLot, nameOf: (code: string) => string) {
  const phase = phaseOf(lot.phase);
  return {
    id: lot.id,
    number: lot.number,
    name: lot.name,
    region: project.region,
    regionName: regionName(project.region),
    tenderee: { code: project.tenderee, name: nameOf(project.tenderee) },
    agent: project.agent ? { code: project.agent, name: nameOf(project.agent) } : null,
    phase,
    phaseTitle: phases[phase].title,
    failedFor: lot.failedFor ?? null,
  };
}

function row(each: Standing, nameOf: (code: string) => string, now: Instant): BoardAnswer['rows'][number] {
  const { line, procedure } = each.project;
  const said = inTradeOf({ line, procedure, edition: each.lot.edition }, now);
  const facts = lotFacts(each, nameOf);
  const why = failureWords(facts.failedFor);
  const stages = stagesOf(each.lot, editionOf(each.lot, each.project, now));
  const step = stages.findIndex((stage) => stage.state === 'now' || stage.state === 'stopped');
  return {
    ...facts,
    phaseTitle: said(facts.phaseTitle),
    stoppedFor: why && said(why),
    step: step === -1 ? stages.length : step + 1,
    steps: stages.length,
    next: each.next && { ...clockAnswerOf(each.next, now), label: said(each.next.label) },
    overdue: each.overdue,
  };
}
