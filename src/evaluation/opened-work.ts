import type { Call } from '../kernel/act.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import type { PanelWork } from './bundle-reads.ts';
import { lowPricesUnexplained } from './low-price.ts';
import { explanationFirst, sheetsStillSealed } from './problems.ts';
import { allOpened, newestSheets } from './sheet-reads.ts';

/**
 * Where sheets are sealed, nothing is concluded before all of them are open; and what nobody could check while they were sealed is checked now: no bid is
 * failed for a low price before its bidder was asked to explain it.
 */
export async function refuseSealedWork(call: Call, lot: Lot, { members, reviews }: PanelWork): Promise<void> {
  if (!termsOf(lot).sheets) return;
  if (!allOpened(lot, members, await newestSheets(call.em, lot, members))) throw sheetsStillSealed();
  const unexplained = await lowPricesUnexplained(call, lot);
  if (reviews.some(({ pass, submission, item }) => !pass && unexplained(submission, item))) throw explanationFirst();
}
