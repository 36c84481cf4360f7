import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { fen, yuan } from '../kernel/money.ts';
import { startOfDay } from '../kernel/working-days.ts';
import type { StatementEntry } from '../ledger/statement.ts';
import { Lot } from '../tenders/schema.ts';
import { refundIn } from './account-reads.ts';
import { Refund } from './schema.ts';

/** The reference of a refund as banks carry it: at most 35 letters and digits. */
export const referenceOf = (refund: string): string => refund.replaceAll('-', '');
const refundNamed = (reference: string): string | null => {
  const read = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(reference);
  return read ? read.slice(1).join('-') : null;
};

/**
 * Marks the refund that a movement pays, to the fen, or brings back because its payee's bank refused it. Null where the movement names no refund, another amount, or one
 * that has been paid already.
 */
export async function settleRefund({ em }: Call, entry: StatementEntry): Promise<Refund | null> {
  const id = refundNamed(entry.endToEnd);
  const refund = id === null ? null : await em.findOne(Refund, { id });
  if (!refund) return null;
  const { principal, interest } = refundIn(refund);
  if (BigInt(principal) + BigInt(interest) !== entry.amount) return null;
  if (refund.state !== (entry.credit ? 'paid' : 'ordered')) return null;
  refund.state = entry.credit ? 'returned' : 'paid';
  refund.paidOn = entry.credit ? null : entry.bookedOn;
  return refund;
}

/** What went back to the bidders of lots that are open to everybody, one fact a lot; of others nothing is said. */
export async function returnedFacts({ em }: Call, refunds: readonly Refund[]): Promise<readonly Fact[]> {
  const paid = refunds.flatMap((refund) => {
    const text = refundIn(refund);
    const { lot, party, why, dueBy } = text;
    if (refund.state !== 'paid' || lot === null || party === null || !refund.paidOn || (why !== 'loser' && why !== 'winner')) return [];
    const late = startOfDay(refund.paidOn as Parameters<typeof startOfDay>[0]) >= dueBy;
    return [
      {
        lot,
        row: {
          bidder: party,
          amount: yuan(fen(BigInt(text.principal))),
          interest: yuan(fen(BigInt(text.interest))),
          paidOn: refund.paidOn,
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
