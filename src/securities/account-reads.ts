import type { EntityManager } from '@mikro-orm/postgresql';
import { Lot } from '../tenders/schema.ts';
import { type HeldGuarantee, type Holder, type Line, movementOf, places } from './accounts.ts';
import type { RefundText } from './refunds.ts';
import { Guarantee, Refund, SecurityAccount, StatementLine } from './schema.ts';
import { holderIndex, numberIndex, openRow } from './secret.ts';
import type { Movement } from './standing.ts';

/** A bidder's number with what its row says. */
export interface HeldAccount {
  readonly id: string;
  readonly numberIndex: string;
  readonly holder: Holder;
}

export const heldAccount = (row: SecurityAccount): HeldAccount => ({
  id: row.id,
  numberIndex: row.numberIndex,
  holder: openRow<Holder>(row.sealed, places.account(row.id)),
});

/** The number of a bidder for a lot; null while it asked for none. */
export async function accountOf(em: EntityManager, lot: string, party: string): Promise<HeldAccount | null> {
  const row = await em.findOne(SecurityAccount, { holderIndex: holderIndex(lot, party) });
  return row && heldAccount(row);
}

/** Whose each number is; one that was never given is not there. */
export async function accountsByNumber(em: EntityManager, numbers: readonly string[]): Promise<ReadonlyMap<string, HeldAccount>> {
  const byIndex = new Map(numbers.map((number) => [numberIndex(number), number]));
  const rows = await em.find(SecurityAccount, { numberIndex: { $in: [...byIndex.keys()] } });
  return new Map(rows.map((row) => [byIndex.get(row.numberIndex) ?? '', heldAccount(row)]));
}

/**
 * Every number on which something may still lie, of all lots: which lot a row belongs to, only the key tells, so that a copy of the tables does not even count
 * the rows of a lot.
 */
export async function openAccounts(em: EntityManager): Promise<readonly HeldAccount[]> {
  return (await em.find(SecurityAccount, { settledAt: null }, { orderBy: { id: 'asc' } })).map(heldAccount);
}

export const lineIn = (row: Pick<StatementLine, 'id' | 'sealed'>): Line => openRow<Line>(row.sealed, places.line(row.id));
export const refundIn = (row: Pick<Refund, 'id' | 'sealed'>): RefundText => openRow<RefundText>(row.sealed, places.refund(row.id));

/** Everything that moved on some numbers: what came, what the bank took back, and what was paid back. */
export async function movementsOn(em: EntityManager, accounts: readonly HeldAccount[]): Promise<ReadonlyMap<string, readonly Movement[]>> {
  const lines = await em.find(StatementLine, { numberIndex: { $in: accounts.map((each) => each.numberIndex) } });
  const byNumber = Map.groupBy(lines, (line) => line.numberIndex);
  const paidBack = await returnsOf(em, accounts);
  return new Map(
    accounts.map((account) => [
      account.id,
      [
        ...(byNumber.get(account.numberIndex) ?? []).map((row) => movementOf(row.id, row.takenAt, lineIn(row))),
        ...(paidBack.get(account.id) ?? []),
      ],
    ]),
  );
}

/** What has been ordered to go back of what counted, as movements off the number. */
async function returnsOf(em: EntityManager, accounts: readonly HeldAccount[]): Promise<ReadonlyMap<string, readonly Movement[]>> {
  const known = new Set(accounts.map(({ id }) => id));
  const rows = await em.find(Refund, { about: { $like: 'account/%' } });
  const found = rows.flatMap((row) => {
    const account = row.about.split('/')[1] ?? '';
    if (!known.has(account)) return [];
    const { principal, orderedAt, orderedOn, payeeName, payeeAccount } = refundIn(row);
    const movement: Movement = {
      id: row.id,
      amount: -BigInt(principal),
      bookedOn: orderedOn,
      bookedAt: orderedAt,
      takenAt: orderedAt,
      payerName: payeeName,
      payerAccount: payeeAccount,
      returned: true,
    };
    return [{ account, movement }];
  });
  const grouped = Map.groupBy(found, ({ account }) => account);
  return new Map([...grouped].map(([account, rows]) => [account, rows.map(({ movement }) => movement)]));
}

/** The statement that first told of each line, by the line's id. */
export async function statementsOf(
  em: EntityManager,
  lines: readonly string[],
): Promise<ReadonlyMap<string, { statement: string; line: Line }>> {
  const rows = await em.find(StatementLine, { id: { $in: [...lines] } });
  return new Map(rows.map((row) => [row.id, { statement: row.statement, line: lineIn(row) }]));
}

/** The guarantee in force of a bidder for a lot. */
export async function guaranteeOf(
  em: EntityManager,
  lot: string,
  party: string,
): Promise<(HeldGuarantee & { readonly id: string }) | null> {
  const row = await em.findOne(Guarantee, { holderIndex: holderIndex(lot, party), replacedAt: null });
  return row && { id: row.id, ...openRow<HeldGuarantee>(row.sealed, places.guarantee(row.id)) };
}

/** The lots that these numbers are for. */
export async function lotsOf(em: EntityManager, accounts: readonly HeldAccount[]): Promise<ReadonlyMap<string, Lot>> {
  const lots = await em.find(Lot, { id: { $in: [...new Set(accounts.map(({ holder }) => holder.lot))] } });
  return new Map(lots.map((lot) => [lot.id, lot]));
}
