import type { EntityManager } from '@mikro-orm/postgresql';
import { Award } from '../awards/schema.ts';
import { Submission } from '../bids/schema.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, zeroFen } from '../kernel/money.ts';
import { dayOf, dueAfter } from '../kernel/working-days.ts';
import { accounts } from '../ledger/books.ts';
import { calendar } from '../rulebook/calendar-data.ts';
import { period } from '../rulebook/parameters.ts';
import type { LineEdition } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { type Lot, Project } from '../tenders/schema.ts';
import { type HeldAccount, lotsOf, movementsOn, openAccounts, strayLines } from './account-reads.ts';
import { askedBy } from './lodging.ts';
import { heldRefunds } from './refund-row-reads.ts';
import { bearing, type DueRefund, heldAs, type RefundReason } from './refunds.ts';
import { Forfeiture, LotSecurity } from './schema.ts';
import { type Movement, standingOf } from './standing.ts';

/**
 * Everything that is to be paid back and has not been ordered, reckoned from the state: money that belongs to nobody's security, money that does not count, securities
 * whose time has come by the rule of their line, and what is kept. For the bank's desk and the order; nothing of it is shown to anybody else by lot before the opening.
 */
export async function dueRefunds(em: EntityManager, now: Instant): Promise<readonly DueRefund[]> {
  const ordered = new Set((await heldRefunds(em)).map(({ about }) => about));
  const found = [...(await strays(em)), ...(await ofAccounts(em, now)), ...(await keptOnes(em, now))];
  return found.filter(({ about, principal }) => principal > 0n && !ordered.has(about)).sort((a, b) => (a.dueBy < b.dueBy ? -1 : 1));
}

/** Money of no lot has no line to ask: the platform's own rule holds. */
const strayBy = (from: Instant): Instant => dueAfter(from, period('security.stray', dayOf(from)), calendar).due;

async function strays(em: EntityManager): Promise<readonly DueRefund[]> {
  return (await strayLines(em)).flatMap(({ row, line }) => {
    if (line.stray === null || line.stray === 'unexplained') return [];
    return [
      {
        about: `line/${row.id}`,
        why: line.stray,
        principal: fen(BigInt(line.amount)),
        interest: zeroFen,
        lot: null,
        party: null,
        payee: { name: line.payerName, account: line.payerAccount, bank: '' },
        from: accounts.received,
        dueBy: strayBy(row.takenAt),
      },
    ];
  });
}

interface Known {
  readonly edition: LineEdition;
  readonly award: Award | null;
  readonly stated: ReadonlyMap<string, LotSecurity>;
  readonly kept: ReadonlySet<string>;
}

async function ofAccounts(em: EntityManager, now: Instant): Promise<readonly DueRefund[]> {
  const held = await openAccounts(em);
  const movements = await movementsOn(em, held);
  const used = held.filter(({ id }) => (movements.get(id)?.length ?? 0) > 0);
  const lots = await lotsOf(em, used);
  const known = new Map<string, Known>();
  const due: DueRefund[] = [];
  for (const account of used) {
    const lot = lots.get(account.holder.lot);
    const asked = lot && askedBy(lot);
    if (!asked) continue;
    const facts = known.get(lot.id) ?? (await knownOf(em, lot, now));
    known.set(lot.id, facts);
    const { name, payerAccount } = account.holder;
    const payer = { rule: asked.lodging.payer, name, account: payerAccount } as const;
    const standing = standingOf(movements.get(account.id) ?? [], payer, asked.amount, asked.deadline);
    due.push(...standing.misfits.map(({ movement, why }) => misfitOf(lot, account, movement, why, facts, now)));
    const turn = standing.counted > 0n ? await turnOf(em, lot, account, facts) : null;
    if (turn) due.push(mainOf(lot, account, standing.counting, { ...turn, principal: standing.counted, now }, facts));
  }
  return due;
}

async function knownOf(em: EntityManager, lot: Lot, now: Instant): Promise<Known> {
  const project = await em.findOneOrFail(Project, { id: lot.project });
  const stated = await em.find(LotSecurity, { lot: lot.id });
  const kept = await em.find(Forfeiture, { lot: lot.id, liftedAt: null });
  return {
    edition: editionOf(lot, project, now),
    award: await em.findOne(Award, { lot: lot.id }),
    stated: new Map(stated.map((row) => [row.bidder, row])),
    kept: new Set(kept.map(({ bidder }) => bidder)),
  };
}

