import type { EntityManager } from '@mikro-orm/postgresql';
import { Lot } from '../tenders/schema.ts';
import { type HeldGuarantee, type Holder, type Line, movementOf, places } from './accounts.ts';
import { heldRefunds } from './refund-row-reads.ts';
import { BankStatement, Guarantee, SecurityAccount, StatementLine } from './schema.ts';
import { holderIndex, lineIndex, numberIndex, openIfAny, openRow, strayGroup } from './secret.ts';
import type { Movement } from './standing.ts';

/** A bidder's number with what its row says. */
export interface HeldAccount {
  readonly id: string;
  readonly holder: Holder;
}

export const heldAccount = (row: SecurityAccount): HeldAccount => ({
  id: row.id,
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
  const rows = await em.find(SecurityAccount, { settledAt: null }, { orderBy: { id: 'asc' } });
  return rows.flatMap(({ id, sealed }) => {
    const holder = openIfAny<Holder>(sealed, places.account(id));
    return holder ? [{ id, holder }] : [];
  });
}

export const lineIn = (row: Pick<StatementLine, 'id' | 'sealed'>): Line => openRow<Line>(row.sealed, places.line(row.id));

/** So many movements of a group are asked for at once. */
const asked = 8;

/** The movements of some groups (a number, or what a statement told that went to none), in the order in which they were told. */
export async function linesOf(em: EntityManager, groups: readonly string[]): Promise<ReadonlyMap<string, readonly StatementLine[]>> {
  const found = new Map<string, StatementLine[]>(groups.map((group) => [group, []]));
  let open = [...found.keys()];
  for (let from = 0; open.length > 0; from += asked) {
    const byIndex = new Map(
      open.flatMap((group) => Array.from({ length: asked }, (_, at) => [lineIndex(group, from + at), group] as const)),
    );
    const rows = new Map(
      (await em.find(StatementLine, { numberIndex: { $in: [...byIndex.keys()] } })).map((row) => [row.numberIndex, row]),
    );
    for (const [index, group] of byIndex) {
      const row = rows.get(index);
      if (row) found.get(group)?.push(row);
    }
    open = open.filter((group) => (found.get(group)?.length ?? 0) === from + asked);
  }
  return found;
}

/** What came, or went, that belongs to nobody's number, of every statement, oldest first. */
export async function strayLines(em: EntityManager): Promise<readonly { readonly row: StatementLine; readonly line: Line }[]> {
  const statements = await em.find(BankStatement, {}, { orderBy: { takenAt: 'asc', id: 'asc' } });
  const lines = await linesOf(
    em,
    statements.map(({ id }) => strayGroup(id)),
  );
  return [...lines.values()].flat().map((row) => ({ row, line: lineIn(row) }));
}

/** Everything that moved on some numbers: what came, what the bank took back, and what was paid back. */
export async function movementsOn(em: EntityManager, accounts: readonly HeldAccount[]): Promise<ReadonlyMap<string, readonly Movement[]>> {
  const byNumber = await linesOf(
    em,
    accounts.map(({ holder }) => holder.number),
  );
  const paidBack = await returnsOf(em, accounts);
  return new Map(
    accounts.map((account) => [
      account.id,
      [
        ...(byNumber.get(account.holder.number) ?? []).map((row) => movementOf(row.id, row.takenAt, lineIn(row))),
        ...(paidBack.get(account.id) ?? []),
      ],
    ]),
  );
}

/** What has been ordered to go back of what counted, as movements off the number. */
async function returnsOf(em: EntityManager, accounts: readonly HeldAccount[]): Promise<ReadonlyMap<string, readonly Movement[]>> {
  const known = new Set(accounts.map(({ id }) => id));
  const found = (await heldRefunds(em)).flatMap(({ id, about, principal, orderedAt, orderedOn, payeeName, payeeAccount }) => {
    const [what, account = ''] = about.split('/');
    if (what !== 'account' || !known.has(account)) return [];
    const movement: Movement = {
      id,
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
