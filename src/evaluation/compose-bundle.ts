import type { EntityManager } from '@mikro-orm/postgresql';
import { Submission } from '../bids/schema.ts';
import { bidFigures } from '../openings/record.ts';
import { DrawRequest as DrawRow, OpeningItem } from '../openings/schema.ts';
import type { DrawTranscript } from '../sealing/draw.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { type EvaluationBundle, evaluationFormat, methodShape } from './bundle.ts';
import { PanelMember, Review, Score } from './schema.ts';

/**
 * Puts the published inputs of the award together: opened bids, every member's newest verdicts and scores, the drawn values and the seed
 * of the session's draw. Scores of bids that failed the review are left out: the arithmetic asks for the survivors only.
 */
export async function composeBundle(em: EntityManager, lot: Lot): Promise<EvaluationBundle> {
  const members = await em.find(PanelMember, { lot: lot.id }, { orderBy: { seat: 'asc' } });
  const items = await em.find(OpeningItem, { lot: lot.id, state: 'opened' }, { orderBy: { id: 'asc' } });
  const received = new Map((await em.find(Submission, { lot: lot.id })).map((submission) => [submission.id, submission.receivedAt]));
  const draw = await em.findOneOrFail(DrawRow, { lot: lot.id, purpose: 'parameters' });
  const reviews = newest(await em.find(Review, { lot: lot.id }), (row) => `${row.member}/${row.submission}/${row.item}`);
  const scores = newest(await em.find(Score, { lot: lot.id }), (row) => `${row.member}/${row.submission}/${row.criterion}`);
  const mask = new Map(members.map((member) => [member.id, `member-${member.seat}`]));
  const surviving = survivors(reviews, members.length);
  return {
    format: evaluationFormat,
    id: `${lot.number}`,
    lot: lot.id,
    method: methodShape.parse(termsOf(lot).method),
    drawn: (draw.transcript as DrawTranscript).parameters,
    tieSeed: draw.seed ?? '',
    bids: items.map((item) => ({
      id: item.submission,
      price: bidFigures(item.bid).price,
      small: false,
      domestic: false,
      receivedAt: received.get(item.submission) ?? item.readAt ?? '',
    })),
    reviewers: members.map((member) => mask.get(member.id) ?? ''),
    reviews: reviews.map((row) => ({ reviewer: mask.get(row.member) ?? '', bid: row.submission, item: row.item, pass: row.pass })),
    sheets: scores
      .filter((row) => surviving(row.submission))
      .map((row) => ({ reviewer: mask.get(row.member) ?? '', bid: row.submission, criterion: row.criterion, score: row.score })),
    adjustments: [],
  };
}

function newest<Row extends { version: number }>(rows: readonly Row[], key: (row: Row) => string): Row[] {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const before = found.get(key(row));
    if (!before || before.version < row.version) found.set(key(row), row);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Whether a bid is still in after the review: no item that more than half of the members failed. */
function survivors(reviews: readonly Review[], members: number): (submission: string) => boolean {
  const against = new Map<string, number>();
  for (const row of reviews)
    if (!row.pass) against.set(`${row.submission}/${row.item}`, (against.get(`${row.submission}/${row.item}`) ?? 0) + 1);
  const out = new Set([...against].filter(([, count]) => count * 2 > members).map(([key]) => key.slice(0, key.indexOf('/'))));
  return (submission) => !out.has(submission);
}