const partyOf = ({ holder }: HeldAccount) => ({ lot: holder.lot, party: holder.party });

function misfitOf(
  lot: Lot,
  account: HeldAccount,
  movement: Movement,
  why: 'wrong-payer' | 'late',
  { edition }: Known,
  now: Instant,
): DueRefund {
  return {
    about: `line/${movement.id}`,
    why,
    principal: fen(movement.amount),
    interest: zeroFen,
    ...partyOf(account),
    payee: { name: movement.payerName, account: movement.payerAccount, bank: '' },
    from: accounts.received,
    dueBy: edition.limits.refundWithdrawn.by(groundOf(lot, now)).due(movement.takenAt).due,
  };
}

/** Why what counts on a number goes back now, and from which moment its time runs; null while it is to stay. */
async function turnOf(
  em: EntityManager,
  lot: Lot,
  { holder }: HeldAccount,
  { edition, award, kept }: Known,
): Promise<{
  readonly why: RefundReason;
  readonly from: Instant;
  readonly limit: 'refundWithdrawn' | 'refundSecurity' | 'refundWinner';
} | null> {
  if (lot.failedAt) return { why: 'failed', from: lot.failedAt, limit: 'refundWithdrawn' };
  const bids = await em.find(Submission, { lot: lot.id, bidder: holder.party }, { orderBy: { receivedAt: 'desc' } });
  if (bids.every(({ status }) => status !== 'current')) {
    const withdrawn = bids.find(({ withdrawnAt }) => withdrawnAt)?.withdrawnAt;
    if (withdrawn) return { why: 'withdrawn', from: withdrawn, limit: 'refundWithdrawn' };
    return lot.openedAt ? { why: 'no-bid', from: lot.openedAt, limit: 'refundWithdrawn' } : null;
  }
  if (!award?.notifiedAt || kept.has(holder.party)) return null;
  if (award.bidder === holder.party) return lot.contractedAt ? { why: 'winner', from: lot.contractedAt, limit: 'refundWinner' } : null;
  const from = edition.security?.losersFrom === 'notice' ? award.notifiedAt : lot.contractedAt;
  return from ? { why: 'loser', from, limit: 'refundSecurity' } : null;
}

function mainOf(
  lot: Lot,
  account: HeldAccount,
  counting: readonly Movement[],
  {
    why,
    from,
    limit,
    principal,
    now,
  }: {
    why: RefundReason;
    from: Instant;
    limit: 'refundWithdrawn' | 'refundSecurity' | 'refundWinner';
    principal: DueRefund['principal'];
    now: Instant;
  },
  { edition, stated }: Known,
): DueRefund {
  const dueBy = edition.limits[limit].by(groundOf(lot, now)).due(from).due;
  const back = counting.filter(({ returned }) => returned).length;
  return {
    about: `account/${account.id}/${back}`,
    why,
    principal,
    interest: edition.security ? bearing(edition.security, counting, { principal, dueBy, now }) : zeroFen,
    ...partyOf(account),
    payee: { name: account.holder.name, account: account.holder.payerAccount, bank: account.holder.payerBank },
    from: stated.get(account.holder.party)?.form === 'transfer' ? heldAs(lot.id) : accounts.received,
    dueBy,
  };
}

/** What is kept goes to the host when its bidder has had its time to object, or when its objection was answered. */
async function keptOnes(em: EntityManager, now: Instant): Promise<readonly DueRefund[]> {
  const rows = await em.find(Forfeiture, { liftedAt: null }, { orderBy: { id: 'asc' } });
  return rows.flatMap((row) => {
    const contestable = dueAfter(row.decidedAt, period('security.contest', dayOf(row.decidedAt)), calendar).due;
    const waits = row.objectedAt ? !row.answeredAt : now < contestable;
    if (waits) return [];
    return [
      {
        about: `kept/${row.id}`,
        why: 'kept' as const,
        principal: fen(row.amount),
        interest: zeroFen,
        lot: row.lot,
        party: null,
        payee: { name: row.payeeName, account: row.payeeAccount, bank: row.payeeBank },
        from: heldAs(row.lot),
        dueBy: strayBy(row.answeredAt ?? contestable),
      },
    ];
  });
}
