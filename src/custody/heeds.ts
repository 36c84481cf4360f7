import { z } from 'zod';
import { parseVerifierKey, verifyEd25519 } from '../journal/checkpoint.ts';
import { fromBase64, utf8 } from '../kernel/bytes.ts';
import { heedMessage, orderDigest } from '../openings/order.ts';
import type { Trust } from './judge.ts';

/** What `/api/lots/<lot>/orders` tells of an order, as far as it is checked here. */
export const ordersAnswer = z.object({
  orders: z.array(
    z.object({
      order: z.string(),
      reason: z.string(),
      statement: z.unknown(),
      liftedAt: z.string().nullable(),
      heeded: z.array(z.object({ witness: z.string(), seconds: z.number(), signature: z.string() })),
    }),
  ),
});
export type OrderTold = z.infer<typeof ordersAnswer>['orders'][number];

export interface HeedCheck {
  /** names of the custodians whose signed word verifies */
  readonly heeded: readonly string[];
  /** how many are enough to make the order bind: with so many, the others are fewer than the threshold */
  readonly enough: number;
  readonly binds: boolean;
}

/** Who keeps to an order, by the witness keys one's own institution knows: what the server claims about it counts nothing. */
export function checkHeeds(told: OrderTold, trust: Pick<Trust, 'witnesses' | 'council'>): HeedCheck {
  const digest = orderDigest(told.statement);
  const heeded = trust.witnesses.flatMap((vkey) => {
    const key = parseVerifierKey(vkey);
    const holds = told.heeded.some(({ witness, seconds, signature }) => {
      const bytes = fromBase64(signature);
      return key?.name === witness && bytes !== undefined && verifyEd25519(bytes, utf8(heedMessage(told.order, digest, seconds)), key);
    });
    return key && holds ? [key.name] : [];
  });
  const enough = trust.council.trustees.length - trust.council.threshold + 1;
  return { heeded, enough, binds: heeded.length >= enough };
}
