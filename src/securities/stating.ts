import type { EventData } from '../journal/event.ts';
import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { canonical } from '../kernel/bytes.ts';
import { fen, yuan, zeroFen } from '../kernel/money.ts';
import { book } from '../ledger/book.ts';
import { accounts, transfer } from '../ledger/books.ts';
import { OpeningItem } from '../openings/schema.ts';
import type { Lot } from '../tenders/schema.ts';
import { accountOf, guaranteeOf, type HeldAccount, movementsOn, statementsOf } from './account-reads.ts';
import { payerDigest } from './commitment.ts';
import { type Asked, askedBy } from './lodging.ts';
import { heldAs } from './refunds.ts';
import { LotSecurity } from './schema.ts';
import { type Movement, type Standing, standingOf } from './standing.ts';

type Stated = EventData<'securities.stated'>['list'][number];

/** How a bidder's number stands for its lot; what was paid back is left out, because it says nothing of how the security stood. */
export async function standingFor({ em }: Pick<Call, 'em'>, account: HeldAccount, asked: Asked, withReturns: boolean): Promise<Standing> {
  const all = (await movementsOn(em, [account])).get(account.id) ?? [];
  const movements = withReturns ? all : all.filter(({ returned }) => !returned);
  const { name, payerAccount } = account.holder;
  return standingOf(movements, { rule: asked.lodging.payer, name, account: payerAccount }, asked.amount, asked.deadline);
}

/**
 * States how the securities of an opened lot stand, bid by bid: once when its opening begins, and again when a statement of the bank changes it. The books move what is held for
 * these bids out of what was received. Answers the fact; null where nothing is asked for here, or nothing changed.
 */
export async function stateLot(call: Call, lot: Lot): Promise<Fact | null> {
  const asked = askedBy(lot);
  if (!asked || !lot.openedAt) return null;
  const items = await call.em.find(OpeningItem, { lot: lot.id }, { orderBy: { id: 'asc' } });
  const bids = [...new Map(items.map((item) => [item.bidder, item])).values()];
  const before = new Map((await call.em.find(LotSecurity, { lot: lot.id })).map((row) => [row.bidder, row]));
  const list: Stated[] = [];
  for (const { submission, bidder, bidderName } of bids) list.push(await statedOf(call, asked, { submission, bidder, name: bidderName }));
  const told = (row: Pick<Stated, 'bidder' | 'form' | 'amount' | 'counts' | 'reason'>) =>
    canonical([row.bidder, row.form, row.amount, row.counts, row.reason]);
  const same = list.every((row) => {
    const known = before.get(row.bidder);
    return known && told(row) === told({ ...known, amount: yuan(fen(known.amount)), form: known.form as Stated['form'] });
  });
  if (same && list.length === before.size) return null;
  let moved = 0n;
  for (const row of list) moved += kept(call, lot, row, before.get(row.bidder));
  if (moved !== 0n) book(call, 'held', transfer(fen(moved), heldAs(lot.id), accounts.received));
  return fact('securities.stated', { lot: lot.id }, { asked: yuan(asked.amount), list });
}

/** Keeps the row; answers by how much more is held for this bid than was stated before. */
function kept(call: Call, lot: Lot, row: Stated, known: LotSecurity | undefined): bigint {
  const held = (form: string, amount: bigint): bigint => (form === 'transfer' ? amount : 0n);
  const amount = BigInt(row.amount.replace('.', ''));
  const before = known ? held(known.form, known.amount) : 0n;
  const values = { form: row.form, amount, counts: row.counts, reason: row.reason, statedAt: call.now };
  if (known) Object.assign(known, values);
  else call.em.create(LotSecurity, { lot: lot.id, bidder: row.bidder, submission: row.submission, bidderName: row.name, ...values });
  return held(row.form, amount) - before;
}

async function statedOf(
  call: Call,
  asked: Asked,
  bid: { readonly submission: string; readonly bidder: string; readonly name: string },
): Promise<Stated> {
  const account = await accountOf(call.em, asked.lot.id, bid.bidder);
  const standing = account && (await standingFor(call, account, asked, false));
  const guarantee = await guaranteeOf(call.em, asked.lot.id, bid.bidder);
  if (standing?.state !== 'full' && guarantee) {
    const reason = guarantee.verified ? 'guarantee' : 'guarantee-unchecked';
    return { ...bid, form: 'guarantee', amount: guarantee.amount, counts: true, reason, credits: [] };
  }
  if (!standing || (standing.state === 'none' && standing.misfits.length === 0))
    return { ...bid, form: 'none', amount: yuan(zeroFen), counts: false, reason: 'none', credits: [] };
  const credits = await laidOpen(call, account, standing.counting);
  const misfits: NonNullable<Stated['misfits']> = [];
  for (const { movement, why } of standing.misfits)
    misfits.push(...(await laidOpen(call, account, [movement])).map((each) => ({ ...each, why })));
  const misfit = standing.misfits[0]?.why ?? 'none';
  const reason = standing.state === 'none' ? misfit : standing.state;
  return { ...bid, form: 'transfer', amount: yuan(standing.counted), counts: standing.state === 'full', reason, credits, misfits };
}

/** What each of these movements was committed to as. */
async function laidOpen(call: Call, { holder }: HeldAccount, movements: readonly Movement[]): Promise<Stated['credits']> {
  const lines = await statementsOf(
    call.em,
    movements.map(({ id }) => id),
  );
  return movements.flatMap(({ id, amount, bookedOn, bookedAt, payerAccount }) => {
    const found = lines.get(id);
    return found?.line.committed
      ? [
          {
            statement: found.statement,
            ...found.line.committed,
            proof: [...found.line.committed.proof],
            amount: yuan(fen(amount)),
            bookedOn,
            bookedAt,
            payer: payerDigest(holder.number, payerAccount),
          },
        ]
      : [];
  });
}
