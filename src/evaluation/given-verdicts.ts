import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { blindingOf, submissionNamed } from './blind-reads.ts';
import { blindPartFirst } from './blind-rule.ts';
import { bidsBefore } from './enquiry-reads.ts';
import { fixedKey, fixedVerdictKept } from './fixed-verdict.ts';
import { fixedVerdicts } from './fixed-verdict-reads.ts';
import { lowPricesUnexplained } from './low-price.ts';
import { asksOf, judgedPart, methodUpTo } from './part-work.ts';
import { explanationFirst, outsideReopening, reasonNeeded, sheetClosed, unknownItem } from './problems.ts';
import { judgedBlind, mayChange } from './report-version.ts';
import { Review } from './schema.ts';

/** A verdict as a member gives it; one without `pass` says nothing yet. */
export interface GivenVerdict {
  readonly bid: string;
  readonly item: string;
  readonly pass?: boolean | undefined;
  readonly reason?: string | undefined;
}

/** Writes down one member's verdicts; one that was given before is corrected, with a reason. Answers a fact for each that says something new. */
export async function recordVerdicts(call: Call, lot: Lot, member: string, verdicts: readonly GivenVerdict[]): Promise<Fact[]> {
  const part = judgedPart(lot);
  const asked = asksOf(termsOf(lot), part).items;
  const items = new Set(methodUpTo(termsOf(lot), part).items);
  const bids = await bidsBefore(call.em, lot.id, part);
  const unexplained = await lowPricesUnexplained(call, lot);
  const own = await call.em.find(Review, { member }, { orderBy: { version: 'asc' } });
  const standing = new Map(own.map((row) => [`${row.submission}/${row.item}`, row]));
  const changeable = await mayChange(call.em, lot.id);
  const fixed = await judgedBlind(call.em, lot);
  const facts: Fact[] = [];
  const blinding = await blindingOf(call.em, lot);
  // whoever knows a bid by its pseudonym alone is not told by a refusal whose it is
  const computed = blinding ? new Map() : await fixedVerdicts(call.em, lot);
  for (const [index, { bid: named, item, pass, reason }] of verdicts.entries()) {
    const bid = submissionNamed(blinding, named);
    if (bid === undefined || !items.has(item) || !bids.has(bid)) throw unknownItem();
    uphold([blindPartFirst], { blind: blinding?.blind.items.includes(item) === false });
    if (pass === undefined) continue;
    uphold([fixedVerdictKept], { fixed: computed.get(fixedKey(bid, item)), pass, field: `verdicts.${index}.pass` });
    const before = standing.get(`${bid}/${item}`);
    // what was judged with an earlier envelope stands; a member who came later still owes its own word
    if (before && !asked.has(item)) throw sheetClosed();
    if (before && before.pass === pass && (before.reason ?? '') === (reason ?? '')) continue;
    if (before && fixed.has(item)) throw sheetClosed();
    if (before && !changeable(bid, item)) throw outsideReopening();
    if (!pass && unexplained(bid, item)) throw explanationFirst();
    if ((!pass || before) && !reason)
      throw reasonNeeded({ fields: [{ path: `verdicts.${index}.reason`, says: { zh: '请写明理由。', en: 'Please give the reason.' } }] });
    const row = call.em.create(Review, {
      id: newId(call.now),
      lot: lot.id,
      member,
      submission: bid,
      item,
      pass,
      reason: reason || null,
      version: (before?.version ?? 0) + 1,
      at: call.now,
    });
    standing.set(`${bid}/${item}`, row);
    const { version } = row;
    facts.push(fact('bid.reviewed', { lot: lot.id, member }, { member, bid: named, item, pass, reason: reason || null, version }));
  }
  return facts;
}
