import type { EntityManager } from '@mikro-orm/postgresql';
import { provideChallengeRecord, provideHolds } from '../awards/holds.ts';
import { lotHead, supervises } from '../awards/reads.ts';
import { collectedAt } from '../bids/interest-reads.ts';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, within } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import { provideHallObjections } from '../openings/reads.ts';
import { statedBy } from '../rulebook/figure-rule.ts';
import { cite, tenderingRegulation } from '../rulebook/law.ts';
import { type LineEdition, underOwnLaw } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { peopleOf } from '../tenders/lot-people.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allows } from '../tenders/phases.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import { Lot, Project } from '../tenders/schema.ts';
import type { ObjectionsAnswer } from './answers.ts';
import { type ObjectionStage, raising, stageIn, stageWords } from './objection.ts';
import { Objection } from './schema.ts';
import { documentsWindowEnd, resultPhases, resultWindow } from './window.ts';

/**
 * The objections of a lot as one reader may see them. Host and supervisor read all of them, but no name before the bids are open; a bidder
 * reads its own; everyone reads all once the bids are open. Before that the public is shown none, and no number.
 */
export async function objectionsPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<ObjectionsAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const isHost = hosts(by, project);
  const open = Boolean(lot.openedAt);
  const edition = editionOf(lot, project, now);
  const rows = await em.find(Objection, { lot: id }, { orderBy: { raisedAt: 'asc', id: 'asc' } });
  const isMine = (row: Objection): boolean => by.role === 'bidder' && by.code !== null && row.party === by.code;
  const readsAll = open || isHost || (await supervises(em, by, project));
  const seen = rows.filter((row) => readsAll || isMine(row));
  const ground = groundOf(lot, now);
  const { says, source, otherwise } = edition.limits.answerObjection.by(ground);
  const collected = by.role === 'bidder' && by.code !== null ? await collectedAt(em, lot.id, by.code) : null;
  const stage = openStage(lot, edition, now, collected);
  return {
    lot: await lotHead(em, by, lot, project, now),
    objections: seen.map((row) => ({
      id: row.id,
      stage: row.stage as ObjectionStage,
      stageTitle: stageWords[row.stage as ObjectionStage],
      by: open || isMine(row) ? row.partyName : null,
      mine: isMine(row),
      text: row.text,
      raisedAt: row.raisedAt,
      answerUntil: row.answerUntil ?? null,
      answer: row.answer ?? null,
      answeredAt: row.answeredAt ?? null,
      late: isLate(row, now),
    })),
    open,
    stage,
    grounds: [
      ...underOwnLaw(edition, raising).map(({ id: rule, source: from, says: what }) => ({ rule, source: from, says: what })),
      ...edition.rules.documentObjection.map((rule) => statedBy(rule, ground)),
    ],
    limit: { says, source, otherwise },
    you: {
      host: isHost,
      mayRaise: stage !== null && !stage.over && (await mayRaise(em, by, lot, stage.stage)),
      mayAnswer: isHost && allows('answer-objection', lot.phase),
    },
  };
}

/** The lot an objection belongs to, for a reader who may see the objection; for anyone else there is none. */
export async function lotOfObjection(em: EntityManager, by: Actor, id: string): Promise<string> {
  const row = await em.findOne(Objection, { id });
  if (row === null) throw notFound();
  const { lot, project } = await lotFor(em, by, row.lot);
  const own = by.role === 'bidder' && by.code !== null && row.party === by.code;
  if (!lot.openedAt && !own && !hosts(by, project) && !(await supervises(em, by, project))) throw notFound();
  return lot.id;
}

const isLate = (row: Objection, now: Instant): boolean => Boolean(row.answerUntil) && (row.answeredAt ?? now) >= (row.answerUntil ?? now);

/** What may be objected to now, and the first moment too late. */
function openStage(lot: Lot, edition: LineEdition, now: Instant, collected: Instant | null): ObjectionsAnswer['stage'] {
  const stage = stageIn(lot.phase, resultPhases(edition));
  if (stage === null) return null;
  const result = stage === 'candidates' ? resultWindow(lot, edition) : null;
  // questions about a published result wait for the end of its notice
  if (result !== null && now < result.start) return null;
  const until = stage === 'documents' ? documentsWindowEnd(lot, edition, collected) : (result?.end ?? null);
  return { stage, title: stageWords[stage], until, over: until !== null && now >= until };
}

async function mayRaise(em: EntityManager, by: Actor, lot: Lot, stage: ObjectionStage): Promise<boolean> {
  if (by.role !== 'bidder' || by.code === null) return false;
  return stage === 'documents' || (Boolean(lot.openedAt) && (await peopleOf.bidders(em, lot.id)).includes(by.code));
}

