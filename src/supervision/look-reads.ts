import type { EntityManager } from '@mikro-orm/postgresql';
import { blindingOf, nameWhileBlind } from '../evaluation/blind-reads.ts';
import { PanelMember, Review, Score } from '../evaluation/schema.ts';
import { eventById } from '../journal/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { OpeningItem } from '../openings/schema.ts';
import { termsOf } from '../tenders/lot.ts';
import { phaseOf, phases } from '../tenders/phases.ts';
import type { LookAnswer } from './answers.ts';
import { watchedLot } from './lots-reads.ts';

/**
 * What one look at an evaluation showed: reviews and scores as they stood when it was put on record, by seat, never by name. A look is its
 * maker's own; whoever wants to see what came later looks again.
 */
export async function lookedAt(em: EntityManager, by: Actor, id: string, lookId: string, now: Instant): Promise<LookAnswer> {
  const { lot } = await watchedLot(em, by, id, now);
  const found = await eventById(em, lookId);
  const { type, subject, at, data } = found?.event ?? { type: '', subject: {} as Record<string, string>, at: '', data: {} };
  if (!found || type !== 'matter.viewed' || subject.lot !== lot.id || subject.actor !== by.user) throw notFound();
  const moment = at as Instant;
  const members = (await em.find(PanelMember, { lot: lot.id, formedAt: { $lte: moment } }, { orderBy: { seat: 'asc' } })).filter(
    (member) => !member.leftAt || member.leftAt > moment,
  );
  const seats = { lot: lot.id, at: { $lte: moment }, member: { $in: members.map((member) => member.id) } };
  const reviews = newest(await em.find(Review, seats), (row) => `${row.member}/${row.submission}/${row.item}`);
  const scores = newest(await em.find(Score, seats), (row) => `${row.member}/${row.submission}/${row.criterion}`);
  const items = await em.find(OpeningItem, { lot: lot.id, state: 'opened' }, { orderBy: { readOrder: 'asc' } });
  const blinding = await blindingOf(em, lot);
  const names = new Map(
    blinding
      ? blinding.list.map((each) => [each.submission, nameWhileBlind(each)])
      : items.map((item) => [item.submission, item.bidderName]),
  );
  const masks = new Map(members.map((member) => [member.id, member.mask]));
  const titles = titlesOf(lot.terms);
  return {
    look: { id: found.id, number: found.index, at: moment, ground: (data as { ground: string }).ground },
    lot: { id: lot.id, number: lot.number, name: lot.name, phaseTitle: phases[phaseOf(lot.phase)].title },
    members: members.map((member) => ({
      member: member.id,
      mask: member.mask,
      reviews: reviews.filter((row) => row.member === member.id).length,
      scores: scores.filter((row) => row.member === member.id).length,
      signed: Boolean(member.signedAt && member.signedAt <= moment),
    })),
    bids: blinding
      ? blinding.list.map((each) => ({ submission: each.id, name: nameWhileBlind(each) }))
      : items.map((item) => ({ submission: item.submission, name: item.bidderName })),
    reviews: reviews.map(({ member, submission, item, pass, reason, version, at: when }) => ({
      mask: masks.get(member) ?? '',
      bid: names.get(submission) ?? submission,
      item: titles.get(item) ?? { zh: item, en: item },
      pass,
      reason: reason ?? null,
      version,
      at: when,
    })),
    scores: scores.map(({ member, submission, criterion, score, reason, version, at: when }) => ({
      mask: masks.get(member) ?? '',
      bid: names.get(submission) ?? submission,
      criterion: titles.get(criterion) ?? { zh: criterion, en: criterion },
      score,
      reason: reason ?? null,
      version,
      at: when,
    })),
  };
}

/** Names of review items and criteria as the notice published them. */
function titlesOf(terms: unknown): ReadonlyMap<string, Words> {
  const { items, criteria } = termsOf({ terms });
  return new Map([...items, ...criteria].map(({ id, title }) => [id, title]));
}

function newest<Row extends { version: number }>(rows: readonly Row[], key: (row: Row) => string): Row[] {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const before = found.get(key(row));
    if (!before || before.version < row.version) found.set(key(row), row);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
