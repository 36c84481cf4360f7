import type { Call } from '../kernel/act.ts';
import { decimal } from '../kernel/fraction.ts';
import type { Words } from '../kernel/words.ts';
import { OpeningItem } from '../openings/schema.ts';
import { parameter } from '../rulebook/parameters.ts';
import { termsOf } from '../tenders/lot.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { type Lot, Project } from '../tenders/schema.ts';
import { type LowPriceGround, lowPriceGroundsOf } from './abnormal-price.ts';
import type { PanelWork } from './bundle-reads.ts';
import { enquiriesOf } from './enquiry-reads.ts';
import { judgedPrices } from './judged-prices.ts';
import { lowPriceUnasked } from './problems.ts';

/**
 * May a bid be failed on this item for its price? Not before its bidder was asked to explain it and has answered, or let its time pass (Order 12
 * art. 21); a price above the ceiling needs no explanation.
 */
export async function lowPricesUnexplained(call: Call, lot: Lot): Promise<(bid: string, item: string) => boolean> {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const asking = new Set(
    editionOf(lot, project, call.now)
      .items.filter((item) => item.asksFirst === 'low-price')
      .map(({ id }) => id),
  );
  const enquiries = await enquiriesOf(call.em, lot.id);
  const asked = new Set(enquiries.filter((each) => each.kind === 'low-price' && each.state !== 'open').map((each) => each.submission));
  const items = await call.em.find(OpeningItem, { lot: lot.id, state: 'opened' });
  const { ceiling } = termsOf(lot);
  const priceOf = judgedPrices(items, enquiries);
  const isAbove = (bid: string): boolean => ceiling !== null && decimal(priceOf(bid) || '0').isAbove(decimal(ceiling));
  return (bid, item) => asking.has(item) && !asked.has(bid) && !isAbove(bid);
}

const groundWords: Readonly<Record<LowPriceGround, Words>> = {
  average: { zh: '平均值', en: 'the average' },
  'second-lowest': { zh: '次低报价', en: 'the second lowest' },
  ceiling: { zh: '最高限价或者预算', en: 'the ceiling or budget' },
};

/** The conforming bids whose price the line has looked into, with why; none where the line has no such rule. */
export async function abnormalPrices(
  call: Pick<Call, 'em' | 'now'>,
  lot: Lot,
  work: PanelWork,
): Promise<ReadonlyMap<string, readonly LowPriceGround[]>> {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const rule = editionOf(lot, project, call.now).lowPrice;
  if (!rule) return new Map();
  const ground = groundOf(lot, call.now);
  const shares = {
    ofAverage: parameter(rule.ofAverage, ground),
    ofSecondLowest: parameter(rule.ofSecondLowest, ground),
    ofCeiling: parameter(rule.ofCeiling, ground),
  };
  const conforming = work.bids.filter(({ submission }) => !work.progress.out?.has(submission));
  const prices = conforming.map(({ price }) => price);
  const { ceiling, estimate } = termsOf(lot);
  return new Map(
    conforming.flatMap(({ submission, price }) => {
      const grounds = lowPriceGroundsOf(price, prices, ceiling ?? estimate, shares);
      return grounds.length === 0 ? [] : [[submission, grounds] as const];
    }),
  );
}

/** Nothing is concluded while a bid whose price must be looked into has not been asked. */
export async function refuseUnaskedPrices(call: Call, lot: Lot, work: PanelWork): Promise<void> {
  const asked = new Set(work.enquiries.filter(({ kind }) => kind === 'low-price').map(({ submission }) => submission));
  const open = [...(await abnormalPrices(call, lot, work))].filter(([bid]) => !asked.has(bid));
  if (open.length === 0) return;
  const lines = open.map(([bid, grounds]): Words => {
    const name = work.bids.find((each) => each.submission === bid)?.bidderName ?? bid;
    const why = grounds.map((ground) => groundWords[ground]);
    return {
      zh: `${name}（低于${why.map(({ zh }) => zh).join('、')}的规定比例）`,
      en: `${name} (against ${why.map(({ en }) => en).join(', ')})`,
    };
  });
  throw lowPriceUnasked({
    says: {
      zh: `应当要求说明报价合理性：${lines.map(({ zh }) => zh).join('；')}。`,
      en: `To be asked to explain their price: ${lines.map(({ en }) => en).join('; ')}.`,
    },
  });
}

/** How long a bidder has at least to explain a low price, by the line's rule; null where it has none. */
export async function leastMinutes(call: Call, lot: Lot): Promise<number | null> {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const rule = editionOf(lot, project, call.now).lowPrice;
  return rule ? parameter(rule.minutes, groundOf(lot, call.now)) : null;
}
