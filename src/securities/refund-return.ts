import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { fen, yuan } from '../kernel/money.ts';
import { startOfDay } from '../kernel/working-days.ts';
import type { StatementEntry } from '../ledger/statement.ts';
import { Lot } from '../tenders/schema.ts';
import { places } from './accounts.ts';
import { type HeldRefund, refundOf } from './refund-row-reads.ts';
import type { RefundText } from './refunds.ts';
import { Refund } from './schema.ts';
import { sealRow } from './secret.ts';

/** The reference of a refund as banks carry it: at most 35 letters and digits. */
export const referenceOf = (refund: string): string => refund.replaceAll('-', '');
const refundNamed = (reference: string): string | null => {
  const read = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(reference);
  return read ? read.slice(1).join('-') : null;
};

/** Writes into a refund's row what became of it. */
export async function changeRefund(
  { em }: Pick<Call, 'em'>,
  { id, ...text }: HeldRefund,
  change: Partial<Pick<RefundText, 'order' | 'state' | 'paidOn'>>,
): Promise<HeldRefund> {
  const row = await em.findOneOrFail(Refund, { id });
  const changed = { ...text, ...change };
  row.sealed = sealRow(changed, places.refund(id));
  return { ...changed, id };
}

/**
 * Marks the refund that a movement pays, to the fen, or brings back because its payee's bank refused it. Null where the movement names no refund, another amount, or one
 * that has been paid already.
 */
export async function settleRefund(call: Call, entry: StatementEntry): Promise<HeldRefund | null> {
  const id = refundNamed(entry.endToEnd);
  const refund = id === null ? null : await refundOf(call.em, id);
  if (!refund) return null;
  if (BigInt(refund.principal) + BigInt(refund.interest) !== entry.amount) return null;
  if (refund.state !== (entry.credit ? 'paid' : 'ordered')) return null;
  return changeRefund(call, refund, entry.credit ? { state: 'returned', paidOn: null } : { state: 'paid', paidOn: entry.bookedOn });
}

/** What went back to the bidders of lots that are open to everybody, one fact a lot; of others nothing is said. */
export async function returnedFacts({ em }: Call, refunds: readonly HeldRefund[]): Promise<readonly Fact[]> {
  const paid = refunds.flatMap((refund) => {
    const { lot, party, why, dueBy, state, paidOn } = refund;
    if (state !== 'paid' || lot === null || party === null || paidOn === null || (why !== 'loser' && why !== 'winner')) return [];
    const late = startOfDay(paidOn) >= dueBy;
    return [
      {
        lot,
        row: {
          bidder: party,
          amount: yuan(fen(BigInt(refund.principal))),
          interest: yuan(fen(BigInt(refund.interest))),
          paidOn,
          late,
        },
      },
    ];
  });
  const lots = await em.find(
    Lot,
    { id: { $in: [...new Set(paid.map(({ lot }) => lot))] }, openedAt: { $ne: null } },
    { orderBy: { id: 'asc' } },
  );
  return lots.map(({ id }) =>
    fact('security.returned', { lot: id }, { list: paid.flatMap((each) => (each.lot === id ? [each.row] : [])) }),
  );
}
