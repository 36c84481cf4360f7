import type { EntityManager } from '@mikro-orm/postgresql';
import { Submission } from '../bids/schema.ts';
import { bidFigures } from '../openings/record.ts';
import { DrawRequest as DrawRow, OpeningItem } from '../openings/schema.ts';
import type { DrawTranscript } from '../sealing/draw.ts';
import { partsUpTo } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { type EvaluationBundle, evaluationFormat, methodShape } from './bundle.ts';
import { sittingMembers } from './member-reads.ts';
import { judgedPart, methodUpTo } from './part-work.ts';
import { type Progress, progressOf } from './progress.ts';
import { type PanelMember, Review, Score } from './schema.ts';

/** Everything the panel of a lot has before it and has done so far: newest versions, of those who sit. */
export interface PanelWork {
  readonly members: readonly PanelMember[];
  readonly bids: readonly OpeningItem[];
  /** the same bids' envelopes of earlier parts too, in the order of their sessions */
  readonly opened: readonly OpeningItem[];
  readonly reviews: readonly Review[];
  readonly scores: readonly Score[];
  readonly progress: Progress;
}

export async function panelWork(em: EntityManager, lot: Lot): Promise<PanelWork> {
  const members = await sittingMembers(em, lot.id);
  const bids = await em.find(
    OpeningItem,
    { lot: lot.id, part: judgedPart(lot), state: 'opened' },
    { orderBy: { readOrder: 'asc', id: 'asc' } },
  );
  const opened = await em.find(
    OpeningItem,
    { lot: lot.id, state: 'opened', submission: { $in: bids.map((bid) => bid.submission) }, part: { $in: [...judgedSoFar(lot)] } },
    { orderBy: { id: 'asc' } },
  );
  const seats = { lot: lot.id, member: { $in: members.map((member) => member.id) } };
  const reviews = newest(await em.find(Review, seats), (row) => `${row.member}/${row.submission}/${row.item}`);
  const scores = newest(await em.find(Score, seats), (row) => `${row.member}/${row.submission}/${row.criterion}`);
  const progress = progressOf({
    method: methodUpTo(termsOf(lot), judgedPart(lot)),
    members: members.map((member) => member.id),
    bids: bids.map((bid) => ({ id: bid.submission, price: bidFigures(bid.bid).price })),
    verdicts: reviews.map(({ member, submission, item, pass }) => ({ member, bid: submission, item, pass })),
    marks: scores.map(({ member, submission, criterion, score }) => ({ member, bid: submission, criterion, score })),
  });
  return { members, bids, opened, reviews, scores, progress };
}

const judgedSoFar = (lot: Lot): readonly string[] => partsUpTo(termsOf(lot).parts, judgedPart(lot));

/**
 * Puts the published inputs of the award together: opened bids, every member's newest verdicts and scores, the drawn values and the seed
 * of the session's draw. Reviewers are named by their seats' ids, as in the event `panel.formed`. Scores of bids that are out are left out:
 * the arithmetic asks for the survivors only.
 */
export async function composeBundle(em: EntityManager, lot: Lot, work: PanelWork): Promise<EvaluationBundle> {
  const received = new Map((await em.find(Submission, { lot: lot.id })).map((submission) => [submission.id, submission.receivedAt]));
  const draw = await em.findOneOrFail(DrawRow, { lot: lot.id, purpose: 'parameters' });
  const scored = new Set(work.progress.scored);
  // those who failed with an earlier envelope are in its result, not here
  const judged = new Set(work.bids.map((item) => item.submission));
  const ofThese = (row: Review): boolean => judged.has(row.submission);
  return {
    format: evaluationFormat,
    id: lot.number,
    lot: lot.id,
    method: methodShape.parse(termsOf(lot).method),
    drawn: (draw.transcript as DrawTranscript).parameters,
    tieSeed: draw.seed ?? '',
    bids: work.bids.map((item) => ({
      id: item.submission,
      price: bidFigures(item.bid).price,
      small: false,
      domestic: false,
      receivedAt: received.get(item.submission) ?? '',
    })),
    reviewers: work.members.map((member) => member.id),
    reviews: work.reviews.filter(ofThese).map(({ member, submission, item, pass }) => ({ reviewer: member, bid: submission, item, pass })),
    sheets: work.scores
      .filter((row) => scored.has(row.submission))
      .map(({ member, submission, criterion, score }) => ({ reviewer: member, bid: submission, criterion, score })),
    adjustments: [],
  };
}

/** The newest version of each, in an order that does not depend on the database. */
function newest<Row extends { version: number }>(rows: readonly Row[], key: (row: Row) => string): Row[] {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const before = found.get(key(row));
    if (!before || before.version < row.version) found.set(key(row), row);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
