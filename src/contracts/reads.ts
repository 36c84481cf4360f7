import type { EntityManager } from '@mikro-orm/postgresql';
import { lotHead, mainTerms, supervises } from '../awards/reads.ts';
import { Award } from '../awards/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, yuan, zeroFen } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { dueAfter } from '../kernel/working-days.ts';
import { calendar } from '../rulebook/calendar-data.ts';
import { statedBy } from '../rulebook/figure-rule.ts';
import { type LineEdition, underOwnLaw } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allows } from '../tenders/phases.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import type { Lot } from '../tenders/schema.ts';
import type { DeedAnswer, MilestoneAnswer } from './answers.ts';
import { amountOf, type Side } from './deed.ts';
import { paidInTime, paidNoMoreThanOwed, paidWhenAccepted, planAtThePrice, planInItsTime } from './keeping.ts';
import { sideOf } from './parties.ts';
import { Deed } from './schema.ts';
import {
  type Performed,
  performance,
  performances,
  type StandingContract,
  standingContract,
  standingContracts,
  textOf,
} from './standing.ts';

/** The signing and the performance of a contract: for both sides, the host and the supervisor; for anyone else there is no such page. */
export async function deedPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<DeedAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const award = await em.findOne(Award, { lot: id });
  if (!award?.notifiedAt) throw notFound();
  const host = hosts(by, project);
  const side = sideOf(by, project, award);
  if (!host && !side && !(await supervises(em, by, project))) throw notFound();
  const deeds = await em.find(Deed, { lot: id }, { orderBy: { number: 'asc' } });
  const open = deeds.find((each) => !each.concludedAt);
  const standing = await standingContract(em, id);
  const edition = editionOf(lot, project, now);
  return {
    lot: await lotHead(em, by, lot, project, now),
    award: { contractor: award.bidderName, price: yuan(fen(award.price)), contractUntil: lot.contractUntil ?? null },
    terms: await mainTerms(em, lot, award),
    pending: open ? { text: textOf(open), sha256: open.sha256, change: open.number, signed: signaturesOf(open) } : null,
    contract: standing && contractFacts(standing, addOnOf(edition, lot, now)),
    concluded: deeds.flatMap((deed) =>
      deed.concludedAt
        ? [
            {
              change: deed.number,
              price: textOf(deed).price,
              sha256: deed.sha256,
              signed: signaturesOf(deed),
              concludedAt: deed.concludedAt,
            },
          ]
        : [],
    ),
    milestones: standing ? await milestonesOf(em, id, standing, now) : [],
    grounds: groundsOf(edition, lot, now),
    you: { side, holder: side ? (by.code ?? '') : '', ...rightsOf(lot, { host, side, open, standing }) },
  };
}

const signaturesOf = (deed: Deed) => ({ tenderee: deed.tendereeSignedAt ?? null, contractor: deed.contractorSignedAt ?? null });

function rightsOf(
  lot: Lot,
  { host, side, open, standing }: { host: boolean; side: Side | null; open: Deed | undefined; standing: StandingContract | null },
) {
  const untouched = !open?.tendereeSignedAt && !open?.contractorSignedAt;
  const mine = side === 'tenderee' ? open?.tendereeSignedAt : open?.contractorSignedAt;
  return {
    mayDraft: host && allows('draft-contract', lot.phase) && untouched,
    mayChange: host && allows('draft-change', lot.phase) && standing !== null && untouched,
    maySign: side !== null && allows('sign-deed', lot.phase) && open !== undefined && !mine,
    mayInspect: side === 'tenderee' && allows('record-acceptance', lot.phase) && standing !== null,
    mayPay: host && allows('record-payment', lot.phase) && standing !== null,
  };
}

type AddOn = NonNullable<DeedAnswer['contract']>['addOn'];

/** How much changes may add under the law of the line, where it says. */
function addOnOf(edition: LineEdition, lot: Lot, now: Instant): AddOn {
  const [limit] = edition.rules.change ?? [];
  if (!limit) return null;
  const { says, source } = statedBy(limit, groundOf(lot, now));
  return { says, source };
}

const contractFacts = (standing: StandingContract, addOn: AddOn): DeedAnswer['contract'] => {
  const { first, price, endsOn, sha256 } = standing;
  const { number, startsOn, guarantee, paymentDays, clauses } = first;
  return { number, price, first: first.price, startsOn, endsOn, guarantee, paymentDays, clauses, sha256, addOn };
};

/** The plan as it stands, with what was inspected and paid of it. */
async function milestonesOf(em: EntityManager, lot: string, standing: StandingContract, now: Instant): Promise<MilestoneAnswer[]> {
  const performed = await performance(em, lot);
  return standing.milestones.map(({ title, dueOn, amount }, at) => {
    const done = performed(at + 1);
    const owed = fen(amountOf(amount) - done.paid);
    const payUntil = payableUntil(done, standing.first.paymentDays);
    return {
      number: at + 1,
      title,
      dueOn,
      amount,
      inspections: done.inspections.map(({ passed, opinion, people, inspectedAt }) => ({ passed, opinion, people, at: inspectedAt })),
      accepted: done.accepted !== null,
      paid: yuan(done.paid),
      owed: yuan(owed),
      payUntil,
      overdue: payUntil !== null && owed > zeroFen && now >= payUntil,
      payments: done.payments.map((each) => ({ amount: yuan(fen(each.amount)), paidOn: each.paidOn })),
    };
  });
}

/** Payment runs from the acceptance, for as many days as both sides agreed on. */
export const payableUntil = ({ accepted }: Pick<Performed, 'accepted'>, days: number): Instant | null =>
  accepted === null ? null : dueAfter(accepted.inspectedAt, { count: days, unit: 'day' }, calendar).due;

const groundsOf = (edition: LineEdition, lot: Lot, now: Instant): DeedAnswer['grounds'] => {
  const ground = groundOf(lot, now);
  const own = underOwnLaw(edition, [planAtThePrice, planInItsTime, paidInTime, paidWhenAccepted, paidNoMoreThanOwed]);
  return [...own, ...(edition.rules.change ?? [])].map((rule) => statedBy(rule, ground));
};

/** An accepted milestone with the time in which it is to be paid, for whoever watches over the lot. */
export interface DuePayment {
  readonly title: string;
  readonly from: Instant;
  readonly until: Instant;
  /** when the last of it was recorded as paid */
  readonly done: Instant | null;
}

/** The accepted milestones of many lots. */
export async function paymentsDue(em: EntityManager, lots: readonly string[]): Promise<ReadonlyMap<string, readonly DuePayment[]>> {
  if (lots.length === 0) return new Map();
  const performed = await performances(em, lots);
  const due = (lot: string, { first, milestones }: StandingContract): DuePayment[] =>
    milestones.flatMap(({ title, amount }, at) => {
      const done = performed(lot, at + 1);
      const until = payableUntil(done, first.paymentDays);
      if (!done.accepted || !until) return [];
      const settled = done.paid >= amountOf(amount);
      return [{ title, from: done.accepted.inspectedAt, until, done: settled ? (done.payments.at(-1)?.recordedAt ?? null) : null }];
    });
  return new Map([...(await standingContracts(em, lots))].map(([lot, standing]) => [lot, due(lot, standing)]));
}
