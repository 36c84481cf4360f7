import type { EntityManager } from '@mikro-orm/postgresql';
import { places } from './accounts.ts';
import type { RefundText } from './refunds.ts';
import { Refund } from './schema.ts';
import { openIfAny } from './secret.ts';

/** A refund with what its row says. */
export interface HeldRefund extends RefundText {
  readonly id: string;
}

/** Every refund that was ordered, oldest first. Which order or lot one belongs to, only the key tells; so all of them are opened. */
export async function heldRefunds(em: EntityManager): Promise<readonly HeldRefund[]> {
  const rows = await em.find(Refund, {}, { orderBy: { id: 'asc' } });
  return rows.flatMap((row) => opened(row) ?? []);
}

export async function refundOf(em: EntityManager, id: string): Promise<HeldRefund | null> {
  const row = await em.findOne(Refund, { id });
  return row && opened(row);
}

function opened({ id, sealed }: Refund): HeldRefund | null {
  const text = openIfAny<RefundText>(sealed, places.refund(id));
  return text && { ...text, id };
}