/** What waits for this actor: for a host every unanswered objection; for a bidder of a lot in publicity, that it may still object. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<Todo[]> {
  if (by.code === null) return [];
  if (by.role === 'agent' || by.role === 'tenderee') return answersDue(em, by.role, by.code, now);
  return by.role === 'bidder' ? mayStillObject(em, by.code, now) : [];
}

async function answersDue(em: EntityManager, role: 'agent' | 'tenderee', code: string, now: Instant): Promise<Todo[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select o.id from objection o join lot l on l.id = o.lot join project p on p.id = l.project
     where p.${role} = ? and o.answered_at is null and l.failed_at is null order by o.raised_at limit 200`,
    [code],
  );
  const waiting = await em.find(Objection, { id: { $in: rows.map((row) => row.id) } }, { orderBy: { raisedAt: 'asc' } });
  const todos: Todo[] = [];
  for (const objection of waiting) {
    const lot = await em.findOneOrFail(Lot, { id: objection.lot });
    const project = await em.findOneOrFail(Project, { id: lot.project });
    if (!allows('answer-objection', lot.phase)) continue;
    const { source, says, otherwise } = editionOf(lot, project, now).limits.answerObjection.by(groundOf(lot, now));
    const spot = objection.stage === 'opening';
    const onTheSpot = cite(tenderingRegulation, '44');
    todos.push({
      due: objection.answerUntil ?? null,
      what: spot ? { zh: '当场答复开标异议', en: 'Answer the objection on the spot' } : { zh: '答复异议', en: 'Answer an objection' },
      about: lot.name,
      why: spot ? onTheSpot : { zh: `${source.zh}：${says.zh}`, en: `${source.en}: ${says.en}` },
      otherwise: spot ? { zh: '开标记录不能自动确认', en: 'the record is not confirmed by itself' } : otherwise,
      href: spot && lot.phase === 'opening' ? `/lots/${lot.id}/hall` : `/lots/${lot.id}/objections#${objection.id}`,
      action: { zh: '去答复', en: 'Answer' },
    });
  }
  return todos;
}

async function mayStillObject(em: EntityManager, code: string, now: Instant): Promise<Todo[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select distinct l.id from lot l join opening_item i on i.lot = l.id
     where i.bidder = ? and l.phase in ('publicity', 'awarded', 'contracted') and l.candidates_at > ?::timestamptz - interval '60 days'
     and not exists (select from objection o where o.lot = l.id and o.party = i.bidder and o.stage = 'candidates') limit 200`,
    [code, now],
  );
  const todos: Todo[] = [];
  for (const { id } of rows) {
    const lot = await em.findOneOrFail(Lot, { id });
    const edition = editionOf(lot, await em.findOneOrFail(Project, { id: lot.project }), now);
    const open = resultWindow(lot, edition);
    const { source, says } = edition.limits.answerObjection.by(groundOf(lot, now));
    if (open === null || !within(now, open)) continue;
    todos.push({
      due: open.end,
      what: { zh: '评标结果已公开，有异议可以提出', en: 'The result is public: object if you have reason to' },
      about: lot.name,
      why: { zh: `${source.zh}：${says.zh}`, en: `${source.en}: ${says.en}` },
      otherwise: { zh: '期满后不再受理异议，也不能就此投诉', en: 'after the period no objection is taken, nor a complaint about it' },
      href: `/lots/${id}/candidates`,
      action: { zh: '看公示', en: 'See the candidates' },
    });
  }
  return todos.sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1));
}

// What earlier rooms ask of this one.
provideTodo('challenges', todo);

provideHallObjections(async (em, lot) => {
  const rows = await em.find(Objection, { lot, stage: 'opening' }, { orderBy: { raisedAt: 'asc', id: 'asc' } });
  return rows.map(({ id, partyName, raisedAt, text, answer, answeredAt }) => ({
    id,
    by: partyName,
    at: raisedAt,
    says: text,
    answer: answer && answeredAt ? { at: answeredAt, says: answer } : null,
  }));
});

provideHolds('challenges', async (em, lot) => {
  const waiting = await em.find(Objection, { lot, answeredAt: null }, { orderBy: { raisedAt: 'asc' } });
  return waiting.map(({ id, stage, raisedAt }) => {
    const { zh, en } = stageWords[stage as ObjectionStage];
    return {
      says: { zh: `${zh}尚未答复`, en: `An objection is unanswered: ${en}` },
      since: raisedAt,
      href: `/lots/${lot}/objections#${id}`,
    };
  });
});

provideChallengeRecord(async (em, lot) => {
  const { openedAt } = await em.findOneOrFail(Lot, { id: lot });
  const rows = await em.find(Objection, { lot }, { orderBy: { raisedAt: 'asc', id: 'asc' } });
  return rows.map(({ stage, partyName, text, raisedAt, answer, answeredAt }) => ({
    stage,
    by: openedAt ? partyName : null,
    text,
    raisedAt,
    answer: answer ?? null,
    answeredAt: answeredAt ?? null,
  }));
});
