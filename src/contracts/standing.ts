import type { Call } from '../kernel/act.ts';
import { type Fen, fen } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { type ContractDeed, changeShape, contractShape, deedShape, type Milestone } from './deed.ts';
import { noSuchMilestone } from './problems.ts';
import { Deed, Inspection, Payment } from './schema.ts';

type EntityManager = Call['em'];

/** A contract as it stands: what was signed first, and the price, the end and the plan after its changes. */
export interface StandingContract {
  readonly first: ContractDeed;
  readonly sha256: string;
  readonly price: string;
  readonly endsOn: string;
  readonly milestones: readonly Milestone[];
  /** changes concluded so far */
  readonly changes: number;
}

/** The contract both sides signed here; null where there is none, or it was signed elsewhere and only registered. */
export async function standingContract(em: EntityManager, lot: string): Promise<StandingContract | null> {
  return (await standingContracts(em, [lot])).get(lot) ?? null;
}

/** The contracts of many lots. */
export async function standingContracts(em: EntityManager, lots: readonly string[]): Promise<ReadonlyMap<string, StandingContract>> {
  const deeds = await em.find(Deed, { lot: { $in: [...lots] }, concludedAt: { $ne: null } }, { orderBy: { number: 'asc' } });
  return new Map(
    [...Map.groupBy(deeds, (each) => each.lot)].flatMap(([lot, own]) => {
      const standing = standingFrom(own);
      return standing ? [[lot, standing] as const] : [];
    }),
  );
}

function standingFrom([contract, ...changes]: readonly Deed[]): StandingContract | null {
  if (!contract) return null;
  const first = contractShape.parse(contract.text);
  const last = changes.at(-1);
  const { price, endsOn, milestones } = last ? changeShape.parse(last.text) : first;
  return { first, sha256: contract.sha256, price, endsOn, milestones, changes: changes.length };
}

export async function mustStand(em: EntityManager, lot: string): Promise<StandingContract> {
  const standing = await standingContract(em, lot);
  if (!standing) throw notFound();
  return standing;
}

/** A text that waits for a signature. */
export async function pendingDeed(em: EntityManager, lot: string): Promise<Deed | null> {
  return em.findOne(Deed, { lot, concludedAt: null }, { orderBy: { number: 'desc' } });
}

export const textOf = (deed: Deed) => deedShape.parse(deed.text);

export function milestoneAt(plan: readonly Milestone[], number: number): Milestone {
  const found = plan[number - 1];
  if (!found) throw noSuchMilestone({ fields: [{ path: 'milestone', says: noSuchMilestone().title }] });
  return found;
}

/** How far one milestone has come. */
export interface Performed {
  readonly inspections: readonly Inspection[];
  readonly accepted: Inspection | null;
  readonly payments: readonly Payment[];
  readonly paid: Fen;
}

/** What was inspected and paid, milestone by milestone. */
export async function performance(em: EntityManager, lot: string): Promise<(milestone: number) => Performed> {
  const performed = await performances(em, [lot]);
  return (milestone) => performed(lot, milestone);
}

/** The same for many lots. */
export async function performances(em: EntityManager, lots: readonly string[]): Promise<(lot: string, milestone: number) => Performed> {
  const of = { lot: { $in: [...lots] } };
  const inspections = await em.find(Inspection, of, { orderBy: { inspectedAt: 'asc', id: 'asc' } });
  const payments = await em.find(Payment, of, { orderBy: { recordedAt: 'asc', id: 'asc' } });
  return (lot, milestone) => {
    const own = inspections.filter((each) => each.lot === lot && each.milestone === milestone);
    const paid = payments.filter((each) => each.lot === lot && each.milestone === milestone);
    return {
      inspections: own,
      accepted: own.find((each) => each.passed) ?? null,
      payments: paid,
      paid: fen(paid.reduce((sum, { amount }) => sum + amount, 0n)),
    };
  };
}
