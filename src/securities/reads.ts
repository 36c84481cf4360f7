import type { EntityManager } from '@mikro-orm/postgresql';
import { Award } from '../awards/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { type Fen, fen, yuan, zeroFen } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { collectingAccount } from '../ledger/reads.ts';
import { CollectingAccount } from '../ledger/schema.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import { accountOf, guaranteeOf, movementsOn, strayLines } from './account-reads.ts';
import type { ForfeitureAnswer, LotSecurityAnswer, OwnSecurity, SecuritiesDesk, ShownRefund } from './answers.ts';
import { dueRefunds } from './due-reads.ts';
import { contestableUntil } from './forfeiture.ts';
import { guaranteeEnough, guaranteeLongEnough, validityEnds } from './guarantee.ts';
import { issuerRegister, type ListedIssuer } from './issuer-reads.ts';
import { type Asked, askedBy } from './lodging.ts';
import { referenceOf } from './refund-return.ts';
import { type HeldRefund, heldRefunds } from './refund-row-reads.ts';
import { type DueRefund, refundReasons } from './refunds.ts';
import { BankStatement, Forfeiture, LotSecurity, RefundOrder } from './schema.ts';
import { wholeBook } from './sealed-book.ts';
import type { Movement } from './standing.ts';
import { saidOf, statedReasons } from './stated-reasons.ts';
import { standingFor } from './stating.ts';

/** A lot's securities: to a bidder its own at any time; to everybody how they stood, once the opening has begun. Nothing before that, to nobody: not even whether there are any. */
export async function lotSecurity(em: EntityManager, by: Actor, id: string, now: Instant): Promise<LotSecurityAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const asked = askedBy(lot);
  if (!asked) throw notFound();
  const edition = editionOf(lot, project, now);
  const collection = await collectingAccount(em);
  const stated = lot.openedAt ? await em.find(LotSecurity, { lot: lot.id }, { orderBy: { bidder: 'asc' } }) : [];
  const kept = lot.openedAt
    ? await forfeitures(em, by, lot.id, { host: hosts(by, project), resulted: Boolean(lot.resultedAt), now }, edition.security)
    : [];
  const award = await em.findOne(Award, { lot: lot.id });
  return {
    lot: { id: lot.id, number: lot.number, name: lot.name },
    amount: yuan(asked.amount),
    deadline: asked.deadline,
    forms: asked.lodging.forms,
    payer: asked.lodging.payer,
    payerSource: edition.security?.payerSource ?? null,
    collection: collection && { bank: collection.bankName, holder: collection.holder },
    guaranteeRules: {
      amount: { says: guaranteeEnough.says, source: guaranteeEnough.source },
      validUntil: { says: guaranteeLongEnough.says, source: guaranteeLongEnough.source },
      lastsUntil: validityEnds(asked.deadline, asked.terms.bidValidityDays),
    },
    open: lot.phase === 'bidding' && now < asked.deadline,
    own: by.role === 'bidder' && by.code !== null ? await ownSecurity(em, by.code, asked) : null,
    stated: stated.map(({ bidder, bidderName, form, amount, counts, reason }) => ({
      bidder,
      name: bidderName,
      form: form as 'transfer',
      amount: yuan(fen(amount)),
      counts,
      reason,
      says: saidOf(reason),
    })),
    opened: Boolean(lot.openedAt),
    kept,
    grounds:
      by.role === 'tenderee' && hosts(by, project) && lot.openedAt
        ? (edition.security?.forfeits ?? []).map(({ id: ground, says, source, of }) => ({ id: ground, says, source, of }))
        : [],
    winner: lot.resultedAt ? (award?.bidder ?? null) : null,
  };
}

async function ownSecurity(em: EntityManager, code: string, asked: Asked): Promise<OwnSecurity> {
  const account = await accountOf(em, asked.lot.id, code);
  const guarantee = await guaranteeOf(em, asked.lot.id, code);
  const standing = account && (await standingFor({ em }, account, asked, true));
  const refunds = account ? await ownRefunds(em, asked.lot.id, code) : [];
  return {
    number: account?.holder.number ?? null,
    payerAccount: account?.holder.payerAccount ?? null,
    payerBank: account?.holder.payerBank ?? null,
    mayChangePayer: account === null || ((await movementsOn(em, [account])).get(account.id)?.length ?? 0) === 0,
    state: standing?.state ?? 'none',
    counted: yuan(standing?.counted ?? zeroFen),
    over: yuan(standing?.over ?? zeroFen),
    movements: [
      ...(standing?.counting ?? []).map((movement) => shownMovement(movement, movement.returned ? 'returned' : null)),
      ...(standing?.misfits ?? []).map(({ movement, why }) => shownMovement(movement, why)),
    ],
    guarantee: guarantee && {
      issuer: guarantee.issuer,
      number: guarantee.number,
      amount: guarantee.amount,
      validUntil: guarantee.validUntil,
      verified: guarantee.verified,
      lodgedAt: guarantee.lodgedAt,
      sha256: guarantee.sha256,
    },
    refunds,
  };
}

type ShownMovement = OwnSecurity['movements'][number];
const shownMovement = ({ amount, bookedOn, payerName }: Movement, why: ShownMovement['why']): ShownMovement => ({
  amount: yuan(fen(amount)),
  bookedOn,
  payerName,
  why,
  says: why === null ? null : why === 'returned' ? { zh: '已退还', en: 'paid back' } : statedReasons[why],
});

/** A bidder's own refunds of a lot, as they were ordered and paid. */
async function ownRefunds(em: EntityManager, lot: string, code: string): Promise<readonly ShownRefund[]> {
  return (await heldRefunds(em)).filter((refund) => refund.lot === lot && refund.party === code).map(shownRefund);
}

