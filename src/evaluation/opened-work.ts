import type { Call } from '../kernel/act.ts';
import { uphold } from '../kernel/rule.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import type { PanelWork } from './bundle-reads.ts';
import { fixedKey, fixedVerdictKept } from './fixed-verdict.ts';
import { fixedVerdicts } from './fixed-verdict-reads.ts';
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

/** Nothing is concluded on a verdict that says otherwise than what is computed: one that was sealed so, or given before the bank told of more, is changed by its author first. */
export async function refuseAgainstComputed(call: Call, lot: Lot, { reviews }: PanelWork): Promise<void> {
  const computed = await fixedVerdicts(call.em, lot);
  for (const { submission, item, pass } of reviews)
    uphold([fixedVerdictKept], { fixed: computed.get(fixedKey(submission, item)), pass, field: item });
}
