import { EvaluationReport } from '../evaluation/schema.ts';
import type { Call } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { fen, parseYuan, yuan } from '../kernel/money.ts';
import { bidFigures, openedBid } from '../openings/record.ts';
import { OpeningItem } from '../openings/schema.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { recommendedBy } from './candidates.ts';
import { Candidate } from './schema.ts';

/** Enters the candidates the panel recommends, in its order, each with what was read out of its bid. */
export async function enterCandidates(call: Call, lot: Lot): Promise<readonly Candidate[]> {
  const report = await call.em.findOneOrFail(EvaluationReport, { lot: lot.id });
  const items = await call.em.find(OpeningItem, { lot: lot.id });
  return recommendedBy(report.bundle).candidates.map(({ rank, submission, price, total }) => {
    const item = items.find((each) => each.submission === submission);
    const amount = parseYuan(price);
    if (!item || amount === undefined) throw new Error(`candidate ${submission} was not opened`);
    const { figures } = bidFigures(openedBid(items, submission), termsOf(lot).bidForm);
    const { bidder, bidderName } = item;
    return call.em.create(Candidate, {
      id: newId(call.now),
      lot: lot.id,
      rank,
      submission,
      bidder,
      bidderName,
      price: amount,
      total,
      figures,
    });
  });
}

/** A candidate as the journal states it. */
export const candidateFact = ({ rank, submission, bidder, bidderName: name, price, total, figures }: Candidate) => ({
  rank,
  submission,
  bidder,
  name,
  price: yuan(fen(price)),
  total,
  figures: figures as Record<string, string>,
});
