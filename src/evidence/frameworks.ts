import { z } from 'zod';
import { entrantsOf, turnOf } from '../frameworks/entrants.ts';
import { summed } from '../frameworks/summary.ts';
import { canonical } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { fen, parseYuan, yuan } from '../kernel/money.ts';
import { fill } from '../kernel/words.ts';
import { addMonths, dayOf, endOfDay } from '../kernel/working-days.ts';
import { agreementShape } from '../tenders/agreement.ts';
import type { Checklist } from './checks.ts';
import type { Decided } from './decision.ts';
import type { History, Placed } from './history.ts';

/**
 * A framework agreement: who entered is reckoned again from the ranking and the notice, every contract awarded within it from what stood before it: among
 * those who had entered, within the term, at no more than the agreement's price, and in turn where there are turns. Whether the reasons of a direct choice
 * or the facts of a removal are true, no computation tells.
 */
export function checkFramework(history: History, list: Checklist, decided: Decided | undefined): void {
  const entered = history.one('entrants.determined');
  const calls = history.all('calloff.awarded');
  if (!entered) {
    list.that({ zh: '没有入围结果就没有成交', en: 'Nothing is awarded within an agreement that nobody entered' }, calls.length === 0);
    return;
  }
  const terms = z.object({ agreement: agreementShape }).safeParse(history.one('notice.published')?.data.terms);
  list.that({ zh: '征集公告载明了框架协议的条件', en: 'The notice states the terms of the agreement' }, terms.success);
  const { agreement } = terms.data;
  checkEntrants(history, list, { entered, decided, agreement });
  const removed = history.all('entrant.removed');
  for (const call of calls)
    checkCall(list, call, { entered, inTurn: agreement.way.inTurn, removed, before: calls.filter(({ index }) => index < call.index) });
  const ended = history.one('agreement.ended');
  if (ended)
    list.that(
      { zh: '汇总公告的成交结果与逐笔成交一致', en: 'The summary adds up what was awarded, one by one' },
      canonical(ended.data.summary) === canonical(summed(calls.map(({ data }) => data))) && calls.every(({ index }) => index < ended.index),
    );
  if (calls.length > 0)
    list.note({
      zh: '直接选定的理由、清退的事实是否属实，合同如何履行，不在复算之内。',
      en: 'Whether the reasons of a choice and the facts of a removal are true, and how contracts are performed, is not recomputed here.',
    });
}

type Entered = Placed<'entrants.determined'>;

function checkEntrants(
  history: History,
  list: Checklist,
  given: { readonly entered: Entered; readonly decided: Decided | undefined; readonly agreement: z.infer<typeof agreementShape> },
): void {
  const { entered, decided, agreement } = given;
  const at = parseInstant(entered.at);
  list.that(
    { zh: '框架协议的有效期从入围结果起按公告的月数计算', en: 'The term runs from the result for the months of the notice' },
    at !== undefined && entered.data.from === entered.at && entered.data.until === endOfDay(addMonths(dayOf(at), agreement.months)),
  );
  // who may not see the evaluation yet sees the result alone
  if (decided === undefined || decided.index > entered.index) return;
  const rows = decided.ranking.outcome === 'ranked' ? decided.ranking.rows : [];
  const kept = entrantsOf(rows.length, agreement.eliminated, agreement.most);
  const bidders = new Map(history.all('bid.opened').map(({ data }) => [data.submission, data.bidder]));
  const prices = new Map(decided.bundle.bids.map(({ id, price }) => [id, price]));
  const due = rows
    .slice(0, kept)
    .map(({ bid }, place) => ({ rank: place + 1, submission: bid, bidder: bidders.get(bid), price: prices.get(bid) }));
  list.that(
    {
      zh: '入围供应商、次序和协议价格由评审结果和淘汰比例算得',
      en: 'Who entered, in which order and at which price follows from ranking and elimination',
    },
    canonical(due) ===
      canonical(entered.data.entrants.map(({ rank, submission, bidder, price }) => ({ rank, submission, bidder, price }))) &&
      canonical(entered.data.eliminated) === canonical(rows.slice(kept).map(({ bid }) => bid)),
  );
}

function checkCall(
  list: Checklist,
  { index, at, data }: Placed<'calloff.awarded'>,
  given: {
    readonly entered: Entered;
    readonly inTurn: boolean;
    readonly removed: readonly Placed<'entrant.removed'>[];
    readonly before: readonly Placed<'calloff.awarded'>[];
  },
): void {
  const gone = new Set(given.removed.filter((each) => each.index < index).map((each) => each.data.bidder));
  const standing = given.entered.data.entrants.filter(({ bidder }) => !gone.has(bidder));
  const own = standing.find(({ bidder }) => bidder === data.bidder);
  const [unit, agreed] = [parseYuan(data.unitPrice), own && parseYuan(own.price)];
  list.that(
    fill(
      {
        zh: '第 {n} 笔成交授予有效的入围供应商，在有效期内，不高于协议价格',
        en: 'Award {n} went to one of those in the agreement, within its term, at no more than its price',
      },
      { n: data.number },
    ),
    index > given.entered.index &&
      data.number === given.before.length + 1 &&
      at < given.entered.data.until &&
      unit !== undefined &&
      agreed !== undefined &&
      unit <= agreed &&
      data.amount === yuan(fen(unit * BigInt(data.quantity))),
  );
  if (!given.inTurn) {
    list.that(fill({ zh: '第 {n} 笔成交写明了选定理由', en: 'Award {n} states why' }, { n: data.number }), (data.reason ?? '') !== '');
    return;
  }
  list.that(
    fill({ zh: '第 {n} 笔成交轮到的正是该供应商', en: 'Award {n} went to the supplier whose turn it was' }, { n: data.number }),
    turnOf(
      standing,
      given.before.map((each) => each.data),
    )?.bidder === data.bidder,
  );
}
