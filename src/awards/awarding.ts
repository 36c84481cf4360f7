import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import type { LineEdition } from '../tenders/line.ts';
import { nextOn } from '../tenders/phases.ts';
import type { Lot } from '../tenders/schema.ts';
import { type PassedOver, reasonOf } from './decision.ts';
import { enterCandidates } from './recommended.ts';
import { Award, Candidate } from './schema.ts';

/** The candidates to choose from: as they were published, or where the line does not publish them before, as the panel recommends them. */
export async function candidatesToAward(call: Call, lot: Lot): Promise<readonly Candidate[]> {
  const published = await call.em.find(Candidate, { lot: lot.id }, { orderBy: { rank: 'asc' } });
  return published.length > 0 ? published : enterCandidates(call, lot);
}

/** The winner stands, and the lot goes on. `deemed`: by the host's silence. */
export function awardTo(
  call: Call,
  lot: Lot,
  edition: LineEdition,
  { winner, passed, deemed }: { readonly winner: Candidate; readonly passed: readonly PassedOver[]; readonly deemed: boolean },
): { readonly awarded: ReturnType<typeof awardOf>; readonly fact: Fact } {
  const awarded = awardOf(winner, deemed && edition.result ? silenceOf(edition.result.silence.zh) : reasonOf(winner.rank, passed));
  const { submission, bidder, bidderName, price, rank } = winner;
  const { reason } = awarded;
  call.em.create(Award, {
    id: newId(call.now),
    lot: lot.id,
    submission,
    bidder,
    bidderName,
    price,
    rank,
    reason,
    passed: [...passed],
    determinedAt: call.now,
  });
  lot.phase = nextOn(edition.phases, lot.phase, 'award.determined');
  lot.awardedAt = call.now;
  return { awarded, fact: fact('award.determined', { lot: lot.id }, deemed ? { ...awarded, deemed } : awarded) };
}

const awardOf = ({ submission, bidder, bidderName: name, price, rank }: Candidate, reason: string) => ({
  submission,
  bidder,
  name,
  price: yuan(fen(price)),
  rank,
  reason,
});

const silenceOf = (source: string): string => `逾期未确定中标人，视同确定排名第一的中标候选人（${source}）`;
