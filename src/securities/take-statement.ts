import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, type Facts, lock } from '../kernel/act.ts';
import { canonical } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { notPermitted } from '../kernel/problem.ts';
import { accounts, type Posting, transfer } from '../ledger/books.ts';
import { collectingAccount } from '../ledger/reads.ts';
import { CollectingAccount } from '../ledger/schema.ts';
import { entryShape, type StatementEntry, signed } from '../ledger/statement.ts';
import { isAccountNumber } from '../ledger/virtual-account.ts';
import { Lot } from '../tenders/schema.ts';
import { accountsByNumber, type HeldAccount, lineIn, linesOf } from './account-reads.ts';
import { type Line, places, type Stray } from './accounts.ts';
import { type CreditLeaf, commitTo, payerDigest } from './commitment.ts';
import { contradictsEarlier, noCollection, otherAccount } from './problems.ts';
import { returnedFacts, settleRefund } from './refund-return.ts';
import type { HeldRefund } from './refund-row-reads.ts';
import { BankStatement, SecurityAccount, StatementLine } from './schema.ts';
import { bookSealed } from './sealed-book.ts';
import { chanceIndex, coverRow, lineIndex, refIndex, sealRow, strayGroup } from './secret.ts';
import { stateLot } from './stating.ts';

/** What a movement turned out to be. */
interface Placed {
  readonly entry: StatementEntry;
  /** whose number it is on */
  readonly account: HeldAccount | null;
  readonly stray: Stray | null;
  /** the refund that it pays, or brings back */
  readonly refund: HeldRefund | null;
  /** interest that the bank has credited to the account */
  readonly earned?: true;
}

/** The account of the books for money that went for no reason known here, or came back for none. */
const unexplained = 'unexplained';

/**
 * Takes a statement of the bank: each movement once, by the bank's own reference, however often and in however many statements it is told. One event, whatever moved, under
 * a root that tells no number: nobody learns from the journal that somebody paid. What each movement means is told to the bidder alone until the opening.
 */
export const takeStatement = act({
  name: 'take-statement',
  by: ['bank'],
  says: { zh: '导入银行流水', en: 'Take in a bank statement' },
  takes: z.object({ account: z.string().max(40), sha256: z.string().length(43), entries: z.array(entryShape).max(20_000) }),
  async run(call, { account, sha256, entries }) {
    const open = await collectingAccount(call.em);
    if (!open) throw noCollection();
    // one statement at a time: two that overlap do not take a movement twice
    const collection = await lock(call, CollectingAccount, open.id);
    if (call.by.code !== collection.bank) throw notPermitted();
    // a table on which nothing moved names no account
    if (account !== collection.number && (account !== '' || entries.length > 0)) throw otherAccount();
    const fresh = await notYetTaken(call, account, entries);
    const numbers = fresh.map(({ number }) => number).filter((number) => isAccountNumber(number, collection.prefix));
    const held = await accountsByNumber(call.em, numbers);
    const placed: Placed[] = [];
    for (const entry of fresh) placed.push(await placeOf(call, collection, held, entry));
    const statement = newId(call.now);
    call.em.create(BankStatement, { id: statement, account: collection.id, sha256, takenAt: call.now });
    const { root, size } = await keep(call, statement, account, placed);
    bookSealed(call, placed.flatMap(postingsOf));
    await call.em.flush();
    const taken = fact('statement.taken', { actor: call.by.user ?? '' }, { statement, account: collection.id, size, root });
    const facts: Facts = [
      taken,
      ...(await restated(call, placed)),
      ...(await returnedFacts(
        call,
        placed.flatMap(({ refund }) => refund ?? []),
      )),
    ];
    const unmatched = placed.filter(({ stray }) => stray !== null).length;
    return { result: { statement, taken: placed.length, known: entries.length - placed.length, unmatched }, facts };
  },
});

/** Movements that no earlier statement told of. One that was told otherwise before stops the whole statement. */
async function notYetTaken(call: Call, account: string, entries: readonly StatementEntry[]): Promise<readonly StatementEntry[]> {
  const indexed = entries.map((entry) => ({ entry, index: refIndex(account, entry.ref) }));
  const rows = await call.em.find(StatementLine, { refIndex: { $in: indexed.map(({ index }) => index) } });
  const known = new Map(rows.map((row) => [row.refIndex, lineIn(row)]));
  const contradicted = indexed.flatMap(({ entry, index }, at) => {
    const before = known.get(index);
    return before && told(before) !== told({ ...entry, amount: entry.amount.toString() }) ? [{ row: at + 1, ref: entry.ref }] : [];
  });
  if (contradicted.length > 0)
    throw contradictsEarlier({
      fields: contradicted.slice(0, 50).map(({ row, ref }) => ({
        path: 'statement',
        says: {
          zh: `第${row}笔：流水号 ${ref} 与此前报送的内容不同。`,
          en: `Entry ${row}: ${ref} was reported with other content before.`,
        },
      })),
    });
  return indexed.flatMap(({ entry, index }) => (known.has(index) ? [] : [entry]));
}

