import { z } from 'zod';
import { type Instant, parseInstant } from '../kernel/clock.ts';
import { decimal, Fraction, zero } from '../kernel/fraction.ts';
import { type AuctionClock, afterQuote, isLate, stopped } from './clock.ts';

/** Open-cry online auction (land listing, property bidding): which quotes count, when it ends, who leads. */

const isInstant = (text: string): text is Instant => parseInstant(text) === text;
const instant = z.string().transform((text, context): Instant => {
  if (isInstant(text)) return text;
  context.addIssue({ code: 'custom', message: '需要 UTC 毫秒时间 | expected RFC 3339 UTC with milliseconds' });
  return z.NEVER;
});
const amount = z
  .string()
  .refine((text) => (Fraction.parse(text) ?? zero).isAbove(zero), { error: '需要大于零的十进制数 | expected a decimal above zero' });
const id = z.string().min(1).max(200);

export const auctionFormat = 'yangguang/auction/v1';
export const auctionRules = z.strictObject({
  direction: z.enum(['up', 'down']),
  start: amount,
  step: amount,
  reserve: amount.nullable(),
  listingEnds: instant,
  /** seconds */
  window: z.int().nonnegative(),
  limit: amount.nullable(),
});
export type AuctionRules = z.infer<typeof auctionRules>;

export const quoteShape = z.strictObject({ id, bidder: id, amount, at: instant });
export type Quote = z.infer<typeof quoteShape>;

export const auctionShape = z.strictObject({
  format: z.literal(auctionFormat),
  id,
  rules: auctionRules,
  quotes: z
    .array(quoteShape)
    .max(1_000_000)
    .refine((list) => new Set(list.map((each) => each.id)).size === list.length, { error: '报价编号重复 | a quote id stands twice' }),
  result: z.unknown().optional(),
});
export type AuctionBundle = z.infer<typeof auctionShape>;

/** Reasons in the order in which they are checked. */
export const quoteRefusals = ['late', 'beyond-limit', 'off-grid', 'own-best', 'too-low'] as const;
export type QuoteRefusal = (typeof quoteRefusals)[number];

/** What a hall knows at any moment. */
export interface Standing {
  readonly clock: AuctionClock;
  readonly best: Quote | null;
  readonly limitReached: boolean;
}

export interface AuctionResult {
  readonly closedAt: Instant;
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly id: string; readonly reason: QuoteRefusal }[];
  readonly best: string | null;
  readonly outcome: 'sold' | 'below-reserve' | 'no-quote' | 'limit-reached';
}

export const openingStanding = (rules: AuctionRules): Standing => ({
  clock: { end: rules.listingEnds, windowSeconds: rules.window },
  best: null,
  limitReached: false,
});

/** Why this quote is refused now; null when it is valid. */
export function refusalOf(rules: AuctionRules, standing: Standing, quote: Quote): QuoteRefusal | null {
  // Measured upwards: for `down` a step is negative, so "further" means lower.
  const steps = (text: string): Fraction => {
    const way = decimal(text).minus(decimal(rules.start)).over(decimal(rules.step));
    return rules.direction === 'up' ? way : way.negated();
  };
  const here = steps(quote.amount);
  if (isLate(standing.clock, quote.at)) return 'late';
  if (rules.limit !== null && here.isAbove(steps(rules.limit))) return 'beyond-limit';
  if (here.denominator !== 1n) return 'off-grid';
  if (standing.best?.bidder === quote.bidder) return 'own-best';
  const least = standing.best === null ? zero : steps(standing.best.amount).plus(Fraction.of(1));
  return here.isBelow(least) ? 'too-low' : null;
}

/** The standing after a quote that `refusalOf` let pass. */
export function accept(rules: AuctionRules, standing: Standing, quote: Quote): Standing {
  const limitReached = rules.limit !== null && decimal(quote.amount).equals(decimal(rules.limit));
  const clock = limitReached ? stopped(standing.clock, quote.at) : afterQuote(standing.clock, quote.at);
  return { clock, best: quote, limitReached };
}

/** Plays all quotes of a bundle in arrival order (its own `result` is not read). */
export function replay(bundle: Pick<AuctionBundle, 'rules' | 'quotes'>): AuctionResult {
  let standing = openingStanding(bundle.rules);
  const accepted: string[] = [];
  const refused: { id: string; reason: QuoteRefusal }[] = [];
  for (const quote of bundle.quotes) {
    const reason = refusalOf(bundle.rules, standing, quote);
    if (reason !== null) refused.push({ id: quote.id, reason });
    else {
      accepted.push(quote.id);
      standing = accept(bundle.rules, standing, quote);
    }
  }
  return { closedAt: standing.clock.end, accepted, refused, best: standing.best?.id ?? null, outcome: outcomeOf(bundle.rules, standing) };
}

function outcomeOf(rules: AuctionRules, { best, limitReached }: Standing): AuctionResult['outcome'] {
  if (best === null) return 'no-quote';
  if (limitReached) return 'limit-reached';
  if (rules.reserve === null) return 'sold';
  const overReserve = decimal(best.amount).compare(decimal(rules.reserve));
  return (rules.direction === 'up' ? overReserve >= 0 : overReserve <= 0) ? 'sold' : 'below-reserve';
}