const shownRefund = ({ id, why, principal, interest, payeeName, payeeAccount, dueBy, state, paidOn }: HeldRefund): ShownRefund => ({
  reference: referenceOf(id),
  why: refundReasons[why],
  principal: yuan(fen(BigInt(principal))),
  interest: yuan(fen(BigInt(interest))),
  payeeName,
  payeeAccount,
  dueBy,
  state,
  paidOn,
});

const shownDue = ({ why, principal, interest, payee, dueBy }: DueRefund): ShownRefund => ({
  reference: '',
  why: refundReasons[why],
  principal: yuan(principal),
  interest: yuan(interest),
  payeeName: payee.name,
  payeeAccount: payee.account,
  dueBy,
  state: 'due',
  paidOn: null,
});

async function forfeitures(
  em: EntityManager,
  by: Actor,
  lot: string,
  given: { readonly host: boolean; readonly resulted: boolean; readonly now: Instant },
  plan: { readonly forfeits: readonly { readonly id: string; readonly says: Words }[] } | undefined,
): Promise<readonly ForfeitureAnswer[]> {
  const rows = await em.find(Forfeiture, { lot }, { orderBy: { id: 'asc' } });
  return rows
    .filter(({ bidder }) => given.host || given.resulted || by.role === 'regulator' || (by.role === 'bidder' && by.code === bidder))
    .map((row) => ({
      id: row.id,
      bidder: row.bidder,
      name: row.bidderName,
      ground: plan?.forfeits.find(({ id }) => id === row.ground)?.says ?? { zh: row.ground, en: row.ground },
      reason: row.reason,
      amount: yuan(fen(row.amount)),
      sha256: row.sha256,
      decidedAt: row.decidedAt,
      contestableUntil: contestableUntil(row.decidedAt),
      objection: row.objection ?? null,
      answer: row.answer ?? null,
      lifted: Boolean(row.liftedAt),
      mayContest:
        by.role === 'bidder' && by.code === row.bidder && !row.objectedAt && !row.liftedAt && given.now < contestableUntil(row.decidedAt),
      mayAnswer: by.role === 'tenderee' && given.host && Boolean(row.objectedAt) && !row.answeredAt,
    }));
}

/** Where the evidence lies, for the bidder, the host and who supervises; not found for everybody else. */
export async function forfeitureEvidence(em: EntityManager, by: Actor, lotId: string, id: string) {
  const { lot, project } = await lotFor(em, by, lotId);
  const row = await em.findOne(Forfeiture, { id, lot: lot.id });
  const may = hosts(by, project) || by.role === 'regulator' || (by.role === 'bidder' && row?.bidder === by.code);
  if (!row || !may) throw notFound();
  return { key: row.fileKey, name: row.fileName };
}

/** The desk of the bank that holds the account: its statements, what came that belongs to nobody, and what is to be paid. Nothing on it names a lot. */
export async function securitiesDesk(em: EntityManager, by: Actor, now: Instant): Promise<SecuritiesDesk> {
  const collection = await collectingAccount(em);
  if (by.role !== 'bank') throw notFound();
  const empty: SecuritiesDesk = { collection: null, statements: [], strays: [], due: [], orders: [], refunds: [], balances: [] };
  if (!collection || collection.bank !== by.code) return empty;
  const statements = await em.find(BankStatement, { account: collection.id }, { orderBy: { takenAt: 'desc' }, limit: 30 });
  const orders = await em.find(RefundOrder, { account: collection.id }, { orderBy: { orderedAt: 'desc' }, limit: 30 });
  const known = new Set(orders.map(({ id }) => id));
  const refunds = (await heldRefunds(em)).filter(({ order }) => known.has(order)).toReversed();
  const lines = (await strayLines(em)).map(({ line }) => line).toReversed();
  return {
    collection: { holder: collection.holder, number: collection.number, bank: collection.bankName },
    statements: statements.map(({ id, takenAt, sha256 }) => ({ id, takenAt, sha256 })),
    strays: lines
      .slice(0, 200)
      .flatMap(({ stray, ref, amount, credit, bookedOn, payerName, payerAccount, number }) =>
        stray === null
          ? []
          : [{ why: stray, ref, amount: yuan(fen(credit ? BigInt(amount) : -BigInt(amount))), bookedOn, payerName, payerAccount, number }],
      ),
    due: (await dueRefunds(em, now)).map(shownDue),
    orders: orders.map(({ id, orderedAt }) => ({ id, orderedAt, payments: refunds.filter(({ order }) => order === id).length })),
    refunds: refunds.slice(0, 200).map(shownRefund),
    balances: summed(await wholeBook(em)),
  };
}

/** What is held for opened lots as one sum: by lot it stands on the pages of the lots. */
function summed(balances: ReadonlyMap<string, Fen>): SecuritiesDesk['balances'] {
  const sums = new Map<string, bigint>();
  for (const [account, amount] of balances) {
    const name = account.split('/')[0] ?? account;
    sums.set(name, (sums.get(name) ?? 0n) + amount);
  }
  return [...sums].map(([account, amount]) => ({ account, amount: yuan(fen(amount)) }));
}

/** The account and the issuers, as everybody may know them. */
export async function securitiesRegister(em: EntityManager): Promise<{
  readonly collection: { readonly bank: string; readonly holder: string; readonly number: string; readonly prefix: string } | null;
  readonly issuers: readonly ListedIssuer[];
}> {
  const collection = await em.findOne(CollectingAccount, { closedAt: null });
  const { bankName, holder, number, prefix } = collection ?? { bankName: '', holder: '', number: '', prefix: '' };
  return { collection: collection && { bank: bankName, holder, number, prefix }, issuers: await issuerRegister(em) };
}