/** What must not change about a movement; the text beside it may. */
const told = ({
  amount,
  credit,
  reversal,
  bookedOn,
  number,
  payerName,
  payerAccount,
}: Pick<Line, 'amount' | 'credit' | 'reversal' | 'bookedOn' | 'number' | 'payerName' | 'payerAccount'>): string =>
  canonical([amount, credit, reversal, bookedOn, number, payerName, payerAccount]);

async function placeOf(
  call: Call,
  { prefix }: CollectingAccount,
  held: ReadonlyMap<string, HeldAccount>,
  entry: StatementEntry,
): Promise<Placed> {
  const nowhere = { entry, account: null, refund: null };
  // money of ours that went out, or came back because it could not be paid
  if (entry.credit === entry.reversal) {
    const refund = await settleRefund(call, entry);
    return { ...nowhere, refund, stray: refund ? null : 'unexplained' };
  }
  if (isInterest(call, entry)) return { ...nowhere, stray: null, earned: true };
  if (entry.number === '') return { ...nowhere, stray: entry.credit ? 'no-number' : 'unexplained' };
  if (!isAccountNumber(entry.number, prefix)) return { ...nowhere, stray: entry.credit ? 'wrong-check-digit' : 'unexplained' };
  const account = held.get(entry.number);
  return account ? { ...nowhere, account, stray: null } : { ...nowhere, stray: entry.credit ? 'unknown-number' : 'unexplained' };
}

/** Interest on the account (结息): credited by the bank in its own name and to no number, so that no payer's words can make money of a bidder of it. */
const isInterest = ({ by }: Call, { credit, number, payerName, text }: StatementEntry): boolean =>
  credit && number === '' && payerName === by.organisationName && text.startsWith('结息');

/** Keeps the movements, each sealed with its place in the statement's tree, and fills them up to as many rows as the tree has leaves: the table tells no more than the root. */
async function keep(call: Call, statement: string, number: string, placed: readonly Placed[]) {
  const mine = placed.filter(({ account }) => account !== null);
  const { root, size, places: committed } = commitTo(mine.flatMap(({ entry, account }) => (account ? [leafOf(entry, account)] : [])));
  const commitments = committed.values();
  const groupOf = ({ account }: Placed): string => account?.holder.number ?? strayGroup(statement);
  const onIt = new Map([...(await linesOf(call.em, placed.map(groupOf)))].map(([group, rows]) => [group, rows.length]));
  for (const each of placed) {
    const { entry, account, stray } = each;
    const group = groupOf(each);
    const nth = onIt.get(group) ?? 0;
    onIt.set(group, nth + 1);
    const id = newId(call.now);
    const own = account ? (commitments.next().value ?? null) : null;
    const line: Line = { ...entry, amount: entry.amount.toString(), committed: own, stray };
    call.em.create(StatementLine, {
      id,
      statement,
      refIndex: refIndex(number, entry.ref),
      numberIndex: lineIndex(group, nth),
      sealed: sealRow(line, places.line(id)),
      takenAt: call.now,
    });
  }
  for (let rows = placed.length; rows % size !== 0 || rows === 0; rows += 1) {
    const id = newId(call.now);
    const sealed = coverRow(places.line(id));
    call.em.create(StatementLine, { id, statement, refIndex: chanceIndex(), numberIndex: chanceIndex(), sealed, takenAt: call.now });
  }
  return { root, size };
}

const leafOf = (entry: StatementEntry, { holder }: HeldAccount): CreditLeaf => ({
  format: 'yangguang/credit/v2',
  lot: holder.lot,
  bidder: holder.party,
  amount: yuan(fen(signed(entry))),
  bookedOn: entry.bookedOn,
  bookedAt: entry.bookedAt,
  payer: payerDigest(holder.number, entry.payerAccount),
});

/** In the books a statement is one sum of what came, whosoever's, beside what was paid. */
function postingsOf({ entry, refund, stray, earned }: Placed): readonly Posting[] {
  const amount = fen(signed(entry));
  if (earned) return transfer(amount, accounts.interest, accounts.bank);
  return transfer(amount, refund ? accounts.ordered : stray === 'unexplained' ? unexplained : accounts.received, accounts.bank);
}

/** Lots that are opened already are stated again where the statement changes how they stand; a number that had been settled is looked at again. */
async function restated(call: Call, placed: readonly Placed[]): Promise<readonly Fact[]> {
  const touched = placed.flatMap(({ account }) => account ?? []);
  await call.em.nativeUpdate(SecurityAccount, { id: { $in: touched.map(({ id }) => id) } }, { settledAt: null });
  const facts: Fact[] = [];
  for (const id of [...new Set(touched.map(({ holder }) => holder.lot))].sort()) {
    const lot = await call.em.findOneOrFail(Lot, { id });
    const stated = lot.openedAt ? await stateLot(call, lot) : null;
    if (stated) facts.push(stated);
  }
  return facts;
}
