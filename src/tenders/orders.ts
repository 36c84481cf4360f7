import type { Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';

type EntityManager = Call['em'];

/** A supervisor's order that stops a lot's opening, or everything about it, now. */
export interface OrderOnLot {
  readonly authorityName: string;
  readonly reason: string;
  readonly ground: string;
  readonly suspendedAt: Instant;
  /** everything about the lot stands still, and not the opening alone */
  readonly proceedings: boolean;
}

let find: (em: EntityManager, lot: string) => Promise<OrderOnLot | null> = async () => null;

/** The openings room, which keeps orders, says here which one is in force for a lot. */
export function provideOrders(finder: typeof find): void {
  find = finder;
}

export const orderOn = (em: EntityManager, lot: string): Promise<OrderOnLot | null> => find(em, lot);
